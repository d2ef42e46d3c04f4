// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>

#include "panj/core/problem.h"
#include "panj/share/detail/database.h"

namespace panj::share::detail {
namespace {

struct Close {
  void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
};
struct Finalize {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};

/// What the user should read.
[[noreturn]] void fail(sqlite3* database, int result, const std::string& path) {
  const std::string reason = database == nullptr ? "" : sqlite3_errmsg(database);
  const auto error = [&](std::string_view what, std::string_view remedy) {
    throw DatabaseError(fmt::format("{}: {} ({}) {}", path, what, reason, remedy));
  };
  switch (result & 0xFF) {
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
      throw InvalidInput({.file = path,
                          .what = "is damaged, or no store",
                          .why = reason,
                          .suggestion = "restore it from a copy"});
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      error("is locked by another program, also after 10 s", "wait for it to end, then try again");
      break;
    case SQLITE_FULL:
      error("the disk is full", "the store is as before; make room and try again");
      break;
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN:
      error("cannot be opened for writing", "check the path and its permissions");
      break;
    default:
      error("the store failed", "it is as before");
  }
  throw DatabaseError(reason);
}

class SqliteStatement final : public Statement {
 public:
  SqliteStatement(sqlite3* database, std::string sql, const std::string& path)
      : database_(database), path_(path) {
    std::ranges::replace(sql, '$', '?');
    sqlite3_stmt* statement = nullptr;
    const int result = sqlite3_prepare_v3(database, sql.data(), static_cast<int>(sql.size()),
                                          SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    statement_.reset(statement);
    check(result);
  }

  void bind(int parameter, std::int64_t value) override {
    check(sqlite3_bind_int64(statement_.get(), parameter, value));
  }
  void bind(int parameter, std::string_view text) override {
    const char* data = text.data() == nullptr ? "" : text.data();
    // SQLITE_TRANSIENT: the library copies the text. The macro is an old-style cast.
    const auto copied = reinterpret_cast<sqlite3_destructor_type>(-1);  // NOLINT(*-no-int-to-ptr)
    check(sqlite3_bind_text(statement_.get(), parameter, data, static_cast<int>(text.size()),
                            copied));
  }
  bool step() override {
    const int result = sqlite3_step(statement_.get());
    if (result == SQLITE_ROW) return true;
    sqlite3_reset(statement_.get());
    check(result);
    return false;
  }
  void reset() override { sqlite3_reset(statement_.get()); }
  std::int64_t integer(int column) const override {
    return sqlite3_column_int64(statement_.get(), column);
  }
  std::string_view text(int column) const override {
    const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_.get(), column));
    const int size = sqlite3_column_bytes(statement_.get(), column);
    if (bytes == nullptr) return {};
    return {bytes, static_cast<std::size_t>(size)};
  }

 private:
  void check(int result) const {
    if (result == SQLITE_OK || result == SQLITE_ROW || result == SQLITE_DONE) return;
    fail(database_, result, path_);
  }
  sqlite3* database_;
  const std::string& path_;
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

class SqliteDatabase final : public Database {
 public:
  explicit SqliteDatabase(std::string path) : path_(std::move(path)) {
    sqlite3* database = nullptr;
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    const int result = sqlite3_open_v2(path_.c_str(), &database, flags, nullptr);
    handle_.reset(database);
    if (result != SQLITE_OK) fail(database, result, path_);
    constexpr int kWaitMilliseconds = 10'000;
    sqlite3_busy_timeout(database, kWaitMilliseconds);
    // What was committed survives a power cut, too.
    run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY; "
        "PRAGMA cache_size = -16384;");
  }
  ~SqliteDatabase() override { forget_statements(); }

  Backend backend() const override { return Backend::sqlite; }
  void run(const std::string& sql) override {
    const int result = sqlite3_exec(handle_.get(), sql.c_str(), nullptr, nullptr, nullptr);
    if (result != SQLITE_OK) fail(handle_.get(), result, path_);
  }
  void begin_read() override { run("BEGIN"); }
  void begin_write() override { run("BEGIN IMMEDIATE"); }
  void commit() override { run("COMMIT"); }
  void roll_back() noexcept override {
    sqlite3_exec(handle_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
  }

 private:
  std::unique_ptr<Statement> prepare(const std::string& sql) override {
    return std::make_unique<SqliteStatement>(handle_.get(), sql, path_);
  }
  std::string path_;
  std::unique_ptr<sqlite3, Close> handle_;
};

}  // namespace

std::unique_ptr<Database> open_sqlite(const std::string& path) {
  return std::make_unique<SqliteDatabase>(path);
}

}  // namespace panj::share::detail
