// SPDX-License-Identifier: Apache-2.0
#include "panj/plan/shift_rosters.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

namespace panj::plan {
namespace {

using testing::HasSubstr;
using testing::Not;

std::vector<double> places(std::size_t count) {
  std::vector<double> places(count);
  std::iota(places.begin(), places.end(), 0.0);
  return places;
}

/// Every list of tours that can be drawn, with its exact chance: all ways the coins can fall.
class AllDraws {
 public:
  struct Draw {
    Fraction chance;
    std::vector<Tour> tours;
  };

  AllDraws(const ShiftPlan& plan, std::size_t shifts) : plan_(plan), shifts_(shifts) {
    do draw();
    while (next_falls());
  }
  const std::vector<Draw>& draws() const { return draws_; }

  Fraction chance_of(std::size_t stretch, std::size_t shift) const {
    Fraction chance(0);
    for (const Draw& draw : draws_) {
      for (const Tour& tour : draw.tours) {
        if (tour[shift] == stretch) chance += draw.chance;
      }
    }
    return chance;
  }

 private:
  void draw() {
    Draw draw{1, {}};
    std::size_t thrown = 0;
    draw.tours = draw_tours(plan_, shifts_, 3, [&](std::int64_t heads, std::int64_t tails) {
      if (thrown == falls_.size()) falls_.push_back(true);
      const bool fell = falls_[thrown++];
      draw.chance *= Fraction(fell ? heads : tails) / (heads + tails);
      return fell;
    });
    draws_.push_back(std::move(draw));
  }
  bool next_falls() {
    while (!falls_.empty() && !falls_.back()) falls_.pop_back();
    if (falls_.empty()) return false;
    falls_.back() = false;
    return true;
  }

