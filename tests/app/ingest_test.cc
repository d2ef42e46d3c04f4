// SPDX-License-Identifier: Apache-2.0
// Bad input must end well: each test runs the real program.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <fstream>
#include <nlohmann/json.hpp>
#include <thread>

#include "app/tiny_disk.h"
#include "event/ucdp_text.h"
#include "paths.h"
#include "program.h"

namespace panj::app {
namespace {

namespace fs = std::filesystem;
using event::ucdp_header;
using event::ucdp_row;
using testing::HasSubstr;

class IngestTest : public testing::Test {
 protected:
  IngestTest() { fs::remove_all(scratch("")); }

  static std::string file(const std::string& content, const std::string& name = "in.csv") {
    write_file(scratch(name), content);
    return scratch(name).string();
  }
  static std::string workspace() { return scratch("work").string(); }
  static std::string store() { return workspace() + "/events.gpkg"; }
  static ProgramRun ingest(const std::string& arguments) {
    return panj("ingest " + workspace() + " " + arguments);
  }
  static ProgramRun ingest_text(const std::string& content) { return ingest(file(content)); }
  static std::string known() { return panj("incidents " + workspace()).out; }
  static std::string rows(int count) {
    std::string text = ucdp_header();
    for (int id = 1; id <= count; ++id) text += ucdp_row({{"id", std::to_string(id)}});
    return text;
  }
};

TEST_F(IngestTest, CountsWhatBecameOfTheRows) {
  const std::string text = ucdp_header() + ucdp_row({}) + ucdp_row({}) + ucdp_row({{"best", "9"}});
  const ProgramRun run = ingest("--json " + file(text, "GEDEvent_v23_1.csv"));
  EXPECT_EQ(run.exit_code, 4);
  const auto counts = nlohmann::json::parse(run.out).at("files").at(0);
  EXPECT_EQ(counts.at("read"), 3);
  EXPECT_EQ(counts.at("accepted"), 1);
  EXPECT_EQ(counts.at("duplicate"), 1);
  EXPECT_EQ(counts.at("quarantined"), 1);
  EXPECT_EQ(ingest_text(rows(1)).exit_code, 0);
}

TEST_F(IngestTest, WarnsOfAReleaseBelowOneThatIsHeld) {
  const auto release = [](const std::string& version, const std::string& best) {
    return file(
        ucdp_header() + ucdp_row({{"best", best}, {"deaths_b", best}, {"low", "0"}, {"high", "9"}}),
        "GEDEvent_v" + version + "_1.csv");
  };
  EXPECT_THAT(ingest(release("23", "2")).err, testing::Not(HasSubstr("is release")));
  const std::string newest = known();
  EXPECT_THAT(ingest(release("22", "3")).err,
              HasSubstr("GEDEvent_v22_1.csv: is release 22.1, and the store holds 23.1"));
  EXPECT_EQ(known(), newest);
  const ProgramRun dated = ingest(release("21", "4") + " --known-on 2021-06-01");
  EXPECT_THAT(dated.err, testing::Not(HasSubstr("is release")));
  EXPECT_EQ(known(), newest);
}

TEST_F(IngestTest, AnyNumberOfThreadsDoesTheSame) {
  const std::string text = rows(1500) + "1,2,3\n" + ucdp_row({{"id", "7"}, {"adm_1", "Homs"}});
  const std::string in = file(text);
  std::vector<std::string> results;
  for (const char* threads : {"1", "2", "3"}) {
    const std::string work = scratch(std::string("work") + threads).string();
    const ProgramRun run = panj("ingest " + work + " " + in + " --threads " + threads);
    EXPECT_EQ(run.exit_code, 4);
    results.push_back(panj("incidents " + work).out);
  }
  EXPECT_EQ(std::ranges::count(results[0], '\n'), 1501);
  EXPECT_EQ(results[1], results[0]);
  EXPECT_EQ(results[2], results[0]);
}

TEST_F(IngestTest, UnusableFilesWriteNothing) {
  const std::string good = file(rows(1), "good.csv");
  for (const char* content : {"", "a,b\n1,2\n", "id,type,date\n"}) {
    const ProgramRun run = ingest(good + " " + file(content));
    EXPECT_EQ(run.exit_code, 3) << content;
    EXPECT_THAT(run.err, HasSubstr("in.csv"));
    EXPECT_FALSE(fs::exists(workspace()));
  }
  EXPECT_EQ(ingest(scratch("missing.csv").string()).exit_code, 3);
  const ProgramRun no_day = ingest(good + " --known-on 2023-02-30");
  EXPECT_EQ(no_day.exit_code, 2);
  EXPECT_THAT(no_day.err, HasSubstr("--known-on: '2023-02-30' is no date (must be one that"));
  EXPECT_EQ(ingest(good + " --known-on 2924-01-01").exit_code, 2);
  const ProgramRun later = ingest(good + " --known-on 2199-07-01");
  EXPECT_EQ(later.exit_code, 2);
  EXPECT_THAT(later.err, HasSubstr("--known-on: 2199-07-01 has not come yet (must be 2"));
  EXPECT_FALSE(fs::exists(workspace()));
  const ProgramRun run = ingest(good + " --format nonsense");
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_THAT(run.err, HasSubstr("--format: 'nonsense' is none of auto, panj, ucdp"));
}

TEST_F(IngestTest, AHeaderAloneIsTold) {
  const ProgramRun run = ingest_text(ucdp_header());
  EXPECT_EQ(run.exit_code, 0);
  EXPECT_THAT(run.err, HasSubstr("no rows"));
}

TEST_F(IngestTest, ARowOf200MegabytesIsSetAsideInLittleMemory) {
  {
    std::ofstream out(file(""));
    out << ucdp_header() << ucdp_row({{"id", "1"}});
    const std::string block(1'000'000, 'x');
    for (int i = 0; i < 200; ++i) out << block;
    out << '\n' << ucdp_row({{"id", "2"}});
  }
  const ProgramRun run = panj("ingest " + workspace() + " --json " + scratch("in.csv").string());
  fs::remove(scratch("in.csv"));
  EXPECT_EQ(run.exit_code, 4);
  const auto counts = nlohmann::json::parse(run.out).at("files").at(0);
  EXPECT_EQ(counts.at("accepted"), 2);
  EXPECT_EQ(counts.at("quarantined"), 1);
  rusage usage{};
  ASSERT_EQ(::getrusage(RUSAGE_CHILDREN, &usage), 0);
  EXPECT_LT(usage.ru_maxrss, 150'000) << "kilobytes";
}

TEST_F(IngestTest, TheQuarantineSaysWhereAndWhy) {
  ingest_text(ucdp_header() + ucdp_row({{"adm_1", "Quer\xE9taro"}}) +
              ucdp_row({{"adm_1", std::string("a\0b", 3)}}) + ucdp_row({{"latitude", "95"}}) +
              ucdp_row({{"date_start", "2023-02-30"}}) + ucdp_row({{"best", "9"}}) + ucdp_row({}) +
              ucdp_row({{"adm_1", "Homs"}}));
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open(store().c_str(), &database), SQLITE_OK);
  std::vector<std::string> found;
  sqlite3_exec(
      database,
      "SELECT file_row || ' ' || line || ' ' || column_name || ' ' || reason FROM quarantine",
      [](void* list, int, char** values, char**) {
        static_cast<std::vector<std::string>*>(list)->emplace_back(values[0]);
        return 0;
      },
      &found, nullptr);
  sqlite3_close(database);
  EXPECT_THAT(found, testing::ElementsAre(HasSubstr("1 2 adm_1 the text must be UTF-8"),
                                          HasSubstr("2 3  the row holds a NUL"),
                                          HasSubstr("3 4 latitude"), HasSubstr("4 5 date_start"),
                                          HasSubstr("5 6 best"), HasSubstr("7 8 id row 6")));
}

TEST_F(IngestTest, TheFirstBadRowsAreToldAtOnce) {
  std::string text = ucdp_header();
  for (int i = 0; i < 7; ++i) text += ucdp_row({{"id", std::to_string(i)}, {"latitude", "95"}});
  const ProgramRun run = ingest_text(text);
  EXPECT_EQ(run.exit_code, 4);
  EXPECT_THAT(run.err, HasSubstr("in.csv:2: latitude: is '95' (must be a number in [-90, 90])"));
  EXPECT_THAT(run.err, HasSubstr("in.csv:6: latitude"));
  EXPECT_THAT(run.err, HasSubstr("… and 2 more rows"));
}

TEST_F(IngestTest, EachFaultOfARowIsASentence) {
  std::string text = ucdp_header() + ucdp_row({{"latitude", "95"}, {"longitude", "x"}});
  for (int i = 0; i < 6; ++i) text += ucdp_row({{"id", std::to_string(i)}, {"latitude", "95"}});
  const ProgramRun run = ingest_text(text);
  EXPECT_THAT(run.err, HasSubstr("in.csv:2: longitude: is 'x' (must be a number in [-180, 180])\n"
                                 "in.csv:2: latitude: is '95' (must be a number in [-90, 90])\n"));
  EXPECT_THAT(run.err, HasSubstr("… and 2 more rows")) << "rows are counted, not faults";
}

TEST_F(IngestTest, APipeIsRefused) {
  const ProgramRun run = run_shell("cat '" + file(rows(1)) + "' | " + test::program_path() +
                                   " ingest " + workspace() + " /dev/stdin");
  EXPECT_EQ(run.exit_code, 3);
  EXPECT_THAT(run.err, HasSubstr("/dev/stdin: is a pipe or a device (must be a file"));
}

TEST_F(IngestTest, ALockedStoreIsNamed) {
  ASSERT_EQ(ingest_text(rows(1)).exit_code, 0);
  sqlite3* other = nullptr;
  ASSERT_EQ(sqlite3_open(store().c_str(), &other), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(other, "BEGIN EXCLUSIVE", nullptr, nullptr, nullptr), SQLITE_OK);
  const ProgramRun run = ingest_text(rows(2));
  sqlite3_close(other);
  EXPECT_EQ(run.exit_code, 1);
  EXPECT_THAT(run.err, HasSubstr("locked by another program"));
  EXPECT_EQ(ingest_text(rows(2)).exit_code, 0);
}

TEST_F(IngestTest, WhatIsNoGeoPackageIsLeftAlone) {
  write_file(store(), "my notes\n");
  const ProgramRun run = ingest_text(rows(1));
  EXPECT_EQ(run.exit_code, 3);
  EXPECT_THAT(run.err, HasSubstr("is not a GeoPackage"));
  EXPECT_EQ(read_file(store()), "my notes\n");
}

TEST_F(IngestTest, AStoreCutInHalfIsTold) {
  ASSERT_EQ(ingest_text(rows(500)).exit_code, 0);
  fs::resize_file(store(), fs::file_size(store()) / 2);
  for (const ProgramRun& run : {ingest_text(rows(1)), panj("incidents " + workspace())}) {
    EXPECT_EQ(run.exit_code, 3);
    EXPECT_THAT(run.err, HasSubstr("is cut short"));
  }
}

TEST_F(IngestTest, AFullDiskLeavesTheStoreAsItWas) {
  const TinyDisk disk(workspace(), 1024);
  if (!disk.is_mounted()) GTEST_SKIP() << "mounting a small disk needs root";
  ASSERT_EQ(ingest_text(rows(3)).exit_code, 0);
  const std::string before = known();
  const ProgramRun run = ingest_text(rows(20000));
  EXPECT_EQ(run.exit_code, 1);
  EXPECT_THAT(run.err, HasSubstr("disk is full"));
  EXPECT_EQ(known(), before);
  EXPECT_EQ(ingest_text(rows(4)).exit_code, 0);
}

/// Root may write everywhere but on a disk that is read-only; others may not even mount one.
TEST_F(IngestTest, AReadOnlyStoreIsTold) {
  const TinyDisk disk(workspace(), 1024);
  ASSERT_EQ(ingest_text(rows(3)).exit_code, 0);
  if (disk.is_mounted()) {
    ASSERT_TRUE(disk.make_read_only());
  } else {
    fs::permissions(store(), fs::perms::owner_read);
  }
  const ProgramRun run = ingest_text(rows(4));
  EXPECT_EQ(run.exit_code, 1);
  EXPECT_THAT(run.err, HasSubstr("is read-only"));
  EXPECT_EQ(panj("incidents " + workspace()).exit_code, 0);
}

TEST_F(IngestTest, KilledInTheMiddleItLeavesTheStoreAsItWas) {
  ASSERT_EQ(ingest_text(rows(3)).exit_code, 0);
  const std::string before = known();
  const std::string large = file(rows(100'000), "large.csv");
  for (const int milliseconds : {1, 100, 250}) {
    const pid_t child = ::fork();
    if (child == 0) {
      ::execl(test::program_path().c_str(), "panj", "ingest", workspace().c_str(), large.c_str(),
              nullptr);
      ::_exit(127);
    }
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (!fs::exists(store() + "-journal") && std::chrono::steady_clock::now() < deadline) {
      std::this_thread::yield();
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status)) << "it ended before it was killed";
    EXPECT_EQ(ingest_text(rows(3)).exit_code, 0);
    EXPECT_EQ(known(), before);
  }
}

TEST_F(IngestTest, IncidentsAreReadBackAsKnownOnADay) {
  ingest(file(rows(1)) + " --known-on 2024-01-01");
  const std::string revised =
      ucdp_header() + ucdp_row({{"id", "1"}, {"best", "3"}, {"deaths_b", "3"}});
  ingest(file(revised) + " --known-on 2024-06-01");
  const auto best = [](const std::string& day) {
    const ProgramRun run = panj("incidents " + workspace() + " --json --as-of " + day);
    const auto incidents = nlohmann::json::parse(run.out).at("incidents");
    return incidents.empty() ? -1 : incidents.at(0).at("deaths_best").get<int>();
  };
  EXPECT_EQ(best("2023-12-31"), -1);
  EXPECT_EQ(best("2024-05-31"), 2);
  EXPECT_EQ(best("2024-06-01"), 3);
}

TEST_F(IngestTest, WhatIncidentsPrintsCanBeIngested) {
  ingest_text(ucdp_header() + ucdp_row({}) + ucdp_row({{"id", "2"}, {"adm_2", "\"a,b\""}}));
  const std::string printed = known();
  const ProgramRun run =
      panj("ingest " + scratch("copy").string() + " --json " + file(printed, "copy.csv"));
  EXPECT_EQ(nlohmann::json::parse(run.out).at("files").at(0).at("accepted"), 2);
  EXPECT_EQ(panj("incidents " + scratch("copy").string()).out, printed);
}

}  // namespace
}  // namespace panj::app
