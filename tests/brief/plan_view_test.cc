// SPDX-License-Identifier: Apache-2.0
#include "panj/brief/plan_view.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "plan/placement_world.h"

namespace panj::brief {
namespace {

using testing::HasSubstr;

plan::PlacementStudy study_of(std::vector<plan::Purchase> buys) {
  plan::PlacementStudy study;
  study.plan.instance = plan::small_border({2, 1});
  study.plan.result = plan::solve_placement(study.plan.instance, {});
  study.next = {.extra_budget = 1, .year = 0, .loss_avoided = 0.1, .buys = std::move(buys)};
  return study;
}

TEST(InvestmentOf, TellsTheNextMillionsUnitsOfAKindAndStretchAtOnce) {
  const Investment plan =
      investment_of(study_of({{.stretch = 0, .kind = 1, .year = 0, .units = 2},
                              {.stretch = 1, .kind = 1, .year = 1, .units = 1},
                              {.stretch = 0, .kind = 1, .year = 1, .units = 1},
                              {.stretch = 1, .kind = 0, .year = 0, .units = 1}}));
  EXPECT_THAT(
      plan.next_million,
      HasSubstr(": 3 × drone on s1 (2 in 2029, 1 in 2030), 1 × drone on s2 in 2030, 1 × post on "
                "s2 in 2029."));
}

TEST(InvestmentOf, SaysWhenAMillionBuysNothing) {
  EXPECT_THAT(investment_of(study_of({})).next_million,
              HasSubstr("would buy nothing that helps: units cost more."));
}

}  // namespace
}  // namespace panj::brief
