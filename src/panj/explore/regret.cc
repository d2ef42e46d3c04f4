// SPDX-License-Identifier: Apache-2.0
#include "panj/explore/regret.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "panj/core/contract.h"
#include "panj/core/random.h"
#include "panj/explore/detail/random_kinds.h"

namespace panj::explore {
namespace {

/// A future without weight may have no outcome at all: NaN.
double weighted_mean(std::span<const double> values, std::span<const double> weights) {
  double sum = 0;
  double weight = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!(weights[i] > 0)) continue;
    sum += weights[i] * values[i];
    weight += weights[i];
  }
  return weight > 0 ? sum / weight : 0.0;
}

double deviation(std::span<const double> values) {
  if (values.size() < 2) return 0.0;
  const auto n = static_cast<double>(values.size());
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
  double squares = 0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  return std::sqrt(squares / (n - 1));
}

/// The weights of the futures in one bootstrap resample.
std::vector<double> resampled(std::span<const double> weights, std::uint64_t seed,
                              unsigned resample) {
  std::vector<double> drawn(weights.size(), 0.0);
  RandomStream random(seed, {.replicate = resample, .kind = detail::bootstrap_kind, .entity = 1});
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const auto future =
        static_cast<std::size_t>(random.uniform() * static_cast<double>(weights.size()));
    drawn[future] += weights[future];
  }
  return drawn;
}

/// The standard error of a figure of the package over resampled futures.
template <class Figure>
double bootstrap_error(std::span<const std::vector<double>> resamples, Figure figure) {
  std::vector<double> values;
  for (const auto& weights : resamples) values.push_back(figure(weights));
  return deviation(values);
}

std::size_t best_package(const Matrix& outcomes, std::size_t future, Direction direction) {
  const auto row = outcomes.row(future);
  const auto found = direction == Direction::lower_is_better ? std::ranges::min_element(row)
                                                             : std::ranges::max_element(row);
  return static_cast<std::size_t>(found - row.begin());
}

}  // namespace

Matrix regrets(const Matrix& outcomes, Direction direction) {
  Matrix regret(outcomes.rows(), outcomes.columns());
  for (std::size_t f = 0; f < outcomes.rows(); ++f) {
    const double best = outcomes(f, best_package(outcomes, f, direction));
    for (std::size_t p = 0; p < outcomes.columns(); ++p) {
      regret(f, p) = std::abs(outcomes(f, p) - best);
    }
  }
  return regret;
}

double conditional_value_at_risk(std::span<const double> values, std::span<const double> weights,
                                 Direction direction, double tail) {
  std::vector<std::size_t> order;
  double total = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!(weights[i] > 0)) continue;
    order.push_back(i);
    total += weights[i];
  }
  std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) {
    return direction == Direction::lower_is_better ? values[a] > values[b] : values[a] < values[b];
  });
  double left = tail * total;
  double sum = 0;
  for (const std::size_t i : order) {
    const double taken = std::min(left, weights[i]);
    sum += taken * values[i];
    left -= taken;
    if (left <= 0) break;
  }
  return total > 0 ? sum / (tail * total) : 0.0;
}

std::vector<RegretRow> compare_regret(const Matrix& outcomes, const Matrix& errors,
                                      std::span<const double> weights, Direction direction,
                                      const RegretOptions& options) {
  PANJ_EXPECT(outcomes.rows() > 0 && options.tail > 0 && options.tail <= 1);
  PANJ_EXPECT(weights.empty() || weights.size() == outcomes.rows());
  std::vector<double> equal(outcomes.rows(), 1.0);
  const std::span<const double> of_future =
      weights.empty() ? std::span<const double>(equal) : weights;
  std::vector<std::vector<double>> resamples;
  for (unsigned r = 0; r < options.resamples; ++r) {
    resamples.push_back(resampled(of_future, options.seed, r));
  }
  const Matrix regret = regrets(outcomes, direction);
  std::vector<RegretRow> rows;
  for (std::size_t p = 0; p < outcomes.columns(); ++p) {
    const auto values = outcomes.column(p);
    const auto lost = regret.column(p);
    const auto mean = [&](const auto& w) { return weighted_mean(values, w); };
    const auto mean_regret = [&](const auto& w) { return weighted_mean(lost, w); };
    const auto cvar = [&](const auto& w) {
      return conditional_value_at_risk(values, w, direction, options.tail);
    };
    RegretRow row;
    row.mean = {mean(of_future), bootstrap_error(resamples, mean)};
    row.cvar = {cvar(of_future), bootstrap_error(resamples, cvar)};
    row.mean_regret = {mean_regret(of_future), bootstrap_error(resamples, mean_regret)};
    bool is_first = true;
    for (std::size_t f = 0; f < lost.size(); ++f) {
      if (!(of_future[f] > 0)) continue;
      if (!is_first && lost[f] <= row.max_regret.value) continue;
      is_first = false;
      row.max_regret.value = lost[f];
      row.worst_future = f;
    }
    if (errors.rows() > 0) {
      const std::size_t best = best_package(outcomes, row.worst_future, direction);
      row.max_regret.error =
          std::hypot(errors(row.worst_future, p), errors(row.worst_future, best));
    }
    rows.push_back(row);
  }
  return rows;
}

Estimate share_of(const std::vector<bool>& holds, std::span<const double> weights) {
  double sum = 0;
  double squares = 0;
  double held = 0;
  for (std::size_t i = 0; i < holds.size(); ++i) {
    const double weight = weights.empty() ? 1.0 : weights[i];
    sum += weight;
    squares += weight * weight;
    if (holds[i]) held += weight;
  }
  if (!(sum > 0)) return {};
  const double share = held / sum;
  return {share, std::sqrt(share * (1 - share) * squares) / sum};
}

}  // namespace panj::explore
