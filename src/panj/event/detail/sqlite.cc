// SPDX-License-Identifier: Apache-2.0
#include "panj/event/detail/sqlite.h"

#include <sqlite3.h>

namespace panj::event::detail {

Statement::Statement(sqlite3* database, std::string_view sql) {
  sqlite3_stmt* statement = nullptr;
  const int result = sqlite3_prepare_v3(database, sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  if (result != SQLITE_OK) throw SqliteError(result, sqlite3_errmsg(database));
  statement_.reset(statement);
}

void Statement::Finalize::operator()(sqlite3_stmt* statement) const {
  sqlite3_finalize(statement);
}

void Statement::check(int result) const {
  if (result == SQLITE_OK || result == SQLITE_ROW || result == SQLITE_DONE) return;
  throw SqliteError(result, sqlite3_errmsg(sqlite3_db_handle(statement_.get())));
}

void Statement::bind(int index, std::string_view text) {
  const char* data = text.data() == nullptr ? "" : text.data();
  check(sqlite3_bind_text(statement_.get(), index + 1, data, static_cast<int>(text.size()),
                          SQLITE_STATIC));
}

void Statement::bind(int index, std::int64_t value) {
  check(sqlite3_bind_int64(statement_.get(), index + 1, value));
}

void Statement::bind(int index, double value) {
  check(sqlite3_bind_double(statement_.get(), index + 1, value));
}

void Statement::bind_null(int index) {
  check(sqlite3_bind_null(statement_.get(), index + 1));
}

void Statement::bind_blob(int index, std::string_view bytes) {
  check(sqlite3_bind_blob(statement_.get(), index + 1, bytes.data(), static_cast<int>(bytes.size()),
                          SQLITE_STATIC));
}

bool Statement::step() {
  const int result = sqlite3_step(statement_.get());
  check(result);
  return result == SQLITE_ROW;
}

void Statement::run() {
  const int result = sqlite3_step(statement_.get());
  sqlite3_reset(statement_.get());
  check(result);
}

void Statement::reset() {
  sqlite3_reset(statement_.get());
}

bool Statement::is_null(int column) const {
  return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(statement_.get(), column);
}

double Statement::number(int column) const {
  return sqlite3_column_double(statement_.get(), column);
}

std::string_view Statement::text(int column) const {
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_.get(), column));
  const int size = sqlite3_column_bytes(statement_.get(), column);
  return bytes == nullptr ? std::string_view{}
                          : std::string_view(bytes, static_cast<std::size_t>(size));
}

std::optional<std::int32_t> Statement::optional_integer(int column) const {
  if (is_null(column)) return std::nullopt;
  return static_cast<std::int32_t>(integer(column));
}

Database::Database(const std::string& path, Access access) {
  constexpr int kWaitMilliseconds = 5000;
  sqlite3* database = nullptr;
  const int flags =
      access == Access::read ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  const int result = sqlite3_open_v2(path.c_str(), &database, flags | SQLITE_OPEN_NOMUTEX, nullptr);
  handle_.reset(database);
  if (result != SQLITE_OK) throw SqliteError(result, sqlite3_errmsg(database));
  sqlite3_extended_result_codes(database, 0);
  sqlite3_busy_timeout(database, kWaitMilliseconds);
}

void Database::Close::operator()(sqlite3* database) const {
  sqlite3_close_v2(database);
}

void Database::run(const char* sql) {
  const int result = sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr);
  if (result != SQLITE_OK) throw SqliteError(result, sqlite3_errmsg(handle_.get()));
}

std::int64_t Database::single_integer(std::string_view sql) const {
  Statement statement = prepare(sql);
  return statement.step() ? statement.integer(0) : 0;
}

std::int64_t Database::last_row_id() const {
  return sqlite3_last_insert_rowid(handle_.get());
}

bool Database::is_read_only() const {
  return sqlite3_db_readonly(handle_.get(), "main") == 1;
}

bool Database::has_table(std::string_view name) const {
  Statement statement = prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?");
  statement.bind(0, name);
  return statement.step();
}

Transaction::~Transaction() {
  if (open_) sqlite3_exec(database_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

void Transaction::commit() {
  database_.run("COMMIT");
  open_ = false;
}

}  // namespace panj::event::detail
