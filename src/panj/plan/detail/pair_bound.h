// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "panj/plan/detail/set_cover_game.h"

namespace panj::plan::detail {

/// How the weights of sets are split over pairs, by id of the problem: a pair takes a share of each
/// set in proportion to its `size`, and gives half of what it has, and `tilt` more, to its first.
struct Split {
  explicit Split(std::size_t checkpoints = 0) : size(checkpoints, 1.0), tilt(checkpoints) {}
  PairTable size;
  PairTable tilt;
};

/// An upper bound on a set game, made lower by subgradient steps on the split.
class PairBound {
 public:
  PairBound(const SetGame& game, Split& split);

  /// Steps until the bound is at most `enough`, or `steps` are done; aims at `enough`.
  void improve(double enough, int steps);

  double bound() const { return bound_; }
  /// Pairs looked at so far.
  std::uint64_t work() const { return work_; }
  /// At the split that gave the bound: value of each checkpoint, and how much of it is taken.
  const std::vector<double>& values() const { return best_.value; }
  const std::vector<double>& taken() const { return best_.taken; }
  /// What the bound falls by, at least, when place j is equipped (≥ 0), when it is not, and when j
  /// and k both are.
  double loss_in(std::size_t j) const;
  double loss_out(std::size_t j) const;
  double loss_pair(std::size_t j, std::size_t k) const;

 private:
  struct Fill {
    double total = 0;
    double price = 0;  ///< of a unit of budget
  };
  struct State {
    std::vector<double> value;
    std::vector<double> taken;
    std::vector<double> row_price;
    PairTable gain;  ///< C_jk
    double price = 0;
  };
  Fill fill(const double* gain, double budget, std::size_t without, double* taken);
  void split_weights();
  double evaluate();
  void step(double enough, double bound, double scale);

  const SetGame* game_;
  Split* split_;
  bool equal_costs_ = true;
  std::vector<std::uint32_t> pairs_;  ///< of each larger set: j·n + k
  std::vector<std::size_t> pairs_start_;
  std::vector<std::size_t> order_;
  std::vector<double> size_;   ///< of pairs, j·n + k
  std::vector<double> share_;  ///< of the weights, j·n + k
  PairTable taken_by_row_;
  State now_;
  State best_;
  double bound_;
  std::uint64_t work_ = 0;
};

}  // namespace panj::plan::detail
