// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace panj::brief {

/// What `ui/` was built into, carried inside the program. The hashes are base64 SHA-256, as a
/// content security policy wants them.
std::string_view bundled_script();
std::string_view bundled_script_hash();
std::string_view bundled_style();
std::string_view bundled_style_hash();
std::string_view bundled_basemap();

}  // namespace panj::brief