  const ShiftPlan& plan_;
  std::size_t shifts_;
  std::vector<bool> falls_;
  std::vector<Draw> draws_;
};

TEST(ShiftRosters, KeepCoverageExactlyInEveryShift) {
  const std::vector<Fraction> coverage{Fraction(1, 2), Fraction(1, 3), Fraction(2, 3),
                                       Fraction(1, 2)};
  const ShiftPlan plan(coverage, {.crews = 2, .place = places(4), .reach = 1});
  EXPECT_EQ(plan.coverage(), coverage);
  const AllDraws all(plan, 2);
  ASSERT_GT(all.draws().size(), 10U);
  Fraction sum(0);
  for (const AllDraws::Draw& draw : all.draws()) sum += draw.chance;
  EXPECT_EQ(sum, 1);
  for (std::size_t i = 0; i < coverage.size(); ++i) {
    for (std::size_t shift = 0; shift < 2; ++shift) {
      EXPECT_EQ(all.chance_of(i, shift), coverage[i]) << i << " in shift " << shift;
    }
  }
}

TEST(ShiftRosters, KeepCoverageExactlyWhenCrewsHaveTimeToRest) {
  const std::vector<Fraction> coverage{Fraction(1, 2), Fraction(1), Fraction(0)};
  const ShiftPlan plan(coverage, {.crews = 2, .place = places(3), .reach = 1});
  const AllDraws all(plan, 2);
  for (std::size_t i = 0; i < coverage.size(); ++i) {
    EXPECT_EQ(all.chance_of(i, 0), coverage[i]) << i;
    EXPECT_EQ(all.chance_of(i, 1), coverage[i]) << i;
  }
}

std::size_t on_duty(const std::vector<Tour>& tours, std::size_t shift) {
  return static_cast<std::size_t>(
      std::ranges::count_if(tours, [&](const Tour& tour) { return tour[shift].has_value(); }));
}

/// Whichever way the coins fall.
void expect_crews_in_every_draw(const ShiftPlan& plan, std::size_t least, std::size_t most) {
  constexpr std::size_t kShifts = 2;
  const AllDraws all(plan, kShifts);
  ASSERT_GT(all.draws().size(), 1U);
  for (const AllDraws::Draw& draw : all.draws()) {
    EXPECT_EQ(draw.tours.size(), plan.rules().crews);
    for (std::size_t shift = 0; shift < kShifts; ++shift) {
      EXPECT_GE(on_duty(draw.tours, shift), least);
      EXPECT_LE(on_duty(draw.tours, shift), most);
    }
  }
  const std::vector<Fraction> coverage = plan.coverage();
  for (std::size_t i = 0; i < coverage.size(); ++i) {
    for (std::size_t s = 0; s < kShifts; ++s) EXPECT_EQ(all.chance_of(i, s), coverage[i]) << i;
  }
}

TEST(ShiftRosters, SendOutEveryCrewInEveryDraw) {
  const std::vector<Fraction> coverage{Fraction(2, 3), Fraction(1, 4), Fraction(1, 2),
                                       Fraction(7, 12)};
  for (const double reach : {0.0, 1.0, 3.0}) {
    const ShiftPlan plan(coverage, {.crews = 2, .place = places(4), .reach = reach});
    expect_crews_in_every_draw(plan, 2, 2);
  }
}

TEST(ShiftRosters, SendOutACrewMoreOrLessOnlyAsCoverageAsks) {
  const std::vector<Fraction> coverage{Fraction(2, 3), Fraction(1, 4), Fraction(1, 3)};
  for (const std::size_t crews : {2U, 4U}) {  // 5/4 of them patrol
    for (const double reach : {0.0, 1.0}) {
      const ShiftPlan plan(coverage, {.crews = crews, .place = places(3), .reach = reach});
      expect_crews_in_every_draw(plan, 1, 2);
    }
  }
}

TEST(ShiftRosters, RestWhereMostCoverageIsWithinReach) {
  const std::vector<Fraction> coverage{Fraction(1, 2), Fraction(1, 4), Fraction(1, 2),
                                       Fraction(1, 3)};
  const ShiftPlan plan(coverage, {.crews = 2, .place = places(4), .reach = 1});
  const auto rest = std::ranges::find(plan.posts(), true, &ShiftPlan::Post::rests);
  ASSERT_NE(rest, plan.posts().end());
  EXPECT_EQ(rest->stretch, 1U);
  EXPECT_EQ(Fraction(rest->amount) / plan.unit(), Fraction(5, 12));
  EXPECT_EQ(std::ranges::count(plan.posts(), true, &ShiftPlan::Post::rests), 1);
}

struct World {
  std::vector<Fraction> coverage;
  ShiftRules rules;
};

/// Coverage as the solvers give it: doubles that add up to all but a little.
World border(double reach) {
  const std::vector<double> x{0.9, 0.1, 0.35, 0.7, 1.0, 0.05, 0.55, 0.25, 0.1 / 3, 0.3 + 0.2 / 3};
  const double sum = std::accumulate(x.begin(), x.end(), 0.0);
  const double crews = std::ceil(sum);
  World world{exact_coverage(x, crews), {.crews = static_cast<std::size_t>(crews)}};
  for (std::size_t i = 0; i < x.size(); ++i) {
    world.rules.place.push_back(50.0 * static_cast<double>(i));
  }
  world.rules.reach = reach;
  return world;
}

/// The same with a whole number of patrols, which all crews make.
World busy_border(double reach) {
  World world = border(reach);
  Fraction sum(0);
  for (const Fraction& x : world.coverage) sum += x;
  world.coverage[5] += world.rules.crews - sum;
  return world;
}

TEST(ShiftRosters, SendOutEveryCrewWithEverySeedAndReach) {
  constexpr std::size_t kShifts = 7;
  for (const double reach : {0.0, 50.0, 100.0, 450.0}) {
    const World world = busy_border(reach);
    const ShiftPlan plan(world.coverage, world.rules);
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
      const auto tours = draw_tours(plan, kShifts, seed);
      ASSERT_EQ(tours.size(), world.rules.crews) << reach << " " << seed;
      for (std::size_t shift = 0; shift < kShifts; ++shift) {
        EXPECT_EQ(on_duty(tours, shift), world.rules.crews) << reach << " " << seed;
      }
    }
  }
}

void expect_within_reach(const Tour& tour, const ShiftRules& rules) {
  std::optional<std::size_t> last;  // shift in which the crew was seen
  for (std::size_t s = 0; s < tour.size(); ++s) {
    if (!tour[s]) continue;
    if (last) {
      const double way = std::abs(rules.place[*tour[s]] - rules.place[*tour[*last]]);
      EXPECT_LE(way, rules.reach * static_cast<double>(s - *last));
    }
    last = s;
  }
}

/// Nor does a stretch that is covered always go without, or more than one of five crews rest while
/// 4.3 patrol.
void expect_no_two_share_a_stretch(const std::vector<Tour>& tours) {
  for (std::size_t s = 0; s < tours.front().size(); ++s) {
    std::set<std::size_t> taken;
    for (const Tour& tour : tours) {
      if (tour[s]) {
        EXPECT_TRUE(taken.insert(*tour[s]).second) << s;
      }
    }
    EXPECT_TRUE(taken.contains(4));
    EXPECT_GE(taken.size(), tours.size() - 1U);
  }
}

TEST(ShiftRosters, NoCrewGoesFurtherThanItsReachAndNoTwoShareAStretch) {
  constexpr std::size_t kShifts = 60;
  for (const World& world : {border(0), border(100), busy_border(50)}) {
    const ShiftPlan plan(world.coverage, world.rules);
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
      const auto tours = draw_tours(plan, kShifts, seed);
      ASSERT_EQ(tours.size(), world.rules.crews);
      for (const Tour& tour : tours) {
        ASSERT_EQ(tour.size(), kShifts);
        expect_within_reach(tour, world.rules);
      }
      expect_no_two_share_a_stretch(tours);
    }
  }
}

