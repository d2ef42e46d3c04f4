// SPDX-License-Identifier: Apache-2.0
#include "panj/spillover/settings.h"

#include <fmt/format.h>

#include <cmath>

#include "panj/core/problem.h"

namespace panj::spillover {

void validate(const Settings& settings) {
  Problems problems;
  if (settings.last_year < settings.first_year) {
    problems.add({.field = "to",
                  .what = fmt::format("{} lies before the start", settings.last_year),
                  .why = fmt::format("must be {} or later", settings.first_year)});
  } else if (settings.years() > 200) {
    problems.add({.field = "to",
                  .what = fmt::format("is {} years after the start", settings.years()),
                  .why = "must be at most 200"});
  }
  if (settings.steps_per_year < 1 || settings.steps_per_year > 365) {
    problems.add({.field = "steps_per_year",
                  .what = fmt::format("is {}", settings.steps_per_year),
                  .why = "must lie in [1, 365]: a step takes time"});
  } else if (problems.empty() && settings.steps() > 65536) {
    problems.add({.field = "steps_per_year",
                  .what = fmt::format("makes {} steps", settings.steps()),
                  .why = "must make at most 65536"});
  }
  for (const auto& sample : settings.operations) {
    for (const double relative : sample) {
      if (std::isfinite(relative) && relative >= 0) continue;
      problems.add({.field = "operations",
                    .what = fmt::format("holds {}", relative),
                    .why = "must be numbers of at least 0"});
    }
  }
  problems.throw_if_any();
}

}  // namespace panj::spillover
