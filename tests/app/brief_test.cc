// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "app/program.h"
#include "panj/core/file.h"
#include "paths.h"

namespace panj::app {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using testing::HasSubstr;

/// A copy of the reference theatre that a test may change.
fs::path theatre_copy() {
  fs::path copy = scratch("theatre");
  fs::remove_all(copy);
  fs::create_directories(copy.parent_path());
  fs::copy(test::source_path("theatres/tajik-afghan"), copy, fs::copy_options::recursive);
  return copy;
}

ProgramRun brief(const fs::path& theatre, const fs::path& out, const std::string& more = {}) {
  return panj("brief '" + theatre.string() + "' --quick --issued 2026-01-15 --out '" +
              out.string() + "' " + more);
}

json content(const fs::path& out) {
  return json::parse(read_file(out / "brief.json"));
}

TEST(BriefCommand, AnswersFromTheTheatresFigures) {
  const fs::path out = scratch("brief");
  const ProgramRun run = brief(test::source_path("theatres/tajik-afghan"), out);
  ASSERT_EQ(run.exit_code, 0) << run.err;
  const json said = content(out);
  EXPECT_EQ(said["incidents"].size(), 10U);
  ASSERT_EQ(said["bottomLine"].size(), 5U);
  EXPECT_THAT(said["bottomLine"][0]["text"].get<std::string>(),
              HasSubstr("contained in 2028–2030"));
  EXPECT_THAT(said["bottomLine"][1]["text"].get<std::string>(), HasSubstr("best affordable"));
  EXPECT_GT(said["bottomLine"][1]["p"], said["bottomLine"][0]["p"]);
  EXPECT_EQ(said["spillover"]["packages"].size(), 7U);
  // Seven armed incidents on the line in 2022–2025: 1 − (4/5)^7.5 (Gamma–Poisson, Jeffreys' prior).
  EXPECT_NEAR(said["bottomLine"][2]["p"].get<double>(), 0.8124, 1e-3);
  EXPECT_THAT(read_file(out / "brief.html"), HasSubstr("Very likely"));
  EXPECT_THAT(read_file(out / "brief.html"),
              HasSubstr("Its past accuracy so many months ahead was not scored."));
}

TEST(BriefCommand, GivesTheDigestOfEverySource) {
  const fs::path out = scratch("brief");
  ASSERT_EQ(brief(test::source_path("theatres/tajik-afghan"), out).exit_code, 0);
  const std::string manifest = read_file(out / "manifest.json");
  const json said = content(out);
  EXPECT_EQ(said["sources"].size(), 4U);
  for (const json& source : said["sources"]) {
    const auto digest = source["sha256"].get<std::string>();
    EXPECT_EQ(digest.size(), 64U) << source;
    EXPECT_THAT(manifest, HasSubstr(digest)) << source;
  }
}

TEST(BriefCommand, GivesTheSameBytesForAnyNumberOfThreads) {
  const fs::path theatre = test::source_path("theatres/tajik-afghan");
  const fs::path one = scratch("one");
  const fs::path three = scratch("three");
  ASSERT_EQ(brief(theatre, one, "--threads 1").exit_code, 0);
  ASSERT_EQ(brief(theatre, three, "--threads 3").exit_code, 0);
  for (const char* file : {"brief.json", "brief.html", "forecast.csv", "scores.json"}) {
    EXPECT_EQ(read_file(one / file), read_file(three / file)) << file;
  }
}

TEST(BriefCommand, ForgetsWhatTheTheatreNoLongerHolds) {
  const fs::path theatre = theatre_copy();
  const fs::path out = scratch("brief");
  ASSERT_EQ(brief(theatre, out).exit_code, 0);
  std::string incidents = read_file(theatre / "incidents.csv");
  incidents.erase(incidents.rfind("\ntj-") + 1);
  write_file(theatre / "incidents.csv", incidents);
  ASSERT_EQ(brief(theatre, out).exit_code, 0);
  EXPECT_EQ(content(out)["incidents"].size(), 9U);
}

TEST(BriefCommand, WritesNothingForAnInvalidTheatre) {
  const fs::path theatre = theatre_copy();
  write_file(theatre / "theatre.toml",
             read_file(theatre / "theatre.toml") + "\n[nonsense]\nkey = 1\n");
  const fs::path out = scratch("brief") / "not-made";
  const ProgramRun run = brief(theatre, out);
  EXPECT_EQ(run.exit_code, 3);
  EXPECT_THAT(run.err, HasSubstr("nonsense"));
  EXPECT_FALSE(fs::exists(out));
}

TEST(BriefCommand, IsNotOfADayBeforeItsDataWereKnown) {
  const fs::path out = scratch("brief") / "not-made";
  const ProgramRun run = panj("brief '" + theatre_copy().string() +
                              "' --quick --issued 2025-12-01 --out '" + out.string() + "'");
  EXPECT_EQ(run.exit_code, 3);
  EXPECT_THAT(run.err, HasSubstr("is 2025-12-01, before the file's last day, 2025-12-31"));
  EXPECT_FALSE(fs::exists(out));
}

TEST(BriefCommand, SaysSoWhenARowWasQuarantined) {
  const fs::path theatre = theatre_copy();
  write_file(
      theatre / "incidents.csv",
      read_file(theatre / "incidents.csv") +
          "bad,2025-02-30,,day,armed_attack,,,,Tajikistan,70.1,37.86,admin2,,,0,0,0,,,,,,1,\n");
  const ProgramRun run = brief(theatre, scratch("brief"));
  EXPECT_EQ(run.exit_code, 4);
  EXPECT_THAT(run.err, HasSubstr("incidents.csv:12: date: is '2025-02-30' (must be a date"));
}

}  // namespace
}  // namespace panj::app
