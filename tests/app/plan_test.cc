// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "app/program.h"

namespace panj::app {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

std::string file(const std::string& name, const std::string& text) {
  const auto path = scratch(name);
  write_file(path, text);
  return "'" + path.string() + "' ";
}

std::string patrol() {
  return file("patrol.json",
              R"({"problem": "patrol_zero_sum", "resources": 1,
                  "stretches": ["s01", "s02", "s03", "s04", "s05"],
                  "loss_if_uncovered": [6, 4, 3, 2, 1], "loss_if_covered": [0, 0, 0, 0, 0]})");
}

TEST(PlanCommand, SolvesAnyInstanceWithItsProof) {
  const ProgramRun run = panj("plan solve " + patrol() + "--json");
  ASSERT_EQ(run.exit_code, 0) << run.err;
  const json result = json::parse(run.out);
  EXPECT_NEAR(result["value"].get<double>(), 8.0 / 3, 1e-12);
  EXPECT_EQ(result["bound"], result["value"]);
  EXPECT_EQ(result["gap"], 0);
  EXPECT_EQ(result["status"], "optimal");
  EXPECT_GE(result["seconds"].get<double>(), 0);
}

TEST(PlanCommand, SaysWhyAFileIsRejectedOnBothStreams) {
  const ProgramRun run =
      panj("plan solve " +
           file("bad.json", R"({"problem": "patrol_zero_sum", "name": "n", "resources": -1,
                                "loss_if_uncovered": [1], "loss_if_covered": [2]})") +
           "--json");
  EXPECT_EQ(run.exit_code, 3);
  const json result = json::parse(run.out);
  EXPECT_EQ(result["status"], "rejected");
  EXPECT_EQ(result["name"], "n");
  EXPECT_EQ(result["problem"], "patrol_zero_sum");
  EXPECT_GE(result["seconds"].get<double>(), 0);
  EXPECT_EQ(result["problems"][0]["field"], "resources");
  EXPECT_EQ(result["problems"][1]["field"], "loss_if_covered[0]");
  EXPECT_THAT(run.err, HasSubstr("2 problems found"));
}

TEST(PlanCommand, TellsTheTimeOfWhatIsNoJsonToo) {
  const json result = json::parse(panj("plan solve " + file("no.json", "{") + "--json").out);
  EXPECT_EQ(result["status"], "rejected");
  EXPECT_TRUE(result["seconds"].is_number());
  EXPECT_FALSE(result.contains("problem"));
}

TEST(PlanCommand, InfeasibleIsAnAnswer) {
  const std::string calendar =
      file("calendar.json",
           R"({"problem": "exercise_calendar", "months": ["2027-01"], "regions": ["r"],
          "members": ["m"], "stretches": ["s"], "exercises_per_year": 1, "half_life_months": 6,
          "budget_per_year": 0, "start_readiness": [0.5], "cover_by_region_stretch": [[1]],
          "member_share": [1], "cost_by_member_region": [[2]], "member_exercises_per_year": [1]})");
  const ProgramRun run = panj("plan exercises " + calendar + "--json");
  EXPECT_EQ(run.exit_code, 0) << run.err;
  const json result = json::parse(run.out);
  EXPECT_EQ(result["status"], "infeasible");
  EXPECT_EQ(result["value"], nullptr);
  EXPECT_EQ(result["infeasible_year"], "2027");
  EXPECT_EQ(result["blocking_rules"][0], "budget_per_year");
}

TEST(PlanExercisesCommand, TellsTheLowestMonthOfEachStretch) {
  const std::string calendar =
      file("calendar.json",
           R"({"problem": "exercise_calendar", "months": ["2027-01", "2027-02"], "regions": ["r"],
          "members": ["m"], "stretches": ["s1", "s2"], "exercises_per_year": 1,
          "half_life_months": 1, "budget_per_year": 9, "start_readiness": [0.5, 0.9],
          "cover_by_region_stretch": [[1, 0]], "member_share": [0.1],
          "cost_by_member_region": [[2]], "member_exercises_per_year": [1]})");
  const auto folder = scratch("calendar");
  const ProgramRun run = panj("plan exercises " + calendar + "--out '" + folder.string() + "'");
  ASSERT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out, HasSubstr("lowest month"));
  EXPECT_THAT(run.out, testing::ContainsRegex("s2 +2027-02 +0\\.45"));
  const std::string readiness = read_file(folder / "readiness.csv");
  EXPECT_THAT(readiness, HasSubstr("stretch,month,readiness\ns1,2027-01,"));
  EXPECT_THAT(readiness, HasSubstr("\ns2,2027-01,0.9\ns2,2027-02,0.45\n"));
}

