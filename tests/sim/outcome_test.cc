// SPDX-License-Identifier: Apache-2.0
#include "panj/sim/outcome.h"

#include <gmock/gmock.h>

#include "panj/core/contract.h"
#include "panj/sim/lane_table.h"
#include "panj/sim/model.h"

namespace panj::sim {
namespace {

const OutcomeTable& three_outcomes() {
  static const OutcomeTable made({{.name = "year", .labels = {"2022", "2023", "2024"}},
                                  {.name = "type", .labels = {"attack", "fire"}},
                                  {.name = "place", .coordinates = {28, 84.5}, .unit = "km"}},
                                 {{.name = "cost", .unit = "M$"},
                                  {.name = "attempts", .unit = "1", .dimensions = {"year", "type"}},
                                  {.name = "rate", .unit = "1/yr", .dimensions = {"place"}}});
  return made;
}

TEST(OutcomeTable, LaysCellsOutOneAfterAnother) {
  EXPECT_EQ(three_outcomes().total_cells(), 1U + 6U + 2U);
  EXPECT_EQ(three_outcomes().find("attempts"), 1U);
  EXPECT_EQ(three_outcomes().cells(1), 6U);
  EXPECT_EQ(three_outcomes().offset(2), 7U);
}

TEST(OutcomeTable, NamesCellsWithTheLastDimensionFastest) {
  EXPECT_EQ(three_outcomes().cell_name(0, 0), "cost");
  EXPECT_EQ(three_outcomes().cell_name(1, 0), "attempts[2022, attack]");
  EXPECT_EQ(three_outcomes().cell_name(1, 5), "attempts[2024, fire]");
  EXPECT_EQ(three_outcomes().cell_name(2, 1), "rate[84.5]");
}

TEST(OutcomeTable, RefusesUnknownDimensionsAndRepeatedNames) {
  EXPECT_THROW(OutcomeTable({}, {{.name = "a", .dimensions = {"year"}}}), ContractError);
  EXPECT_THROW(OutcomeTable({}, {{.name = "a"}, {.name = "a"}}), ContractError);
  EXPECT_THROW(OutcomeTable({{.name = "year"}}, {}), ContractError);
  EXPECT_THROW((void)three_outcomes().find("atempts"), ContractError);
}

TEST(OutcomeBlock, HoldsARowOfPaddedLanesForEachCell) {
  OutcomeBlock block(three_outcomes(), {.first = 3, .count = 11});
  block.row(1, 5)[10] = 7;
  EXPECT_EQ(block.row(1, 5).size(), 16U);
  EXPECT_EQ(block.cell_row(6)[10], 7);
  EXPECT_EQ(block.lanes().replicate(10), 13U);
}

TEST(LaneTable, CopiesOneLaneOfAllRows) {
  const Lanes lanes{.count = 9};
  LaneTable from(2, lanes, 1.0);
  from.row(0)[8] = 5;
  from.row(1)[8] = 6;
  LaneTable to(2, lanes);
  to.copy_lane(0, from, 8);
  EXPECT_EQ(to.row(0)[0], 5);
  EXPECT_EQ(to.row(1)[0], 6);
  EXPECT_EQ(to.row(1)[1], 0);
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(to.row(1).data()) % 64, 0U);
}

TEST(Failure, SaysWhereItHappened) {
  EXPECT_EQ(to_string(Failure{.replicate = 17, .step = 3, .entity = "stretch 7", .what = "no"}),
            "replicate 17, step 3, stretch 7: no");
}

}  // namespace
}  // namespace panj::sim
