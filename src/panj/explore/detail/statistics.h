// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

namespace panj::explore::detail {

/// Quantile of sorted values, linear between order statistics (type 7 of Hyndman & Fan).
double quantile(std::span<const double> sorted, double probability);

/// Largest distance between the distribution functions of two sorted samples
/// (Kolmogorov–Smirnov).
double ks_distance(std::span<const double> sorted_a, std::span<const double> sorted_b);

/// Chance of a distance at least as large when both samples have one distribution: Kolmogorov's
/// limit with Stephens' correction for the sample sizes.
double ks_p_value(double distance, double size_a, double size_b);

}  // namespace panj::explore::detail