void expect_coverage_in_the_mean(const World& world) {
  const ShiftPlan plan(world.coverage, world.rules);
  constexpr int kDraws = 3000;
  constexpr std::size_t kShift = 4;
  std::vector<int> count(world.coverage.size(), 0);
  for (std::uint64_t seed = 1; seed <= kDraws; ++seed) {
    for (const Tour& tour : draw_tours(plan, 6, seed)) {
      if (tour[kShift]) ++count[*tour[kShift]];
    }
  }
  for (std::size_t i = 0; i < count.size(); ++i) {
    const double p = world.coverage[i].convert_to<double>();
    EXPECT_NEAR(count[i], kDraws * p, 5 * std::sqrt(kDraws * p * (1 - p)) + 1e-6) << i;
  }
}

TEST(ShiftRosters, CoverageHoldsOverManyDraws) {
  expect_coverage_in_the_mean(border(50));
  expect_coverage_in_the_mean(busy_border(50));
  expect_coverage_in_the_mean(busy_border(0));
}

TEST(ShiftRosters, CrewsThatGetFurtherAreHarderToGuess) {
  double last = 1.0 + 1e-9;
  for (const double reach : {0.0, 50.0, 100.0, 200.0, 450.0}) {
    const World world = border(reach);
    const ShiftPlan plan(world.coverage, world.rules);
    EXPECT_LT(plan.chance_to_guess(), last) << reach;
    last = plan.chance_to_guess();
  }
  const World world = border(450);
  EXPECT_NEAR(last, ShiftPlan(world.coverage, world.rules).chance_to_guess_without_limit(), 1e-6);
}

TEST(ShiftRosters, AreTheSeedsAloneAndDoNotTellIt) {
  const World world = border(100);
  const ShiftPlan plan(world.coverage, world.rules);
  std::vector<std::string> names;
  for (int i = 1; i <= 10; ++i) names.push_back("post " + std::to_string(i));
  const ShiftTimes times{make_date(2027, 1, 1), 3};
  const auto texts = [&](std::uint64_t seed) {
    const auto tours = draw_tours(plan, 12, seed);
    return tours_csv(tours, times, names) + tours_icalendar(tours, times, names);
  };
  EXPECT_EQ(texts(918273645), texts(918273645));
  EXPECT_NE(texts(918273645), texts(918273646));
  EXPECT_THAT(texts(918273645), Not(HasSubstr("918273645")));
}

TEST(ShiftRosters, AreWrittenByShiftWithLocalTimes) {
  const std::vector<Tour> tours{{0, 1, std::nullopt, 1}, {2, 2, 1, 0}};
  const std::vector<std::string> names{"a", "b, c", "d"};
  const ShiftTimes times{make_date(2027, 1, 31), 2};
  EXPECT_EQ(tours_csv(tours, times, names),
            "date,shift,crew,stretch\n"
            "2027-01-31,1,1,a\n2027-01-31,1,2,d\n"
            "2027-01-31,2,1,\"b, c\"\n2027-01-31,2,2,d\n"
            "2027-02-01,1,2,\"b, c\"\n"
            "2027-02-01,2,1,\"b, c\"\n2027-02-01,2,2,a\n");
  const std::string calendar = tours_icalendar(tours, times, names);
  EXPECT_THAT(calendar, HasSubstr("DTSTART:20270131T120000\r\nDTEND:20270201T000000\r\n"));
  EXPECT_THAT(calendar, HasSubstr("SUMMARY:Crew 2: patrol a\r\n"));
}

}  // namespace
}  // namespace panj::plan
