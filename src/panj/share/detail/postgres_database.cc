// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <libpq-fe.h>

#include <charconv>
#include <vector>

#include "panj/share/detail/database.h"

namespace panj::share::detail {
namespace {

struct Finish {
  void operator()(PGconn* connection) const { PQfinish(connection); }
};
struct Clear {
  void operator()(PGresult* result) const { PQclear(result); }
};
using PostgresResult = std::unique_ptr<PGresult, Clear>;

/// The server's own words, without what it says about the connection string.
[[noreturn]] void fail(const char* message) {
  std::string text = message == nullptr ? "" : message;
  while (!text.empty() && text.back() == '\n') text.pop_back();
  throw DatabaseError(fmt::format("PostgreSQL: {}", text));
}

class PostgresStatement final : public Statement {
 public:
  PostgresStatement(PGconn* connection, std::string name, const std::string& sql)
      : connection_(connection), name_(std::move(name)) {
    const PostgresResult result(PQprepare(connection_, name_.c_str(), sql.c_str(), 0, nullptr));
    if (PQresultStatus(result.get()) != PGRES_COMMAND_OK) fail(PQerrorMessage(connection_));
  }
  ~PostgresStatement() override {
    const PostgresResult ended(PQexec(connection_, fmt::format("DEALLOCATE {}", name_).c_str()));
  }

  void bind(int parameter, std::int64_t value) override {
    bind(parameter, fmt::format("{}", value));
  }
  void bind(int parameter, std::string_view text) override {
    const auto count = static_cast<std::size_t>(parameter);
    if (values_.size() < count) values_.resize(count);
    values_[count - 1] = text;
  }
  bool step() override {
    if (!result_) {
      execute();
    } else {
      ++row_;
    }
    if (row_ < PQntuples(result_.get())) return true;
    reset();
    return false;
  }
  void reset() override {
    result_.reset();
    row_ = 0;
  }
  std::int64_t integer(int column) const override {
    const std::string_view digits = text(column);
    std::int64_t value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
  }
  std::string_view text(int column) const override {
    return {PQgetvalue(result_.get(), row_, column),
            static_cast<std::size_t>(PQgetlength(result_.get(), row_, column))};
  }

 private:
  void execute() {
    std::vector<const char*> values;
    values.reserve(values_.size());
    for (const std::string& value : values_) values.push_back(value.c_str());
    result_.reset(PQexecPrepared(connection_, name_.c_str(), static_cast<int>(values.size()),
                                 values.data(), nullptr, nullptr, 0));
    const ExecStatusType status = PQresultStatus(result_.get());
    if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK) return;
    result_.reset();
    fail(PQerrorMessage(connection_));
  }

  PGconn* connection_;
  std::string name_;
  std::vector<std::string> values_;
  PostgresResult result_;
  int row_ = 0;
};

class PostgresDatabase final : public Database {
 public:
  explicit PostgresDatabase(const std::string& connection)
      : connection_(PQconnectdb(connection.c_str())) {
    if (PQstatus(connection_.get()) != CONNECTION_OK) fail(PQerrorMessage(connection_.get()));
    PQsetNoticeProcessor(
        connection_.get(), [](void*, const char*) {}, nullptr);
    if (std::string_view(PQparameterStatus(connection_.get(), "server_encoding")) != "UTF8") {
      throw DatabaseError("PostgreSQL: the database is not UTF-8; make one with ENCODING 'UTF8'");
    }
    run("SET client_encoding TO 'UTF8'; SET lock_timeout TO '10s'");
  }
  ~PostgresDatabase() override { forget_statements(); }

  Backend backend() const override { return Backend::postgres; }
  void run(const std::string& sql) override {
    const PostgresResult result(PQexec(connection_.get(), sql.c_str()));
    const ExecStatusType status = PQresultStatus(result.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
      fail(PQerrorMessage(connection_.get()));
    }
  }
  void begin_read() override { run("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"); }
  /// One writer at a time, as with SQLite: the logs and the chain are sequences without gaps.
  void begin_write() override { run("BEGIN; SELECT pg_advisory_xact_lock(5720291)"); }
  void commit() override { run("COMMIT"); }
  void roll_back() noexcept override {
    const PostgresResult ended(PQexec(connection_.get(), "ROLLBACK"));
  }

 private:
  std::unique_ptr<Statement> prepare(const std::string& sql) override {
    return std::make_unique<PostgresStatement>(connection_.get(), fmt::format("s{}", ++prepared_),
                                               sql);
  }
  std::unique_ptr<PGconn, Finish> connection_;
  int prepared_ = 0;
};

}  // namespace

std::unique_ptr<Database> open_postgres(const std::string& connection) {
  return std::make_unique<PostgresDatabase>(connection);
}

}  // namespace panj::share::detail
