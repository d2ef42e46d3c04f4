// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "app/program.h"
#include "paths.h"

namespace panj::app {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

const std::string kTheatres = test::source_path("theatres/");

TEST(TheatreCommand, ChecksEveryTheatreOfTheProject) {
  for (const auto& folder : std::filesystem::directory_iterator(kTheatres)) {
    const ProgramRun run = panj("theatre check '" + folder.path().string() + "'");
    EXPECT_EQ(run.exit_code, 0) << run.err;
    EXPECT_THAT(run.out, HasSubstr(": OK ("));
  }
}

/// A valid theatre of one member and one stretch; returns its folder.
std::filesystem::path write_smallest_theatre() {
  write_file(scratch("line.geojson"),
             R"({"type":"LineString","coordinates":[[68,37],[69,37],[70,37]]})");
  write_file(scratch("theatre.toml"), R"([theatre]
id = "smallest"
name = "Smallest"
question = "Will it spill over?"
home = ["Northland"]
next_door = ["Southland"]
reference_years = [2022, 2025]
[alliance]
name = "Alliance of One"
abbreviation = "A1"
exposed = "NL"
[[alliance.member]]
id = "NL"
name = "Northland"
weight = { value = 1, basis = "article", source = "test" }
[border]
name = "Northland–Southland"
home_bank = "left"
stretch_count = 1
[[border.line]]
id = "straight"
file = "line.geojson"
source = "test"
)");
  return scratch("");
}

TEST(TheatreCommand, OneOfAKindIsSingular) {
  const std::string folder = write_smallest_theatre().string();
  const ProgramRun check = panj("theatre check '" + folder + "'");
  EXPECT_EQ(check.out, "smallest: OK (1 member, 1 stretch, 1 assumption, 0 packages)\n")
      << check.err;
  EXPECT_THAT(panj("theatre show '" + folder + "'").out, HasSubstr("  1 stretch, 178.0 km long"));
}

TEST(TheatreCommand, ListsEveryFaultAndEndsWithThree) {
  const auto file = scratch("theatre.toml");
  write_file(file, "[theatre]\nid = 5\n[border]\nhome_bank = \"north\"\n");
  const ProgramRun run = panj("theatre check '" + file.parent_path().string() + "'");
  EXPECT_EQ(run.exit_code, 3);
  EXPECT_THAT(run.out, IsEmpty());
  EXPECT_THAT(run.err, HasSubstr("theatre.toml:2: theatre.id: is 5 (must be a text)"));
  EXPECT_THAT(run.err, HasSubstr("alliance: is missing (must be a table)"));
  EXPECT_THAT(run.err, HasSubstr("border.home_bank: is the text 'north'"));
  EXPECT_THAT(run.err, HasSubstr("nothing was written"));
}

TEST(TheatreCommand, TellsMachinesEveryFaultAndEndsWithThree) {
  const auto file = scratch("theatre.toml");
  write_file(file, "[theatre]\nid = 5\n[border]\nhome_bank = \"lefft\"\n");
  const ProgramRun run = panj("theatre check '" + file.parent_path().string() + "' --json");
  EXPECT_EQ(run.exit_code, 3);
  const auto told = nlohmann::json::parse(run.out);
  EXPECT_EQ(told["ok"], false);
  const auto problem_of = [&](const char* field) {
    for (const auto& problem : told["problems"]) {
      if (problem["field"] == field) return problem;
    }
    return nlohmann::json();
  };
  EXPECT_EQ(problem_of("theatre.id"), (nlohmann::json{{"file", file.string()},
                                                      {"line", 2},
                                                      {"field", "theatre.id"},
                                                      {"what", "is 5"},
                                                      {"why", "must be a text"},
                                                      {"suggestion", ""}}));
  EXPECT_THAT(problem_of("border.home_bank").value("suggestion", ""), HasSubstr("'left'"));
  EXPECT_THAT(run.err, HasSubstr("theatre.toml:2: theatre.id: is 5 (must be a text)"));
}

TEST(TheatreCommand, ChecksTheFilesThatATheatreNames) {
  const auto folder = scratch("theatre");
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder.parent_path());
  std::filesystem::copy(kTheatres + "tajik-afghan", folder,
                        std::filesystem::copy_options::recursive);
  std::string text = read_file(folder / "theatre.toml");
  const std::string home = "home = [\"Tajikistan\"]";
  ASSERT_NE(text.find(home), std::string::npos);
  text.replace(text.find(home), home.size(), "home = [\"Tajikstan\"]");
  write_file(folder / "theatre.toml", text);
  write_file(
      folder / "incidents.csv",
      read_file(folder / "incidents.csv") +
          "bad,2025-02-30,,day,armed_attack,,,,Tajikistan,70.1,37.86,admin2,,,0,0,0,,,,,,1,\n"
          "late,2026-01-01,,day,armed_attack,,,,Tajikistan,70.1,37.86,admin2,,,0,0,0,,,,,,1,\n");
  const ProgramRun run = panj("theatre check '" + folder.string() + "'");
  EXPECT_EQ(run.exit_code, 3);
  EXPECT_THAT(run.err, HasSubstr("theatre.home: 'Tajikstan' is not in deaths.csv (countries are "
                                 "named as there) did you mean 'Tajikistan'?"));
  EXPECT_THAT(run.err, HasSubstr("incidents.csv:12: date: is '2025-02-30'"));
  EXPECT_THAT(run.err,
              HasSubstr("incidents.csv:13: date: is '2026-01-01' (the theatre says that the file "
                        "is complete to 2025-12-31) mend the date, or incidents.complete_to"));
}

