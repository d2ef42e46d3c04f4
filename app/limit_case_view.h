// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "panj/spillover/limit_cases.h"

namespace panj::app {

/// A limit case as `panj simulate --limit-case` shows it to machines and people: what is expected
/// and what was simulated.
nlohmann::ordered_json limit_case_json(const spillover::LimitCase& limit);
std::string limit_case_text(const spillover::LimitCase& limit);

}  // namespace panj::app
