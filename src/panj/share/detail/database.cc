// SPDX-License-Identifier: Apache-2.0
#include "panj/share/detail/database.h"

namespace panj::share::detail {

std::shared_ptr<Statement> Database::statement(const std::string& sql) {
  // Filters make many statements; those that are needed again are prepared again.
  constexpr std::size_t kMost = 128;
  const auto found = statements_.find(sql);
  if (found != statements_.end()) return found->second;
  if (statements_.size() >= kMost) statements_.clear();
  return statements_.emplace(sql, prepare(sql)).first->second;
}

std::unique_ptr<Database> open_database(const std::string& where) {
  if (where.starts_with("postgresql://") || where.starts_with("postgres://")) {
    return open_postgres(where);
  }
  return open_sqlite(where);
}

}  // namespace panj::share::detail
