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
#include "panj/plan/solve.h"

namespace panj::plan {
namespace {

using nlohmann::json;
using testing::HasSubstr;
namespace fs = std::filesystem;

const fs::path kFolder = PANJ_SOURCE_DIR "/../shared/data/plan";

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
  EXPECT_NEAR(solution.value, expected, root["tolerance"].get<double>());
  EXPECT_NEAR(solution.bound, expected, root["tolerance"].get<double>());
}

INSTANTIATE_TEST_SUITE_P(Plan, Golden, testing::Values("p2_zero_sum_hand", "p2_zero_sum_50"),
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
