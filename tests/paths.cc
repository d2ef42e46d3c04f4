// SPDX-License-Identifier: Apache-2.0
#include "paths.h"

namespace panj::test {

std::string source_path(std::string_view relative) {
  return std::string(PANJ_SOURCE_DIR "/").append(relative);
}

std::string program_path() {
  return PANJ_PROGRAM;
}

}  // namespace panj::test
