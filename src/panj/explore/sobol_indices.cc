// SPDX-License-Identifier: Apache-2.0
#include "panj/explore/sobol_indices.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "panj/core/parallel.h"
#include "panj/core/problem.h"
#include "panj/core/random.h"
#include "panj/explore/detail/random_kinds.h"
#include "panj/explore/detail/statistics.h"
#include "panj/explore/sampling.h"

namespace panj::explore {
namespace {

std::size_t runs_per_point(std::size_t dimensions, SobolOrder order) {
  return order == SobolOrder::with_pairs ? 2 * dimensions + 2 : dimensions + 2;
}

/// What one base point adds to the sums that every estimator is a ratio of: f_A + f_B, f_A² + f_B²,
/// then the numerators of S_i, of T_i and of the pairs i < j.
Matrix terms_of(std::span<const double> outputs, std::size_t dimensions, SobolOrder order,
                double mean) {
  const std::size_t d = dimensions;
  const bool pairs = order == SobolOrder::with_pairs;
  const std::size_t runs = runs_per_point(d, order);
  const std::size_t points = outputs.size() / runs;
  Matrix terms(points, 2 + 2 * d + (pairs ? d * (d - 1) / 2 : 0));
  std::vector<double> f(runs);
  for (std::size_t p = 0; p < points; ++p) {
    for (std::size_t r = 0; r < runs; ++r) f[r] = outputs[p * runs + r] - mean;
    const std::span<double> term = terms.row(p);
    const double a = f[0];
    const double b = f[1];
    term[0] = a + b;
    term[1] = a * a + b * b;
    for (std::size_t i = 0; i < d; ++i) {
      term[2 + i] = b * (f[2 + i] - a);
      term[2 + d + i] = (a - f[2 + i]) * (a - f[2 + i]) / 2;
    }
    std::size_t at = 2 + 2 * d;
    for (std::size_t i = 0; pairs && i < d; ++i) {
      for (std::size_t j = i + 1; j < d; ++j) term[at++] = f[2 + d + i] * f[2 + j] - a * b;
    }
  }
  return terms;
}

/// The estimates from the sums: S_i, T_i, then pairs; and the variance in front.
std::vector<double> estimates(std::span<const double> sums, double points, std::size_t d) {
  const double mean = sums[0] / (2 * points);
  const double variance = sums[1] / (2 * points) - mean * mean;
  std::vector<double> values(sums.size() - 1, 0.0);
  values[0] = variance;
  if (!(variance > 0)) return values;
  for (std::size_t k = 1; k < values.size(); ++k) values[k] = sums[k + 1] / points / variance;
  std::size_t at = 1 + 2 * d;
  for (std::size_t i = 0; i < d && at < values.size(); ++i) {
    for (std::size_t j = i + 1; j < d; ++j) values[at++] -= values[1 + i] + values[1 + j];
  }
  return values;
}

/// Sums with each base point counted as often as a resample drew it.
std::vector<double> resampled_sums(const Matrix& terms, std::uint64_t seed, std::size_t resample) {
  const std::size_t points = terms.rows();
  std::vector<std::uint16_t> counts(points, 0);
  RandomStream random(
      seed, {.replicate = static_cast<std::uint32_t>(resample), .kind = detail::bootstrap_kind});
  for (std::size_t i = 0; i < points; ++i) {
    ++counts[static_cast<std::size_t>(random.uniform() * static_cast<double>(points))];
  }
  std::vector<double> sums(terms.columns(), 0.0);
  for (std::size_t p = 0; p < points; ++p) {
    if (counts[p] == 0) continue;
    const auto weight = static_cast<double>(counts[p]);
    const double* term = terms.row(p).data();
    for (std::size_t k = 0; k < sums.size(); ++k) sums[k] += weight * term[k];
  }
  return sums;
}

/// Percentile intervals, in the order of `estimates`.
std::vector<Range> intervals(const Matrix& terms, std::size_t dimensions,
                             const SobolOptions& options) {
  const auto points = static_cast<double>(terms.rows());
  std::vector<std::vector<double>> drawn(options.resamples);
  parallel_for(options.resamples, options.threads, [&](std::size_t resample) {
    drawn[resample] = estimates(resampled_sums(terms, options.seed, resample), points, dimensions);
  });
  std::vector<Range> ranges(terms.columns() - 1);
  std::vector<double> values(options.resamples);
  for (std::size_t k = 0; k < ranges.size(); ++k) {
    for (std::size_t r = 0; r < values.size(); ++r) values[r] = drawn[r][k];
    std::ranges::sort(values);
    ranges[k] = {detail::quantile(values, (1 - options.level) / 2),
                 detail::quantile(values, (1 + options.level) / 2)};
  }
  return ranges;
}

void check(std::span<const double> outputs) {
  const auto bad = std::ranges::find_if(outputs, [](double y) { return !std::isfinite(y); });
  if (bad == outputs.end()) return;
  throw InvalidInput({.field = fmt::format("output {}", bad - outputs.begin()),
                      .what = fmt::format("is {}", *bad),
                      .why = "indices need a finite number for every point"});
}

}  // namespace

Matrix sobol_design(std::size_t dimensions, const SobolOptions& options) {
  const std::size_t d = dimensions;
  const std::size_t runs = runs_per_point(d, options.order);
  const Matrix base = sobol_sequence(options.points, 2 * d, Scrambling::owen, options.seed);
  Matrix design(options.points * runs, d);
  for (std::size_t p = 0; p < options.points; ++p) {
    const auto a = base.row(p).first(d);
    const auto b = base.row(p).last(d);
    for (std::size_t r = 0; r < runs; ++r) {
      const std::span<double> row = design.row(p * runs + r);
      const bool starts_as_a = r == 0 || (r >= 2 && r < 2 + d);
      std::ranges::copy(starts_as_a ? a : b, row.begin());
      if (r >= 2 && r < 2 + d) row[r - 2] = b[r - 2];
      if (r >= 2 + d) row[r - 2 - d] = a[r - 2 - d];
    }
  }
  return design;
}

SobolIndices sobol_indices(std::span<const double> outputs, std::size_t dimensions,
                           const SobolOptions& options) {
  const std::size_t d = dimensions;
  PANJ_EXPECT(options.points > 0 &&
              outputs.size() == options.points * runs_per_point(d, options.order));
  check(outputs);
  // Within their range despite rounding, so that equal outputs have no variance.
  const auto [least, most] = std::ranges::minmax(outputs);
  const double mean = std::clamp(
      std::accumulate(outputs.begin(), outputs.end(), 0.0) / static_cast<double>(outputs.size()),
      least, most);
  const Matrix terms = terms_of(outputs, d, options.order, mean);
  std::vector<double> sums(terms.columns(), 0.0);
  for (std::size_t p = 0; p < terms.rows(); ++p) {
    for (std::size_t k = 0; k < sums.size(); ++k) sums[k] += terms(p, k);
  }
  const auto points = static_cast<double>(options.points);
  const std::vector<double> values = estimates(sums, points, d);
  const std::vector<Range> ranges =
      options.resamples > 0 ? intervals(terms, d, options) : std::vector<Range>{};

  SobolIndices indices;
  indices.mean = mean + sums[0] / (2 * points);
  indices.variance = values[0];
  const auto at = [](std::size_t k) { return static_cast<std::ptrdiff_t>(k); };
  indices.first.assign(values.begin() + 1, values.begin() + at(1 + d));
  indices.total.assign(values.begin() + at(1 + d), values.begin() + at(1 + 2 * d));
  if (!ranges.empty()) {
    indices.first_interval.assign(ranges.begin() + 1, ranges.begin() + at(1 + d));
    indices.total_interval.assign(ranges.begin() + at(1 + d), ranges.begin() + at(1 + 2 * d));
  }
  if (options.order == SobolOrder::first_and_total) return indices;
  indices.second = Matrix(d, d);
  if (!ranges.empty()) indices.second_interval.assign(d, std::vector<Range>(d));
  std::size_t k = 1 + 2 * d;
  for (std::size_t i = 0; i < d; ++i) {
    for (std::size_t j = i + 1; j < d; ++j, ++k) {
      indices.second(i, j) = indices.second(j, i) = values[k];
      if (!ranges.empty()) indices.second_interval[i][j] = ranges[k];
    }
  }
  return indices;
}

SobolIndices sobol_indices_of(const std::function<double(std::span<const double>)>& function,
                              std::size_t dimensions, const SobolOptions& options) {
  const Matrix design = sobol_design(dimensions, options);
  std::vector<double> outputs(design.rows());
  constexpr std::size_t kBlock = 4096;
  parallel_for((outputs.size() + kBlock - 1) / kBlock, options.threads, [&](std::size_t block) {
    const std::size_t to = std::min(outputs.size(), (block + 1) * kBlock);
    for (std::size_t i = block * kBlock; i < to; ++i) outputs[i] = function(design.row(i));
  });
  return sobol_indices(outputs, dimensions, options);
}

}  // namespace panj::explore
