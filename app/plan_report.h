// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include "panj/core/problem.h"
#include "panj/plan/instance_file.h"
#include "panj/plan/solution.h"

namespace panj::app {

/// Reports a solution with the time since the clock was made.
class ReportClock {
 public:
  nlohmann::ordered_json report(const plan::InstanceFile& instance,
                                const plan::Solution& solution) const {
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start_;
    nlohmann::ordered_json out{{"name", instance.name}, {"problem", instance.problem}};
    out.update(plan::to_json(solution, seconds.count()));
    return out;
  }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

/// Throws InvalidInput unless the instance is of one of these problems.
inline void expect_problem(const plan::InstanceFile& instance,
                           const std::vector<std::string>& problems) {
  if (std::ranges::find(problems, instance.problem) != problems.end()) return;
  throw InvalidInput(Problem{.file = instance.file,
                             .field = "problem",
                             .what = "is '" + instance.problem + "'",
                             .why = "is not what this command plans",
                             .suggestion = suggest_name(instance.problem, problems)});
}

}  // namespace panj::app
