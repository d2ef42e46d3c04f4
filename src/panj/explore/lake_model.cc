// SPDX-License-Identifier: Apache-2.0
#include "panj/explore/lake_model.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "panj/explore/detail/lake_step.h"

namespace panj::explore {
namespace {

enum Row : std::size_t { state_row, release_row, utility_row, steady_row, below_row, rows };

sim::OutcomeTable table_of(const LakeSettings& settings) {
  sim::Dimension year{.name = "year", .unit = "1"};
  for (std::size_t y = 0; y < settings.years; ++y) {
    year.coordinates.push_back(static_cast<double>(y));
  }
  return {{std::move(year)},
          {{.name = "state", .description = "phosphorus in the lake", .dimensions = {"year"}},
           {.name = "utility", .description = "discounted benefit"},
           {.name = "inertia", .description = "share of years with a steady release"},
           {.name = "reliability", .description = "share of years below the critical level"}}};
}

}  // namespace

LakeModel::LakeModel(const LakeSettings& settings, const LakePolicy& policy)
    : settings_(settings),
      policy_(policy),
      critical_(critical_level(settings.decay, settings.recycling)),
      table_(table_of(settings)) {}

LakeModel::State LakeModel::start(const sim::Lanes& lanes) const {
  State state{sim::LaneTable(rows, lanes), sim::LaneTable(settings_.years, lanes)};
  state.now.set_row(release_row, detail::kFirstRelease);
  state.now.set_row(utility_row, settings_.benefit * detail::kFirstRelease);
  state.now.set_row(below_row, 1.0);
  return state;
}

void LakeModel::advance(State& state, const sim::Lanes& lanes, int step) const {
  const detail::LakeStep lake(settings_, policy_);
  std::vector<double> inflow(lanes.padded());
  detail::fill_inflow(lanes, settings_, step, inflow);
  const double benefit = settings_.benefit * std::pow(settings_.discount, step + 1);
  const auto row = [&](Row which) { return state.now.row(which); };
  for (std::size_t lane = 0; lane < lanes.padded(); ++lane) {
    const double release = lake.release(row(state_row)[lane]);
    const double next = lake.next(row(state_row)[lane], release, inflow[lane]);
    row(steady_row)[lane] += release - row(release_row)[lane] < detail::kSteady ? 1.0 : 0.0;
    row(utility_row)[lane] += benefit * release;
    row(below_row)[lane] += next < critical_ ? 1.0 : 0.0;
    row(state_row)[lane] = next;
    row(release_row)[lane] = release;
  }
  std::ranges::copy(row(state_row), state.history.row(static_cast<std::size_t>(step) + 1).begin());
}

void LakeModel::write_outcomes(const State& state, const sim::Lanes& lanes,
                               sim::OutcomeBlock& block) const {
  const auto years = static_cast<double>(settings_.years);
  for (std::size_t year = 0; year < settings_.years; ++year) {
    std::ranges::copy(state.history.row(year), block.row(0, year).begin());
  }
  for (std::size_t lane = 0; lane < lanes.padded(); ++lane) {
    block.row(1)[lane] = state.now.row(utility_row)[lane];
    block.row(2)[lane] = state.now.row(steady_row)[lane] / years;
    block.row(3)[lane] = state.now.row(below_row)[lane] / years;
  }
}

}  // namespace panj::explore
