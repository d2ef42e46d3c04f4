// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace panj::share::detail {

enum class Backend : std::uint8_t { sqlite, postgres };

/// The store cannot do what was asked: locked, full, gone. Says what to do about it.
class DatabaseError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// A prepared statement; parameters $1, $2, … and columns count from 1 and 0. Texts are UTF-8
/// without NUL bytes.
class Statement {
 public:
  virtual ~Statement() = default;
  Statement() = default;
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  virtual void bind(int parameter, std::int64_t value) = 0;
  virtual void bind(int parameter, std::string_view text) = 0;  ///< copied
  virtual bool step() = 0;                                      ///< whether there is a row
  virtual void reset() = 0;
  virtual std::int64_t integer(int column) const = 0;
  virtual std::string_view text(int column) const = 0;  ///< until the next step() or reset()
};

/// The rows of a query; ends it when destroyed. One statement has one Rows at a time, and stays as
/// long as it has, whatever is prepared meanwhile.
class Rows {
 public:
  explicit Rows(std::shared_ptr<Statement> statement) : statement_(std::move(statement)) {}
  Rows(Rows&&) noexcept = default;
  ~Rows() {
    if (statement_) statement_->reset();
  }
  bool next() { return statement_->step(); }
  std::int64_t integer(int column) const { return statement_->integer(column); }
  std::string text(int column) const { return std::string(statement_->text(column)); }
  bool boolean(int column) const { return integer(column) != 0; }

 private:
  std::shared_ptr<Statement> statement_;
};

/// One connection, for one thread at a time. The same SQL runs on both backends: INTEGER, TEXT,
/// ON CONFLICT, LIMIT, partial indices.
class Database {
 public:
  virtual ~Database() = default;
  Database() = default;
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  virtual Backend backend() const = 0;
  virtual void run(const std::string& sql) = 0;  ///< any number of statements without parameters
  virtual void begin_read() = 0;                 ///< all that follows sees the store as it is now
  virtual void begin_write() = 0;                ///< waits for other writers
  virtual void commit() = 0;
  virtual void roll_back() noexcept = 0;

  template <class... Values>
  Rows query(const std::string& sql, const Values&... values) {
    std::shared_ptr<Statement> found = statement(sql);
    bind_all(*found, values...);
    return Rows(std::move(found));
  }
  template <class... Values>
  void execute(const std::string& sql, const Values&... values) {
    query(sql, values...).next();
  }
  /// The first column of the first row, 0 when there is none.
  template <class... Values>
  std::int64_t number(const std::string& sql, const Values&... values) {
    Rows rows = query(sql, values...);
    return rows.next() ? rows.integer(0) : 0;
  }
  std::shared_ptr<Statement> statement(const std::string& sql);

 protected:
  virtual std::unique_ptr<Statement> prepare(const std::string& sql) = 0;
  void forget_statements() { statements_.clear(); }

 private:
  static void bind_all(Statement&) {}
  template <class... Values>
  static void bind_all(Statement& into, const Values&... values) {
    int parameter = 0;
    (into.bind(++parameter, values), ...);
  }
  std::unordered_map<std::string, std::shared_ptr<Statement>> statements_;
};

/// A path, or "postgresql://…" or "postgres://…". Throws DatabaseError.
std::unique_ptr<Database> open_database(const std::string& where);
std::unique_ptr<Database> open_sqlite(const std::string& path);
std::unique_ptr<Database> open_postgres(const std::string& connection);

/// Everything within sees the store as it was at its first query, whoever writes meanwhile; and it
/// is locked once, not for each query.
class ReadTransaction {
 public:
  explicit ReadTransaction(Database& database) : database_(database) { database_.begin_read(); }
  ReadTransaction(const ReadTransaction&) = delete;
  ReadTransaction& operator=(const ReadTransaction&) = delete;
  ~ReadTransaction() { database_.roll_back(); }

 private:
  Database& database_;
};

/// Rolls back unless committed.
class WriteTransaction {
 public:
  explicit WriteTransaction(Database& database) : database_(database) { database_.begin_write(); }
  WriteTransaction(const WriteTransaction&) = delete;
  WriteTransaction& operator=(const WriteTransaction&) = delete;
  ~WriteTransaction() {
    if (is_open_) database_.roll_back();
  }
  void commit() {
    database_.commit();
    is_open_ = false;
  }

 private:
  Database& database_;
  bool is_open_ = true;
};

}  // namespace panj::share::detail
