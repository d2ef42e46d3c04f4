// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "panj/share/json.h"
#include "panj/share/query.h"

namespace panj::share::detail {

/// TAXII's envelope of objects: their stored bytes, unchanged. Empty lists are left out.
std::string envelope_of(const Page& page);
/// The manifest of the same page.
std::string manifest_of(const Page& page);
/// The list of an object's versions.
std::string versions_of(const Page& page);

/// The objects of an envelope that someone sent.
Result<std::vector<Json>> read_envelope(std::string_view body, std::size_t max_bytes);

}  // namespace panj::share::detail
