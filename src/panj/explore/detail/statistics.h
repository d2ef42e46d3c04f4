// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace panj::explore::detail {

/// Indices from the smallest value to the largest; equal values stay in their order.
std::vector<std::size_t> order_of(std::span<const double> values);

/// Quantile of sorted values, linear between order statistics (type 7 of Hyndman & Fan).
double quantile(std::span<const double> sorted, double probability);

/// Largest distance between the distribution functions of two sorted samples
/// (Kolmogorov–Smirnov).
double ks_distance(std::span<const double> sorted_a, std::span<const double> sorted_b);

/// Chance of a distance at least as large when both samples have one distribution: Kolmogorov's
/// limit with Stephens' correction for the sample sizes.
double ks_p_value(double distance, double size_a, double size_b);

}  // namespace panj::explore::detail
