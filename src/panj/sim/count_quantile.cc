// SPDX-License-Identifier: Apache-2.0
#include "panj/sim/count_quantile.h"

#include <cmath>

#include "panj/core/random.h"

namespace panj::sim::detail {
namespace {

/// A mean, a number of trials that can be used; else the count stays and is made NaN by the caller.
bool is_count(double x) {
  return x >= 0 && x <= 0x1p53;
}

}  // namespace

void exact_poisson(std::size_t lanes, const double* u, const double* mean,
                   const std::int64_t* wanted, double* count) {
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    if (wanted[lane] == 0 || !is_count(mean[lane])) continue;
    count[lane] = static_cast<double>(panj::poisson_quantile(u[lane], mean[lane]));
  }
}

void exact_binomial(std::size_t lanes, const double* u, const double* trials,
                    const double* probability, const std::int64_t* wanted, double* count) {
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    const bool is_share = probability[lane] >= 0 && probability[lane] <= 1;
    if (wanted[lane] == 0 || !is_count(trials[lane]) || !is_share) continue;
    const auto n = static_cast<std::int64_t>(trials[lane]);
    count[lane] = static_cast<double>(panj::binomial_quantile(u[lane], n, probability[lane]));
  }
}

}  // namespace panj::sim::detail
