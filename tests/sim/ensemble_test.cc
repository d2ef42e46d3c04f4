// SPDX-License-Identifier: Apache-2.0
#include "panj/sim/ensemble.h"

#include <gmock/gmock.h>

#include <numeric>
#include <set>
#include <stdexcept>
#include <vector>

#include "panj/sim/lane_random.h"
#include "panj/sim/lane_table.h"
#include "panj/sim/sir.h"
#include "sim/sinks.h"

namespace panj::sim {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

/// Sums uniforms; told when to fail, and how.
struct Sum {
  struct State {
    LaneTable total;
  };
  struct Fault {
    std::uint32_t replicate;
    int step;  ///< −1 at the start, 10 at the end
    bool named = true;
  };

  OutcomeTable table{{}, {{.name = "total"}}};
  std::vector<Fault> faults{};
  double scale = 1;
  int bites_from = 0;  ///< the step from which `scale` holds

  const OutcomeTable& outcomes() const { return table; }
  int steps() const { return 10; }
  State start(const Lanes& lanes) const {
    check(lanes, -1);
    return {LaneTable(1, lanes)};
  }
  void advance(State& state, const Lanes& lanes, int step) const {
    std::vector<double> u(lanes.padded());
    fill_uniform(lanes, {.step = step}, u);
    for (std::size_t lane = 0; lane < u.size(); ++lane)
      state.total.row(0)[lane] += u[lane] * (step >= bites_from ? scale : 1.0);
    check(lanes, step);
  }
  void write_outcomes(const State& state, const Lanes& lanes, OutcomeBlock& block) const {
    std::ranges::copy(state.total.row(0), block.row(0).begin());
    check(lanes, 10);
  }

