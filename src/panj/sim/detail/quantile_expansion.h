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

/// d = 1 - 2p.
template <class V>
PANJ_INLINE V binomial_expansion(V w, V d, V e) {
  const V ww = w * w;
  const V dd = d * d;
  // order 1
  const double h10 = -1.0 / 6.0;
  const double h11 = 1.0 / 6.0;
  const V h1 = d * (h10 + ww * h11);
  // order 2
  const V h20 = horner(dd, 1.0 / 48.0, -7.0 / 144.0);
  const V h21 = horner(dd, -1.0 / 48.0, 1.0 / 144.0);
  const V h2 = w * (h20 + ww * h21);
  // order 3
  const V h30 = horner(dd, -1.0 / 45.0, 1.0 / 405.0);
  const V h31 = horner(dd, 7.0 / 720.0, -7.0 / 6480.0);
  const V h32 = horner(dd, 1.0 / 240.0, -1.0 / 2160.0);
  const V h3 = d * (h30 + ww * (h31 + ww * h32));
  // order 4
  const V h40 = horner(dd, 181.0 / 23040.0, 349.0 / 34560.0, -433.0 / 622080.0);
  const V h41 = horner(dd, -1.0 / 1920.0, -59.0 / 17280.0, 1.0 / 2430.0);
  const V h42 = horner(dd, -13.0 / 23040.0, -1.0 / 1280.0, 1.0 / 69120.0);
  const V h4 = w * (h40 + ww * (h41 + ww * h42));
  // order 5
  const V h50 = horner(dd, 1.0 / 756.0, -37.0 / 17010.0, 23.0 / 102060.0);
  const V h51 = horner(dd, -493.0 / 48384.0, -2591.0 / 1088640.0, -923.0 / 6531840.0);
  const V h52 = horner(dd, 43.0 / 48384.0, 97.0 / 120960.0, -1.0 / 26880.0);
  const V h53 = horner(dd, 5.0 / 12096.0, 13.0 / 90720.0, 1.0 / 544320.0);
  const V h5 = d * (h50 + ww * (h51 + ww * (h52 + ww * h53)));
  // order 6
  const V h60 = horner(dd, -4511.0 / 7741440.0, 158167.0 / 116121600.0, 1107901.0 / 1045094400.0,
                       289717.0 / 9405849600.0);
  const V h61 = horner(dd, 34817.0 / 23224320.0, 266929.0 / 38707200.0, 608771.0 / 1045094400.0,
                       289517.0 / 9405849600.0);
  const V h62 = horner(dd, -1283.0 / 23224320.0, -72343.0 / 116121600.0, -58283.0 / 348364800.0,
                       -1451.0 / 3135283200.0);
  const V h63 = horner(dd, -97.0 / 2580480.0, -2507.0 / 12902400.0, -997.0 / 38707200.0,
                       -139.0 / 348364800.0);
  const V h6 = w * (h60 + ww * (h61 + ww * (h62 + ww * h63)));
  return w + e * (h1 + e * (h2 + e * (h3 + e * (h4 + e * (h5 + e * h6)))));
}

/// The error is below this for a variance of at least 9 and |w| at most 1.1 standard
/// deviations: 1.7 times or more the greatest found against the incomplete gamma and beta
/// functions, at the Poisson (d = 1), which is the worst.
template <class V>
PANJ_INLINE V expansion_error(V w, V e, V mean) {
  const V e2 = e * e;
  const V w2 = w * w;
  const V w4 = w2 * w2;
  return e2 * e2 * e2 * (0.03 + 0.04 * w2 + 5e-4 * (w4 * w4)) + mean * 0x1p-48;
}

}  // namespace panj::sim::detail
