// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdio>
#include <stdexcept>
#include <string>

#include "panj/core/file.h"

namespace panj::app {

/// Writes the result to `path`, or to stdout when there is none. Throws std::runtime_error when
/// stdout does not take it all (a full disk, a closed pipe).
inline void write_output(const std::string& path, const std::string& text) {
  if (!path.empty()) return write_file(path, text);
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() || std::fflush(stdout) != 0) {
    throw std::runtime_error("cannot write to stdout");
  }
}

}  // namespace panj::app
