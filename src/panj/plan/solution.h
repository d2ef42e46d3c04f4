// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace panj::plan {

/// How far an answer is proven.
enum class Status {
  optimal,     ///< no plan is better, to rounding
  feasible,    ///< a plan, and a bound on how much better another can be
  infeasible,  ///< no plan obeys the rules; the details say which rule blocks
};

std::string_view to_string(Status status);

/// What every solver of this layer takes.
struct SolveOptions {
  std::uint64_t seed = 1;
  unsigned threads = 0;  ///< 0: as many as the machine has; never changes the answer
  /// Stops a search early and makes its answer depend on the machine; 0 lets the search end by its
  /// own count of steps, which is the same everywhere.
  double time_limit_seconds = 0;
};

/// An object with room for members: one that has to grow copies all it holds.
nlohmann::ordered_json roomy_object();

/// An answer with its proof, and what else a reader of JSON wants to know.
struct Solution {
  static constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

  Status status = Status::infeasible;
  double value = kNone;
  double bound = kNone;  ///< no plan is better than this
  nlohmann::ordered_json details = roomy_object();
  std::vector<std::string> warnings{};

  /// |value − bound| / max(|value|, 1e-12), and 0 when both are equal.
  double gap() const;
};

/// {"value": …, "bound": …, "gap": …, "status": …, "seconds": …, "warnings": […], details …}; null
/// stands for what does not exist.
nlohmann::ordered_json to_json(const Solution& solution, double seconds);

}  // namespace panj::plan
