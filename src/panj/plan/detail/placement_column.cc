// SPDX-License-Identifier: Apache-2.0
#include "panj/plan/detail/placement_column.h"

#include "panj/core/contract.h"

namespace panj::plan::detail {

Column make_column(const PlacementModel& model, const StateSpace& states, Path path) {
  Column column;
  column.loss.resize(model.levels * model.years * model.types);
  column.spend.resize(model.levels * model.years);
  for (std::size_t h = 0; h < model.levels; ++h) {
    std::size_t before = 0;
    for (std::size_t t = 0; t < model.years; ++t) {
      const std::size_t state = path.states[t];
      for (std::size_t a = 0; a < model.types; ++a) {
        column.loss[(h * model.years + t) * model.types + a] =
            model.initial_loss[path.stretch * model.types + a] * states.missed(h, a)[state];
      }
      for (std::size_t k = 0; k < model.kinds; ++k) {
        const int bought = states.units(state, k, h) - states.units(before, k, h);
        if (bought == 0) continue;
        PANJ_EXPECT(bought > 0 && t >= model.lag[k]);
        for (std::size_t row = 0; row < model.years; ++row) {
          column.spend[h * model.years + row] += bought * model.spend_of(k, t)[row];
        }
      }
      before = state;
    }
  }
  column.path = std::move(path);
  return column;
}

bool obeys(const PlacementModel& model, const StateSpace& states, const UnitLimits& limits,
           const Path& path) {
  for (std::size_t h = 0; h < model.levels; ++h) {
    for (std::size_t t = 0; t < model.years; ++t) {
      const std::size_t at = ((h * model.years + t) * model.stretches + path.stretch) * model.kinds;
      for (std::size_t k = 0; k < model.kinds; ++k) {
        const int units = states.units(path.states[t], k, h);
        if (units < limits.low[at + k] || units > limits.high[at + k]) return false;
      }
    }
  }
  return true;
}

std::vector<Purchases> to_purchases(const PlacementInstance& instance, const StateSpace& states,
                                    const std::vector<Path>& paths) {
  std::vector<Purchases> plan(instance.levels(), Purchases(instance));
  for (const Path& path : paths) {
    for (std::size_t h = 0; h < plan.size(); ++h) {
      std::size_t before = 0;
      for (std::size_t t = 0; t < path.states.size(); ++t) {
        for (std::size_t k = 0; k < instance.kinds.size(); ++k) {
          const int bought = states.units(path.states[t], k, h) - states.units(before, k, h);
          if (bought == 0) continue;
          const auto lag = static_cast<std::size_t>(instance.kinds[k].delivery_lag_years);
          plan[h].at(path.stretch, k, t - lag) = bought;
        }
        before = path.states[t];
      }
    }
  }
  return plan;
}

std::vector<Path> to_paths(const PlacementModel& model, const StateSpace& states,
                           const std::vector<Purchases>& plan) {
  std::vector<Path> paths;
  paths.reserve(model.stretches);
  for (std::size_t i = 0; i < model.stretches; ++i) {
    Path& path = paths.emplace_back();
    path.stretch = i;
    std::vector<int> units(model.kinds * model.levels);
    for (std::size_t t = 0; t < model.years; ++t) {
      for (std::size_t k = 0; k < model.kinds; ++k) {
        if (t < model.lag[k]) continue;
        for (std::size_t h = 0; h < model.levels; ++h) {
          units[k * model.levels + h] += plan[h].at(i, k, t - model.lag[k]);
        }
      }
      path.states.push_back(static_cast<std::uint32_t>(states.state_of(units)));
    }
  }
  return paths;
}

}  // namespace panj::plan::detail
