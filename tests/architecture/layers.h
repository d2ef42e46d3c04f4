// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace panj::architecture {

/// A source file by its path below the project, such as "src/panj/geo/border_line.cc".
struct SourceFile {
  std::string path;
  std::string text;
};

/// What is wrong with the includes of `file`, one "path:line: problem (why)" each:
/// a layer may include itself and layers on lower floors, never another layer's detail/ folder, and
/// only as "panj/<layer>/…". `app` stands above all layers and may also include its own headers.
std::vector<std::string> include_violations(const SourceFile& file);

}  // namespace panj::architecture
