// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "panj/core/file.h"
#include "panj/spillover/levers.h"
#include "panj/spillover/limit_cases.h"
#include "panj/spillover/outcomes.h"
#include "spillover/world.h"

// docs/methods/spillover.md has the tables that the code has.
namespace panj::spillover {
namespace {

using testing::HasSubstr;

std::string page_of_the_model() {
  return read_file(test::source_path("docs/methods/spillover.md"));
}

TEST(SpilloverPage, ListsEveryLever) {
  const std::string page = page_of_the_model();
  for (const Lever& lever : all_levers()) {
    EXPECT_THAT(page, HasSubstr(fmt::format("| {} | {} |\n", lever.name, lever.acts_on)));
  }
}

TEST(SpilloverPage, ListsEveryOutcome) {
  const std::string page = page_of_the_model();
  const Parameters p = reference_world();
  Settings settings = nine_years();
  settings.by_step = true;
  const auto table = outcome_table(p, equal_stretches(p, 4), settings);
  for (const sim::Outcome& outcome : table.outcomes()) {
    EXPECT_THAT(page,
                HasSubstr(fmt::format("| `{}` | {} | {} | {} |\n", outcome.name, outcome.unit,
                                      fmt::join(outcome.dimensions, ", "), outcome.description)));
  }
}

TEST(SpilloverPage, ListsEveryLimitCase) {
  const std::string page = page_of_the_model();
  const std::string cases = page.substr(page.find("*Limit cases*"));
  const std::string table = cases.substr(0, cases.find("Statistical checks"));
  for (const std::string& id : limit_case_ids()) {
    EXPECT_THAT(table, testing::ContainsRegex("[|,] " + id + "[ ,]"));
  }
}

}  // namespace
}  // namespace panj::spillover
