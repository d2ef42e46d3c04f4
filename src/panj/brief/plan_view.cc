// SPDX-License-Identifier: Apache-2.0
#include "panj/brief/plan_view.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "panj/brief/wording.h"
#include "panj/core/contract.h"
#include "panj/plan/placement_report.h"

namespace panj::brief {
namespace {

/// One purchase for a stretch and kind in all its years.
struct Buy {
  std::size_t stretch;
  std::size_t kind;
  std::vector<plan::Purchase> by_year{};
  int units = 0;
};

std::vector<Buy> merged(const std::vector<plan::Purchase>& purchases) {
  std::vector<Buy> buys;
  for (const plan::Purchase& purchase : purchases) {
    auto same = std::ranges::find_if(buys, [&](const Buy& b) {
      return b.stretch == purchase.stretch && b.kind == purchase.kind;
    });
    if (same == buys.end()) {
      same = buys.insert(buys.end(), {.stretch = purchase.stretch, .kind = purchase.kind});
    }
    same->by_year.push_back(purchase);
    same->units += purchase.units;
  }
  return buys;
}

/// "3 × sensor on s04 in 2027", "3 × sensor on s04 (2 in 2027, 1 in 2028)"
std::string in_words(const plan::PlacementInstance& instance, Buy buy) {
  std::ranges::sort(buy.by_year, {}, &plan::Purchase::year);
  const std::string what = fmt::format("{} × {} on {}", buy.units, instance.kinds[buy.kind].name,
                                       instance.stretches[buy.stretch]);
  if (buy.by_year.size() == 1) {
    return fmt::format("{} in {}", what, instance.years[buy.by_year.front().year]);
  }
  std::string years;
  for (const plan::Purchase& purchase : buy.by_year) {
    years += fmt::format("{}{} in {}", years.empty() ? "" : ", ", purchase.units,
                         instance.years[purchase.year]);
  }
  return fmt::format("{} ({})", what, years);
}

std::string next_million(const plan::PlacementStudy& study) {
  const auto& instance = study.plan.instance;
  const std::string money = fmt::format("{} M$ more in {}", millions(study.next.extra_budget),
                                        instance.years[study.next.year]);
  if (study.next.buys.empty()) {
    return fmt::format("{} would buy nothing that helps: units cost more.", money);
  }
  std::string buys;
  for (const Buy& buy : merged(study.next.buys)) {
    buys += (buys.empty() ? "" : ", ") + in_words(instance, buy);
  }
  const char* const best = study.next.proven ? "The best use" : "The best use found";
  return fmt::format("{} of {}: {}. It avoids {} of what is left of harm.", best, money, buys,
                     percent(study.next.loss_avoided / study.plan.result.value));
}

PlanRegret regret_of(const plan::FutureRegret& regret, std::string rivals) {
  return {.rivals = std::move(rivals),
          .futures = regret.futures,
          .better = regret.better,
          .mean = regret.mean,
          .error = regret.error,
          .largest = regret.largest};
}

}  // namespace

Investment investment_of(const plan::PlacementStudy& study) {
  const plan::PlacementInstance& instance = study.plan.instance;
  const plan::PlacementResult& result = study.plan.result;
  Investment investment{
      .years = instance.years,
      .value = result.value,
      .unprotected = plan::value_of_nothing(instance, result),
      .gap = result.value > 0 ? (result.value - result.bound) / result.value : 0.0,
      .regret = {},
      .sampling_low = study.gap.out_of_sample.value - study.gap.out_of_sample.error,
      .sampling_high = study.gap.out_of_sample.value + study.gap.out_of_sample.error,
      .next_million = next_million(study),
      .verdict = study.verdict};
  for (std::size_t t = 0; t < instance.years.size(); ++t) {
    for (std::size_t i = 0; i < instance.stretches.size(); ++i) {
      for (std::size_t k = 0; k < instance.kinds.size(); ++k) {
        const int units = result.plan.front().at(i, k, t);
        if (units == 0) continue;
        investment.purchases.push_back({instance.stretches[i], instance.years[t],
                                        instance.kinds[k].name, units,
                                        units * instance.kinds[k].price});
      }
    }
  }
  if (study.contest) {
    investment.against_mean = 100 * study.contest->mean;
    investment.against_low = 100 * study.contest->low;
    investment.against_high = 100 * study.contest->high;
  }
  if (study.regret) investment.regret = regret_of(*study.regret, study.rival);
  return investment;
}

Patrol patrol_of(const plan::TheatrePatrol& plan) {
  Patrol patrol{.resources = plan.game.resources,
                .gap = plan.patrol.value < 0
                           ? (plan.patrol.bound - plan.patrol.value) / -plan.patrol.value
                           : 0.0,
                .regret = regret_of(plan.regret,
                                    "the best of today's patrols, patrols by length and patrols "
                                    "placed anew each month"),
                .note = fmt::format("{} mobile and air teams, shared out evenly. {}",
                                    count(plan.teams), plan.verdict)};
  for (std::size_t i = 0; i < plan.stretches.size(); ++i) {
    patrol.cover.push_back({plan.stretches[i], plan.patrol.coverage[i]});
  }
  return patrol;
}

ExerciseCalendar calendar_of(const plan::TheatreCalendar& plan,
                             const plan::CalendarContest& contest) {
  PANJ_EXPECT(plan.calendar.has_value());
  const double value = plan.calendar->value;
  ExerciseCalendar calendar{
      .weakest = value,
      .gap = value > 0 ? (plan.calendar->bound - value) / value : 0.0,
      .regret = regret_of(contest.regret, "exercises as practised"),
      .note = fmt::format("In the months and by the members of today readiness would fall to {}. "
                          "{}",
                          percent(plan.practised), contest.verdict)};
  for (const plan::Exercise& held : plan.calendar->exercises) {
    Exercise exercise{.month = panj::to_string(plan.problem.first + static_cast<int>(held.month)),
                      .region = plan.problem.regions[held.region],
                      .cost = plan::total_cost(plan.problem, {held})};
    for (const std::size_t member : held.members) {
      exercise.members.push_back(plan.problem.members[member]);
    }
    calendar.exercises.push_back(std::move(exercise));
  }
  return calendar;
}

}  // namespace panj::brief
