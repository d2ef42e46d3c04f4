// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace panj {

/// What a random number is for. Two runs with the same seed give the same number to the same event,
/// whatever else happens, on any number of threads: packages then see the same luck and their
/// differences are paired.
struct EventKey {
  std::uint32_t replicate = 0;
  std::uint16_t step = 0;
  std::uint16_t kind = 0;  ///< which draw this is: recruitment, detection, …
  std::uint32_t entity = 0;

  bool operator==(const EventKey&) const = default;
};

/// The uniform numbers of one event: Philox4x32-10 (Salmon et al. 2011, "Parallel random numbers:
/// as easy as 1, 2, 3") with the seed as key and (replicate, step, kind, entity, ordinal) as
/// counter. At most 2³³ numbers an event.
class RandomStream {
 public:
  RandomStream(std::uint64_t seed, EventKey key) : seed_(seed), key_(key) {}

  /// Uniform on the open interval (0, 1), 52 bits.
  double uniform();

  /// How many uniforms were taken so far.
  std::uint64_t draws() const { return draws_; }

 private:
  std::uint64_t seed_;
  EventKey key_;
  std::uint64_t draws_ = 0;
  std::array<double, 2> block_{};
};

// Inverse distribution functions: the smallest count whose cumulative probability reaches `u`
// (0 < u < 1). Counts rise with their rate for the same `u`, which is what makes common random
// numbers pay. Exact to rounding at every u: sums from zero for means up to 12, else halving on the
// regularised incomplete gamma or beta function (Boost.Math), on the upper tail above the median.
// Microseconds a call; some tens for a negative binomial of size below 0.1.

/// Standard normal quantile.
double normal_quantile(double u);
/// mean ≥ 0.
std::int64_t poisson_quantile(double u, double mean);
/// trials ≥ 0, 0 ≤ probability ≤ 1.
std::int64_t binomial_quantile(double u, std::int64_t trials, double probability);
/// mean ≥ 0, size > 0: variance mean + mean²/size.
std::int64_t negative_binomial_quantile(double u, double mean, double size);

// Draws: each takes exactly one uniform, except the multinomial, which takes one per category but
// the last.

double draw_normal(RandomStream& random, double mean = 0.0, double standard_deviation = 1.0);
std::int64_t draw_poisson(RandomStream& random, double mean);
std::int64_t draw_binomial(RandomStream& random, std::int64_t trials, double probability);
std::int64_t draw_negative_binomial(RandomStream& random, double mean, double size);
/// Splits `trials` over the categories in proportion to `weights` (≥ 0, with a positive sum) by
/// conditional binomials; the counts add up to `trials`.
std::vector<std::int64_t> draw_multinomial(RandomStream& random, std::int64_t trials,
                                           std::span<const double> weights);

}  // namespace panj
