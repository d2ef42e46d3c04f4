// SPDX-License-Identifier: Apache-2.0
#include "panj/plan/placement_instance.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace panj::plan {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

json small() {
  return json::parse(R"({
    "problem": "place_equipment", "years": [2029, 2030], "stretches": ["west", "east"],
    "types": ["armed"],
    "kinds": [{"name": "post", "price": 10, "upkeep_per_year": 1, "delivery_lag_years": 1,
               "detect": [0.35], "max_per_stretch": 2},
              {"name": "drone", "price": 3, "detect": [0.1], "max_per_stretch": 2}],
    "budget_per_year": [14, 8], "carry_over": true,
    "existing_units": [[0, 0], [1, 0]], "min_posts": [0, 1], "min_posts_from_year": 2030,
    "loss_per_undetected": [[1.5], [2]],
    "displacement": {"share": 0.3, "reach": 1, "attenuation": 0.7},
    "scenarios": [{"probability": 0.5, "attempts": [[[1], [2]], [[3], [4]]]},
                  {"probability": 0.5, "attempts": [[[5], [6]], [[7], [8]]]}],
    "objective": {"kind": "cvar", "alpha": 0.5}})");
}

PlacementFile read(const json& root) {
  return read_placement(parse_instance(root.dump(), "p.json"));
}

/// The fields at fault after a change, one a fault.
std::vector<std::string> faults(const std::string& pointer, const json& value) {
  json root = small();
  root[json::json_pointer(pointer)] = value;
  std::vector<std::string> fields;
  try {
    (void)read(root);
  } catch (const InvalidInput& error) {
    for (const Problem& problem : error.problems()) fields.push_back(problem.field);
  }
  return fields;
}

TEST(PlacementFile, ReadsAllThatTheSchemaHas) {
  const PlacementFile file = read(small());
  const PlacementInstance& instance = file.instance;
  EXPECT_THAT(file.warnings, IsEmpty());
  EXPECT_EQ(instance.goal, PlacementGoal::cvar);
  EXPECT_EQ(instance.alpha, 0.5);
  EXPECT_THAT(instance.scenarios[0].attempts, ElementsAre(1, 2, 3, 4));
  EXPECT_THAT(instance.loss, ElementsAre(1.5, 2));
  EXPECT_THAT(instance.existing, ElementsAre(0, 0, 1, 0));
  EXPECT_EQ(instance.kinds[1].delivery_lag_years, 0);
  EXPECT_EQ(instance.displacement.reach, 1);
}

TEST(PlacementFile, NamesTheFieldAtFault) {
  const json nothing = nullptr;
  EXPECT_THAT(faults("/kinds/0/price", -1), ElementsAre("kinds[0].price"));
  EXPECT_THAT(faults("/kinds/0/price", nothing), ElementsAre("kinds[0].price"));
  EXPECT_THAT(faults("/kinds/1/upkeep_per_year", -1), ElementsAre("kinds[1].upkeep_per_year"));
  EXPECT_THAT(faults("/kinds/0/detect/0", 1), ElementsAre("kinds[0].detect[0]"));
  EXPECT_THAT(faults("/kinds/0/detect", json::array({0.1, 0.2})), ElementsAre("kinds[0].detect"));
  EXPECT_THAT(faults("/kinds/1/name", "post"), ElementsAre("kinds[1].name"));
  EXPECT_THAT(faults("/kinds/1/max_per_stretch", 1.5), ElementsAre("kinds[1].max_per_stretch"));
  EXPECT_THAT(faults("/stretches/1", "west"), ElementsAre("stretches[1]"));
  EXPECT_THAT(faults("/budget_per_year/1", -8), ElementsAre("budget_per_year[1]"));
  EXPECT_THAT(faults("/budget_per_year", json::array({1})), ElementsAre("budget_per_year"));
  EXPECT_THAT(faults("/years/1", 2029), ElementsAre("years[1]"));
  EXPECT_THAT(faults("/existing_units/0/0", -1), ElementsAre("existing_units[0][0]"));
  EXPECT_THAT(faults("/min_posts/0", 0.5), ElementsAre("min_posts"));
  EXPECT_THAT(faults("/loss_per_undetected/0/0", -2), ElementsAre("loss_per_undetected[0][0]"));
  EXPECT_THAT(faults("/displacement/share", 1.1), ElementsAre("displacement.share"));
  EXPECT_THAT(faults("/displacement/attenuation", 2), ElementsAre("displacement.attenuation"));
  EXPECT_THAT(faults("/objective/alpha", 1), ElementsAre("objective.alpha"));
  EXPECT_THAT(faults("/objective/kind", "cvvar"), ElementsAre("objective.kind"));
  EXPECT_THAT(faults("/scenarios", json::array()), ElementsAre("scenarios"));
  EXPECT_THAT(faults("/scenarios/0/probability", 0.4), ElementsAre("scenarios.probability"));
  EXPECT_THAT(faults("/scenarios/1/attempts/0/1/0", -1),
              ElementsAre("scenarios[1].attempts[0][1][0]"));
  EXPECT_THAT(faults("/scenarios/1/attempts/1", json::array({1})),
              ElementsAre("scenarios[1].attempts[1]"));
}

