// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "panj/explore/matrix.h"

namespace panj::explore {

/// Spearman's rank correlation asked for between two dimensions.
struct Correlation {
  std::size_t first = 0;
  std::size_t second = 0;
  double rank_correlation = 0.0;  ///< in (−1, 1)
};

/// Reads "a ~ b = 0.5", with names of dimensions. Throws InvalidInput naming what is not understood
/// (nearest name) and a correlation that is not strictly between −1 and 1.
Correlation parse_correlation(std::string_view text, std::span<const std::string> names);

/// Re-pairs the columns of a sample so that their ranks correlate as asked, and the others hardly
/// at all; each column keeps its values. Iman & Conover (1982), with normal scores; reached within
/// about 1/√rows. Throws InvalidInput when the correlations cannot hold together.
void correlate(Matrix& sample, std::span<const Correlation> correlations, std::uint64_t seed);

/// Spearman's rank correlation; ties take their mean rank. Needs two values or more.
double rank_correlation(std::span<const double> x, std::span<const double> y);

}  // namespace panj::explore
