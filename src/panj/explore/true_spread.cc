// SPDX-License-Identifier: Apache-2.0
#include "panj/explore/true_spread.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "panj/core/contract.h"
#include "panj/explore/detail/statistics.h"

namespace panj::explore {

Range range_over_futures(std::span<const double> means, std::span<const double> errors,
                         std::span<const double> weights, Range probabilities) {
  PANJ_EXPECT(errors.size() == means.size() && weights.size() == means.size());
  double weight = 0;
  double weight_squares = 0;
  double sum = 0;
  double within = 0;
  std::vector<double> counted;
  for (std::size_t f = 0; f < means.size(); ++f) {
    if (!(weights[f] > 0)) continue;
    weight += weights[f];
    weight_squares += weights[f] * weights[f];
    sum += weights[f] * means[f];
    within += weights[f] * errors[f] * errors[f];
    counted.push_back(means[f]);
  }
  PANJ_EXPECT(!counted.empty());
  const double mean = sum / weight;
  double squares = 0;
  for (std::size_t f = 0; f < means.size(); ++f) {
    if (weights[f] > 0) squares += weights[f] * (means[f] - mean) * (means[f] - mean);
  }
  const double number = weight * weight / weight_squares;
  const double between = number > 1 ? squares / weight * number / (number - 1) : 0.0;
  const double scale = between > 0 ? std::sqrt(std::max(0.0, 1 - within / weight / between)) : 1.0;
  std::ranges::sort(counted);
  const auto at = [&](double probability) {
    return mean + scale * (detail::quantile(counted, probability) - mean);
  };
  return {at(probabilities.low), at(probabilities.high)};
}

}  // namespace panj::explore
