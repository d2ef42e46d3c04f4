// SPDX-License-Identifier: Apache-2.0
// Reference instances with proven optima. The data are not part of the repository; their proofs
// are in the files.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "panj/core/file.h"
#include "panj/core/progress.h"
#include "panj/plan/roster.h"
#include "panj/plan/solve.h"
#include "paths.h"

namespace panj::plan {
namespace {

using nlohmann::json;
using testing::HasSubstr;
namespace fs = std::filesystem;

const fs::path kFolder = test::source_path("../shared/data/plan");

bool is_known(const std::string& problem) {
  return std::ranges::count(known_problems(), problem) > 0;
}

json read(const fs::path& path) {
  return json::parse(read_file(path));
}

InstanceFile instance(const json& root) {
  return parse_instance(root.dump(), "golden.json");
}

class Golden : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    if (!fs::exists(kFolder)) GTEST_SKIP() << "the shared planning instances are absent";
    Progress::silence();
  }
};

TEST_P(Golden, ReachesTheProvenValue) {
  const json root = read(kFolder / (std::string(GetParam()) + ".json"));
  const Solution solution = solve(instance(root), {});
  const auto expected = root["optimum"]["value"].get<double>();
  EXPECT_EQ(solution.status, Status::optimal);
  if (root["tolerance"].is_object()) {  // not closed by who made the file
    EXPECT_LE(solution.value, root["tolerance"]["value_must_not_exceed"].get<double>());
    EXPECT_GE(solution.bound, root["tolerance"]["value_must_not_be_below"].get<double>());
    return;
  }
  EXPECT_NEAR(solution.value, expected, root["tolerance"].get<double>());
  EXPECT_NEAR(solution.bound, expected, root["tolerance"].get<double>());
}

INSTANTIATE_TEST_SUITE_P(Plan, Golden,
                         testing::Values("p2_zero_sum_hand", "p2_zero_sum_50", "p2_general_sum_10",
                                         "p2_quantal_20", "p3_tiny", "p3_30x100", "p3_60x456",
                                         "p4_one_year", "p4_two_years", "p4_two_years_reset"),
                         [](const auto& name) { return std::string(name.param); });

class GoldenDetails : public Golden {};

TEST_P(GoldenDetails, AreAsProven) {
  const json root = read(kFolder / (std::string(GetParam()) + ".json"));
  const json details = solve(instance(root), {}).details;
  const json& optimum = root["optimum"];
  if (root["problem"] == "roster_comb") {
    EXPECT_EQ(details["rosters"], optimum["rosters"]);
  } else if (root["problem"] == "exercise_calendar") {
    EXPECT_NEAR(details["cost"].get<double>(), optimum["lowest_cost_at_that_value"].get<double>(),
                1e-9);
    EXPECT_TRUE(details["cost_is_proven"].get<bool>());
  } else if (root["problem"] == "line_patrol") {
    for (std::size_t g = 0; g < optimum["games"].size(); ++g) {
      const auto expected = parse_fraction(optimum["games"][g]["value"].get<std::string>());
      EXPECT_NEAR(details["games"][g]["value"].get<double>(), expected->convert_to<double>(), 1e-7)
          << optimum["games"][g];
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Plan, GoldenDetails,
                         testing::Values("p2_roster_comb", "p2_line_games", "p4_one_year",
                                         "p4_two_years", "p4_two_years_reset"),
                         [](const auto& name) { return std::string(name.param); });

class BadInputs : public testing::Test {
 protected:
  void SetUp() override {
    if (!fs::exists(kFolder)) GTEST_SKIP() << "the shared planning instances are absent";
  }

  /// "kinds[0].detect" of "kinds[0].detect (…)".
  static std::string field(const json& one) {
    const auto text = one["names_field"].get<std::string>();
    return text.substr(0, text.find(" ("));
  }

  static void expect_rejected(const InstanceFile& file, const std::string& field) {
    try {
      (void)solve(file, {});
      ADD_FAILURE() << "not rejected: " << field;
    } catch (const InvalidInput& error) {
      ASSERT_EQ(error.problems().size(), 1U) << error.what();
      EXPECT_THAT(error.problems()[0].field, HasSubstr(field));
    }
  }
};

TEST_F(BadInputs, AreRejectedInfeasibleOrSolvedAsTheyShould) {
  const json all = read(kFolder / "bad_and_edge_inputs.json");
  for (const json& one : all["cases"]) {
    SCOPED_TRACE(one.dump());
    json root = read(kFolder / one["base"].get<std::string>());
    if (!is_known(root["problem"])) continue;
    for (const auto& [pointer, value] : one["set"].items())
      root[json::json_pointer(pointer)] = value;
    if (one["expect"] == "reject") {
      expect_rejected(instance(root), field(one));
      continue;
    }
    const Solution solution = solve(instance(root), {});
    if (one["expect"] == "infeasible") {
      EXPECT_EQ(solution.status, Status::infeasible);
      continue;
    }
    EXPECT_NEAR(solution.value, one["value"].get<double>(), all["tolerance"].get<double>());
  }
}

}  // namespace
}  // namespace panj::plan
