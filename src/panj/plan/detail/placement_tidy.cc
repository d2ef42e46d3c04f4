// SPDX-License-Identifier: Apache-2.0
#include "panj/plan/detail/placement_tidy.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "panj/plan/detail/placement_state.h"

namespace panj::plan::detail {
namespace {

constexpr double kSame = 1e-12;
constexpr double kSaves = 1e-9;

/// Tries one change; keeps it when the value stays (or falls) and money is saved, or the same money
/// is spent on a plan that comes first.
class Tidier {
 public:
  Tidier(const PlacementModel& model, PlanState& state) : model_(model), state_(state) {}

  bool tidy_once() {
    bool changed = false;
    for (std::size_t t = 0; t < model_.years; ++t) {
      for (std::size_t i = 0; i < model_.stretches; ++i) {
        for (std::size_t k = 0; k < model_.kinds; ++k) {
          for (std::size_t h = 0; h < model_.levels; ++h) {
            if (state_.bought(i, k, h, t) > 0) changed = tidy_unit({i, k, h, t, -1}) || changed;
          }
        }
      }
    }
    return changed;
  }

 private:
  bool tidy_unit(const UnitChange& unit) {
    if (improves({unit})) return true;
    for (std::size_t level = unit.level + 1; level < model_.levels; ++level) {
      if (improves({unit, {unit.stretch, unit.kind, level, unit.year, 1}})) return true;
    }
    for (std::size_t k = 0; k < model_.kinds; ++k) {
      for (std::size_t t = model_.lag[k]; t < model_.years; ++t) {
        if (k == unit.kind && t == unit.year) continue;
        if (improves({unit, {unit.stretch, k, unit.level, t, 1}})) return true;
      }
    }
    return false;
  }

  bool improves(const std::vector<UnitChange>& changes) {
    if (!state_.allows(changes)) return false;
    const double value = state_.value();
    const double spend = state_.total_spend();
    const double scale = std::max(1e-9, std::abs(value));
    state_.apply(changes);
    const bool better = state_.value() < value - 1e-11 * scale;
    const bool same = state_.value() <= value + kSame * scale;
    if (better || (same && state_.total_spend() < spend - kSaves)) return true;
    state_.undo();
    return false;
  }

  const PlacementModel& model_;
  PlanState& state_;
};

}  // namespace

std::vector<Purchases> tidy_plan(const PlacementInstance& instance, const PlacementModel& model,
                                 std::vector<Purchases> plan) {
  PlanState state(model);
  state.load(plan);
  Tidier tidier(model, state);
  constexpr int kMostRounds = 100;
  for (int round = 0; round < kMostRounds && tidier.tidy_once(); ++round) state.refresh();
  return state.plan(instance);
}

}  // namespace panj::plan::detail
