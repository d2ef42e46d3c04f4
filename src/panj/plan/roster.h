// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/multiprecision/cpp_int.hpp>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace panj::plan {

/// An exact fraction.
using Fraction = boost::multiprecision::cpp_rational;

/// Reads "3/4", "0.25", "1e-3" or "2" exactly; nothing for other texts or a denominator of 0.
std::optional<Fraction> parse_fraction(std::string_view text);
/// "3/4", or "2" for a whole number.
std::string to_string(const Fraction& fraction);

/// Which stretches are patrolled in one shift, and how often that roster is drawn.
struct Roster {
  Fraction probability;
  std::vector<std::size_t> stretches;  ///< in line order
};

/// Splits coverage into rosters by comb sampling (systematic sampling, Madow 1949): with cumulative
/// sums S, stretch i is in the roster of u ∈ [0, 1) iff some whole number j has
/// Sᵢ₋₁ ≤ u + j < Sᵢ.
///
/// Each stretch is in a drawn roster with exactly its coverage, there are at most n + 1 rosters,
/// and their sizes differ by at most one (not at all when Σx is whole). Neighbours are seldom
/// patrolled together; shuffle the order first when that would betray the roster. In order of u;
/// each coverage must lie in [0, 1].
std::vector<Roster> comb(std::span<const Fraction> coverage);

/// The comb over stretches taken in another order; `order` holds every index once.
std::vector<Roster> comb(std::span<const Fraction> coverage, std::span<const std::size_t> order);

/// Coverage as fractions that add up to at most `resources`: each the double's exact value, the
/// last of them cut where rounding went over.
std::vector<Fraction> exact_coverage(std::span<const double> coverage, double resources);

/// The chance that each of `stretches` stretches is in a drawn roster.
std::vector<Fraction> marginals(std::span<const Roster> rosters, std::size_t stretches);

}  // namespace panj::plan
