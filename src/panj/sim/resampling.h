// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace panj::sim {

/// The kind under which the engine itself draws: models leave it alone.
inline constexpr std::uint16_t kResamplingKind = 0xFFFF;

struct Weighing {
  double log_mean = 0;        ///< log of the mean weight; −∞ when all are 0
  double effective_size = 0;  ///< (Σw)² / Σw²: of how many equal weights the sample is worth
  double total = 0;           ///< of the weights divided by the greatest
};

/// Turns log weights into weights divided by the greatest, in place; sums in order. Throws
/// std::runtime_error for NaN or +∞.
Weighing weigh(std::span<double> log_weights);

/// Systematic resampling: `ancestors` gets, in rising order, the places of as many draws as it has
/// room for; place i comes ⌊n wᵢ/Σw⌋ or one more times, on average n wᵢ/Σw. `uniform` in (0, 1).
void resample_systematically(std::span<const double> weights, double uniform,
                             std::span<std::uint32_t> ancestors);

/// The uniform number of the resampling at observation `t`.
double resampling_uniform(std::uint64_t seed, std::uint32_t first_replicate, std::size_t t);

}  // namespace panj::sim
