// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace panj::event::detail {

/// An error of SQLite with its result code, so that the edge can explain it.
class SqliteError : public std::runtime_error {
 public:
  SqliteError(int result_code, const std::string& message)
      : std::runtime_error(message), code(result_code) {}
  int code;
};

/// A prepared statement. Parameters and columns count from 0, in order.
class Statement {
 public:
  Statement(sqlite3* database, std::string_view sql);

  /// Texts and blobs must live until the next step() or reset().
  void bind(int index, std::string_view text);
  void bind(int index, const char* text) { bind(index, std::string_view(text)); }
  void bind(int index, std::int64_t value);
  void bind(int index, double value);
  void bind_null(int index);
  void bind_blob(int index, std::string_view bytes);
  template <class Number>
  void bind(int index, const std::optional<Number>& value) {
    if (value) {
      bind(index, std::int64_t{*value});
    } else {
      bind_null(index);
    }
  }

  /// True when there is a row.
  bool step();
  /// For statements without rows: steps and resets.
  void run();
  void reset();

  bool is_null(int column) const;
  std::int64_t integer(int column) const;
  double number(int column) const;
  std::string_view text(int column) const;  ///< valid until the next step() or reset()
  std::optional<std::int32_t> optional_integer(int column) const;

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };
  void check(int result) const;
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

enum class Access { read, write };

/// One connection, for one thread at a time.
class Database {
 public:
  /// Creates the file when it is opened for writing and not there.
  Database(const std::string& path, Access access);

  void run(const char* sql);  ///< any number of statements without parameters
  Statement prepare(std::string_view sql) const { return {handle_.get(), sql}; }
  std::int64_t single_integer(std::string_view sql) const;
  std::int64_t last_row_id() const;
  bool is_read_only() const;
  bool has_table(std::string_view name) const;
  sqlite3* handle() const { return handle_.get(); }

 private:
  struct Close {
    void operator()(sqlite3* database) const;
  };
  std::unique_ptr<sqlite3, Close> handle_;
};

/// Rolls back unless committed.
class Transaction {
 public:
  explicit Transaction(Database& database) : database_(database) {
    database_.run("BEGIN IMMEDIATE");
  }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction();
  void commit();

 private:
  Database& database_;
  bool open_ = true;
};

}  // namespace panj::event::detail
