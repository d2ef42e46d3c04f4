// SPDX-License-Identifier: Apache-2.0
#include "panj/plan/solution.h"

#include <algorithm>
#include <cmath>

namespace panj::plan {
namespace {

nlohmann::ordered_json number_or_null(double number) {
  if (std::isfinite(number)) return number;
  return nullptr;
}

}  // namespace

nlohmann::ordered_json roomy_object() {
  constexpr std::size_t kMembers = 32;
  auto object = nlohmann::ordered_json::object();
  object.get_ref<nlohmann::ordered_json::object_t&>().reserve(kMembers);
  return object;
}

std::string_view to_string(Status status) {
  switch (status) {
    case Status::optimal:
      return "optimal";
    case Status::feasible:
      return "feasible";
    case Status::infeasible:
      break;
  }
  return "infeasible";
}

double Solution::gap() const {
  constexpr double kSmallest = 1e-12;
  if (value == bound) return 0;
  return std::abs(value - bound) / std::max(std::abs(value), kSmallest);
}

nlohmann::ordered_json to_json(const Solution& solution, double seconds) {
  nlohmann::ordered_json out = roomy_object();
  out["value"] = number_or_null(solution.value);
  out["bound"] = number_or_null(solution.bound);
  out["gap"] = number_or_null(solution.gap());
  out["status"] = to_string(solution.status);
  out["seconds"] = seconds;
  out["warnings"] = solution.warnings;
  out.update(solution.details);
  return out;
}

}  // namespace panj::plan
