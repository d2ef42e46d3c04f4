// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "panj/sim/elementary.h"

namespace panj::sim::detail {

// Cornish-Fisher expansions to the sixth order in e = 1 / standard deviation: with w the normal
// quantile of u, the smallest k with P(X <= k) >= u is the ceiling of mean - 1/2 + expansion / e,
// but for an error in the last expression that `kExpansionError` bounds.
//
// Derived by formal expansion of the series of Edgeworth in the cumulants of X less those of a
// uniform on (-1/2, 1/2) (Sheppard's corrections: the sum over whole numbers against the integral,
// Euler-Maclaurin), inverted term by term. The cumulants of the binomial divided by n p (1-p) are
// polynomials in d = 1 - 2p: c2 = 1, c(r+1) = -1/2 d/dd [(1 - d^2) c(r)]; d = 1 gives the Poisson,
// for which orders one to three agree with Giles 2016, "Algorithm 955: approximation of the inverse
// Poisson cumulative distribution function".

template <class V>
PANJ_INLINE V poisson_expansion(V w, V e) {
  const V ww = w * w;
  const V h1 = horner(ww, -1.0 / 6.0, 1.0 / 6.0);
  const V h2 = w * horner(ww, -1.0 / 36.0, -1.0 / 72.0);
  const V h3 = horner(ww, -8.0 / 405.0, 7.0 / 810.0, 1.0 / 270.0);
  const V h4 = w * horner(ww, 671.0 / 38880.0, -137.0 / 38880.0, -23.0 / 17280.0);
  const V h5 = horner(ww, -16.0 / 25515.0, -5189.0 / 408240.0, 5.0 / 3024.0, 19.0 / 34020.0);
  const V h6 = w * horner(ww, 274867.0 / 146966400.0, 2647909.0 / 293932800.0,
                          -165779.0 / 195955200.0, -11237.0 / 43545600.0);
  return w + e * (h1 + e * (h2 + e * (h3 + e * (h4 + e * (h5 + e * h6)))));
}

/// The coefficients of h₁ … h₆ in powers of w², which depend on d = 1 − 2p alone.
template <class Number>
struct BinomialCoefficients {
  Number h10, h11, h20, h21, h30, h31, h32, h40, h41, h42, h50, h51, h52, h53, h60, h61, h62, h63;
};

template <class V>
PANJ_INLINE BinomialCoefficients<V> binomial_coefficients(V d) {
  const V dd = d * d;
  return {.h10 = d * (-1.0 / 6.0),
          .h11 = d * (1.0 / 6.0),
          .h20 = horner(dd, 1.0 / 48.0, -7.0 / 144.0),
          .h21 = horner(dd, -1.0 / 48.0, 1.0 / 144.0),
          .h30 = d * horner(dd, -1.0 / 45.0, 1.0 / 405.0),
          .h31 = d * horner(dd, 7.0 / 720.0, -7.0 / 6480.0),
          .h32 = d * horner(dd, 1.0 / 240.0, -1.0 / 2160.0),
          .h40 = horner(dd, 181.0 / 23040.0, 349.0 / 34560.0, -433.0 / 622080.0),
          .h41 = horner(dd, -1.0 / 1920.0, -59.0 / 17280.0, 1.0 / 2430.0),
          .h42 = horner(dd, -13.0 / 23040.0, -1.0 / 1280.0, 1.0 / 69120.0),
          .h50 = d * horner(dd, 1.0 / 756.0, -37.0 / 17010.0, 23.0 / 102060.0),
          .h51 = d * horner(dd, -493.0 / 48384.0, -2591.0 / 1088640.0, -923.0 / 6531840.0),
          .h52 = d * horner(dd, 43.0 / 48384.0, 97.0 / 120960.0, -1.0 / 26880.0),
          .h53 = d * horner(dd, 5.0 / 12096.0, 13.0 / 90720.0, 1.0 / 544320.0),
          .h60 = horner(dd, -4511.0 / 7741440.0, 158167.0 / 116121600.0, 1107901.0 / 1045094400.0,
                        289717.0 / 9405849600.0),
          .h61 = horner(dd, 34817.0 / 23224320.0, 266929.0 / 38707200.0, 608771.0 / 1045094400.0,
                        289517.0 / 9405849600.0),
          .h62 = horner(dd, -1283.0 / 23224320.0, -72343.0 / 116121600.0, -58283.0 / 348364800.0,
                        -1451.0 / 3135283200.0),
          .h63 = horner(dd, -97.0 / 2580480.0, -2507.0 / 12902400.0, -997.0 / 38707200.0,
                        -139.0 / 348364800.0)};
}

/// `c` holds packs, or doubles that serve all lanes.
template <class V, class Number>
PANJ_INLINE V binomial_expansion(V w, const BinomialCoefficients<Number>& c, V e) {
  const V ww = w * w;
  const V h1 = c.h10 + ww * c.h11;
  const V h2 = w * (c.h20 + ww * c.h21);
  const V h3 = c.h30 + ww * (c.h31 + ww * c.h32);
  const V h4 = w * (c.h40 + ww * (c.h41 + ww * c.h42));
  const V h5 = c.h50 + ww * (c.h51 + ww * (c.h52 + ww * c.h53));
  const V h6 = w * (c.h60 + ww * (c.h61 + ww * (c.h62 + ww * c.h63)));
  return w + e * (h1 + e * (h2 + e * (h3 + e * (h4 + e * (h5 + e * h6)))));
}

/// The error is below this for a variance of at least 9 and |w| at most 1.1 standard
/// deviations: 1.7 times or more the greatest found against the incomplete gamma and beta
/// functions, at the Poisson (d = 1), which is the worst. The last term is for a `w` of seven
/// digits.
template <class V>
PANJ_INLINE V expansion_error(V w, V e, V deviation) {
  const V e2 = e * e;
  const V w2 = w * w;
  const V w4 = w2 * w2;
  return e2 * e2 * e2 * (0.03 + 0.04 * w2 + 5e-4 * (w4 * w4)) + 1.5e-6 * deviation;
}

}  // namespace panj::sim::detail
