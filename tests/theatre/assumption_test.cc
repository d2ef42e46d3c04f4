// SPDX-License-Identifier: Apache-2.0
#include "panj/theatre/assumption.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "panj/core/contract.h"
#include "small_theatre.h"

namespace panj::theatre {
namespace {

TEST(Assumption, SingleNumberWithItsRange) {
  SmallTheatre world;
  const Theatre theatre = world.read();
  const Assumption& slippage = theatre.measures->slippage;
  EXPECT_EQ(slippage.value(), 0.5);
  EXPECT_EQ(slippage.range(), (Range{0.1, 3.0}));
  EXPECT_EQ(slippage.unit, "yr");
  EXPECT_EQ(slippage.basis, Basis::assumption);
  EXPECT_EQ(slippage.key, "measures.slippage");
  EXPECT_EQ(slippage.line, world.line_of("slippage ="));
  EXPECT_FALSE(slippage.is_point());
}

TEST(Assumption, IsNamedByTheIdsOfWhatItBelongsTo) {
  const Theatre theatre = SmallTheatre().read();
  EXPECT_EQ(theatre.alliance.members[0].weight->key, "alliance.member.NL.weight");
  EXPECT_EQ(theatre.measures->programmes[0].equipment.key, "measures.programme.posts.equipment");
}

TEST(Assumption, PointOfTheArticle) {
  const Theatre theatre = SmallTheatre().read();
  EXPECT_TRUE(theatre.measures->exercises.is_point());
  EXPECT_EQ(theatre.measures->exercises.range(), (Range{2.0, 2.0}));
}

TEST(Assumption, MatrixByRowAndColumnClampedToItsBounds) {
  const Theatre theatre = SmallTheatre().read();
  const Assumption& sharing = *theatre.alliance.sharing;
  EXPECT_EQ(sharing.value("NL", "EL"), 0.5);
  EXPECT_EQ(sharing.value("EL", "NL"), 0.2);
  EXPECT_THROW((void)sharing.value("EL", "XX"), ContractError);
  const std::size_t full = *sharing.find("NL.NL");
  EXPECT_EQ(sharing.low[full], 0.5);
  EXPECT_EQ(sharing.high[full], 1.0);  // 1.5 would be more than everything
  EXPECT_TRUE(sharing.moves_together);
}

TEST(Assumption, OffsetsAndSeparateFactors) {
  SmallTheatre world;
  world.replace("low = 0, high = 1, basis", "offset = [-0.1, 0.2], basis");
  world.replace("factor = [0.5, 2]", "factor_each = [0.5, 2]");
  const Theatre theatre = world.read();
  EXPECT_DOUBLE_EQ(theatre.measures->urging.range().low, 0.2);
  EXPECT_DOUBLE_EQ(theatre.measures->urging.range().high, 0.5);
  EXPECT_FALSE(theatre.measures->programmes[0].equipment.moves_together);
  EXPECT_EQ(theatre.measures->programmes[0].equipment.high[0], 8.0);
}

TEST(Assumption, DrawRangeAndScale) {
  SmallTheatre world;
  world.replace("low = 0, high = 1, basis",
                "low = 0, high = 1, draw = [0.1, 0.9], scale = \"log\", basis");
  const Theatre theatre = world.read();
  EXPECT_EQ(theatre.measures->urging.drawn, (Range{0.1, 0.9}));
  EXPECT_TRUE(theatre.measures->urging.logarithmic);
  EXPECT_EQ(theatre.measures->urging.range(), (Range{0.0, 1.0}));
  EXPECT_FALSE(theatre.measures->slippage.drawn.has_value());
}

TEST(Assumption, DrawRangeLiesInsideAndALogScaleAboveZero) {
  SmallTheatre outside;
  outside.replace("low = 0, high = 1, basis", "low = 0, high = 1, draw = [0.1, 1.5], basis");
  EXPECT_THAT(outside.problems(),
              testing::ElementsAre(testing::HasSubstr("within the range of a single number")));
  SmallTheatre zero;
  zero.replace("low = 0, high = 1, basis", "low = 0, high = 1, scale = \"log\", basis");
  EXPECT_THAT(zero.problems(), testing::ElementsAre(testing::HasSubstr("must lie above 0")));
}

TEST(Assumption, AllAreListedInFileOrder) {
  const Theatre theatre = SmallTheatre().read();
  ASSERT_EQ(theatre.assumptions.size(), 7U);
  for (std::size_t i = 1; i < theatre.assumptions.size(); ++i) {
    EXPECT_LT(theatre.assumptions[i - 1].line, theatre.assumptions[i].line);
  }
}

}  // namespace
}  // namespace panj::theatre
