// SPDX-License-Identifier: Apache-2.0
// Kills at random moments: what was there before, or all of what was to come, is there after.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <random>
#include <string>
#include <thread>

#include "panj/core/date.h"
#include "panj/core/file.h"
#include "panj/event/store.h"
#include "paths.h"

namespace panj {
namespace {

namespace fs = std::filesystem;
using std::chrono::microseconds;

constexpr int kKills = 500;

/// Runs `work` in a child process and kills it after `delay`.
void kill_during(const std::function<void()>& work, microseconds delay) {
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    work();
    ::_exit(0);
  }
  std::this_thread::sleep_for(delay);
  ::kill(child, SIGKILL);
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
}

TEST(KillSoak, AFileIsReplacedWholeOrNotAtAll) {
  const fs::path folder = fs::path(testing::TempDir()) / "panj-kill-soak";
  fs::remove_all(folder);
  const fs::path target = folder / "brief.json";
  const std::string old_content(300'000, 'o');
  const std::string new_content(2'000'000, 'n');
  std::mt19937 moments(1);
  std::uniform_int_distribution<int> delay_us(0, 20'000);
  int replaced = 0;
  for (int i = 0; i < kKills; ++i) {
    write_file(target, old_content);
    kill_during([&] { write_file(target, new_content); }, microseconds(delay_us(moments)));
    const std::string found = read_file(target);
    ASSERT_TRUE(found == old_content || found == new_content) << "torn at kill " << i;
    if (found == new_content) ++replaced;
  }
  EXPECT_GT(replaced, 0) << "every kill came before the end: the test saw one side only";
  EXPECT_LT(replaced, kKills) << "every kill came after the end: the test saw one side only";
  fs::remove_all(folder);
}

/// A log of `rows` incidents with the given number of deaths each.
std::string incident_log(int rows, int deaths) {
  std::string csv = "id,date,type,country,deaths_best\n";
  for (int i = 0; i < rows; ++i) {
    csv += fmt::format("{},2024-{:02}-11,armed_attack,Tajikistan,{}\n", i, i % 12 + 1, deaths);
  }
  return csv;
}

/// Becomes `panj ingest WORKSPACE FILE`, silently.
void exec_ingest(const fs::path& workspace, const fs::path& file) {
  if (std::freopen("/dev/null", "w", stdout) == nullptr) return;
  if (std::freopen("/dev/null", "w", stderr) == nullptr) return;
  ::execl(test::program_path().c_str(), "panj", "ingest", workspace.c_str(), file.c_str(), nullptr);
}

struct Stock {
  int incidents = 0;
  std::int64_t deaths = 0;
  bool operator==(const Stock&) const = default;
};

Stock stock_of(const fs::path& workspace) {
  Stock stock;
  event::EventStore::open_for_reading(workspace).read(today(),
                                                      [&](const event::Incident& incident) {
                                                        ++stock.incidents;
                                                        stock.deaths += incident.deaths.best;
                                                      });
  return stock;
}

/// Half of the incidents are known and revised by the second file, the other half is new.
TEST(KillSoak, AFileIsIngestedWholeOrNotAtAll) {
  constexpr int kRows = 20'000;
  const Stock before{kRows / 2, kRows / 2};
  const Stock after{kRows, std::int64_t{2} * kRows};
  const fs::path folder = fs::path(testing::TempDir()) / "panj-ingest-soak";
  fs::remove_all(folder);
  write_file(folder / "old.csv", incident_log(kRows / 2, 1));
  write_file(folder / "new.csv", incident_log(kRows, 2));
  const fs::path base = folder / "base";
  kill_during([&] { exec_ingest(base, folder / "old.csv"); }, std::chrono::seconds(20));
  ASSERT_EQ(stock_of(base), before);

  std::mt19937 moments(1);
  std::uniform_int_distribution<int> delay_us(0, 800'000);
  int taken_in = 0;
  for (int i = 0; i < kKills / 5; ++i) {
    const fs::path workspace = folder / "work";
    fs::remove_all(workspace);
    fs::copy(base, workspace, fs::copy_options::recursive);
    kill_during([&] { exec_ingest(workspace, folder / "new.csv"); },
                microseconds(delay_us(moments)));
    const Stock found = stock_of(workspace);
    ASSERT_TRUE(found == before || found == after)
        << found.incidents << " incidents after kill " << i;
    if (found == after) ++taken_in;
  }
  EXPECT_GT(taken_in, 0) << "every kill came before the end: the test saw one side only";
  EXPECT_LT(taken_in, kKills / 5) << "every kill came after the end: the test saw one side only";
  fs::remove_all(folder);
}

}  // namespace
}  // namespace panj
