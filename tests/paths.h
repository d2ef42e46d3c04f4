// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace panj::test {

/// A file of the source tree, such as "theatres/tajik-afghan". "../shared/data/…" are data that are
/// not part of the tree: a test that needs them is skipped where they are absent.
std::string source_path(std::string_view relative);

/// The program `panj` of this build.
std::string program_path();

}  // namespace panj::test
