// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>

#include "app/program.h"
#include "paths.h"

namespace panj::app {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using testing::HasSubstr;

/// A small exploration of the reference theatre into a folder of the test's own.
std::string explore(const std::string& folder, const std::string& options = "--futures 12") {
  fs::remove_all(scratch(folder));
  return "explore '" + kTheatre +
         "' --packages P0,P1 --replicates 4 --history ignore --quick --no-netcdf --out '" +
         scratch(folder).string() + "' --json " + options;
}

std::string digest_of(const ProgramRun& run) {
  EXPECT_EQ(run.exit_code, 0) << run.err;
  return run.exit_code == 0 ? json::parse(run.out)["digest"].get<std::string>() : run.err;
}

TEST(ExploreTheatre, HasOneDigestForAnyNumberOfThreadsAndRanks) {
  const std::string one = digest_of(panj(explore("one") + " --threads 1"));
  EXPECT_EQ(digest_of(panj(explore("two") + " --threads 2")), one);
  if (std::system("command -v mpirun >/dev/null") != 0) {  // NOLINT
    GTEST_SKIP() << "mpirun is not there";
  }
  for (const char* ranks : {"2", "4"}) {
    const std::string launcher =
        std::string("mpirun --allow-run-as-root --oversubscribe -n ") + ranks;
    EXPECT_EQ(digest_of(run_shell(launcher + " " + test::program_path() + " " + explore("ranks") +
                                  " --threads 1")),
              one)
        << ranks << " ranks";
  }
}

TEST(ExploreTheatre, GoesOnAfterAKillAndEndsWithTheSameDigest) {
  const std::string size = "--futures 96 --threads 1";
  const std::string whole = digest_of(panj(explore("whole", size)));
  const std::string command = test::program_path() + " " + explore("killed", size);
  const pid_t child = ::fork();
  if (child == 0) {
    const int nowhere = ::open("/dev/null", O_WRONLY);
    ::dup2(nowhere, STDOUT_FILENO);
    ::dup2(nowhere, STDERR_FILENO);
    ::execl("/bin/sh", "sh", "-c", ("exec " + command).c_str(), nullptr);
    ::_exit(127);
  }
  const auto chunks = [] {
    const fs::path folder = scratch("killed") / "chunks";
    if (!fs::exists(folder)) return std::ptrdiff_t{0};
    return std::distance(fs::directory_iterator(folder), fs::directory_iterator());
  };
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (chunks() < 4 && std::chrono::steady_clock::now() < deadline) std::this_thread::yield();
  ::kill(child, SIGKILL);
  int status = 0;
  ::waitpid(child, &status, 0);
  ASSERT_TRUE(WIFSIGNALED(status)) << "it ended before it was killed";

  const std::string again = command.substr(test::program_path().size());
  const ProgramRun run = panj(again);
  EXPECT_EQ(digest_of(run), whole);
  const json result = json::parse(run.out);
  EXPECT_GT(result["chunks"]["found"].get<int>(), 0);
  EXPECT_LT(result["chunks"]["ran"].get<int>(), result["chunks"]["all"].get<int>());
}

TEST(ExploreTheatre, BestPackageIsWithinTheBudgetBeyondTheFirst) {
  const auto best = [](const std::string& options) {
    const ProgramRun run = panj(explore("budget", "--futures 12 " + options));
    EXPECT_EQ(run.exit_code, 0) << run.err;
    return json::parse(run.out)["best_affordable"].get<std::string>();
  };
  EXPECT_EQ(best("--budget 0"), "P0");
  EXPECT_EQ(best("--budget 1e9"), "P1");
}

TEST(ExploreTheatre, SaysWhatIsWrong) {
  const auto problem = [](const std::string& options) {
    const ProgramRun run = panj(explore("bad", options));
    EXPECT_EQ(run.exit_code, 3) << options << run.err;
    return run.err;
  };
  EXPECT_THAT(problem("--require 'fatalitys_per_year <= 5'"),
              HasSubstr("did you mean 'fatalities_per_year'?"));
  EXPECT_THAT(problem("--futures 8 --require 'fatalities_per_year <= 0'"),
              HasSubstr("no package meets"));
  EXPECT_THAT(problem("--constraint 'defence.guard <= 5000'"),
              HasSubstr("did you mean 'defence.guards'?"));
  EXPECT_THAT(problem("--correlation 'defence.guards ~ defence.belt_stop = 2'"),
              HasSubstr("less than 1"));
}

TEST(ExploreTheatre, LeavesAnotherRunsResultsAloneUnlessForced) {
  const std::string first = explore("out", "--futures 8");
  ASSERT_EQ(panj(first).exit_code, 0);
  const std::string before = read_file(scratch("out") / "exploration.json");
  const ProgramRun other = panj(first + " --seed 2");
  EXPECT_EQ(other.exit_code, 3);
  EXPECT_THAT(other.err, HasSubstr("--force"));
  EXPECT_EQ(read_file(scratch("out") / "exploration.json"), before);
  EXPECT_EQ(panj(first + " --seed 2 --force").exit_code, 0);
}

}  // namespace
}  // namespace panj::app
