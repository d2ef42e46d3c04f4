// SPDX-License-Identifier: Apache-2.0
// Bad and edge inputs through the program, from the shared planning instances, which are not part
// of the repository.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "app/program.h"

namespace panj::app {
namespace {

using nlohmann::json;
using testing::HasSubstr;
namespace fs = std::filesystem;

class PlanBadInputs : public testing::Test {
 protected:
  static inline const fs::path kFolder = test::source_path("../shared/data/plan");

  void SetUp() override {
    if (!fs::exists(kFolder)) GTEST_SKIP() << "the shared planning instances are absent";
  }

  static json read(const fs::path& path) { return json::parse(read_file(path)); }

  /// The base file of a case with its changes.
  static json instance_of(const json& one) {
    json root = read(kFolder / one["base"].get<std::string>());
    for (const auto& [pointer, value] : one["set"].items()) {
      root[json::json_pointer(pointer)] = value;
    }
    return root;
  }

  static void expect_rejected(const ProgramRun& run, const json& one) {
    EXPECT_EQ(run.exit_code, 3);
    const json answer = json::parse(run.out);
    EXPECT_EQ(answer["status"], "rejected");
    EXPECT_EQ(answer["value"], nullptr);
    const auto names = one["names_field"].get<std::string>();
    const std::string field = names.substr(0, names.find(" ("));
    EXPECT_THAT(answer["field"].get<std::string>(), HasSubstr(field));
    EXPECT_THAT(run.err, HasSubstr(field));
  }

  static void expect_infeasible(const ProgramRun& run, const json& one) {
    EXPECT_EQ(run.exit_code, 0) << run.err;
    const json answer = json::parse(run.out);
    EXPECT_EQ(answer["status"], "infeasible");
    EXPECT_EQ(answer["value"], nullptr);
    if (!one.contains("smallest_extra_budget_per_year")) return;
    const json& expected = one["smallest_extra_budget_per_year"];
    for (std::size_t t = 0; t < expected.size(); ++t) {
      EXPECT_NEAR(answer["smallest_extra_budget_per_year"][t].get<double>(),
                  expected[t].get<double>(), 1e-6);
    }
  }
};

TEST_F(PlanBadInputs, AreAnsweredAsTheyShouldByTheProgram) {
  const json all = read(kFolder / "bad_and_edge_inputs.json");
  const fs::path file = scratch("instance.json");
  for (const json& one : all["cases"]) {
    SCOPED_TRACE(one.dump());
    write_file(file, instance_of(one).dump());
    const ProgramRun run = panj("plan solve '" + file.string() + "' --json");
    if (one["expect"] == "reject") {
      expect_rejected(run, one);
    } else if (one["expect"] == "infeasible") {
      expect_infeasible(run, one);
    } else {
      ASSERT_EQ(run.exit_code, 0) << run.err;
      EXPECT_NEAR(json::parse(run.out)["value"].get<double>(), one["value"].get<double>(),
                  all["tolerance"].get<double>());
    }
  }
}

/// Whatever finite numbers a file holds, the program answers with a plan, its proof, or the field.
TEST_F(PlanBadInputs, EveryFiniteNumberIsAnswered) {
  const fs::path file = scratch("instance.json");
  const std::vector<std::pair<std::string, std::string>> places{
      {"p1_tiny_expected", "/scenarios/0/attempts/0/0/0"},
      {"p1_tiny_expected", "/kinds/0/price"},
      {"p1_tiny_cvar", "/loss_per_undetected/0/0"},
      {"p1_tiny_cvar", "/kinds/0/price"},
      {"p1_tiny_nested", "/level_weights/0"},
      {"p1_tiny_nested", "/scenarios/0/attempts/0/0/0"},
      {"p1_tiny_regret", "/scenarios/0/attempts/0/0/0"},
      {"p1_tiny_regret", "/loss_per_undetected/0/0"},
      {"p1_tiny_regret", "/kinds/0/upkeep_per_year"}};
  for (const auto& [base, place] : places) {
    for (const double number : {1e-300, 1e-9, 1e6, 1e9, 1e12, 1e13, 1e24, 1e99}) {
      SCOPED_TRACE(testing::Message() << base << " " << place << " " << number);
      json root = read(kFolder / (base + ".json"));
      root[json::json_pointer(place)] = number;
      write_file(file, root.dump());
      const ProgramRun run = panj("plan solve '" + file.string() + "' --json");
      const bool fits = number <= 1e12;
      ASSERT_EQ(run.exit_code, fits ? 0 : 3) << run.err;
      const json answer = json::parse(run.out);
      EXPECT_THAT(answer["status"].get<std::string>(),
                  testing::AnyOf(fits ? "optimal" : "rejected", fits ? "feasible" : "rejected"));
      EXPECT_THAT(answer.dump(), testing::Not(HasSubstr("more than there is")));
    }
  }
}

}  // namespace
}  // namespace panj::app
