// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

#include "panj/event/detail/sqlite.h"

namespace panj::event::detail {

/// Throws what the user should read: InvalidInput when the file is no store, std::runtime_error
/// with the cause and the remedy otherwise.
[[noreturn]] void explain(const SqliteError& error, const std::filesystem::path& path);

/// Runs `action`; SQLite's errors come out explained.
template <class Action>
auto explained(const std::filesystem::path& path, Action&& action) {
  try {
    return action();
  } catch (const SqliteError& error) {
    explain(error, path);
  }
}

}  // namespace panj::event::detail
