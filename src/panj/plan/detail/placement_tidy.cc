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

  /// Of stretches that nothing tells apart the first gets what is bought first.
  bool order_alike() {
    bool changed = false;
    for (std::size_t first = 0; first < model_.stretches; ++first) {
      for (std::size_t later = first + 1; later < model_.stretches; ++later) {
        if (comes_first(later, first) && alike(first, later)) {
          changed = improves(exchange(first, later), true) || changed;
        }
      }
    }
    return changed;
  }

 private:
  /// Whether more is bought for stretch a where the two differ first, by year and kind.
  bool comes_first(std::size_t a, std::size_t b) const {
    for (std::size_t h = 0; h < model_.levels; ++h) {
      for (std::size_t bought = 0; bought < model_.years; ++bought) {
        for (std::size_t k = 0; k < model_.kinds; ++k) {
          const std::size_t t = bought + model_.lag[k];
          if (t >= model_.years) continue;
          const int difference = state_.bought(a, k, h, t) - state_.bought(b, k, h, t);
          if (difference != 0) return difference > 0;
        }
      }
    }
    return false;
  }
  bool alike(std::size_t i, std::size_t j) const {
    for (std::size_t a = 0; a < model_.types; ++a) {
      if (model_.initial_loss[i * model_.types + a] != model_.initial_loss[j * model_.types + a]) {
        return false;
      }
      for (std::size_t t = 0; t < model_.years; ++t) {
        for (const std::vector<double>& future : model_.attempts) {
          if (future[model_.cell(t, i, a)] != future[model_.cell(t, j, a)]) return false;
        }
      }
    }
    return true;
  }
  std::vector<UnitChange> exchange(std::size_t i, std::size_t j) const {
    std::vector<UnitChange> changes;
    for (std::size_t k = 0; k < model_.kinds; ++k) {
      for (std::size_t h = 0; h < model_.levels; ++h) {
        for (std::size_t t = model_.lag[k]; t < model_.years; ++t) {
          const int more = state_.bought(j, k, h, t) - state_.bought(i, k, h, t);
          if (more == 0) continue;
          changes.push_back({i, k, h, t, more});
          changes.push_back({j, k, h, t, -more});
        }
      }
    }
    return changes;
  }

  bool tidy_unit(const UnitChange& unit) {
    if (improves({unit})) return true;
    for (std::size_t level = unit.level + 1; level < model_.levels; ++level) {
      if (improves({unit, {unit.stretch, unit.kind, level, unit.year, 1}})) return true;
    }
    for (std::size_t k = 0; k < model_.kinds; ++k) {
      for (std::size_t t = model_.lag[k]; t < model_.years; ++t) {
        if (k == unit.kind && t == unit.year) continue;
        const std::size_t now = unit.year - model_.lag[unit.kind];
        const std::size_t then = t - model_.lag[k];
        const bool sooner = then < now || (then == now && k < unit.kind);
        if (improves({unit, {unit.stretch, k, unit.level, t, 1}}, sooner)) return true;
      }
    }
    for (std::size_t first = 0; first < unit.stretch; ++first) {
      if (improves({unit, {first, unit.kind, unit.level, unit.year, 1}}, true)) return true;
    }
    return false;
  }

  /// `at_same_cost`: what comes first is reason enough.
  bool improves(const std::vector<UnitChange>& changes, bool at_same_cost = false) {
    if (!state_.allows(changes)) return false;
    const double value = state_.value();
    const double spend = state_.total_spend();
    const double scale = std::max(1e-9, std::abs(value));
    state_.apply(changes);
    const bool better = state_.value() < value - 1e-11 * scale;
    const bool same = state_.value() <= value + kSame * scale;
    const double enough = at_same_cost ? spend + kSaves : spend - kSaves;
    if (better || (same && state_.total_spend() < enough)) return true;
    state_.undo();
    return false;
  }

  const PlacementModel& model_;
  PlanState& state_;
};

}  // namespace

std::vector<Purchases> tidy_plan(const PlacementInstance& instance, const PlacementModel& model,
                                 const std::vector<Purchases>& plan) {
  PlanState state(model);
  state.load(plan);
  Tidier tidier(model, state);
  constexpr int kMostRounds = 100;
  for (int round = 0; round < kMostRounds; ++round) {
    if (!tidier.tidy_once() && !tidier.order_alike()) break;
    state.refresh();
  }
  return state.plan(instance);
}

}  // namespace panj::plan::detail
