// SPDX-License-Identifier: Apache-2.0
#include "panj/spillover/detail/rates_without_chance.h"

#include <cmath>

namespace panj::spillover::detail {
namespace {

using ByStretch = std::vector<ByType<double>>;

class Recursion {
 public:
  Recursion(const Parameters& p, const Geometry& g, const Settings& settings,
            const LeverSettings& levers)
      : p_(p), g_(g), dt_(settings.step_years()), schedule_(p, g, settings, levers) {
    for (std::size_t j = 0; j < kKinds; ++j) {
      for (const geo::Stretch& stretch : g.stretches) {
        units_[j].push_back(p.defence.equipment[j] * stretch.length_km() / g.length_km);
      }
      if (!settings.ideal.equipment_by_density) {
        units_[j] = cumulative_rounding(std::round(p.defence.equipment[j]), units_[j], 0.5);
      }
    }
    perceived_ = stops();
    inclusive_ = inclusive();
  }

  ByType<double> run(int steps) {
    for (int k = 0; k < steps; ++k) advance(schedule_.step(k), k);
    return rates(schedule_.step(steps - 1));
  }

 private:
  void advance(const StepInputs& in, int k) {
    for (const Due& due : in.due) {
      for (std::size_t i = 0; i < g_.size(); ++i) units_[due.kind][i] += due.units[i];
    }
    guards_factor_ = in.guards_factor;
    const DefenceParameters& d = p_.defence;
    readiness_ =
        d.readiness_floor + (readiness_ - d.readiness_floor) * std::exp(-d.readiness_decay * dt_);
    const double per_year = in.levers->exercises_per_year;
    const auto held = [&](int step) { return std::floor(per_year * step * dt_ + 0.5 + 1e-9); };
    for (double n = held(k); n < held(k + 1); ++n) readiness_ += d.exercise_gain * (1 - readiness_);
    const CohesionParameters& c = p_.cohesion;
    const double at_start = standing(p_, practised_levers(p_), p_.start_year).divergence;
    const double now = standing(p_, *in.levers, in.middle).divergence;
    const double target = std::log(c.initial / (1 - c.initial)) -
                          c.divergence_effect * (now - at_start) + in.cohesion_shift;
    logit_ = target + (logit_ - target) * std::exp(-c.speed * dt_);
    const ByStretch newest = stops();
    const double learnt = 1 - std::exp(-dt_ / p_.attempts.learning_time);
    for (std::size_t i = 0; i < g_.size(); ++i) {
      for (std::size_t e = 0; e < kTypes; ++e) {
        perceived_[i][e] += (newest[i][e] - perceived_[i][e]) * learnt;
      }
    }
  }

  double intelligence() const {
    const double cohesion = 1 / (1 + std::exp(-logit_));
    double unseen = 1 - p_.members[p_.exposed].intelligence;
    for (std::size_t m = 0; m < p_.members.size(); ++m) {
      if (m == p_.exposed) continue;
      const double shared = p_.sharing[m * p_.members.size() + p_.exposed];
      unseen *= 1 - p_.members[m].intelligence * shared * cohesion;
    }
    return 1 - unseen;
  }

  /// U_ie = p^d p^r k_e.
  ByStretch stops() const {
    const DefenceParameters& d = p_.defence;
    const double seen = intelligence();
    const double patrol = d.patrol_effect[0];
    const ByKind<double> working{1, 1, readiness_ * patrol, patrol};
    const ByType<double> undone{p_.trafficking.corruption_on_armed,
                                p_.trafficking.corruption_on_armed, 1, 0};
    ByStretch all(g_.size());
    for (std::size_t i = 0; i < g_.size(); ++i) {
      const double length = g_.stretches[i].length_km();
      const double guards = readiness_ * guards_factor_ * d.guards * length / g_.length_km;
      for (std::size_t e = 0; e < kTypes; ++e) {
        double detection = d.guard_detection[e] * guards;
        double response = d.guard_response[e] * guards;
        for (std::size_t j = 0; j < kKinds; ++j) {
          detection += d.detection[j][e] * working[j] * units_[j][i];
          response += d.response[j][e] * working[j] * units_[j][i];
        }
        detection *= d.detection_scale / length * (1 + d.intelligence_gain[e] * seen);
        response *= d.response_scale / length * (1 + d.intelligence_response * seen);
        all[i][e] = (1 - std::exp(-detection)) * (1 - std::exp(-response)) *
                    (1 - p_.trafficking.corruption * undone[e]);
      }
    }
    return all;
  }

  /// S_ze.
  ByStretch inclusive() const {
    ByStretch sums(p_.zones.size());
    std::vector<double> weights(p_.zones.size(), 0.0);
    for (const Segment& s : g_.segments) {
      weights[s.zone] += s.weight;
      for (std::size_t e = 0; e < kTypes; ++e) {
        sums[s.zone][e] +=
            s.weight * std::exp(-p_.attempts.avoidance[e] * perceived_[s.stretch][e]);
      }
    }
    for (std::size_t z = 0; z < sums.size(); ++z) {
      for (double& sum : sums[z]) sum = weights[z] > 0 ? sum / weights[z] : 0;
    }
    return sums;
  }

  ByType<double> rates(const StepInputs& in) const {
    const ByStretch now = inclusive();
    ByType<double> total{};
    for (std::size_t z = 0; z < now.size(); ++z) {
      for (const Type e : kArmedAttempts) {
        if (inclusive_[z][e] <= 0) continue;
        double pressure = 0;
        for (const GroupParameters& group : p_.groups) {
          const double here =
              cumulative_rounding(std::round(group.militants), group.zone_share, 0.5)[z];
          pressure += group.attempt_weight[e] * here / 1000;
        }
        total[e] += p_.attempts.rate[e] * pressure * in.season[e] *
                    std::pow(now[z][e] / inclusive_[z][e], p_.attempts.deterrence[e]);
      }
    }
    return total;
  }

  const Parameters& p_;
  const Geometry& g_;
  double dt_;
  Schedule schedule_;
  ByKind<std::vector<double>> units_;
  double guards_factor_ = 1;
  double readiness_ = p_.defence.readiness;
  double logit_ = std::log(p_.cohesion.initial / (1 - p_.cohesion.initial));
  ByStretch perceived_;
  ByStretch inclusive_;  ///< S⁰
};

}  // namespace

ByType<double> rates_without_chance(const Parameters& parameters, const Geometry& geometry,
                                    const Settings& settings, const LeverSettings& levers) {
  return Recursion(parameters, geometry, settings, levers).run(settings.steps());
}

}  // namespace panj::spillover::detail
