// SPDX-License-Identifier: Apache-2.0
#include "panj/theatre/package.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "small_theatre.h"

namespace panj::theatre {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;

/// The small theatre with more lines in its package P1, which delivers four posts in five years.
SmallTheatre& with(SmallTheatre& world, const std::string& lines) {
  return world.replace("programme = \"posts\"\n", "programme = \"posts\"\n" + lines);
}

std::vector<std::string> problems_with(const std::string& lines) {
  SmallTheatre world;
  return with(world, lines).problems();
}

TEST(Package, SaysHowItsProgrammeIsDelivered) {
  SmallTheatre world;
  with(world,
       "slippage_years = 1.5\nstretch_weights = { east = 3 }\n"
       "tranche_shares = [0.5, 0, 0, 0.25, 0.25]\n");
  const Package package = world.read().packages.at(1);
  EXPECT_EQ(package.slippage_years, 1.5);
  EXPECT_THAT(package.stretch_weights, ElementsAre(0, 3))
      << "west to east; who is not named gets 0";
  EXPECT_THAT(package.tranche_shares, ElementsAre(0.5, 0, 0, 0.25, 0.25));
}

TEST(Package, SharesByMemberOrAtOneLevel) {
  SmallTheatre one;
  EXPECT_EQ(with(one, "sharing = 0.8\n").read().packages.at(1).sharing, 0.8);
  SmallTheatre each;
  const Package package = with(each, "sharing = { EL = 0.9 }\n").read().packages.at(1);
  EXPECT_FALSE(package.sharing);
  EXPECT_THAT(package.sharing_of, ElementsAre(Pair("EL", 0.9)));
  EXPECT_THAT(problems_with("sharing = { ELL = 0.9 }\n"),
              ElementsAre(AllOf(HasSubstr("package[2].sharing.ELL: unknown key"),
                                HasSubstr("did you mean 'EL'?"))));
  EXPECT_THAT(problems_with("sharing = { EL = 9 }\n"),
              ElementsAre(HasSubstr("package[2].sharing.EL: is 9 (must lie in [0, 1])")));
}

TEST(Package, FaultsInADeliveryAreNamed) {
  EXPECT_THAT(problems_with("slippage_years = 0\n"),
              ElementsAre(HasSubstr("slippage_years: is 0 (must lie in [0.01, 100])")));
  EXPECT_THAT(problems_with("stretch_weights = { wst = 1, east = 1 }\n"),
              ElementsAre(AllOf(HasSubstr("package[2].stretch_weights.wst: unknown key"),
                                HasSubstr("did you mean 'west'?"))));
  EXPECT_THAT(problems_with("stretch_weights = { west = 0 }\n"),
              ElementsAre(HasSubstr("stretch_weights: gives every stretch nothing")));
  EXPECT_THAT(problems_with("stretch_weights = 3\n"),
              ElementsAre(HasSubstr("stretch_weights: is 3 (must be a table)")));
  EXPECT_THAT(
      problems_with("tranche_shares = [0.5, 0.5]\n"),
      ElementsAre(HasSubstr("tranche_shares: has 2 entries (must be a list of 5 shares, one "
                            "for each year of programme 'posts')")));
  EXPECT_THAT(
      problems_with("tranche_shares = [0.5, 0.5, 0.5, 0, 0]\n"),
      ElementsAre(HasSubstr("tranche_shares: the shares add up to 1.5 (must add up to 1)")));
  EXPECT_THAT(problems_with("tranche_shares = [0.5, -0.5, 1, 0, 0]\n"),
              ElementsAre(HasSubstr("tranche_shares: is -0.5 (must lie in [0, 1])")));
}

TEST(Package, DeliversNothingWithoutAProgramme) {
  SmallTheatre world;
  world.replace("name = \"Status quo\"\n",
                "name = \"Status quo\"\nslippage_years = 2\ntranche_shares = [1]\n");
  EXPECT_THAT(world.problems(),
              testing::UnorderedElementsAre(
                  HasSubstr("package[1].slippage_years: delivers nothing (says how a programme is"),
                  HasSubstr("package[1].tranche_shares: delivers nothing")));
  SmallTheatre slip;
  with(slip, "tranche_shares = [0.5, 0, 0, 0.25, 0.25]\n")
      .replace("programme = \"posts\"", "programme = \"psts\"");
  EXPECT_THAT(slip.problems(), ElementsAre(HasSubstr("did you mean 'posts'?")));
}

}  // namespace
}  // namespace panj::theatre
