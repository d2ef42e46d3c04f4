// SPDX-License-Identifier: Apache-2.0
#include "panj/spillover/model.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "panj/core/problem.h"
#include "panj/sim/vector_units.h"
#include "spillover/world.h"

namespace panj::spillover {
namespace {

using testing::HasSubstr;

static_assert(sim::Model<SpilloverModel>);

SpilloverModel model_of(const Parameters& p, const LeverSettings& levers,
                        std::size_t stretches = 24, const Settings& settings = nine_years()) {
  return {p, equal_stretches(p, stretches), levers, settings};
}

double sum(const sim::LaneTable& table, std::size_t lane) {
  double total = 0;
  for (std::size_t i = 0; i < table.rows(); ++i) total += table.row(i)[lane];
  return total;
}

// Invariants 1 to 8 are checked in each step of these runs: a broken one throws.
TEST(SpilloverModel, KeepsItsInvariantsUnderEveryPackage) {
  const auto p = parameters_of(tajik_afghan());
  for (const Scenario& scenario : scenarios_of(tajik_afghan(), p)) {
    EXPECT_NO_THROW((void)run(model_of(p, scenario.levers), {.seed = 3, .first = 0, .count = 8}))
        << scenario.id;
  }
}

TEST(SpilloverModel, KeepsItsInvariantsAtTheEndsOfRanges) {
  for (const bool high : {false, true}) {
    std::vector<Override> overrides;
    for (const theatre::Assumption& a : tajik_afghan().assumptions) {
      if (a.key.starts_with("threat.attempts.excitation") && high) continue;
      for (std::size_t k = 0; k < a.values.size(); ++k) {
        overrides.push_back({a.key, k, high ? a.high[k] : a.low[k]});
      }
    }
    const Parameters p = parameters_of(tajik_afghan(), overrides);
    LeverSettings levers = practised_levers(p);
    levers.patrol = theatre::PatrolPolicy::randomised;
    levers.exercises_per_year = 7;
    levers.reserves_released_per_year = 1;
    EXPECT_NO_THROW((void)run(model_of(p, levers), {.seed = 5, .first = 0, .count = 4})) << high;
  }
}

/// What the model says of a state that somebody has damaged in the second lane.
std::string complaint_about(const std::function<void(State&)>& damage) {
  const Parameters p = reference_world();
  Settings settings = nine_years();
  settings.invariants = Invariants::checked;
  const auto model = model_of(p, practised_levers(p), 6, settings);
  const sim::Lanes lanes{.seed = 3, .first = 0, .count = 4};
  State state = model.start(lanes);
  for (int step = 0; step < 3; ++step) model.advance(state, lanes, step);
  damage(state);
  try {
    model.advance(state, lanes, 3);
  } catch (const sim::ReplicateError& error) {
    EXPECT_EQ(error.lane(), 1U);
    return error.entity() + ": " + error.what();
  }
  return "nothing";
}

TEST(SpilloverModel, TellsABrokenInvariant) {
  EXPECT_EQ(complaint_about([](State&) {}), "nothing");
  EXPECT_THAT(complaint_about([](State& s) { s.equipment[kSensor].row(2)[1] += 50; }),
              HasSubstr("more equipment than was delivered"));
  EXPECT_THAT(complaint_about([](State& s) { s.delivered[kPost].row(0)[1] += 1; }),
              HasSubstr("delivered and due do not add up"));
  EXPECT_THAT(complaint_about([](State& s) { s.corruption.row(0)[1] = -0.5; }),
              HasSubstr("corruption 0: is -"));
  EXPECT_THAT(complaint_about([](State& s) { s.rally.row(0)[1] = -100; }),
              HasSubstr("rally 0: is -"));
}

TEST(SpilloverModel, HistoryIsTheSameUntilLeversBite) {
  const Parameters p = parameters_of(tajik_afghan());
  const auto scenarios = scenarios_of(tajik_afghan(), p);
  const sim::Lanes lanes{.seed = 11, .first = 0, .count = 4};
  const auto quo = model_of(p, scenarios[0].levers);
  const auto all = model_of(p, scenarios[7].levers);
  State a = quo.start(lanes);
  State b = all.start(lanes);
  for (int step = 0; step < 48; ++step) {
    quo.advance(a, lanes, step);
    all.advance(b, lanes, step);
    ASSERT_TRUE(std::ranges::equal(a.record.values(), b.record.values())) << step;
    ASSERT_TRUE(std::ranges::equal(a.militants.values(), b.militants.values())) << step;
  }
  quo.advance(a, lanes, 48);
  all.advance(b, lanes, 48);
  EXPECT_FALSE(std::ranges::equal(a.record.values(), b.record.values()));
}

TEST(SpilloverModel, MovementKeepsEachGroupsTotal) {
  Parameters p = reference_world();
  p.people.attrition = p.people.repression = p.people.unpaid_desertion = 0;
  p.people.foreign_fighters = 0;
  for (GroupParameters& group : p.groups) group.recruitment = 0;
  Settings settings = nine_years();
  settings.ideal.no_losses = true;
  const State end =
      run(model_of(p, practised_levers(p), 24, settings), {.seed = 2, .first = 0, .count = 4});
  for (std::size_t g = 0; g < p.groups.size(); ++g) {
    double total = 0;
    for (std::size_t z = 0; z < 5; ++z) total += end.militants.row(g * 5 + z)[1];
    EXPECT_EQ(total, p.groups[g].militants);
  }
}

// Case D of the specification, in every step.
TEST(SpilloverModel, PureDisplacementKeepsTheTotalRateInEveryStep) {
  Parameters p = reference_world();
  p.feedback = 0;
  p.attempts.deterrence = {};
  Settings settings = nine_years();
  settings.ideal.people_frozen = true;
  LeverSettings west = practised_levers(p);
  std::vector<double> weights(24, 0.0);
  std::fill_n(weights.begin(), 12, 1.0);
  for (int year = 2026; year <= 2030; ++year) {
    west.deliveries.push_back({year, {7, 29, 7, 2}, weights});
  }
  const sim::Lanes lanes{.seed = 1, .first = 0, .count = 1};
  const auto before = model_of(p, practised_levers(p), 24, settings);
  const auto after = model_of(p, west, 24, settings);
  State a = before.start(lanes);
  State b = after.start(lanes);
  double moved = 0;
  for (int step = 0; step < before.steps(); ++step) {
    before.advance(a, lanes, step);
    after.advance(b, lanes, step);
    for (const Type e : kArmedAttempts) {
      const double rate = sum(a.now.rate[e], 0);
      EXPECT_NEAR(sum(b.now.rate[e], 0) / rate, 1.0, 1e-13);
      for (std::size_t i = 0; i < 24; ++i) {
        moved = std::max(moved, std::abs(b.now.rate[e].row(i)[0] - a.now.rate[e].row(i)[0]) / rate);
      }
    }
  }
  EXPECT_GT(moved, 0.001) << "nothing was displaced";
}

TEST(SpilloverModel, ALeverShiftsNobodyElsesLuck) {
  const Parameters p = reference_world();
  LeverSettings same = practised_levers(p);
  same.exercises_per_year = p.practice.exercises;
  same.deliveries = {{2031, {5, 5, 5, 5}, {}}};  // beyond the horizon
  const sim::Lanes lanes{.seed = 4, .first = 100, .count = 4};
  const State a = run(model_of(p, practised_levers(p)), lanes);
  const State b = run(model_of(p, same), lanes);
  EXPECT_TRUE(std::ranges::equal(a.record.values(), b.record.values()));
}

TEST(SpilloverModel, AReplicateIsTheSameInAnyBatch) {
  const Parameters p = reference_world();
  const auto model = model_of(p, practised_levers(p), 6);
  const State wide = run(model, {.seed = 9, .first = 0, .count = 12});
  const State one = run(model, {.seed = 9, .first = 7, .count = 1});
  for (std::size_t row = 0; row < wide.record.rows(); ++row) {
    ASSERT_EQ(wide.record.row(row)[7], one.record.row(row)[0]) << row;
  }
}

TEST(SpilloverModel, ExplicitPatrolSharesPlaceTheTeams) {
  const Parameters p = reference_world();
  LeverSettings levers = practised_levers(p);
  levers.patrol_shares.assign(24, 0.0);
  levers.patrol_shares[2] = 1;
  const State end = run(model_of(p, levers), {.seed = 1, .first = 0, .count = 1});
  const double owned = sum(end.equipment[kMobile], 0);
  EXPECT_NEAR(end.now.teams[0].row(2)[0], 0.6 * owned + 0.4 * end.equipment[kMobile].row(2)[0],
              1e-9);
}

TEST(SpilloverModel, RefusesWhatCannotBe) {
  const Parameters p = reference_world();
  const auto with = [&](const Settings& settings) {
    return [&p, settings] { (void)model_of(p, practised_levers(p), 4, settings); };
  };
  EXPECT_THROW(with({.first_year = 2022, .last_year = 2021})(), InvalidInput);
  EXPECT_THROW(with({.first_year = 2022, .last_year = 2030, .steps_per_year = 0})(), InvalidInput);
  Settings driven = nine_years();
  driven.operations = {{1.0, -1.0}};
  EXPECT_THROW(with(driven)(), InvalidInput);
}

}  // namespace
}  // namespace panj::spillover
