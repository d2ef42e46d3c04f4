// SPDX-License-Identifier: Apache-2.0
#include "panj/spillover/stop_chance.h"

#include <gtest/gtest.h>

#include "panj/spillover/model.h"
#include "panj/spillover/schedule.h"
#include "spillover/world.h"

namespace panj::spillover {
namespace {

TEST(StopChance, IsWhatTheModelsStepsArriveAt) {
  const auto p = parameters_of(tajik_afghan());
  const SpilloverModel model(p, equal_stretches(p, 24), practised_levers(p), nine_years());
  const sim::Lanes lanes{.seed = 5, .first = 0, .count = 2};
  auto state = model.start(lanes);
  for (int step = 0; step < 30; ++step) {
    const double corruption_before = state.corruption.row(0)[1];
    model.advance(state, lanes, step);
    if (step % 10 != 9) continue;
    const Circumstances now{.readiness = model.schedule().step(step).readiness,
                            .patrol_effect = p.defence.patrol_effect[0],
                            .intelligence = state.now.intelligence.row(0)[1],
                            .corruption = corruption_before};
    for (std::size_t i = 0; i < model.geometry().size(); ++i) {
      Guarding here{.length_km = model.geometry().stretches[i].length_km(),
                    .guards = model.reference().guards[i]};
      for (std::size_t j = 0; j < kKinds; ++j) here.units[j] = state.equipment[j].row(i)[1];
      for (std::size_t e = 0; e < kTypes; ++e) {
        EXPECT_NEAR(stop_chance(p, static_cast<Type>(e), here, now).value(),
                    state.now.stop[e].row(i)[1], 1e-12);
      }
    }
  }
}

}  // namespace
}  // namespace panj::spillover
