// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "panj/explore/detail/prim_cases.h"
#include "panj/explore/prim.h"

namespace panj::explore::detail {

/// Narrows and widens one box; keeps track of the cases inside.
class PrimSearch {
 public:
  PrimSearch(std::span<const PrimInput> inputs, const std::vector<bool>& of_interest,
             const PrimOptions& options, const std::vector<bool>& left_out);

  /// Takes the best peel or paste. False when none is worth it.
  bool peel();
  bool paste();

  /// The present box with its statistics.
  Box box(BoxStep step) const;

 private:
  /// The box with other bounds of one input.
  struct Candidate {
    std::size_t input = 0;
    Bounds bounds{};
    std::size_t cases = 0;
    std::size_t hits = 0;
  };

  void add_peels(std::size_t input, std::vector<Candidate>& candidates) const;
  Candidate peel_above(std::size_t input, const SortedValues& inside) const;
  Candidate peel_below(std::size_t input, const SortedValues& inside) const;
  void add_category_peels(std::size_t input, std::vector<Candidate>& candidates) const;
  void add_pastes(std::size_t input, std::vector<Candidate>& candidates) const;
  SortedValues inside(std::size_t input) const;
  std::vector<double> beside(std::size_t input, const Bounds& region) const;
  Candidate with_bounds(std::size_t input, const Bounds& bounds) const;

  double gain(const Candidate& candidate) const;
  std::size_t restricted(const Candidate& candidate) const;
  const Candidate* best(std::span<const Candidate> candidates) const;
  void take(const Candidate& candidate);
  /// Whether a case keeps the bounds of every input but this one.
  bool others_hold(std::size_t index, std::size_t input) const;
  BoxLimit limit(std::size_t input) const;
  double quasi_p_with(std::size_t input, const Bounds& wider) const;
  double mass(std::size_t cases) const;

  std::span<const PrimInput> inputs_;
  PrimOptions options_;
  std::size_t size_;          ///< of all cases
  std::size_t all_hits_ = 0;  ///< left out or not
  std::vector<char> hit_;
  /// Inputs whose bounds each case breaks, and one more where it is left out: 0 is inside.
  std::vector<std::uint32_t> broken_;
  std::vector<std::vector<std::uint32_t>> order_;  ///< cases by value, of each numeric input
  std::vector<Bounds> whole_;
  std::vector<Bounds> box_;
  std::size_t cases_ = 0;
  std::size_t hits_ = 0;
};

}  // namespace panj::explore::detail
