// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <limits>

#include "panj/core/number.h"
#include "panj/sim/pack.h"

namespace panj::sim {

// Elementary functions with the same bits everywhere: for a double and for a Pack, from any
// compiler, at any optimisation, on any processor with IEEE arithmetic; libm gives no such promise.
// Special values are as in C (exp(−∞) = 0, log(0) = −∞, log(−1) = NaN); errno is not set. Greatest
// errors found against 64-bit significands, in units of the last place of the exact value:
//
//     exp 1.0 · expm1 2.1 · log 0.9 · log1p 1.3
//
// cos_turns: 4e-16, absolute. normal_quantile: 8e-16, relative above 1 and absolute below.

namespace detail {

/// c₀ + c₁x + c₂x² + …
template <class V>
PANJ_INLINE V horner(V, double c0) {
  return V{} + c0;
}
template <class V, class... More>
PANJ_INLINE V horner(V x, double c0, More... more) {
  return c0 + x * horner(x, more...);
}

inline constexpr double kLog2High = 0x1.62e42feep-1;  ///< ends in zeros: n · this is exact
inline constexpr double kLog2Low = 0x1.a39ef35793c76p-33;
inline constexpr double kToInteger = 0x1.8p52;  ///< added, leaves a whole number in the low bits

/// 2ⁿ for a whole n in [−1022, 1023].
template <class V>
PANJ_INLINE V power_of_two(V n) {
  return from_bits((to_bits(n + (kToInteger + 1023)) << 52));
}

/// eʳ − 1 for |r| ≤ ½ log 2: Taylor's series economised (Chebyshev), error below 3e-19.
template <class V>
PANJ_INLINE V expm1_reduced(V r) {
  const V square = r * r;
  const V even = horner(square, 0x1p-1, 0x1.5555555555556p-5, 0x1.6c16c16c162d4p-10,
                        0x1.a01a01a6d889cp-16, 0x1.27e4db646b17ep-22, 0x1.1f730349868cep-29);
  const V odd = horner(square, 0x1.5555555555557p-3, 0x1.11111111100dcp-7, 0x1.a01a01abe7fe1p-13,
                       0x1.71de0231960ebp-19, 0x1.af4de97ca4194p-26);
  return r + square * (even + r * odd);
}

/// x = n · log 2 + r with a whole n.
template <class V>
struct Reduced {
  V n;
  V r;
};
template <class V>
PANJ_INLINE Reduced<V> reduce(V x) {
  const V n = nearest(x * 0x1.71547652b82fep+0);
  return {n, (x - n * kLog2High) - n * kLog2Low};
}

/// Coefficients of a central, middle and far rational function: Wichura 1988, "Algorithm AS 241:
/// the percentage points of the normal distribution" (PPND16).
template <class V>
PANJ_INLINE V normal_centre(V q) {
  const V r = 0.180625 - q * q;
  const V over =
      horner(r, 3.3871328727963666080e0, 1.3314166789178437745e+2, 1.9715909503065514427e+3,
             1.3731693765509461125e+4, 4.5921953931549871457e+4, 6.7265770927008700853e+4,
             3.3430575583588128105e+4, 2.5090809287301226727e+3);
  const V under =
      horner(r, 1.0, 4.2313330701600911252e+1, 6.8718700749205790830e+2, 5.3941960214247511077e+3,
             2.1213794301586595867e+4, 3.9307895800092710610e+4, 2.8729085735721942674e+4,
             5.2264952788528545610e+3);
  return q * over / under;
}
template <class V>
PANJ_INLINE V normal_middle(V root) {
  const V r = root - 1.6;
  const V over =
      horner(r, 1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0,
             3.64784832476320460504e0, 1.27045825245236838258e0, 2.41780725177450611770e-1,
             2.27238449892691845833e-2, 7.74545014278341407640e-4);
  const V under =
      horner(r, 1.0, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
             1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4,
             1.05075007164441684324e-9);
  return over / under;
}
template <class V>
PANJ_INLINE V normal_far(V root) {
  const V r = root - 5.0;
  const V over =
      horner(r, 6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0,
             2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
             2.71155556874348757815e-5, 2.01033439929228813265e-7);
  const V under =
      horner(r, 1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1,
             1.48753612908506148525e-2, 7.86869131145613259100e-4, 1.84631831751005468180e-5,
             1.42151175831644588870e-7, 2.04426310338993978564e-15);
  return over / under;
}

/// log(2ᵏ m) = k log 2 + 2 artanh s with s = (m − 1) / (m + 1), m in [√½, √2): its series
/// economised, error below 5e-18.
template <class V>
PANJ_INLINE V log_from(V k, V m) {
  const V f = m - 1.0;
  const V s = f / (2.0 + f);
  const V z = s * s;
  const V series = horner(z, 0x1.5555555555558p-1, 0x1.99999999952d7p-2, 0x1.2492492df281ap-2,
                          0x1.c71c62e3f11e6p-3, 0x1.7462b51cb66b1p-3, 0x1.39fe51a7c18f9p-3,
                          0x1.2b5900de53b32p-3);
  const V half_square = 0.5 * f * f;
  const V rest = half_square - (s * (half_square + z * series) + k * kLog2Low);
  return k * kLog2High - (rest - f);
}

/// log x for a positive normal number.
template <class V>
PANJ_INLINE V log_of_normal(V x) {
  // x = 2ᵏ m with m in [√½, √2): the addition carries into the exponent from √2 on.
  const auto shifted = to_bits(x) + (0x3ff0000000000000ULL - 0x3fe6a09e667f3bcdULL);
  const V k = from_bits((shifted >> 52) | 0x4330000000000000ULL) - (0x1p52 + 1023);
  const V m = from_bits((shifted & 0x000fffffffffffffULL) + 0x3fe6a09e667f3bcdULL);
  return log_from(k, m);
}

/// The normal quantile to seven digits, error below 1e-6: PPND7 of AS 241, for u in
/// [1e-11, 1 − 1e-11].
template <class V>
PANJ_INLINE V normal_seven_digits(V u) {
  const V q = u - 0.5;
  const V r = 0.180625 - q * q;
  const V centre = q * horner(r, 3.3871327179, 50.434271938, 159.29113202, 59.109374720) /
                   horner(r, 1.0, 17.895169469, 78.757757664, 67.187563600);
  const auto tail = less(0.425, abs(q));
  if (!any(tail)) return centre;
  const V s = sqrt(-log_of_normal(min(u, 1.0 - u))) - 1.6;
  const V middle = horner(s, 1.4234372777, 2.7568153900, 1.3067284816, 0.17023821103) /
                   horner(s, 1.0, 0.73700164250, 0.12021132975);
  return select(tail, select(less(q, 0.0), -middle, middle), centre);
}

}  // namespace detail

/// eˣ. Underflows gradually, overflows to ∞.
template <class V>
PANJ_INLINE V exp(V x) {
  const V low = select(x < -746.0, V{} - 746.0, x);
  const V inside = select(low > 710.0, V{} + 710.0, low);
  const auto [n, r] = detail::reduce(inside);
  const V half = nearest(n * 0.5);
  const V value = 1.0 + detail::expm1_reduced(r);
  return value * detail::power_of_two(half) * detail::power_of_two(n - half);
}

/// e⁻ˣ for x ≥ 0, at least e⁻⁷⁰⁸: what exp(-x) gives below 708, for less.
template <class V>
PANJ_INLINE V decay(V x) {
  const auto [n, r] = detail::reduce(-min(x, 708.0));
  return (1.0 + detail::expm1_reduced(r)) * detail::power_of_two(n);
}

/// eˣ − 1, without losing digits near 0.
template <class V>
PANJ_INLINE V expm1(V x) {
  const V low = select(x < -60.0, V{} - 60.0, x);
  const V inside = select(low > 710.0, V{} + 710.0, low);
  const auto [n, r] = detail::reduce(inside);
  const V half = detail::power_of_two(n - 1.0);
  const V value = (half * detail::expm1_reduced(r) + (half - 0.5)) * 2.0;
  return select(n == 0.0, detail::expm1_reduced(r), value);
}

/// Natural logarithm.
template <class V>
PANJ_INLINE V log(V x) {
  const auto subnormal = x < std::numeric_limits<double>::min();
  const auto bits = to_bits(select(subnormal, x * 0x1p54, x));
  // x = 2ᵏ m with m in [√½, √2): the addition carries into the exponent from √2 on.
  const auto shifted = bits + (0x3ff0000000000000ULL - 0x3fe6a09e667f3bcdULL);
  const V power = from_bits((shifted >> 52) | 0x4330000000000000ULL) - (0x1p52 + 1023);
  const V k = power - select(subnormal, V{} + 54.0, V{});
  const V m = from_bits((shifted & 0x000fffffffffffffULL) + 0x3fe6a09e667f3bcdULL);
  const V value = detail::log_from(k, m);
  const V finite = select(x < kInfinity, value, x);  // ∞ and NaN stay
  const V positive = select(x == 0.0, V{} - kInfinity, finite);
  return select(x < 0.0, V{} + std::numeric_limits<double>::quiet_NaN(), positive);
}

/// log(1 + x), without losing digits near 0.
template <class V>
PANJ_INLINE V log1p(V x) {
  const V u = 1.0 + x;
  const V lost = select(x < 1.0, x - (u - 1.0), 1.0 - (u - x));  // what rounding took from u
  const V value = log(u) + lost / u;
  const V finite = select(x < kInfinity, value, x);
  return select(x == -1.0, V{} - kInfinity, select(x == 0.0, x, finite));
}

/// x^power for x ≥ 0: exp(power · log x), so |power · log x| ulps at most.
template <class V>
PANJ_INLINE V power(V x, double exponent) {
  return exp(exponent * log(x));
}

/// 1 / (1 + e⁻ˣ).
template <class V>
PANJ_INLINE V logistic(V x) {
  return 1.0 / (1.0 + exp(-x));
}

/// cos 2πx; |x| < 2⁴⁹. Seasons are fractions of a year.
template <class V>
PANJ_INLINE V cos_turns(V x) {
  const V quarters = nearest(x * 4.0);
  const V y = x - quarters * 0.25;  // |y| ≤ 1/8, exact
  const V z = y * y;
  const V cosine =
      1.0 + z * detail::horner(z, -0x1.3bd3cc9be45dep+4, 0x1.03c1f081b5ac0p+6,
                               -0x1.55d3c7e3cb241p+6, 0x1.e1f5068688d5bp+5, -0x1.a6d1eef479be1p+4,
                               0x1.f9ce245cada0bp+2, -0x1.b2f3eb054afcdp+0);
  const V series = detail::horner(
      z, -0x1.4abbce625be53p+5, 0x1.466bc6775aae1p+6, -0x1.32d2cce62b872p+6, 0x1.50783486facaap+5,
      -0x1.e3074d2614b2dp+3, 0x1.e8f036bcd3237p+1, -0x1.6cc577dadd922p-1);
  const V sine = y * 0x1.921fb54442d18p+2 + y * (z * series);
  const auto turn = to_bits(quarters + detail::kToInteger);
  const V value = select((turn & 1) != 0, sine, cosine);
  return select(((turn + 1) & 2) != 0, -value, value);
}
/// Standard normal quantile, 0 < u < 1 (Wichura's AS 241).
template <class V>
PANJ_INLINE V normal_quantile(V u) {
  const V q = u - 0.5;
  const auto tail = abs(q) > 0.425;
  const V centre = detail::normal_centre(q);
  if (!any(tail)) return centre;
  const V root = sqrt(-log(min(u, 1.0 - u)));
  V value = detail::normal_middle(root);
  const auto far = less(5.0, root);
  if (any(far)) value = select(far, detail::normal_far(root), value);
  return select(tail, select(less(q, 0.0), -value, value), centre);
}

}  // namespace panj::sim
