// SPDX-License-Identifier: Apache-2.0
#include "panj/explore/sensitivity.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "panj/core/random.h"
#include "panj/explore/detail/random_kinds.h"
#include "panj/explore/detail/statistics.h"

namespace panj::explore {
namespace {

/// Distances of the slices of one ordering of the points from all of them, sorted.
std::vector<double> slice_distances(std::span<const std::size_t> order,
                                    std::span<const double> output,
                                    std::span<const double> sorted_output, std::size_t slices) {
  std::vector<double> distances;
  std::vector<double> slice;
  for (std::size_t s = 0; s < slices; ++s) {
    slice.clear();
    const std::size_t to = (s + 1) * order.size() / slices;
    for (std::size_t i = s * order.size() / slices; i < to; ++i) slice.push_back(output[order[i]]);
    std::ranges::sort(slice);
    distances.push_back(detail::ks_distance(slice, sorted_output));
  }
  std::ranges::sort(distances);
  return distances;
}

std::vector<std::size_t> shuffled_order(std::size_t size, std::uint64_t seed, unsigned dummy) {
  std::vector<std::size_t> order(size);
  std::iota(order.begin(), order.end(), std::size_t{0});
  RandomStream random(seed, {.kind = detail::dummy_kind, .entity = dummy});
  for (std::size_t i = size; i > 1; --i) {
    std::swap(order[i - 1],
              order[static_cast<std::size_t>(random.uniform() * static_cast<double>(i))]);
  }
  return order;
}

/// What the greatest of `inputs` distances stays below in 95 % of samples, from the mean and
/// deviation of the logarithms of some of them, sorted: they lean to the right, as a log-normal
/// does.
double greatest_by_chance(std::span<const double> distances, std::size_t inputs) {
  if (distances.front() <= 0) return distances.back();  // of an output that is mostly the same
  const auto count = static_cast<double>(distances.size());
  double mean = 0;
  for (const double distance : distances) mean += std::log(distance) / count;
  double variance = 0;
  for (const double distance : distances) {
    const double off = std::log(distance) - mean;
    variance += off * off / count;
  }
  const double level = 1 - 0.05 / static_cast<double>(std::max<std::size_t>(1, inputs));
  return std::exp(mean + normal_quantile(level) * std::sqrt(variance));
}

}  // namespace

Pawn pawn(const Matrix& inputs, std::span<const double> output, const PawnOptions& options) {
  PANJ_EXPECT(output.size() == inputs.rows() && options.slices >= 1 &&
              output.size() >= 2 * options.slices);
  std::vector<double> sorted(output.begin(), output.end());
  std::ranges::sort(sorted);
  Pawn result;
  for (std::size_t d = 0; d < inputs.columns(); ++d) {
    const auto distances =
        slice_distances(detail::order_of(inputs.column(d)), output, sorted, options.slices);
    result.inputs.push_back({detail::quantile(distances, 0.5), distances.back()});
  }
  std::vector<double> by_chance;
  for (unsigned dummy = 0; dummy < options.dummies; ++dummy) {
    const auto order = shuffled_order(output.size(), options.seed, dummy);
    by_chance.push_back(
        detail::quantile(slice_distances(order, output, sorted, options.slices), 0.5));
  }
  std::ranges::sort(by_chance);
  if (by_chance.empty()) return result;
  result.chance_level = detail::quantile(by_chance, 0.95);
  result.chance_level_of_all = greatest_by_chance(by_chance, inputs.columns());
  return result;
}

std::vector<RegionalSensitivity> regional_sensitivity(const Matrix& inputs,
                                                      const std::vector<bool>& happens) {
  PANJ_EXPECT(happens.size() == inputs.rows());
  std::vector<RegionalSensitivity> result(inputs.columns());
  for (std::size_t d = 0; d < inputs.columns(); ++d) {
    // Ranks rather than values, so that the shift has no unit.
    const auto order = detail::order_of(inputs.column(d));
    std::vector<double> there;
    std::vector<double> elsewhere;
    for (std::size_t rank = 0; rank < order.size(); ++rank) {
      const double place = static_cast<double>(rank) / static_cast<double>(order.size());
      (happens[order[rank]] ? there : elsewhere).push_back(place);
    }
    if (there.empty() || elsewhere.empty()) continue;
    RegionalSensitivity& input = result[d];
    input.distance = detail::ks_distance(there, elsewhere);
    input.p_value = detail::ks_p_value(input.distance, static_cast<double>(there.size()),
                                       static_cast<double>(elsewhere.size()));
    input.shift = detail::quantile(there, 0.5) - detail::quantile(elsewhere, 0.5);
  }
  return result;
}

}  // namespace panj::explore
