// SPDX-License-Identifier: Apache-2.0
#include "panj/spillover/driver.h"

#include <cmath>

#include "panj/core/contract.h"
#include "panj/core/problem.h"
#include "panj/sim/elementary.h"
#include "panj/spillover/detail/laws.h"

namespace panj::spillover {
namespace {

/// Draws are taken with this stride, so that the first replicates already span the ranks.
constexpr std::size_t kStride = 619;

double relative(double violence, double recent) {
  const double x = (violence + 1) / (recent + 1);
  return sim::exp(detail::bounded_exponent(kOperationsResponse, x));
}

}  // namespace

std::vector<std::vector<double>> operations_of(const ViolenceForecast& forecast,
                                               const Settings& settings) {
  Problems problems;
  const std::size_t draws = forecast.samples.empty() ? 0 : forecast.samples.front().size();
  for (const auto& month : forecast.samples) {
    PANJ_EXPECT(month.size() == draws);
    for (const double violence : month) {
      if (violence >= 0 && std::isfinite(violence)) continue;
      problems.add(
          {.field = "driver", .what = "holds a value below 0 or none", .why = "must be ≥ 0"});
    }
  }
  problems.throw_if_any();
  std::vector<std::vector<double>> operations;
  for (std::size_t k = 0; k < draws; ++k) {
    std::vector<double> steps(static_cast<std::size_t>(settings.steps()), 1.0);
    for (std::size_t step = 0; step < steps.size(); ++step) {
      const auto month = static_cast<int>((2 * step + 1) * 12 /
                                          (2 * static_cast<std::size_t>(settings.steps_per_year)));
      const int lead = Month(settings.first_year, 1) + month - forecast.origin;
      if (lead < 1 || lead > static_cast<int>(forecast.samples.size())) continue;
      const auto& draws_of_month = forecast.samples[static_cast<std::size_t>(lead) - 1];
      steps[step] = relative(draws_of_month[k * kStride % draws], forecast.recent);
    }
    operations.push_back(std::move(steps));
  }
  return operations;
}

}  // namespace panj::spillover