TEST(PlacementFile, RejectsAFreeKindWithoutACap) {
  json root = small();
  root["kinds"][1].erase("max_per_stretch");
  EXPECT_EQ(read(root).instance.kinds[1].max_per_stretch, std::nullopt);
  root["kinds"][1]["price"] = 0;
  EXPECT_THROW((void)read(root), InvalidInput);
}

TEST(PlacementFile, TakesNoCapThatIsNoNumberForNoCap) {
  EXPECT_THAT(faults("/kinds/1/max_per_stretch", nullptr), ElementsAre("kinds[1].max_per_stretch"));
  const std::string text = small().dump();
  for (const char* wrong : {"NaN", "Infinity", "-Infinity"}) {
    std::string file = text;
    const std::string cap = R"("max_per_stretch":2)";
    file.replace(file.find(cap), cap.size(), std::string(R"("max_per_stretch":)") + wrong);
    try {
      (void)read_placement(parse_instance(file, "p.json"));
      ADD_FAILURE() << wrong;
    } catch (const InvalidInput& error) {
      EXPECT_THAT(error.what(), HasSubstr("kinds[0].max_per_stretch: is null, NaN or infinite"));
    }
  }
}

TEST(PlacementFile, NamesAmountsTooLargeToReckonWith) {
  for (const double wrong : {1.1e12, 1e24, 1e99, 1e300}) {
    EXPECT_THAT(faults("/kinds/0/price", wrong), ElementsAre("kinds[0].price"));
    EXPECT_THAT(faults("/kinds/0/upkeep_per_year", wrong), ElementsAre("kinds[0].upkeep_per_year"));
    EXPECT_THAT(faults("/budget_per_year/0", wrong), ElementsAre("budget_per_year[0]"));
    EXPECT_THAT(faults("/loss_per_undetected/0/0", wrong),
                ElementsAre("loss_per_undetected[0][0]"));
    EXPECT_THAT(faults("/scenarios/1/attempts/0/1/0", wrong),
                ElementsAre("scenarios[1].attempts[0][1][0]"));
  }
  EXPECT_THAT(faults("/kinds/0/price", 1e12), IsEmpty());
  EXPECT_THAT(faults("/loss_per_undetected/0/0", 1e12), IsEmpty());
}

TEST(PlacementFile, NamesWeightsAndLevelsTooLargeToReckonWith) {
  json root = small();
  root["objective"] = {{"kind", "nested"}};
  root["budget_levels"] = {{14, 8}, {14, 1e13}};
  root["level_weights"] = {0.5, 1e99};
  try {
    (void)read(root);
    FAIL();
  } catch (const InvalidInput& error) {
    EXPECT_THAT(error.what(), HasSubstr("budget_levels[1][1]: is"));
    EXPECT_THAT(error.what(), HasSubstr("level_weights[1]: is"));
  }
}

TEST(PlacementFile, NamesBudgetsThatOneScaleCannotFit) {
  json root = small();
  root["carry_over"] = false;
  for (const auto& [budget, fits] : std::vector<std::pair<json, bool>>{
           {{14, 14e-6}, true}, {{14, 13e-6}, false}, {{14, 0}, true}, {{0, 0}, true}}) {
    root["budget_per_year"] = budget;
    if (fits) {
      EXPECT_NO_THROW((void)read(root)) << budget;
      continue;
    }
    try {
      (void)read(root);
      ADD_FAILURE() << budget;
    } catch (const InvalidInput& error) {
      EXPECT_THAT(error.what(), HasSubstr("budget_per_year: allows 1.3e-05 in one year"));
    }
  }
}

TEST(PlacementFile, WarnsOfAKindThatComesTooLate) {
  json root = small();
  root["kinds"][0]["delivery_lag_years"] = 2;
  EXPECT_THAT(read(root).warnings, ElementsAre(HasSubstr("kinds[0].delivery_lag_years")));
}

TEST(PlacementFile, RejectsBudgetLevelsThatFall) {
  json root = small();
  root["objective"] = {{"kind", "nested"}};
  root["level_weights"] = {0.5, 0.5};
  root["budget_levels"] = {{14, 8}, {14, 9}};
  EXPECT_THAT(read(root).instance.budget_levels, SizeIs(2));
  for (const double unit : {1.0, 1e-11}) {
    root["budget_levels"] = {{14 * unit, 8 * unit}, {13 * unit, 8 * unit}};
    EXPECT_THROW((void)read(root), InvalidInput);
  }
}

TEST(PlacementFile, RejectsMoreCombinationsThanCanBeSearched) {
  json root = small();
  root["budget_per_year"] = {1e6, 1e6};
  for (int k = 0; k < 3; ++k) {
    root["kinds"].push_back({{"name", "x" + std::to_string(k)},
                             {"price", 1},
                             {"detect", {0.1}},
                             {"max_per_stretch", 99}});
  }
  root["existing_units"] = {{0, 0, 0, 0, 0}, {1, 0, 0, 0, 0}};
  EXPECT_THROW((void)read(root), InvalidInput);
}

}  // namespace
}  // namespace panj::plan
