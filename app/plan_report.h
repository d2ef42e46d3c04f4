// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include "panj/core/problem.h"
#include "panj/plan/future_regret.h"
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

inline void add_regret(const plan::FutureRegret& regret, nlohmann::ordered_json& out) {
  out["fresh_futures"] = regret.futures;
  if (regret.futures == 0) return;
  out["share_of_fresh_futures_with_less_harm"] =
      static_cast<double>(regret.better) / static_cast<double>(regret.futures);
  out["mean_regret_in_fresh_futures"] = regret.mean;
  out["mean_regret_error_95"] = regret.error;
  out["largest_regret_in_fresh_futures"] = regret.largest;
}

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
