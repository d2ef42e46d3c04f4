// SPDX-License-Identifier: Apache-2.0
#include "panj/explore/correlation.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <optional>
#include <sstream>
#include <utility>
#include <vector>

#include "panj/core/number.h"
#include "panj/core/problem.h"
#include "panj/core/random.h"
#include "panj/explore/detail/random_kinds.h"
#include "panj/explore/detail/statistics.h"

namespace panj::explore {
namespace {

/// 1 to n; ties take their mean rank.
std::vector<double> ranks_of(std::span<const double> values) {
  const auto order = detail::order_of(values);
  std::vector<double> ranks(values.size());
  for (std::size_t from = 0; from < order.size();) {
    std::size_t to = from;
    while (to < order.size() && values[order[to]] == values[order[from]]) ++to;
    const double rank = static_cast<double>(from + to + 1) / 2;
    for (std::size_t i = from; i < to; ++i) ranks[order[i]] = rank;
    from = to;
  }
  return ranks;
}

double correlation_of(std::span<const double> x, std::span<const double> y) {
  const auto n = static_cast<double>(x.size());
  const double mean_x = std::accumulate(x.begin(), x.end(), 0.0) / n;
  const double mean_y = std::accumulate(y.begin(), y.end(), 0.0) / n;
  double xy = 0;
  double xx = 0;
  double yy = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    xy += (x[i] - mean_x) * (y[i] - mean_y);
    xx += (x[i] - mean_x) * (x[i] - mean_x);
    yy += (y[i] - mean_y) * (y[i] - mean_y);
  }
  return xx > 0 && yy > 0 ? xy / std::sqrt(xx * yy) : 0.0;
}

/// Lower triangle L with L·Lᵀ = a, or nothing when `a` is not positive definite.
std::optional<Matrix> cholesky(const Matrix& a) {
  const std::size_t n = a.rows();
  Matrix lower(n, n);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      double sum = a(i, j);
      for (std::size_t k = 0; k < j; ++k) sum -= lower(i, k) * lower(j, k);
      if (i == j && sum < 1e-10) return std::nullopt;
      lower(i, j) = i == j ? std::sqrt(sum) : sum / lower(j, j);
    }
  }
  return lower;
}

/// The normal-score correlations whose rank correlations are those asked for.
Matrix target_of(std::size_t dimensions, std::span<const Correlation> correlations) {
  Matrix target(dimensions, dimensions);
  for (std::size_t i = 0; i < dimensions; ++i) target(i, i) = 1;
  for (const Correlation& pair : correlations) {
    const double score = 2 * std::sin(std::numbers::pi * pair.rank_correlation / 6);
    target(pair.first, pair.second) = target(pair.second, pair.first) = score;
  }
  return target;
}

Matrix shuffled_scores(std::size_t rows, std::size_t columns, std::uint64_t seed) {
  Matrix scores(rows, columns);
  std::vector<double> column(rows);
  for (std::size_t c = 0; c < columns; ++c) {
    for (std::size_t r = 0; r < rows; ++r) {
      column[r] = normal_quantile(static_cast<double>(r + 1) / static_cast<double>(rows + 1));
    }
    RandomStream random(seed,
                        {.kind = detail::scores_kind, .entity = static_cast<std::uint32_t>(c)});
    for (std::size_t i = rows; i > 1; --i) {
      const auto other = static_cast<std::size_t>(random.uniform() * static_cast<double>(i));
      std::swap(column[i - 1], column[other]);
    }
    scores.set_column(c, column);
  }
  return scores;
}

Matrix correlations_of(const Matrix& scores) {
  std::vector<std::vector<double>> columns;
  for (std::size_t c = 0; c < scores.columns(); ++c) columns.push_back(scores.column(c));
  Matrix result(columns.size(), columns.size());
  for (std::size_t i = 0; i < columns.size(); ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      result(i, j) = result(j, i) = i == j ? 1.0 : correlation_of(columns[i], columns[j]);
    }
  }
  return result;
}

/// row ← P·Q⁻¹·row, so that scores with correlations Q·Qᵀ get P·Pᵀ.
void recorrelate(std::span<double> row, const Matrix& q, const Matrix& p) {
  const std::size_t n = row.size();
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t k = 0; k < i; ++k) row[i] -= q(i, k) * row[k];
    row[i] /= q(i, i);
  }
  for (std::size_t i = n; i-- > 0;) {
    double sum = 0;
    for (std::size_t k = 0; k <= i; ++k) sum += p(i, k) * row[k];
    row[i] = sum;
  }
}

std::size_t find_dimension(const std::string& name, std::string_view text,
                           std::span<const std::string> names) {
  const auto found = std::ranges::find(names, name);
  if (found == names.end()) {
    throw InvalidInput({.field = "correlation",
                        .what = fmt::format("'{}' in '{}' is not a dimension", name, text),
                        .suggestion = suggest_name(name, names)});
  }
  return static_cast<std::size_t>(found - names.begin());
}

}  // namespace

Correlation parse_correlation(std::string_view text, std::span<const std::string> names) {
  std::istringstream words{std::string(text)};
  std::string first, tilde, second, equals, number, rest;
  words >> first >> tilde >> second >> equals >> number;
  const auto value = parse_number<double>(number);
  if (!value || tilde != "~" || equals != "=" || words >> rest) {
    throw InvalidInput({.field = "correlation",
                        .what = fmt::format("'{}' is not understood", text),
                        .why = "the form is 'a ~ b = 0.5', with spaces"});
  }
  const Correlation pair{find_dimension(first, text, names), find_dimension(second, text, names),
                         *value};
  if (pair.first == pair.second || !(std::abs(*value) < 1)) {
    throw InvalidInput({.field = "correlation",
                        .what = fmt::format("'{}' cannot be asked for", text),
                        .why = "two dimensions correlate by more than -1 and less than 1"});
  }
  return pair;
}

void correlate(Matrix& sample, std::span<const Correlation> correlations, std::uint64_t seed) {
  if (correlations.empty()) return;
  const auto target = cholesky(target_of(sample.columns(), correlations));
  if (!target) {
    throw InvalidInput({.field = "correlations",
                        .what = "cannot hold together",
                        .why = "the matrix of correlations must be positive definite",
                        .suggestion = "make them smaller"});
  }
  Matrix scores = shuffled_scores(sample.rows(), sample.columns(), seed);
  const auto present = cholesky(correlations_of(scores));
  if (!present) {
    throw InvalidInput({.field = "points",
                        .what = "are too few to correlate the dimensions",
                        .why = "more points than dimensions are needed"});
  }
  for (std::size_t r = 0; r < scores.rows(); ++r) recorrelate(scores.row(r), *present, *target);
  for (std::size_t c = 0; c < sample.columns(); ++c) {
    std::vector<double> sorted = sample.column(c);
    std::ranges::sort(sorted);
    const auto order = detail::order_of(scores.column(c));
    for (std::size_t i = 0; i < order.size(); ++i) sample(order[i], c) = sorted[i];
  }
}

double rank_correlation(std::span<const double> x, std::span<const double> y) {
  PANJ_EXPECT(x.size() == y.size() && x.size() >= 2);
  return correlation_of(ranks_of(x), ranks_of(y));
}

}  // namespace panj::explore
