// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <string_view>

#include "panj/brief/content.h"

namespace panj::brief {

nlohmann::json to_json(const BriefContent& content);

/// Reads what `to_json` wrote. Throws InvalidInput naming the missing or mistyped member, or the
/// schema when it is another one.
BriefContent read_brief(std::string_view json);

}  // namespace panj::brief