TEST(PlanPatrolCommand, KeepsTheSeedApart) {
  const auto folder = scratch("roster");
  const std::string arguments =
      "plan patrol " + patrol() + "--from 2027-01-01 --out '" + folder.string() + "' ";
  ASSERT_EQ(panj(arguments + "--seed 918273645").exit_code, 0);
  const std::string roster = read_file(folder / "roster.csv");
  EXPECT_THAT(roster, HasSubstr("date,stretch\n2027-01-01,s0"));
  EXPECT_THAT(roster + read_file(folder / "roster.ics"), Not(HasSubstr("918273645")));
  EXPECT_EQ(read_file(folder / "private-seed.txt"), "918273645\n");
  struct stat status {};
  ASSERT_EQ(stat((folder / "private-seed.txt").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600U);
  ASSERT_EQ(panj(arguments + "--days 200").exit_code, 0);
  const std::string first = read_file(folder / "roster.csv");
  ASSERT_EQ(panj(arguments + "--days 200").exit_code, 0);
  EXPECT_NE(read_file(folder / "roster.csv"), first);  // secret unless told
}

TEST(PlanPatrolCommand, FollowsCrewsFromShiftToShift) {
  const auto folder = scratch("shifts");
  const std::string arguments = "plan patrol " + patrol() +
                                "--from 2027-01-01 --days 40 --shifts 3 --reach 1 --json --out '" +
                                folder.string() + "' ";
  const ProgramRun run = panj(arguments + "--seed 918273645");
  ASSERT_EQ(run.exit_code, 0) << run.err;
  const json shifts = json::parse(run.out)["shifts"];
  EXPECT_EQ(shifts["crews"], 1);
  // A solver's coverage is cut to multiples of 2^-50.
  EXPECT_GE(shifts["coverage_lost"].get<double>(), 0);
  EXPECT_LT(shifts["coverage_lost"].get<double>(), 1e-14);
  EXPECT_GT(shifts["chance_to_guess_next"], shifts["without_limit"]);
  std::istringstream rows(read_file(folder / "roster.csv"));
  std::string row;
  std::getline(rows, row);
  EXPECT_EQ(row, "date,shift,crew,stretch");
  int count = 0;
  for (char last = 0; std::getline(rows, row); last = row.back(), ++count) {
    if (last != 0) {
      EXPECT_LE(std::abs(row.back() - last), 1) << row;
    }
  }
  EXPECT_EQ(count, 40 * 3);
  EXPECT_THAT(panj("plan patrol " + patrol() + "--shifts 3").out,
              Not(testing::ContainsRegex("[0-9]e-1[0-9]")));  // rounding is no result
  const std::string calendar = read_file(folder / "roster.ics");
  EXPECT_THAT(calendar, HasSubstr("DTSTART:20270101T080000"));
  EXPECT_THAT(calendar + read_file(folder / "roster.csv"), Not(HasSubstr("918273645")));
}

TEST(PlanPatrolCommand, RefusesMoreMovesThanItCanDraw) {
  json instance{{"problem", "roster_comb"}};
  for (int i = 0; i < 200; ++i) instance["coverage"].push_back("1/50");
  const ProgramRun run = panj("plan patrol " + file("many.json", instance.dump()) +
                              "--days 3000 --shifts 3 --out '" + scratch("many").string() + "'");
  EXPECT_EQ(run.exit_code, 3);
  EXPECT_THAT(run.err, HasSubstr("give 9000 shifts with 40000 moves of crews each"));
}

TEST(PlanPatrolCommand, GivesTheWalkOfALine) {
  const std::string line =
      file("line.json", R"({"problem": "line_patrol", "nodes": 5, "attack_duration": 3})");
  const ProgramRun run = panj("plan patrol " + line + "--json");
  ASSERT_EQ(run.exit_code, 0) << run.err;
  const json game = json::parse(run.out)["games"][0];
  EXPECT_NEAR(game["value"].get<double>(), 3.0 / 7, 1e-7);
  double share = 0;
  for (const json& window : game["windows"]) share += window["share"].get<double>();
  EXPECT_NEAR(share, 1, 1e-9);
  EXPECT_THAT(panj("plan patrol " + line).out, HasSubstr(" in the JSON"));
  const auto folder = scratch("walk");
  const std::string out = "--from 2027-01-01 --days 60 --seed 5 --out '" + folder.string() + "'";
  ASSERT_EQ(panj("plan patrol " + line + out).exit_code, 0);
  std::istringstream rows(read_file(folder / "roster.csv"));
  std::string row;
  std::getline(rows, row);
  EXPECT_EQ(row, "date,stretch");
  int count = 0;
  for (char last = 0; std::getline(rows, row); last = row.back(), ++count) {
    if (last != 0) {
      EXPECT_LE(std::abs(row.back() - last), 1) << row;
    }
  }
  EXPECT_EQ(count, 60);
}

/// Two stretches, two futures, some minimum posts on the second stretch.
std::string border(int posts) {
  return file("border.json", R"({"problem": "place_equipment", "years": [2029, 2030],
      "stretches": ["west", "east"], "types": ["armed"],
      "kinds": [{"name": "post", "price": 10, "detect": [0.35], "max_per_stretch": 2}],
      "budget_per_year": [14, 8], "min_posts_from_year": 2030,
      "loss_per_undetected": [[1.5], [1.0]], "objective": {"kind": "expected"},
      "scenarios": [{"probability": 0.5, "attempts": [[[12], [3]], [[14], [3]]]},
                    {"probability": 0.5, "attempts": [[[4], [6]], [[5], [8]]]}],
      "min_posts": [0, )" + std::to_string(posts) +
                                 "]}");
}

TEST(PlanPlacementCommand, WritesNoTableWithoutAPlan) {
  const auto csv = scratch("plan.csv");
  std::filesystem::remove(csv);
  const ProgramRun run = panj("plan placement " + border(9) + "--csv '" + csv.string() + "'");
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out, HasSubstr("status: infeasible"));
  EXPECT_FALSE(std::filesystem::exists(csv));
  ASSERT_EQ(panj("plan placement " + border(1) + "--csv '" + csv.string() + "'").exit_code, 0);
  EXPECT_THAT(read_file(csv), HasSubstr("\"post\""));
}

