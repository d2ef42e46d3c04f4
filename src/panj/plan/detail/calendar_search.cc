// SPDX-License-Identifier: Apache-2.0
#include "panj/plan/detail/calendar_search.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "panj/core/number.h"

namespace panj::plan::detail {
namespace {

constexpr double kTie = 1e-12;

/// The exercises of one region in one month, by set of members.
std::vector<MonthAction> single_actions(const CalendarProblem& problem, std::size_t month,
                                        std::size_t region) {
  std::vector<MonthAction> actions;
  if (problem.region_closed[region][month]) return actions;
  std::vector<std::size_t> ready;
  for (std::size_t k = 0; k < problem.members.size(); ++k) {
    if (!problem.member_away[k][month] && problem.member_exercises_per_year[k] > 0) {
      ready.push_back(k);
    }
  }
  for (std::size_t set = 1; set < (std::size_t{1} << ready.size()); ++set) {
    MonthAction action;
    action.exercises = {{month, region, {}}};
    action.count = 1;
    action.member_uses.assign(problem.members.size(), 0);
    for (std::size_t b = 0; b < ready.size(); ++b) {
      if ((set >> b & 1) == 0) continue;
      action.exercises[0].members.push_back(ready[b]);
      action.member_uses[ready[b]] = 1;
      action.cost += problem.cost[ready[b]][region];
      action.share += problem.member_share[ready[b]];
    }
    if (static_cast<int>(action.exercises[0].members.size()) < problem.min_members) continue;
    const auto takes_part = [&](std::size_t member) { return action.member_uses[member] > 0; };
    if (!std::ranges::all_of(problem.required, takes_part)) continue;
    if (action.cost > problem.budget_per_year[month / 12] + kTie) continue;
    for (const double cover : problem.cover[region]) action.lift.push_back(cover * action.share);
    actions.push_back(std::move(action));
  }
  return actions;
}

/// Whether `a` can stand in for `b` wherever `b` fits; both of one region and month.
bool outdoes(const CalendarProblem& problem, const MonthAction& a, const MonthAction& b) {
  if (a.share < b.share || a.cost > b.cost) return false;
  const std::size_t year = a.exercises[0].month / 12;
  for (std::size_t k = 0; k < a.member_uses.size(); ++k) {
    const bool is_short = problem.member_exercises_per_year[k] < problem.most_per_year[year];
    if (is_short && a.member_uses[k] > b.member_uses[k]) return false;
  }
  return true;
}

std::vector<MonthAction> without_outdone(const CalendarProblem& problem,
                                         std::vector<MonthAction> actions) {
  std::vector<MonthAction> kept;
  for (MonthAction& action : actions) {
    const auto outdoes_it = [&](const MonthAction& other) {
      return outdoes(problem, other, action);
    };
    if (std::ranges::any_of(kept, outdoes_it)) continue;
    std::erase_if(kept, [&](const MonthAction& other) { return outdoes(problem, action, other); });
    kept.push_back(std::move(action));
  }
  return kept;
}

MonthAction together(const MonthAction& a, const MonthAction& b) {
  MonthAction both = a;
  both.exercises.insert(both.exercises.end(), b.exercises.begin(), b.exercises.end());
  both.count += b.count;
  both.cost += b.cost;
  for (std::size_t k = 0; k < both.member_uses.size(); ++k) both.member_uses[k] += b.member_uses[k];
  for (std::size_t i = 0; i < both.lift.size(); ++i) both.lift[i] += b.lift[i];
  return both;
}

bool allowed(const CalendarProblem& problem, std::size_t month, const MonthAction& action) {
  const std::size_t year = month / 12;
  if (action.count > problem.most_per_year[year]) return false;
  if (action.cost > problem.budget_per_year[year] + kTie) return false;
  for (std::size_t k = 0; k < action.member_uses.size(); ++k) {
    if (action.member_uses[k] > problem.member_exercises_per_year[k]) return false;
  }
  return true;
}

/// The least readiness that an exercise takes to `wanted`.
double needed_before(LiftRule rule, double wanted, double lift) {
  switch (rule) {
    case LiftRule::add_cap:
      return std::max(0.0, wanted - lift);
    case LiftRule::reset:
      return std::min(1.0, lift) >= wanted - kTie ? 0.0 : kInfinity;
    case LiftRule::close_gap:
      break;
  }
  return lift >= 1 ? 0.0 : std::max(0.0, (wanted - lift) / (1 - lift));
}

std::vector<MonthAction> month_actions(const CalendarProblem& problem, std::size_t month) {
  std::vector<MonthAction> actions;
  if (problem.closed[month]) return actions;
  for (std::size_t g = 0; g < problem.regions.size(); ++g) {
    const std::vector<MonthAction> here =
        without_outdone(problem, single_actions(problem, month, g));
    const std::size_t before = actions.size();
    for (const MonthAction& one : here) {
      if (allowed(problem, month, one)) actions.push_back(one);
      if (problem.one_per_month) continue;
      for (std::size_t i = 0; i < before; ++i) {
        MonthAction both = together(actions[i], one);
        if (allowed(problem, month, both)) actions.push_back(std::move(both));
      }
    }
  }
  std::ranges::stable_sort(actions, {}, &MonthAction::cost);
  return actions;
}

}  // namespace

std::vector<std::vector<MonthAction>> actions_by_month(const CalendarProblem& problem) {
  std::vector<std::vector<MonthAction>> actions;
  actions.reserve(problem.months);
  for (std::size_t t = 0; t < problem.months; ++t) actions.push_back(month_actions(problem, t));
  return actions;
}

CalendarSearch::CalendarSearch(const CalendarProblem& problem, std::uint64_t most_nodes)
    : problem_(&problem),
      actions_(actions_by_month(problem)),
      decay_(std::exp2(-1 / problem.half_life_months)),
      most_left_(*std::ranges::max_element(problem.most_per_year)),
      most_nodes_(most_nodes) {
  const std::size_t months = problem.months;
  const std::size_t stretches = problem.stretches.size();
  best_lift_.assign(months, std::vector<double>(stretches, 0.0));
  exercises_left_.assign(months + 1, 0);
  cheapest_.assign(months + 1, kInfinity);
  least_cost_after_.assign(months + 1, 0.0);
  for (std::size_t t = months; t-- > 0;) {
    const bool last_of_year = t + 1 == months || (t + 1) % 12 == 0;
    int most = 0;
    double cheapest = kInfinity;
    if (!last_of_year) cheapest = cheapest_[t + 1];
    for (const MonthAction& action : actions_[t]) {
      most = std::max(most, action.count);
      cheapest = std::min(cheapest, action.cost / action.count);
      for (std::size_t i = 0; i < stretches; ++i) {
        best_lift_[t][i] = std::max(best_lift_[t][i], action.lift[i]);
      }
    }
    exercises_left_[t] = most + (last_of_year ? 0 : exercises_left_[t + 1]);
    cheapest_[t] = cheapest;
    least_cost_after_[t] = last_of_year ? 0.0 : least_cost_after_[t + 1];
    if (last_of_year && t + 1 < months) {
      const int fewest = problem.fewest_per_year[(t + 1) / 12];
      least_cost_after_[t] =
          least_cost_after_[t + 1] + (fewest > 0 ? fewest * cheapest_[t + 1] : 0.0);
    }
  }
  before_.assign(months + 1, problem.start_readiness);
  chosen_.assign(months, nullptr);
  too_little_.assign(months, std::vector<double>(problem.regions.size(), 0.0));
  needed_.assign((months + 1) * stretches * static_cast<std::size_t>(most_left_ + 1), 0.0);
  weakest_first_.resize(stretches);
  std::iota(weakest_first_.begin(), weakest_first_.end(), std::size_t{0});
}

/// Where in needed_ the stretches stand, for a month before which `left` exercises are left in its
/// year.
std::size_t CalendarSearch::needed_at(std::size_t month, int left) const {
  const std::size_t row =
      month * static_cast<std::size_t>(most_left_ + 1) + static_cast<std::size_t>(left);
  return row * problem_->stretches.size();
}

void CalendarSearch::set_target(double target) {
  target_ = target;
  const std::size_t months = problem_->months;
  for (std::size_t t = months; t-- > 0;) {
    const bool new_year = t + 1 < months && (t + 1) % 12 == 0;
    for (std::size_t i = 0; i < problem_->stretches.size(); ++i) {
      const auto after = [&](int left) {  // the readiness that must be left after month t
        if (t + 1 == months) return target;
        const int next = new_year ? problem_->most_per_year[(t + 1) / 12] : left;
        const double later = needed_[needed_at(t + 1, next) + i];
        return std::max(target, problem_->floor + (later - problem_->floor) / decay_);
      };
      const double lift = best_lift_[t][i];
      for (int left = 0; left <= most_left_; ++left) {
        double need = after(left);
        if (need > 1 + kTie) need = kInfinity;
        // A month with several exercises uses one of them for this stretch at least.
        const double wanted = left > 0 && lift > 0 ? after(left - 1) : kInfinity;
        if (wanted <= 1 + kTie) {
          need = std::min(need, needed_before(problem_->rule, wanted, lift));
        }
        needed_[needed_at(t, left) + i] = need;
      }
    }
  }
}

/// Whether every stretch alone can stay above the target from the start.
bool CalendarSearch::stretches_can_hold() const {
  const double* const needed = &needed_[needed_at(0, problem_->most_per_year[0])];
  for (std::size_t i = 0; i < before_[0].size(); ++i) {
    if (before_[0][i] < needed[i] - kTie) return false;
  }
  return true;
}

bool CalendarSearch::year_can_be_filled(std::size_t month, const YearUse& use) const {
  const std::size_t year = month / 12;
  const int missing = problem_->fewest_per_year[year] - use.count;
  if (missing <= 0) return true;
  if (exercises_left_[month] < missing) return false;
  return use.cost + missing * cheapest_[month] <= problem_->budget_per_year[year] + kTie;
}

bool CalendarSearch::fits(std::size_t month, const MonthAction& action, const YearUse& use) const {
  const std::size_t year = month / 12;
  if (use.count + action.count > problem_->most_per_year[year]) return false;
  if (use.cost + action.cost > problem_->budget_per_year[year] + kTie) return false;
  for (std::size_t k = 0; k < action.member_uses.size(); ++k) {
    if (use.member_uses[k] + action.member_uses[k] > problem_->member_exercises_per_year[k]) {
      return false;
    }
  }
  return true;
}

void CalendarSearch::note_solution() {
  best_cost_ = cost_;
  best_.emplace();
  for (const MonthAction* action : chosen_) {
    if (action == nullptr) continue;
    best_->insert(best_->end(), action->exercises.begin(), action->exercises.end());
  }
}

/// Goes on from month `month`; true when the search is over.
bool CalendarSearch::visit(std::size_t month, const YearUse& before) {
  const bool year_ends = month > 0 && (month % 12 == 0 || month == problem_->months);
  if (year_ends && before.count < problem_->fewest_per_year[(month - 1) / 12]) return false;
  if (month == problem_->months) {
    // What the last month adds has not been compared yet: the cut below looks before it.
    if (cheapest_wanted_ && cost_ >= best_cost_ - kTie) return false;
    note_solution();
    return !cheapest_wanted_;
  }
  if (++nodes_ > most_nodes_) return true;
  const YearUse use = month % 12 == 0 ? YearUse{} : before;
  if (!year_can_be_filled(month, use)) return false;
  if (cheapest_wanted_) {
    const int missing = std::max(0, problem_->fewest_per_year[month / 12] - use.count);
    const double rest = (missing > 0 ? missing * cheapest_[month] : 0) + least_cost_after_[month];
    if (cost_ + rest >= best_cost_ - kTie) return false;
  }
  return take_any(month, use);
}

/// Tries to hold nothing, then every action; true when the search is over.
bool CalendarSearch::take_any(std::size_t month, const YearUse& use) {
  const int left = problem_->most_per_year[month / 12] - use.count;
  if (advance(month, nullptr, left) && go_on(month, nullptr, use)) return true;
  if (left <= 0) return false;
  constexpr double kNever = -1;
  std::vector<double>& too_little = too_little_[month];
  std::ranges::fill(too_little, kNever);
  for (const MonthAction& action : actions_[month]) {
    // In one region and month lift goes with the share of members alone.
    double* const failed = action.count == 1 ? &too_little[action.exercises[0].region] : nullptr;
    if (failed != nullptr && action.share <= *failed) continue;
    if (!fits(month, action, use)) continue;
    if (!advance(month, &action, left - action.count)) {
      if (failed != nullptr) *failed = action.share;
      continue;
    }
    if (go_on(month, &action, use)) return true;
  }
  return false;
}

/// The readiness before the next month; false when a stretch falls below the target, or then could
/// not stay above it with `left` exercises more in the year, even alone.
bool CalendarSearch::advance(std::size_t month, const MonthAction* action, int left) {
  std::vector<double>& next = before_[month + 1];
  const std::vector<double>& now = before_[month];
  const bool is_last = month + 1 == problem_->months;
  if ((month + 1) % 12 == 0 && !is_last) left = problem_->most_per_year[(month + 1) / 12];
  const double* const needed = is_last ? nullptr : &needed_[needed_at(month + 1, left)];
  for (std::size_t place = 0; place < weakest_first_.size(); ++place) {
    const std::size_t i = weakest_first_[place];
    const double reached =
        action == nullptr ? now[i] : lifted(problem_->rule, now[i], action->lift[i]);
    next[i] = problem_->floor + decay_ * (reached - problem_->floor);
    if (reached < target_ - kTie || (!is_last && next[i] < needed[i] - kTie)) {
      std::swap(weakest_first_[place], weakest_first_[place / 2]);
      return false;
    }
  }
  return true;
}

/// Takes the action after which `advance` succeeded.
bool CalendarSearch::go_on(std::size_t month, const MonthAction* action, const YearUse& before) {
  chosen_[month] = action;
  if (action == nullptr) return visit(month + 1, before);
  YearUse use = before;
  use.count += action->count;
  use.cost += action->cost;
  for (std::size_t k = 0; k < action->member_uses.size(); ++k) {
    use.member_uses[k] += action->member_uses[k];
  }
  cost_ += action->cost;
  const bool over = visit(month + 1, use);
  cost_ -= action->cost;
  return over;
}

std::optional<std::vector<Exercise>> CalendarSearch::find(double target) {
  set_target(target);
  best_.reset();
  best_cost_ = kInfinity;
  cost_ = 0;
  before_[0] = problem_->start_readiness;
  if (stretches_can_hold()) visit(0, {});
  return best_;
}

std::optional<std::vector<Exercise>> CalendarSearch::find_cheapest(double target) {
  cheapest_wanted_ = true;
  auto found = find(target);
  cheapest_wanted_ = false;
  return found;
}

double CalendarSearch::alone_bound() {
  double low = 0;
  double high = 1;
  constexpr int kSteps = 50;
  for (int step = 0; step < kSteps; ++step) {
    const double middle = 0.5 * (low + high);
    set_target(middle);
    before_[0] = problem_->start_readiness;
    (stretches_can_hold() ? low : high) = middle;
  }
  return high;
}

}  // namespace panj::plan::detail
