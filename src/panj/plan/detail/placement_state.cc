// SPDX-License-Identifier: Apache-2.0
#include "panj/plan/detail/placement_state.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

namespace panj::plan::detail {
namespace {

/// Of a row's money, and of the largest row's: what is counted up and down again leaves as much.
constexpr double kRoundingOfRow = 1e-9;
constexpr double kRoundingOfMoney = 1e-12;
constexpr std::size_t kSideBySide = 8;

}  // namespace

PlanState::PlanState(const PlacementModel& model)
    : model_(model),
      share_(model.has_displacement() ? model.share : 0.0),
      futures_(model.attempts.size()),
      padded_(futures_ == 1 ? 1 : (futures_ + kSideBySide - 1) / kSideBySide * kSideBySide) {
  for (std::size_t k = 0; k < model.kinds; ++k) {
    power_at_.push_back(power_.size());
    for (std::size_t a = 0; a < model.types; ++a) {
      for (int n = 0; n <= model.cap[k]; ++n) {
        power_.push_back(std::pow(model.miss[k * model.types + a], n));
      }
    }
  }
  for (std::size_t h = 0; h < model.levels; ++h) {
    for (std::size_t c = 0; c < model.cells(); ++c) {
      for (std::size_t s = 0; s < padded_; ++s) {
        attempts_.push_back(s < futures_ ? model.level_weight[h] * model.attempts[s][c] : 0.0);
      }
    }
  }
  bought_.resize(model.stretches * model.kinds * model.levels * model.years);
  total_.resize(model.stretches * model.kinds);
  spend_.resize(model.budget.size());
  const double most = std::ranges::max(model.budget);
  for (const double money : model.budget) {
    most_spend_.push_back(money + kRoundingOfRow * money + kRoundingOfMoney * most);
  }
  loss_.resize(model.levels * model.cells());
  displaced_.resize(loss_.size());
  future_loss_.resize(padded_);
  difference_.resize(loss_.size());
  is_noted_.resize(loss_.size());
  refresh();
}

void PlanState::load(const std::vector<Purchases>& plan) {
  std::ranges::fill(bought_, 0);
  std::ranges::fill(total_, 0);
  std::ranges::fill(spend_, 0.0);
  std::vector<UnitChange> changes;
  for (std::size_t i = 0; i < model_.stretches; ++i) {
    for (std::size_t k = 0; k < model_.kinds; ++k) {
      for (std::size_t t = model_.lag[k]; t < model_.years; ++t) {
        int below = 0;
        for (std::size_t h = 0; h < model_.levels; ++h) {
          const int units = plan[h].at(i, k, t - model_.lag[k]);
          if (units > below) changes.push_back({i, k, h, t, units - below});
          below = units;
        }
      }
    }
  }
  count(changes, 1);
  refresh();
}

std::vector<Purchases> PlanState::plan(const PlacementInstance& instance) const {
  std::vector<Purchases> plan(model_.levels, Purchases(instance));
  for (std::size_t i = 0; i < model_.stretches; ++i) {
    for (std::size_t k = 0; k < model_.kinds; ++k) {
      for (std::size_t t = model_.lag[k]; t < model_.years; ++t) {
        int units = 0;
        for (std::size_t h = 0; h < model_.levels; ++h) {
          units += bought(i, k, h, t);
          plan[h].at(i, k, t - model_.lag[k]) = units;
        }
      }
    }
  }
  return plan;
}

void PlanState::count(std::span<const UnitChange> changes, int sign) {
  for (const UnitChange& change : changes) {
    const int units = sign * change.units;
    bought_[((change.stretch * model_.kinds + change.kind) * model_.levels + change.level) *
                model_.years +
            change.year] += units;
    total_[change.stretch * model_.kinds + change.kind] += units;
    const double* spend = model_.spend_of(change.kind, change.year);
    for (std::size_t h = change.level; h < model_.levels; ++h) {
      for (std::size_t t = 0; t < model_.years; ++t)
        spend_[h * model_.years + t] += units * spend[t];
    }
  }
}

bool PlanState::allows(std::span<const UnitChange> changes) {
  count(changes, 1);
  bool fine = true;
  for (std::size_t row = 0; row < spend_.size() && fine; ++row) {
    fine = spend_[row] <= most_spend_[row];
  }
  for (std::size_t c = 0; c < changes.size() && fine; ++c) {
    const UnitChange& change = changes[c];
    fine = bought(change.stretch, change.kind, change.level, change.year) >= 0 &&
           total_[change.stretch * model_.kinds + change.kind] <= model_.cap[change.kind];
    if (change.kind != 0 || change.units > 0) continue;
    int posts = 0;  // of the smallest level: the others have no fewer
    for (std::size_t t = 0; t < model_.years && fine; ++t) {
      posts += bought(change.stretch, 0, 0, t);
      fine = posts >= model_.required[t * model_.stretches + change.stretch];
    }
  }
  count(changes, -1);
  return fine;
}

double PlanState::apply(std::span<const UnitChange> changes, double limit) {
  last_changes_.assign(changes.begin(), changes.end());
  last_loss_.clear();
  last_displaced_.clear();
  last_value_ = value_;
  count(changes, 1);
  for (std::size_t c = 0; c < changes.size(); ++c) {
    bool done = false;
    std::size_t first = changes[c].year;
    for (std::size_t b = 0; b < changes.size(); ++b) {
      if (changes[b].stretch != changes[c].stretch) continue;
      done = done || b < c;
      first = std::min(first, changes[b].year);
    }
    if (!done) update_stretch(changes[c].stretch, first);
  }
  const std::size_t changed = share_ > 0 ? last_loss_.size() : 0;
  for (std::size_t x = 0; x < changed; ++x) {
    const std::size_t cell = last_loss_[x].cell;
    update_displaced(cell, cell / model_.types % model_.stretches);
  }
  const double least = value_ + linear_change();
  flushed_ = !(least > limit + 1e-9 * std::abs(least));
  if (!flushed_) {
    forget_noted();
    return least;
  }
  last_future_loss_ = future_loss_;
  flush();
  value_ = goal_value();
  return value_;
}

double PlanState::linear_change() const {
  if (risk_weight_.empty()) return -std::numeric_limits<double>::infinity();
  double change = 0;
  for (const std::size_t cell : noted_) change += risk_weight_[cell] * difference_[cell];
  return change;
}

void PlanState::keep() {
  if (futures_ > 1 && weighed_ != worst_) weigh_futures();
}

void PlanState::weigh_futures() {
  weighed_ = worst_;
  risk_weight_.assign(loss_.size(), 0.0);
  for (std::size_t c = 0; c < loss_.size(); ++c) {
    for (const auto& [s, weight] : weighed_) risk_weight_[c] += weight * attempts_[c * padded_ + s];
  }
}

void PlanState::undo() {
  count(last_changes_, -1);
  for (const Saved& saved : last_loss_) loss_[saved.cell] = saved.value;
  for (std::size_t x = last_displaced_.size(); x-- > 0;) {
    displaced_[last_displaced_[x].cell] = last_displaced_[x].value;
  }
  if (flushed_) future_loss_ = last_future_loss_;
  value_ = last_value_;
}

void PlanState::update_stretch(std::size_t i, std::size_t first_year) {
  constexpr std::size_t kMostKinds = 64;
  int units[kMostKinds] = {};
  for (std::size_t h = 0; h < model_.levels; ++h) {
    std::fill_n(units, model_.kinds, 0);
    for (std::size_t t = 0; t < model_.years; ++t) {
      for (std::size_t k = 0; k < model_.kinds; ++k) {
        for (std::size_t below = 0; below <= h; ++below) units[k] += bought(i, k, below, t);
      }
      if (t < first_year) continue;
      for (std::size_t a = 0; a < model_.types; ++a) {
        double loss = model_.initial_loss[i * model_.types + a];
        for (std::size_t k = 0; k < model_.kinds; ++k) {
          const auto points = static_cast<std::size_t>(model_.cap[k]) + 1;
          loss *= power_[power_at_[k] + a * points + static_cast<std::size_t>(units[k])];
        }
        set_loss(h * model_.cells() + model_.cell(t, i, a), loss);
      }
    }
  }
}

void PlanState::set_loss(std::size_t cell, double loss) {
  if (loss_[cell] == loss) return;
  note(cell, (1 - share_) * (loss - loss_[cell]));
  last_loss_.push_back({cell, loss_[cell]});
  loss_[cell] = loss;
}

double PlanState::displaced(std::size_t cell, std::size_t i) const {
  double worst = 0;
  const std::size_t first = i < model_.reach ? 0 : i - model_.reach;
  const std::size_t last = std::min(model_.stretches - 1, i + model_.reach);
  for (std::size_t j = first; j <= last; ++j) {
    const std::size_t from = cell + j * model_.types - i * model_.types;
    worst = std::max(worst, model_.attenuation[i < j ? j - i : i - j] * loss_[from]);
  }
  return worst;
}

void PlanState::update_displaced(std::size_t cell, std::size_t i) {
  const std::size_t first = i < model_.reach ? 0 : i - model_.reach;
  const std::size_t last = std::min(model_.stretches - 1, i + model_.reach);
  for (std::size_t j = first; j <= last; ++j) {
    const std::size_t hit = cell + j * model_.types - i * model_.types;
    const double worst = displaced(hit, j);
    if (displaced_[hit] == worst) continue;
    note(hit, share_ * (worst - displaced_[hit]));
    last_displaced_.push_back({hit, displaced_[hit]});
    displaced_[hit] = worst;
  }
}

void PlanState::note(std::size_t cell, double difference) {
  if (is_noted_[cell] == 0) {
    is_noted_[cell] = 1;
    noted_.push_back(cell);
  }
  difference_[cell] += difference;
}

void PlanState::forget_noted() {
  for (const std::size_t cell : noted_) {
    difference_[cell] = 0;
    is_noted_[cell] = 0;
  }
  noted_.clear();
}

void PlanState::flush() {
  if (padded_ == 1) {
    for (const std::size_t cell : noted_) future_loss_[0] += attempts_[cell] * difference_[cell];
  }
  for (std::size_t s = 0; s < padded_ && padded_ > 1; s += kSideBySide) {
    double sum[kSideBySide] = {};
    for (const std::size_t cell : noted_) {
      const double* attempts = &attempts_[cell * padded_ + s];
      for (std::size_t lane = 0; lane < kSideBySide; ++lane) {
        sum[lane] += attempts[lane] * difference_[cell];
      }
    }
    for (std::size_t lane = 0; lane < kSideBySide; ++lane) future_loss_[s + lane] += sum[lane];
  }
  forget_noted();
}

double PlanState::goal_value() {
  if (model_.goal == PlacementGoal::regret) return regret_value();
  return model_.goal == PlacementGoal::cvar ? cvar_value() : future_loss_[0];
}

double PlanState::regret_value() {
  std::size_t worst = 0;
  for (std::size_t s = 1; s < futures_; ++s) {
    if (future_loss_[s] - model_.best_losses[s] > future_loss_[worst] - model_.best_losses[worst]) {
      worst = s;
    }
  }
  worst_.assign(1, {worst, 1.0});
  return future_loss_[worst] - model_.best_losses[worst];
}

double PlanState::cvar_value() {
  sorted_.clear();
  worst_.clear();
  for (std::size_t s = 0; s < futures_; ++s) sorted_.emplace_back(future_loss_[s], s);
  const auto at = [this](std::size_t n) {
    return sorted_.begin() + static_cast<std::ptrdiff_t>(n);
  };
  const double tail = 1 - model_.alpha;
  auto count =
      std::min(futures_, static_cast<std::size_t>(tail * static_cast<double>(futures_)) + 2);
  double left = tail;
  double sum = 0;
  for (std::size_t from = 0; from < futures_ && left > 0; count = std::min(futures_, 2 * count)) {
    std::partial_sort(at(from), at(count), sorted_.end(), std::greater<>());
    for (; from < count && left > 0; ++from) {
      const auto& [loss, s] = sorted_[from];
      const double taken = std::min(left, model_.probability[s]);
      if (taken > 0) worst_.emplace_back(s, taken / tail);
      sum += taken * loss;
      left -= taken;
    }
  }
  return sum / (tail - left);
}

double PlanState::total_spend() const {
  double sum = 0;
  for (std::size_t row = 0; row < spend_.size(); ++row) {
    const bool holds_all = (row + 1) % model_.years == 0;
    if (!model_.carry_over || holds_all) sum += spend_[row];
  }
  return sum;
}

void PlanState::refresh() {
  std::ranges::fill(loss_, 0.0);
  std::ranges::fill(displaced_, 0.0);
  std::ranges::fill(future_loss_, 0.0);
  for (std::size_t i = 0; i < model_.stretches; ++i) update_stretch(i, 0);
  for (std::size_t c = 0; c < loss_.size() && share_ > 0; ++c) {
    const double worst = displaced(c, c / model_.types % model_.stretches);
    note(c, share_ * worst);
    displaced_[c] = worst;
  }
  flush();
  last_loss_.clear();
  value_ = goal_value();
}

}  // namespace panj::plan::detail
