// SPDX-License-Identifier: Apache-2.0
#include "panj/explore/future_space.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "explore/tables.h"
#include "paths.h"

namespace panj::explore {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

std::vector<std::string> unknowns_of(const theatre::Theatre& theatre) {
  return names_of(FutureSpace(theatre).design_dimensions());
}

theatre::Theatre tajik_afghan() {
  return theatre::read_theatre(test::source_path("theatres/tajik-afghan/theatre.toml"));
}

TEST(FutureSpace, HoldsOnlyRegimesInForceUnderSomePackage) {
  theatre::Theatre theatre = tajik_afghan();
  const auto stated = unknowns_of(theatre);
  EXPECT_THAT(stated, Contains("surroundings.regime.competing.hardship_shift"));
  EXPECT_THAT(stated, Not(Contains(StartsWith("surroundings.regime.absent."))));
  theatre.packages.back().regime = "absent";
  EXPECT_THAT(unknowns_of(theatre), Contains("surroundings.regime.absent.hardship_shift"));
}

TEST(FutureSpace, LeavesOutWhatLeversSetAndWhatNoRunDependsOn) {
  const auto names = unknowns_of(tajik_afghan());
  EXPECT_THAT(names,
              AllOf(Not(Contains("measures.exercises")), Not(Contains("measures.urging")),
                    Not(Contains("measures.budget")), Not(Contains(StartsWith("threat.stated_")))));
}

TEST(FutureSpace, SuggestsTheNearestName) {
  const theatre::Theatre theatre = tajik_afghan();
  EXPECT_THAT(problems_of([&] { FutureSpace(theatre).find("defence.guard"); }),
              HasSubstr("did you mean 'defence.guards'?"));
}

}  // namespace
}  // namespace panj::explore
