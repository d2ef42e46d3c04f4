// SPDX-License-Identifier: Apache-2.0
#include "panj/event/detail/store_errors.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include "panj/core/problem.h"

namespace panj::event::detail {

void explain(const SqliteError& error, const std::filesystem::path& path) {
  const auto fail = [&](std::string_view what, std::string_view remedy) {
    throw std::runtime_error(
        fmt::format("{}: {} ({}) {}", path.string(), what, error.what(), remedy));
  };
  switch (error.code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      fail("is locked by another program, also after 5 s",
           "close it in QGIS or wait for the other panj to end, then try again");
      break;
    case SQLITE_READONLY:
    case SQLITE_PERM:
      fail("is read-only", "allow writing to the file and its folder, or name another workspace");
      break;
    case SQLITE_CANTOPEN:
      fail("cannot be opened", "check the path and that its folder may be written");
      break;
    case SQLITE_FULL:
      fail("the disk is full", "the store is as before; make room and try again");
      break;
    case SQLITE_IOERR:
      fail("reading or writing failed", "the store is as before; check the disk");
      break;
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
      throw InvalidInput({.file = path.string(),
                          .what = "is damaged",
                          .why = error.what(),
                          .suggestion = "restore it from a copy, or ingest the files again into a "
                                        "new workspace"});
    default:
      fail("the store failed", "");
  }
  throw error;
}

}  // namespace panj::event::detail
