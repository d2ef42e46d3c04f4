// SPDX-License-Identifier: Apache-2.0
#include "panj/plan/placement_evaluate.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "panj/core/contract.h"

namespace panj::plan {
namespace {

/// Of the money there is: an overspend by less is rounding.
constexpr double kMoneyTolerance = 1e-6;

std::vector<double> spend_per_year(const PlacementInstance& instance, const Purchases& plan) {
  std::vector<double> spend(plan.years());
  for (std::size_t t = 0; t < plan.years(); ++t) {
    for (std::size_t i = 0; i < plan.stretches(); ++i) {
      for (std::size_t k = 0; k < plan.kinds(); ++k) {
        const EquipmentKind& kind = instance.kinds[k];
        const int delivered =
            in_service(instance, plan, i, k, t) - instance.existing[i * instance.kinds.size() + k];
        spend[t] += kind.price * plan.at(i, k, t) + kind.upkeep_per_year * delivered;
      }
    }
  }
  return spend;
}

std::vector<double> unspent_per_year(const PlacementInstance& instance,
                                     const std::vector<double>& budget,
                                     const std::vector<double>& spend) {
  std::vector<double> unspent(spend.size());
  double carried = 0;
  for (std::size_t t = 0; t < spend.size(); ++t) {
    unspent[t] = budget[t] - spend[t] + carried;
    if (instance.carry_over) carried = unspent[t];
  }
  return unspent;
}

void check_money(const PlacementInstance& instance, const std::vector<double>& budget,
                 const std::vector<double>& unspent, std::vector<std::string>& violations) {
  double money = 0;
  for (std::size_t t = 0; t < unspent.size(); ++t) {
    money = budget[t] + (instance.carry_over ? money : 0);
    if (unspent[t] >= -kMoneyTolerance * money) continue;
    violations.push_back(
        fmt::format("{} spends {:.6g} more than there is", instance.years[t], -unspent[t]));
  }
}

void check_units(const PlacementInstance& instance, const Purchases& plan,
                 std::vector<std::string>& violations) {
  for (std::size_t i = 0; i < plan.stretches(); ++i) {
    for (std::size_t k = 0; k < plan.kinds(); ++k) {
      const EquipmentKind& kind = instance.kinds[k];
      int bought = 0;
      for (std::size_t t = 0; t < plan.years(); ++t) {
        const int units = plan.at(i, k, t);
        bought += units;
        if (units < 0) violations.push_back(fmt::format("{} units of {}", units, kind.name));
        if (units > 0 && t + static_cast<std::size_t>(kind.delivery_lag_years) >= plan.years()) {
          violations.push_back(fmt::format("{} bought for {} in {} comes after the last year",
                                           kind.name, instance.stretches[i], instance.years[t]));
        }
      }
      if (kind.max_per_stretch && bought > *kind.max_per_stretch) {
        violations.push_back(fmt::format("{} {} bought for {}, {} allowed", bought, kind.name,
                                         instance.stretches[i], *kind.max_per_stretch));
      }
    }
  }
}

void check_posts(const PlacementInstance& instance, const Purchases& plan,
                 std::vector<std::string>& violations) {
  for (std::size_t t = 0; t < plan.years(); ++t) {
    if (instance.years[t] < instance.min_posts_from_year) continue;
    for (std::size_t i = 0; i < plan.stretches(); ++i) {
      const int posts = in_service(instance, plan, i, 0, t);
      if (posts < instance.min_posts[i]) {
        violations.push_back(fmt::format("{} has {} posts in {}, {} are needed",
                                         instance.stretches[i], posts, instance.years[t],
                                         instance.min_posts[i]));
      }
    }
  }
}

void check_nesting(const Purchases& smaller, const Purchases& larger,
                   std::vector<std::string>& violations) {
  for (std::size_t i = 0; i < smaller.stretches(); ++i) {
    for (std::size_t k = 0; k < smaller.kinds(); ++k) {
      for (std::size_t t = 0; t < smaller.years(); ++t) {
        if (larger.at(i, k, t) >= smaller.at(i, k, t)) continue;
        violations.emplace_back("a level's plan is not part of the next level's");
        return;
      }
    }
  }
}

double regret(const std::vector<double>& losses, const std::vector<double>& best) {
  PANJ_EXPECT(losses.size() == best.size());
  double worst = -std::numeric_limits<double>::infinity();
  for (std::size_t s = 0; s < losses.size(); ++s) worst = std::max(worst, losses[s] - best[s]);
  return worst;
}

double value_of(const PlacementInstance& instance, const PlacementEvaluation& evaluation,
                const std::vector<double>& best_losses) {
  const std::vector<double> weights = probabilities(instance);
  switch (instance.goal) {
    case PlacementGoal::expected:
      return mean(evaluation.losses[0], weights);
    case PlacementGoal::cvar:
      return cvar(evaluation.losses[0], weights, instance.alpha);
    case PlacementGoal::regret:
      return regret(evaluation.losses[0], best_losses);
    case PlacementGoal::nested:
      break;
  }
  double value = 0;
  for (std::size_t h = 0; h < instance.levels(); ++h) {
    value += instance.level_weights[h] * mean(evaluation.losses[h], weights);
  }
  return value;
}

}  // namespace

int in_service(const PlacementInstance& instance, const Purchases& plan, std::size_t stretch,
               std::size_t kind, std::size_t year) {
  int units = instance.existing[stretch * instance.kinds.size() + kind];
  const auto lag = static_cast<std::size_t>(instance.kinds[kind].delivery_lag_years);
  for (std::size_t bought = 0; bought + lag <= year; ++bought) {
    units += plan.at(stretch, kind, bought);
  }
  return units;
}

std::vector<double> undetected_loss(const PlacementInstance& instance, const Purchases& plan) {
  const std::size_t types = instance.types.size();
  std::vector<double> cells(plan.years() * plan.stretches() * types);
  for (std::size_t t = 0; t < plan.years(); ++t) {
    for (std::size_t i = 0; i < plan.stretches(); ++i) {
      for (std::size_t a = 0; a < types; ++a) {
        double missed = 1;
        for (std::size_t k = 0; k < plan.kinds(); ++k) {
          missed *= std::pow(1 - instance.kinds[k].detect[a], in_service(instance, plan, i, k, t));
        }
        cells[instance.cell(t, i, a)] = instance.loss[i * types + a] * missed;
      }
    }
  }
  return cells;
}

std::vector<double> displaced_loss(const PlacementInstance& instance,
                                   const std::vector<double>& undetected) {
  const int stretches = static_cast<int>(instance.stretches.size());
  std::vector<double> cells(undetected.size());
  for (std::size_t t = 0; t < instance.years.size(); ++t) {
    for (int i = 0; i < stretches; ++i) {
      for (std::size_t a = 0; a < instance.types.size(); ++a) {
        double worst = 0;
        const int last =
            std::min(stretches - 1, i + std::min(instance.displacement.reach, stretches));
        for (int j = std::max(0, i - instance.displacement.reach); j <= last; ++j) {
          const double weakened = std::pow(instance.displacement.attenuation, std::abs(i - j));
          worst = std::max(worst,
                           weakened * undetected[instance.cell(t, static_cast<std::size_t>(j), a)]);
        }
        cells[instance.cell(t, static_cast<std::size_t>(i), a)] = worst;
      }
    }
  }
  return cells;
}

double loss_of(const PlacementInstance& instance, const AttemptScenario& scenario,
               const std::vector<double>& undetected, const std::vector<double>& displaced) {
  const double share = instance.displacement.share;
  double loss = 0;
  for (std::size_t c = 0; c < undetected.size(); ++c) {
    loss += scenario.attempts[c] * ((1 - share) * undetected[c] + share * displaced[c]);
  }
  return loss;
}

double mean(const std::vector<double>& losses, const std::vector<double>& probabilities) {
  return std::inner_product(losses.begin(), losses.end(), probabilities.begin(), 0.0);
}

double cvar(const std::vector<double>& losses, const std::vector<double>& probabilities,
            double alpha) {
  std::vector<std::size_t> order(losses.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order,
                           [&](std::size_t a, std::size_t b) { return losses[a] > losses[b]; });
  double left = 1 - alpha;
  double sum = 0;
  for (const std::size_t s : order) {
    const double taken = std::min(left, probabilities[s]);
    sum += taken * losses[s];
    left -= taken;
  }
  return sum / (1 - alpha - left);
}

std::vector<double> probabilities(const PlacementInstance& instance) {
  std::vector<double> weights;
  weights.reserve(instance.scenarios.size());
  for (const AttemptScenario& scenario : instance.scenarios)
    weights.push_back(scenario.probability);
  return weights;
}

PlacementEvaluation evaluate(const PlacementInstance& instance, const std::vector<Purchases>& plan,
                             const std::vector<double>& best_losses) {
  PANJ_EXPECT(plan.size() == instance.levels());
  PlacementEvaluation evaluation;
  for (std::size_t h = 0; h < plan.size(); ++h) {
    const std::vector<double> undetected = undetected_loss(instance, plan[h]);
    const std::vector<double> displaced = displaced_loss(instance, undetected);
    std::vector<double>& losses = evaluation.losses.emplace_back();
    for (const AttemptScenario& scenario : instance.scenarios) {
      losses.push_back(loss_of(instance, scenario, undetected, displaced));
    }
    evaluation.spend.push_back(spend_per_year(instance, plan[h]));
    evaluation.unspent.push_back(
        unspent_per_year(instance, instance.budget(h), evaluation.spend.back()));
    check_money(instance, instance.budget(h), evaluation.unspent[h], evaluation.violations);
    check_units(instance, plan[h], evaluation.violations);
    check_posts(instance, plan[h], evaluation.violations);
    if (h > 0) check_nesting(plan[h - 1], plan[h], evaluation.violations);
  }
  evaluation.value = value_of(instance, evaluation, best_losses);
  return evaluation;
}

}  // namespace panj::plan
