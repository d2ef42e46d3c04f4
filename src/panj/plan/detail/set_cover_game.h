// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "panj/plan/interdiction.h"

namespace panj::plan::detail {

/// A square matrix of numbers for pairs of checkpoints.
class PairTable {
 public:
  explicit PairTable(std::size_t size = 0, double value = 0)
      : size_(size), all_(size * size, value) {}
  double& at(std::size_t j, std::size_t k) { return all_[j * size_ + k]; }
  double at(std::size_t j, std::size_t k) const { return all_[j * size_ + k]; }
  std::size_t size() const { return size_; }

 private:
  std::size_t size_;
  std::vector<double> all_;
};

/// Maximise constant + Σ_T a_T [T ⊆ S] under Σ_{k∈S} cost_k ≤ budget: what is left to decide at a
/// node. Checkpoints have their numbers of the problem in `id`, and places in 0..n−1 otherwise.
struct SetGame {
  double constant = 0;
  double budget = 0;
  std::vector<std::uint32_t> id{};
  std::vector<double> cost{};
  std::vector<double> single{};         ///< a of {j}
  PairTable pair{};                     ///< a of {j, k}, j < k
  std::vector<double> weight{};         ///< a of each larger set
  std::vector<std::uint32_t> start{0};  ///< of each larger set in `member`, and the end
  std::vector<std::uint32_t> member{};

  std::size_t size() const { return id.size(); }
  std::span<const std::uint32_t> set(std::size_t t) const {
    return std::span(member).subspan(start[t], start[t + 1] - start[t]);
  }
  void add_set(std::vector<std::uint32_t>& places, double a);
};

/// The prevented passes of a problem. Checkpoints that cost nothing, or too much, stay in.
SetGame set_game(const InterdictionProblem& problem);

enum class Fate : std::uint8_t { open, in, out };

/// The game that is left when checkpoints (by place) have met their fate; pairs of checkpoints with
/// a positive entry in `conflict` (by id, j < k) will not be together. What no longer fits the
/// budget goes out.
SetGame reduced(const SetGame& game, std::span<const Fate> fate, const PairTable& conflict);

}  // namespace panj::plan::detail