TEST(PlanPlacementCommand, CallsTheSpreadOfGivenScenariosNoSamplingError) {
  const ProgramRun run = panj("plan placement " + border(1));
  EXPECT_THAT(run.out, HasSubstr("(standard deviation between the scenarios)"));
  EXPECT_THAT(run.out, Not(HasSubstr("Monte-Carlo")));
  const json result = json::parse(panj("plan placement " + border(1) + "--json").out);
  const auto losses = result["loss_per_scenario"].get<std::vector<double>>();
  EXPECT_NEAR(result["loss_spread"].get<double>(), std::abs(losses[0] - losses[1]) / 2, 1e-9);
}

TEST(PlanPlacementCommand, WarnsOfFewFreshFutures) {
  const ProgramRun run = panj("plan placement " + border(1) + "--fresh " + border(1) + "--json");
  ASSERT_EQ(run.exit_code, 0) << run.err;
  const json result = json::parse(run.out);
  EXPECT_EQ(result["sampling"]["out_of_sample_futures"], 2);
  ASSERT_EQ(result["warnings"].size(), 2U);
  EXPECT_THAT(result["warnings"][0].get<std::string>(), HasSubstr("the sampling gap is left out"));
  EXPECT_THAT(result["warnings"][1].get<std::string>(), HasSubstr("fewer than 20 for each"));
}

TEST(PlanCommand, EverySubcommandTakesItsOwnProblemsOnly) {
  for (const char* name : {"interdict", "exercises"}) {
    const ProgramRun run = panj(std::string("plan ") + name + " " + patrol());
    EXPECT_EQ(run.exit_code, 3);
    EXPECT_THAT(run.err, HasSubstr("problem: is 'patrol_zero_sum'"));
    EXPECT_THAT(run.out, IsEmpty());
  }
}

}  // namespace
}  // namespace panj::app
