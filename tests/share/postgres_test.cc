// SPDX-License-Identifier: Apache-2.0
// The store's tests once more, on PostgreSQL: a temporary server of our own, on a socket only.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <string>

#include "panj/core/file.h"
#include "share/shell.h"

namespace panj::share {
namespace {

namespace fs = std::filesystem;

/// The newest of Debian's servers; empty when there is none.
fs::path find_server() {
  fs::path found;
  const fs::path versions = "/usr/lib/postgresql";
  if (!fs::exists(versions)) return found;
  for (const auto& version : fs::directory_iterator(versions)) {
    const fs::path programs = version.path() / "bin";
    if (fs::exists(programs / "initdb") && (found.empty() || found < programs)) found = programs;
  }
  return found;
}

class Server {
 public:
  /// The server refuses to run as root.
  Server() : programs_(find_server()), as_user_(::geteuid() == 0 ? "runuser -u postgres -- " : "") {
    if (programs_.empty()) {
      reason_ = "there is no PostgreSQL server here";
      return;
    }
    if (!as_user_.empty() && shell("runuser -u postgres true 2>/dev/null") != 0) {
      reason_ = "the server does not run as root, and there is no user 'postgres'";
      return;
    }
    folder_ = fs::path("/tmp") / fmt::format("panj-postgres-{}", ::getpid());
    fs::create_directories(folder_);
    shell(fmt::format("chmod 777 {}", folder_.string()));
    start();
  }
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  ~Server() {
    if (is_running_) run("pg_ctl", "-D '{0}/data' -m immediate stop");
    if (!folder_.empty()) fs::remove_all(folder_);
  }

  const std::string& reason() const { return reason_; }
  std::string parameters() const { return fmt::format("host={}&user=postgres", folder_.string()); }

 private:
  void start() {
    const bool is_made = run("initdb",
                             "-D '{0}/data' -U postgres -A trust -E UTF8 --no-sync "
                             "--locale=C.UTF-8");
    is_running_ = is_made && run("pg_ctl",
                                 "-D '{0}/data' -w -l '{0}/server.log' -o \"-k '{0}' -c "
                                 "listen_addresses='' -c fsync=off\" start");
    if (!is_running_) reason_ = "the server does not start";
  }
  bool run(const char* program, const char* arguments) {
    return shell(fmt::format("cd / && {}{} {} >/dev/null 2>&1", as_user_,
                             (programs_ / program).string(),
                             fmt::format(fmt::runtime(arguments), folder_.string()))) == 0;
  }

  fs::path programs_;
  std::string as_user_;
  fs::path folder_;
  std::string reason_;
  bool is_running_ = false;
};

TEST(PostgresStore, PassesTheTestsOfTheStore) {
  const Server server;
  if (!server.reason().empty()) GTEST_SKIP() << server.reason();
  const std::string self = fs::read_symlink("/proc/self/exe").string();
  const fs::path output = fs::path(testing::TempDir()) / "panj-postgres-test.txt";
  const int result = shell(
      fmt::format("PANJ_TEST_POSTGRES='{}' '{}' '--gtest_filter=StoreTest.*:Lesson.*:AuditTest.*-"
                  "AuditTest.*Column*' --gtest_brief=1 > '{}' 2>&1",
                  server.parameters(), self, output.string()));
  EXPECT_EQ(result, 0) << read_file(output);
  fs::remove(output);
}

}  // namespace
}  // namespace panj::share
