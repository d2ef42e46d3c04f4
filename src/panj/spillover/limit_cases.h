// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace panj::spillover {

/// One quantity of a limit case against its answer.
struct LimitCheck {
  std::string quantity{};
  double expected = 0.0;
  double simulated = 0.0;
  double mc_error = 0.0;   ///< 0 when nothing is left to chance
  double tolerance = 0.0;  ///< how far apart they may be

  bool agrees() const;
};

/// A setting in which the model has an answer in closed form, or one that was published.
struct LimitCase {
  std::string id{};
  std::string title{};
  std::string setting{};
  std::vector<LimitCheck> checks{};

  bool agrees() const;
};

struct LimitCaseOptions {
  std::uint32_t replicates = 1000;
  std::uint64_t seed = 7;
  unsigned threads = 0;
};

/// "A", "B", "C", "C2", …, "L".
std::vector<std::string> limit_case_ids();

/// Runs one case in the reference world (reference_world.h). Statistical checks allow 4 standard
/// errors: a right model misses one in 16,000. Throws InvalidInput for an unknown id or fewer than
/// two replicates.
LimitCase run_limit_case(std::string_view id, const LimitCaseOptions& options = {});

}  // namespace panj::spillover
