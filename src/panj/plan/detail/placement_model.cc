// SPDX-License-Identifier: Apache-2.0
#include "panj/plan/detail/placement_model.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "panj/plan/placement_evaluate.h"

namespace panj::plan::detail {
namespace {

/// Both forms of loss are linear in the attempts: without a measure of risk their mean is enough.
void take_scenarios(const PlacementInstance& instance, PlacementModel& model) {
  if (model.has_risk()) {
    model.probability = probabilities(instance);
    for (const AttemptScenario& scenario : instance.scenarios) {
      model.attempts.push_back(scenario.attempts);
    }
    return;
  }
  std::vector<double> sum(model.cells());
  for (const AttemptScenario& scenario : instance.scenarios) {
    for (std::size_t c = 0; c < sum.size(); ++c) {
      sum[c] += scenario.probability * scenario.attempts[c];
    }
  }
  model.probability = {1.0};
  model.attempts.push_back(std::move(sum));
}

void take_money(const PlacementInstance& instance, PlacementModel& model) {
  model.carry_over = instance.carry_over;
  for (std::size_t h = 0; h < model.levels; ++h) {
    const std::vector<double>& budget = instance.budget(h);
    double carried = 0;
    for (const double amount : budget) {
      carried += amount;
      model.budget.push_back(instance.carry_over ? carried : amount);
    }
  }
  model.unit_spend.assign(model.kinds * model.years * model.years, 0.0);
  for (std::size_t k = 0; k < model.kinds; ++k) {
    const EquipmentKind& kind = instance.kinds[k];
    for (std::size_t delivered = model.lag[k]; delivered < model.years; ++delivered) {
      double* row = &model.unit_spend[(k * model.years + delivered) * model.years];
      double sum = 0;
      for (std::size_t t = delivered - model.lag[k]; t < model.years; ++t) {
        double spent = t + model.lag[k] == delivered ? kind.price : 0.0;
        if (t >= delivered) spent += kind.upkeep_per_year;
        sum += spent;
        row[t] = instance.carry_over ? sum : spent;
      }
    }
  }
}

/// Units of one kind that the largest budget could pay, all else left out.
int affordable(const PlacementModel& model, std::size_t k, int wanted) {
  double most = 0;
  for (std::size_t delivered = model.lag[k]; delivered < model.years; ++delivered) {
    double units = wanted;
    for (std::size_t t = 0; t < model.years; ++t) {
      const double each = model.spend_of(k, delivered)[t];
      if (each <= 0) continue;
      double money = 0;
      for (std::size_t h = 0; h < model.levels; ++h) {
        money = std::max(money, model.budget[h * model.years + t]);
      }
      units = std::min(units, std::floor(money / each + 1e-9));
    }
    most += std::max(0.0, units);
  }
  return static_cast<int>(std::min<double>(wanted, most));
}

void take_units(const PlacementInstance& instance, PlacementModel& model) {
  for (std::size_t k = 0; k < model.kinds; ++k) {
    for (std::size_t a = 0; a < model.types; ++a) {
      model.miss.push_back(1 - instance.kinds[k].detect[a]);
    }
  }
  for (std::size_t i = 0; i < model.stretches; ++i) {
    for (std::size_t a = 0; a < model.types; ++a) {
      double loss = instance.loss[i * model.types + a];
      for (std::size_t k = 0; k < model.kinds; ++k) {
        loss *= std::pow(model.miss[k * model.types + a], instance.existing[i * model.kinds + k]);
      }
      model.initial_loss.push_back(loss);
    }
  }
  for (std::size_t t = 0; t < model.years; ++t) {
    for (std::size_t i = 0; i < model.stretches; ++i) {
      const int missing = instance.min_posts[i] - instance.existing[i * model.kinds];
      const bool needed = instance.years[t] >= instance.min_posts_from_year;
      model.required.push_back(needed ? std::max(0, missing) : 0);
    }
  }
}

/// The mean of the worst 100 % of futures is the mean.
PlacementGoal goal_of(const PlacementInstance& instance) {
  const bool mean = instance.goal == PlacementGoal::cvar && instance.alpha == 0;
  return mean ? PlacementGoal::expected : instance.goal;
}

}  // namespace

PlacementModel::PlacementModel(const PlacementInstance& instance)
    : stretches(instance.stretches.size()),
      years(instance.years.size()),
      types(instance.types.size()),
      kinds(instance.kinds.size()),
      levels(instance.levels()),
      goal(goal_of(instance)),
      alpha(instance.alpha),
      share(instance.displacement.share),
      reach(std::min(static_cast<std::size_t>(instance.displacement.reach), stretches - 1)) {
  for (std::size_t d = 0; d <= reach; ++d) {
    attenuation.push_back(std::pow(instance.displacement.attenuation, static_cast<double>(d)));
  }
  level_weight = goal == PlacementGoal::nested ? instance.level_weights : std::vector<double>{1.0};
  for (const EquipmentKind& kind : instance.kinds) {
    lag.push_back(static_cast<std::size_t>(kind.delivery_lag_years));
  }
  take_scenarios(instance, *this);
  take_money(instance, *this);
  take_units(instance, *this);
  constexpr int kUnlimited = 1000;
  for (std::size_t k = 0; k < kinds; ++k) {
    cap.push_back(affordable(*this, k, instance.kinds[k].max_per_stretch.value_or(kUnlimited)));
    // A price far beyond all money would wipe out what is counted beside it.
    if (cap.back() == 0) std::fill_n(&unit_spend[k * years * years], years * years, 0.0);
  }
}

double PlacementModel::weight_limit(std::size_t s) const {
  if (goal == PlacementGoal::regret) return 1;
  return goal == PlacementGoal::cvar ? probability[s] / (1 - alpha) : probability[s];
}

}  // namespace panj::plan::detail
