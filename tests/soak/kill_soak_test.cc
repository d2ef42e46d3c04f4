// SPDX-License-Identifier: Apache-2.0
// Kills at random moments: what was there before, or all of what was to come, is there after.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <functional>
#include <random>
#include <string>
#include <thread>

#include "panj/core/file.h"

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

}  // namespace
}  // namespace panj