  void check(const Lanes& lanes, int step) const {
    for (std::size_t lane = 0; lane < lanes.count; ++lane) {
      for (const Fault& fault : faults) {
        if (fault.replicate != lanes.replicate(lane) || fault.step != step) continue;
        if (fault.named) throw ReplicateError(lane, "stretch 7", "funds ran away");
        throw std::runtime_error("out of luck");
      }
    }
  }
};

std::vector<std::vector<double>> values_of(const Sum& model, const EnsembleOptions& options) {
  Everything everything;
  run_with(model, options, everything);
  return everything.values[0];
}

TEST(Ensemble, HandsReplicatesOnInOrder) {
  for (const unsigned threads : {1U, 3U}) {
    Everything everything;
    run_with(Sum{}, {.replicates = 1000, .first_replicate = 40, .threads = threads, .lanes = 16},
             everything);
    std::vector<std::uint32_t> expected(1000);
    std::iota(expected.begin(), expected.end(), 40U);
    EXPECT_EQ(everything.replicates, expected);
  }
}

TEST(Ensemble, GivesAReplicateTheSameInAnyPartOfIt) {
  const auto whole = values_of(Sum{}, {.replicates = 60});
  const auto part = values_of(Sum{}, {.replicates = 20, .first_replicate = 33});
  for (std::size_t i = 0; i < part.size(); ++i) EXPECT_EQ(part[i], whole[33 + i]);
  EXPECT_NE(values_of(Sum{}, {.replicates = 1, .seed = 2}), values_of(Sum{}, {.replicates = 1}));
}

TEST(Ensemble, ReportsWhatFailsAndKeepsTheOthers) {
  Sum model;
  model.faults = {{17, 3}, {18, -1}, {40, 10}, {41, 9, false}, {99, 0, false}};
  for (const unsigned threads : {1U, 3U}) {
    Everything everything;
    const auto result =
        run_with(model, {.replicates = 100, .threads = threads, .lanes = 64}, everything);
    EXPECT_THAT(result.failures,
                ElementsAre(Failure{17, 3, "stretch 7", "funds ran away"},
                            Failure{18, -1, "stretch 7", "funds ran away"},
                            Failure{40, 10, "stretch 7", "funds ran away"},
                            Failure{41, 9, "", "out of luck"}, Failure{99, 0, "", "out of luck"}));
    EXPECT_EQ(result.replicates, 95U);
    const auto whole = values_of(Sum{}, {.replicates = 100});
    ASSERT_THAT(everything.replicates, SizeIs(95));
    for (std::size_t i = 0; i < 95; ++i)
      EXPECT_EQ(everything.values[0][i], whole[everything.replicates[i]]);
  }
}

TEST(Ensemble, LeavesAFailedReplicateOutOfAllModels) {
  std::vector<Sum> models(3);
  models[1].faults = {{5, 2}};
  Everything everything;
  Sink* const sinks[] = {&everything};
  const auto result = run_ensemble(std::span<const Sum>(models), {.replicates = 10}, sinks);
  EXPECT_THAT(result.failures, SizeIs(1));
  EXPECT_THAT(everything.replicates, ElementsAre(0, 1, 2, 3, 4, 6, 7, 8, 9));
  EXPECT_THAT(everything.values, SizeIs(3));
}

TEST(Ensemble, GivesUpWhenTooMuchFails) {
  Sum model;
  for (std::uint32_t r = 0; r < 50; ++r) model.faults.push_back({r, 4});
  EXPECT_THROW(run_ensemble(model, {.replicates = 50, .failures_allowed = 20}, {}),
               std::runtime_error);
  const auto result = run_ensemble(model, {.replicates = 60, .failures_allowed = 50}, {});
  EXPECT_THAT(result.failures, SizeIs(50));
  EXPECT_EQ(result.replicates, 10U);
}

/// A sink that cannot take more ends the run; nobody waits for ever.
TEST(Ensemble, PassesOnWhatASinkThrows) {
  struct Full : Sink {
    void take(std::span<const OutcomeBlock> blocks) override {
      if (blocks[0].lanes().first >= 64) throw std::runtime_error("disk full");
    }
  };
  for (const unsigned threads : {1U, 3U}) {
    Full full;
    EXPECT_THROW(run_with(Sum{}, {.replicates = 4000, .threads = threads, .lanes = 8}, full),
                 std::runtime_error);
  }
}

TEST(Ensemble, ComputesASharedPastOnlyOnce) {
  std::vector<Sum> models(3);
  models[1].scale = 2;
  models[2].scale = 3;
  for (Sum& model : models) model.bites_from = 6;
  const auto digest = [&](int shared_steps) {
    return run_ensemble(std::span<const Sum>(models),
                        {.replicates = 100, .shared_steps = shared_steps}, {})
        .digest;
  };
  EXPECT_EQ(digest(6), digest(0));
  EXPECT_EQ(digest(1), digest(0));
  EXPECT_NE(digest(7), digest(0));  // a broken promise shows
}

TEST(Ensemble, DigestsEveryOutcomeOfEveryReplicate) {
  const auto digest = [](std::uint32_t replicates, std::uint64_t seed, double scale) {
    Sum model;
    model.scale = scale;
    return run_ensemble(model, {.replicates = replicates, .seed = seed}, {}).digest;
  };
  const std::set<std::string> digests{digest(100, 1, 1), digest(101, 1, 1), digest(100, 2, 1),
                                      digest(100, 1, 1 + 1e-15)};
  EXPECT_THAT(digests, SizeIs(4));
  EXPECT_THAT(*digests.begin(), SizeIs(64));
  EXPECT_EQ(digest(100, 1, 1), digest(100, 1, 1));
}

TEST(Ensemble, RunsNothingForNoReplicates) {
  Everything everything;
  const auto result = run_with(Sum{}, {.replicates = 0}, everything);
  EXPECT_EQ(result.replicates, 0U);
  EXPECT_THAT(everything.replicates, IsEmpty());
}

}  // namespace
}  // namespace panj::sim
