// SPDX-License-Identifier: Apache-2.0
#include "panj/spillover/model.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <limits>
#include <string>

#include "panj/core/problem.h"
#include "panj/sim/vector_units.h"
#include "panj/spillover/detail/invariants.h"
#include "panj/spillover/schedule.h"
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

/// A small world after three steps, whose invariants are checked.
struct CheckedWorld {
  CheckedWorld() {
    for (int step = 0; step < 3; ++step) model.advance(state, lanes, step);
  }
  static Settings checked_years() {
    Settings settings = nine_years();
    settings.invariants = Invariants::checked;
    return settings;
  }

  const Parameters p = reference_world();
  const Settings settings = checked_years();
  const SpilloverModel model = model_of(p, practised_levers(p), 6, settings);
  const sim::Lanes lanes{.seed = 3, .first = 0, .count = 4};
  State state = model.start(lanes);
};

/// What the model says of a state that somebody has damaged in the second lane.
std::string complaint_about(const std::function<void(State&)>& damage) {
  CheckedWorld checked;
  auto& [p, settings, model, lanes, state] = checked;
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

/// What the check says of a whole step whose end somebody has damaged.
std::string complaint_of_check(const std::function<void(State&, StepInputs&)>& damage) {
  CheckedWorld checked;
  auto& [p, settings, model, lanes, state] = checked;
  const detail::World world(p, model.geometry(), settings);
  StepInputs inputs = model.schedule().step(3);
  const detail::Step now{world, inputs, lanes, 3};
  const detail::StepCheck check(now, model.schedule(), state);
  model.advance(state, lanes, 3);
  damage(state, inputs);
  try {
    check.after(state);
  } catch (const sim::ReplicateError& error) {
    return error.entity() + ": " + error.what();
  }
  return "nothing";
}

void expect_complaint(const std::string& complaint, const std::function<void(State&)>& damage) {
  EXPECT_THAT(complaint_of_check([&](State& s, StepInputs&) { damage(s); }), HasSubstr(complaint));
}

TEST(SpilloverModel, TellsStatesThatCannotBe) {
  expect_complaint("nothing", [](State&) {});
  expect_complaint("militants 3: is -2", [](State& s) { s.militants.row(3)[1] = -2; });
  expect_complaint("militants 3: is 7.5, not whole", [](State& s) { s.militants.row(3)[1] = 7.5; });
  expect_complaint("stock 1: is -1", [](State& s) { s.stock.row(1)[1] = -1; });
  expect_complaint("funds 0: is -1", [](State& s) { s.funds.row(0)[1] = -1; });
  expect_complaint("delivered 0: is -1", [](State& s) { s.delivered[kAir].row(0)[1] = -1; });
  expect_complaint("excitation 2: is -1", [](State& s) { s.excitation[kFire].row(2)[1] = -1; });
  expect_complaint("smoothed rate 2: is -1", [](State& s) { s.smoothed[kAttack].row(2)[1] = -1; });
  expect_complaint("hardship 0: is inf", [](State& s) {
    s.hardship.row(0)[1] = std::numeric_limits<double>::infinity();
  });
  expect_complaint("logit of cohesion 0: is nan", [](State& s) {
    s.cohesion.row(0)[1] = std::numeric_limits<double>::quiet_NaN();
  });
  expect_complaint("rate of attempts 4: is -1", [](State& s) { s.now.rate[kFire].row(4)[1] = -1; });
  expect_complaint("reported 0: is 0.5, not whole",
                   [](State& s) { s.now.reported.row(0)[1] = .5; });
  expect_complaint("lost at the border 1: is -4", [](State& s) { s.now.lost.row(1)[1] = -4; });
  expect_complaint("cover by funds 5: is -1", [](State& s) { s.now.cover.row(5)[1] = -1; });
  expect_complaint("cost 0: is -1", [](State& s) { s.now.cost.row(0)[1] = -1; });
}

TEST(SpilloverModel, TellsChancesThatCannotBe) {
  expect_complaint("tolerance 2: is 1.5", [](State& s) { s.now.tolerance.row(2)[1] = 1.5; });
  expect_complaint("intelligence 0: is 1.5", [](State& s) { s.now.intelligence.row(0)[1] = 1.5; });
  expect_complaint("detection 3: is -0.5",
                   [](State& s) { s.now.detection[kFire].row(3)[1] = -.5; });
  expect_complaint("stop probability 0: is 1.5",
                   [](State& s) { s.now.stop[kFire].row(0)[1] = 1.5; });
  expect_complaint("shares of stretches sum to",
                   [](State& s) { s.now.pull[kAttack].row(0)[1] *= 2; });
  EXPECT_THAT(complaint_of_check([](State&, StepInputs& now) { now.readiness = 1.5; }),
              HasSubstr("readiness: is 1.5"));
  EXPECT_THAT(complaint_of_check([](State&, StepInputs& now) { now.readiness_on.back() = -.5; }),
              HasSubstr("readiness: is -0.5"));
}

TEST(SpilloverModel, TellsSumsThatDoNotAddUp) {
  const std::size_t zones = reference_world().zones.size();
  expect_complaint("militants do not add up", [&](State& s) {
    s.militants.row(0)[1] += 1;  // from the second group to the first: nobody is lost in all
    s.militants.row(zones)[1] -= 1;
  });
  expect_complaint("loads do not add up", [](State& s) { s.now.entering.row(0)[1] += 1; });
  expect_complaint("by patrolling", [](State& s) { s.now.teams[0].row(0)[1] += 1; });
  expect_complaint("more detected than attempted", [](State& s) {
    s.now.detected[kAttack].row(0)[1] = s.now.attempts[kAttack].row(0)[1] + 1;
  });
  expect_complaint("more intercepted than detected", [](State& s) {
    s.now.intercepted[kAttack].row(0)[1] = s.now.detected[kAttack].row(0)[1] + 1;
  });
  expect_complaint("more intercepted than stopped", [](State& s) {
    for (auto* table : {&s.now.attempts, &s.now.detected, &s.now.breaches}) {
      (*table)[kAttack].row(0)[1] += 9;
    }
    s.now.intercepted[kAttack].row(0)[1] = s.now.stopped[kAttack].row(0)[1] + 1;
  });
  expect_complaint("breaches and stops do not add up to attempts",
                   [](State& s) { s.now.breaches[kAttack].row(0)[1] += 1; });
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