TEST(Program, NamesTheCommandThatWasMeant) {
  const ProgramRun run = panj("ingst work in.csv");
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_THAT(run.err, HasSubstr("panj: no command 'ingst': did you mean 'ingest'?"));
  const ProgramRun nested = panj("theatre chek " + kTheatre);
  EXPECT_EQ(nested.exit_code, 2);
  EXPECT_THAT(nested.err, HasSubstr("panj theatre: no command 'chek': did you mean 'check'?"));
  EXPECT_THAT(panj("share member ad").err, HasSubstr("panj share member: no command 'ad'"));
}

TEST(Program, RefusesNegativeSeedsAndThreads) {
  for (const char* option : {"--seed -1", "--seed=-1", "--threads -2"}) {
    const ProgramRun run = panj("theatre check " + kTheatre + " " + option);
    EXPECT_EQ(run.exit_code, 2) << option;
    EXPECT_THAT(run.err, HasSubstr("must not be negative")) << option;
  }
}

TEST(TheatreCommand, ShowsLengthsBesideTheStatedOnes) {
  const ProgramRun run = panj("theatre show '" + kTheatres + "tajik-afghan/theatre.toml' --json");
  ASSERT_EQ(run.exit_code, 0) << run.err;
  const auto view = nlohmann::json::parse(run.out);
  EXPECT_EQ(view["lengths"]["stated"][0]["km"], 1344.0);
  EXPECT_EQ(view["lengths"]["measured"].size(), 2U);
  EXPECT_NEAR(view["lengths"]["measured"][0]["by_scale"][5]["km"].get<double>(), 1101.6, 1.0);
  for (const auto& assumption : view["assumptions"]) {
    EXPECT_GT(assumption["line"], 0) << assumption;
    EXPECT_EQ(assumption["low"].size(), assumption["values"].size()) << assumption;
  }
}

TEST(TheatreCommand, ShowsWhatIsPlannedAndShared) {
  const ProgramRun run = panj("theatre show '" + kTheatres + "tajik-afghan'");
  ASSERT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out, HasSubstr("201st Military Base (RU)"));
  EXPECT_THAT(run.out, HasSubstr("2 joint exercises a year"));
  EXPECT_THAT(run.out, HasSubstr("2026–2030  programme full: "));
  EXPECT_THAT(run.out, HasSubstr("row gives to column"));
  EXPECT_THAT(run.out, HasSubstr("2024-11-28      The programme to strengthen the border"));
  EXPECT_THAT(run.out, HasSubstr("alliance.member.TJ.stance"));
}

TEST(TheatreCommand, MarksAnExample) {
  const ProgramRun run = panj("theatre show '" + kTheatres + "ghana-burkina-faso'");
  ASSERT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out, HasSubstr("an example of the format, not information"));
}

}  // namespace
}  // namespace panj::app
