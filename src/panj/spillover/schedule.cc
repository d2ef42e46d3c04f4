// SPDX-License-Identifier: Apache-2.0
#include "panj/spillover/schedule.h"

#include <cmath>
#include <numbers>

namespace panj::spillover {
namespace {

/// Rounding of n/12 must not put a step before the day it begins on.
constexpr double kSameDay = 1e-6;

double season(const AttemptParameters& a, std::size_t e, double middle) {
  return 1 + a.season_size[e] * std::cos(2 * std::numbers::pi * (middle - a.season_peak[e]));
}

/// ⌊n (t+Δ−t0) + ½⌋ − ⌊n (t−t0) + ½⌋, so that none falls between two steps by rounding.
int exercises_in(double per_year, double from, double to) {
  constexpr double kHalf = 0.5 + 1e-9;
  return static_cast<int>(std::floor(per_year * to + kHalf) - std::floor(per_year * from + kHalf));
}

/// ϕ = frac(0.5 + 0.618(y + 0.37 j)): varies who gets the odd unit from year to year.
double rounding_offset(int year, std::size_t kind) {
  const double x = 0.5 + 0.618 * (year + 0.37 * static_cast<double>(kind));
  return x - std::floor(x);
}

/// Readiness in the course of time.
class Readiness {
 public:
  Readiness(const DefenceParameters& defence, const Geometry& geometry, double step_years)
      : d_(defence),
        geometry_(geometry),
        kept_(std::exp(-defence.readiness_decay * step_years)),
        on_(geometry.size(), defence.readiness) {}

  /// R ← R_min + (R − R_min) e^{−λ_R Δ}, then for each exercise R ← R + α_X (1 − R).
  void advance(const LeverSettings& levers, double since, double step_years, StepInputs& in) {
    for (double& r : on_) r = d_.readiness_floor + (r - d_.readiness_floor) * kept_;
    if (levers.calendar) {
      hold(*levers.calendar, step_years, in);
    } else {
      in.exercises = exercises_in(levers.exercises_per_year, since, since + step_years);
      in.exercise_cost = d_.exercise_cost * in.exercises;
      for (int k = 0; k < in.exercises; ++k) {
        for (double& r : on_) r += d_.exercise_gain * (1 - r);
      }
    }
    in.readiness_on = on_;
    in.readiness = alike_ ? on_.front() : mean();
  }

 private:
  void hold(const std::vector<HeldExercise>& calendar, double step_years, StepInputs& in) {
    alike_ = false;
    for (const HeldExercise& held : calendar) {
      const double within = held.time - in.start + kSameDay;
      if (within < 0 || within >= step_years) continue;
      ++in.exercises;
      in.exercise_cost += held.cost;
      for (std::size_t i = 0; i < on_.size(); ++i) on_[i] += held.lift[i] * (1 - on_[i]);
    }
  }

  double mean() const {
    double sum = 0;
    for (std::size_t i = 0; i < on_.size(); ++i) {
      sum += on_[i] * geometry_.stretches[i].length_km();
    }
    return sum / geometry_.length_km;
  }

  const DefenceParameters& d_;
  const Geometry& geometry_;
  double kept_;
  std::vector<double> on_;
  bool alike_ = true;
};

/// Reserves in the course of being released and of wearing off.
class Relief {
 public:
  explicit Relief(const EconomyParameters& economy) : e_(economy), frozen_(economy.reserves) {}

  /// Releases at `rate` bn$/yr as far as there is any, and returns the actual rate.
  double release(double rate, double step_years) {
    const double released = std::min(rate * step_years, frozen_);
    frozen_ -= released;
    const double flow = released / step_years;
    const double kept = std::exp(-step_years / e_.relief_life);
    usable_ = usable_ * kept + flow * e_.relief_life * (1 - kept);
    return flow;
  }
  double log_hardship() const { return -e_.relief_effect * usable_ / (usable_ + e_.relief_half); }

 private:
  const EconomyParameters& e_;
  double frozen_;
  double usable_ = 0.0;
};

}  // namespace

Schedule::Schedule(const Parameters& p, const Geometry& geometry, const Settings& settings,
                   LeverSettings package)
    : practised_(practised_levers(p)),
      package_(std::move(package)),
      practised_sources_(p, practised_),
      package_sources_(p, package_) {
  for (auto& by_stretch : scheduled_) by_stretch.assign(geometry.size(), 0.0);
  const double dt = settings.step_years();
  Readiness readiness(p.defence, geometry, dt);
  Relief relief(p.economy);
  for (int k = 0; k < settings.steps(); ++k) {
    StepInputs in;
    const double since = k * dt;
    in.start = settings.first_year + since;
    in.middle = in.start + dt / 2;
    in.year = k / settings.steps_per_year;
    for (std::size_t e = 0; e < kTypes; ++e) in.season[e] = season(p.attempts, e, in.middle);
    set_levers(p, in);
    readiness.advance(*in.levers, since, dt, in);
    in.released = relief.release(in.levers->reserves_released_per_year * p.economy.reserves, dt);
    in.hardship_target = relief.log_hardship() + p.regimes[in.levers->regime].hardship_shift;
    steps_.push_back(std::move(in));
    set_deliveries(geometry, settings, k);
  }
}

void Schedule::set_levers(const Parameters& p, StepInputs& in) const {
  const bool acting = in.start >= p.practice.start_year - kSameDay;
  in.levers = acting ? &package_ : &practised_;
  in.sources = acting ? &package_sources_ : &practised_sources_;
  in.slippage_years = in.levers->slippage_years;
  in.guards_factor = in.levers->guards_factor;
  in.standing = standing(p, *in.levers, in.middle);
  in.urging = in.levers->urging;
  in.cohesion_shift = p.regimes[in.levers->regime].cohesion_shift;
  in.belt_cover = in.levers->belt_cover;
  const std::size_t members = p.members.size();
  for (std::size_t m = 0; m < members; ++m) {
    if (m != p.exposed) in.shared_links += in.levers->sharing[m * members + p.exposed];
  }
}

void Schedule::set_deliveries(const Geometry& geometry, const Settings& settings, int step) {
  StepInputs& in = steps_[static_cast<std::size_t>(step)];
  if (step % settings.steps_per_year != 0 || in.levers != &package_) return;
  const int year = settings.first_year + in.year;
  std::vector<double> by_length;
  for (const geo::Stretch& stretch : geometry.stretches) by_length.push_back(stretch.length_km());
  for (const Tranche& tranche : package_.deliveries) {
    if (tranche.year != year) continue;
    for (std::size_t j = 0; j < kKinds; ++j) {
      if (tranche.units[j] <= 0) continue;
      const auto& weights = tranche.weights.empty() ? by_length : tranche.weights;
      in.due.push_back({static_cast<Kind>(j),
                        cumulative_rounding(tranche.units[j], weights, rounding_offset(year, j))});
      for (std::size_t i = 0; i < geometry.size(); ++i) {
        scheduled_[j][i] += in.due.back().units[i];
      }
    }
  }
}

}  // namespace panj::spillover
