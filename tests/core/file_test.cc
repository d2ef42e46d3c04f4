// SPDX-License-Identifier: Apache-2.0
#include "panj/core/file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <stdexcept>

#include "panj/core/problem.h"

namespace panj {
namespace {

namespace fs = std::filesystem;

/// An empty folder of the running test.
fs::path folder() {
  const auto* test = testing::UnitTest::GetInstance()->current_test_info();
  const fs::path path = fs::path(testing::TempDir()) / (std::string("panj_file_") + test->name());
  fs::remove_all(path);
  fs::create_directories(path);
  return path;
}

TEST(File, ReadsWhatWasWritten) {
  const fs::path path = folder() / "new" / "deeper" / "file";
  const std::string bytes("a\0b\r\n\xFF", 6);
  write_file(path, bytes);
  EXPECT_EQ(read_file(path), bytes);
  write_file(path, "");
  EXPECT_EQ(read_file(path), "");
}

TEST(TemporaryFolder, GoesWithAllItHolds) {
  const fs::path parent = folder() / "new";
  fs::path path;
  {
    const TemporaryFolder aside(parent);
    path = aside.path();
    write_file(path / "deeper" / "file", "x");
    EXPECT_EQ(path.parent_path(), parent);
  }
  EXPECT_FALSE(fs::exists(path));
  EXPECT_TRUE(fs::exists(parent));
}

TEST(File, IsReplacedWithoutLeavingATemporaryBeside) {
  const fs::path home = folder();
  write_file(home / "file", "old");
  write_file(home / "file", "new");
  EXPECT_EQ(read_file(home / "file"), "new");
  EXPECT_EQ(std::distance(fs::directory_iterator(home), fs::directory_iterator()), 1);
}

TEST(File, KeepsTheOldOneWhenTheNewCannotBeWritten) {
  const fs::path home = folder();
  write_file(home / "file", "old");
  EXPECT_THROW(write_file(home / "file" / "below", "new"), std::runtime_error);
  EXPECT_EQ(read_file(home / "file"), "old");
  fs::create_directories(home / "taken" / "full");
  EXPECT_THROW(write_file(home / "taken", "new"), std::runtime_error);
  EXPECT_TRUE(fs::is_directory(home / "taken" / "full"));
  EXPECT_EQ(std::distance(fs::directory_iterator(home), fs::directory_iterator()), 2);
}

TEST(File, OfALinkIsWhatItPointsTo) {
  const fs::path home = folder();
  write_file(home / "far" / "file", "old");
  fs::create_symlink("far/file", home / "link");
  write_file(home / "link", "new");
  EXPECT_TRUE(fs::is_symlink(home / "link"));
  EXPECT_EQ(read_file(home / "far" / "file"), "new");
}

TEST(File, ADeviceIsWrittenIntoAndStaysOne) {
  EXPECT_NO_THROW(write_file("/dev/null", "lost"));
  EXPECT_THROW(write_file("/dev/full", "text"), std::runtime_error);
  EXPECT_TRUE(fs::is_character_file("/dev/null"));
  EXPECT_TRUE(fs::is_character_file("/dev/full"));
}

TEST(File, ThatCannotBeReadIsNamed) {
  const fs::path home = folder();
  EXPECT_THROW((void)read_file(home), InvalidInput);
  try {
    (void)read_file(home / "nowhere");
    FAIL() << "expected InvalidInput";
  } catch (const InvalidInput& error) {
    EXPECT_THAT(error.what(), testing::HasSubstr((home / "nowhere").string()));
  }
}

TEST(File, LargerThanTheLimitIsRefused) {
  const fs::path path = folder() / "file";
  write_file(path, "12345");
  EXPECT_EQ(read_file(path, 5), "12345");
  EXPECT_THROW((void)read_file(path, 4), InvalidInput);
}

TEST(Sha256, MeetsTheKnownAnswers) {
  // FIPS 180-2, appendix B, and the digest of nothing.
  EXPECT_EQ(sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  const std::string million(1'000'000, 'a');
  constexpr const char* kMillion =
      "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";
  EXPECT_EQ(sha256(million), kMillion);
  const fs::path path = folder() / "file";
  write_file(path, million);
  EXPECT_EQ(sha256_of_file(path), kMillion);
}

}  // namespace
}  // namespace panj
