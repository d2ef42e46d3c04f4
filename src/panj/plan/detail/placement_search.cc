// SPDX-License-Identifier: Apache-2.0
#include "panj/plan/detail/placement_search.h"

#include <algorithm>
#include <cmath>

#include "panj/core/random.h"

namespace panj::plan::detail {
namespace {

/// One running search.
class Annealing {
 public:
  Annealing(const PlacementInstance& instance, const PlacementModel& model,
            const SearchOptions& options)
      : instance_(instance),
        model_(model),
        options_(options),
        random_(options.seed, {.replicate = options.chain, .kind = 601}),
        state_(model) {
    for (std::size_t k = 0; k < model.kinds; ++k) {
      if (model.cap[k] > 0 && model.lag[k] < model.years) usable_.push_back(k);
    }
  }

  std::vector<Purchases> run(std::vector<Purchases> plan) {
    state_.load(plan);
    if (usable_.empty()) return plan;
    list_units();
    best_ = std::move(plan);
    best_value_ = state_.value();
    best_spend_ = state_.total_spend();
    const double first = std::max(1e-12, options_.start_temperature * typical_value());
    const double cooling = std::log(options_.end_temperature / options_.start_temperature);
    constexpr std::uint64_t kRefresh = 4096;
    double temperature = first;
    for (std::uint64_t step = 0; step < options_.steps; ++step) {
      if (step % 64 == 0) {
        temperature = first * std::exp(cooling * static_cast<double>(step) /
                                       static_cast<double>(options_.steps));
      }
      if (step % kRefresh == 0) {
        if (options_.stop()) break;
        state_.refresh();
      }
      try_change(temperature);
    }
    return best_;
  }

 private:
  std::size_t below(std::size_t n) {
    return std::min(n - 1, static_cast<std::size_t>(random_.uniform() * static_cast<double>(n)));
  }

  /// A regret may be small although losses are not.
  double typical_value() const {
    double value = std::abs(best_value_);
    for (const double loss : model_.best_losses) value = std::max(value, loss);
    return value;
  }

  void list_units() {
    units_.clear();
    for (std::size_t i = 0; i < model_.stretches; ++i) {
      for (std::size_t k = 0; k < model_.kinds; ++k) {
        for (std::size_t h = 0; h < model_.levels; ++h) {
          for (std::size_t t = 0; t < model_.years; ++t) {
            for (int n = state_.bought(i, k, h, t); n > 0; --n) units_.push_back({i, k, h, t, -1});
          }
        }
      }
    }
  }

  UnitChange any_purchase() {
    constexpr double kGuided = 0.7;
    if (!options_.guide.empty() && random_.uniform() < kGuided) {
      return options_.guide[below(options_.guide.size())];
    }
    const std::size_t k = usable_[below(usable_.size())];
    return {below(model_.stretches), k, below(model_.levels),
            model_.lag[k] + below(model_.years - model_.lag[k]), 1};
  }

  /// The same unit at another time, of another kind, elsewhere, or at another level.
  UnitChange variation(UnitChange unit) {
    const UnitChange other = any_purchase();
    const std::size_t what = below(model_.levels > 1 ? 4 : 3);
    if (what == 0) unit.year = model_.lag[unit.kind] + below(model_.years - model_.lag[unit.kind]);
    if (what == 1) {
      unit.kind = other.kind;
      unit.year = std::max(unit.year, model_.lag[unit.kind]);
    }
    if (what == 2) unit.stretch = other.stretch;
    if (what == 3) unit.level = other.level;
    unit.units = 1;
    return unit;
  }

  void drop_some(std::size_t count) {
    for (std::size_t n = 0; n < count && n < units_.size(); ++n) {
      const std::size_t last = units_.size() - 1 - n;
      std::swap(units_[below(last + 1)], units_[last]);
      changes_.push_back(units_[last]);
    }
  }

  /// Dropped units are moved to the end of `units_`.
  std::size_t propose() {
    changes_.clear();
    const double kind = random_.uniform();
    if (units_.empty() || kind < 0.08) {
      changes_.push_back(any_purchase());
      return 0;
    }
    if (kind < 0.1) {
      drop_some(1);
      return 1;
    }
    if (kind < 0.4) {
      drop_some(1);
      changes_.push_back(variation(changes_[0]));
      return 1;
    }
    if (kind < 0.6) {
      drop_some(1);
      changes_.push_back(any_purchase());
      return 1;
    }
    if (kind < 0.75) {
      drop_some(1);
      changes_.push_back(kind < 0.68 ? any_purchase() : variation(changes_[0]));
      changes_.push_back(any_purchase());
      return 1;
    }
    const std::size_t dropped = std::min<std::size_t>(2, units_.size());
    drop_some(2);
    changes_.push_back(kind < 0.87 ? any_purchase() : variation(changes_[0]));
    if (kind > 0.8) changes_.push_back(variation(changes_[dropped - 1]));
    if (kind > 0.96) changes_.push_back(any_purchase());
    return dropped;
  }

  void try_change(double temperature) {
    const std::size_t dropped = propose();
    if (!state_.allows(changes_)) return;
    const double limit = state_.value() - temperature * std::log(random_.uniform());
    if (state_.apply(changes_, limit) > limit) {
      state_.undo();
      return;
    }
    state_.keep();
    units_.resize(units_.size() - dropped);
    for (std::size_t c = dropped; c < changes_.size(); ++c) {
      units_.push_back(changes_[c]);
      units_.back().units = -1;
    }
    remember();
  }

  void remember() {
    const double same = 1e-11 * std::max(1e-9, typical_value());
    if (state_.value() > best_value_ + same) return;
    if (state_.value() > best_value_ - same && state_.total_spend() > best_spend_ - 1e-9) return;
    best_value_ = state_.value();
    best_spend_ = state_.total_spend();
    best_ = state_.plan(instance_);
  }

  const PlacementInstance& instance_;
  const PlacementModel& model_;
  const SearchOptions& options_;
  RandomStream random_;
  PlanState state_;
  std::vector<std::size_t> usable_;
  std::vector<UnitChange> units_;  ///< one entry a unit
  std::vector<UnitChange> changes_;
  std::vector<Purchases> best_;
  double best_value_ = 0;
  double best_spend_ = 0;
};

}  // namespace

std::vector<Purchases> search_plan(const PlacementInstance& instance, const PlacementModel& model,
                                   std::vector<Purchases> plan, const SearchOptions& options) {
  return Annealing(instance, model, options).run(std::move(plan));
}

}  // namespace panj::plan::detail
