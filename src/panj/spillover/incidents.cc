// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "panj/spillover/detail/counts.h"
#include "panj/spillover/detail/incident_marks.h"
#include "panj/spillover/detail/laws.h"
#include "panj/spillover/detail/luck.h"
#include "panj/spillover/toll_steps.h"

namespace panj::spillover::detail {
namespace {

Stage marks_stage(Type e) {
  if (e == kAttack) return Stage::attack_marks;
  return e == kFire ? Stage::fire_marks : Stage::infiltration_marks;
}

/// What became of the attempts of one type on one segment in one lane.
struct Marks {
  double attempts = 0;
  double detected = 0;
  double intercepted = 0;
  double in_belt = 0;
  double stopped() const { return intercepted + in_belt; }
  double breaches() const { return attempts - stopped(); }
  /// Chance that a breach was seen coming.
  double seen_coming() const {
    return attempts > intercepted ? (detected - intercepted) / (attempts - intercepted) : 0;
  }
};

class Incidents {
 public:
  Incidents(const Step& now, State& state, const AttemptPlace& place)
      : now_(now),
        w_(now.world),
        state_(state),
        e_(place.type),
        segment_(w_.g.segments[place.segment]) {}

  void resolve(double attempts, std::size_t lane) {
    const Words<double> u = draw(marks_stage(e_), lane);
    const std::size_t i = segment_.stretch;
    Marks marks{.attempts = attempts};
    const double belt = now_.in.belt_cover * w_.p.defence.belt_stop * belt_effect(e_);
    marks.detected = few_of(u[0], attempts, state_.now.detection[e_].row(i)[lane]);
    marks.intercepted = few_of(u[1], marks.detected, state_.now.interception[e_].row(i)[lane]);
    marks.in_belt = few_of(u[2], attempts - marks.intercepted, belt);
    state_.now.attempts[e_].row(i)[lane] += marks.attempts;
    state_.now.detected[e_].row(i)[lane] += marks.detected;
    state_.now.stopped[e_].row(i)[lane] += marks.stopped();
    state_.now.breaches[e_].row(i)[lane] += marks.breaches();
    if (w_.s.invariants == Invariants::checked) {
      state_.now.intercepted[e_].row(i)[lane] += marks.intercepted;
    }
    if (e_ != kInfiltration) count_deaths(marks, lane);
    lose(marks, lane);
    report(marks, u[3], lane);
  }

 private:
  Words<double> draw(Stage stage, std::size_t lane, std::uint32_t ordinal = 0) const {
    return luck(now_.lanes.replicate(lane),
                luck_key(now_.lanes.seed, now_.index, stage, segment_.place, ordinal));
  }

  void count_deaths(const Marks& marks, std::size_t lane) {
    const AttemptParameters& a = w_.p.attempts;
    const Stage stage = e_ == kAttack ? Stage::attack_toll : Stage::fire_toll;
    for (std::uint32_t k = 0; k < marks.breaches(); ++k) {
      const Words<double> u = draw(stage, lane, k);
      const bool warned = u[1] < marks.seen_coming();
      const double scale = a.severity_scale[e_] * (warned ? 1 - a.warning_gain : 1.0);
      const double deaths = toll(u[0], scale, a.severity_tail);
      double& worst = state_.now.worst.row(0)[lane];
      worst = std::max(worst, deaths);
      state_.now.deaths.row(segment_.stretch)[lane] += deaths;
      for (std::size_t step = 0; step < kTollSteps.size() && deaths >= kTollSteps[step]; ++step) {
        state_.now.toll.row(step)[lane] += 1;
      }
    }
  }

  void lose(const Marks& marks, std::size_t lane) {
    double& lost = state_.now.lost.row(segment_.zone)[lane];
    if (e_ == kAttack) lost += kLostInStoppedAttack * marks.stopped();
    if (e_ == kInfiltration) lost += kLostByInfiltration * marks.attempts;
  }

  /// Publicly reported armed incidents: breaching attacks, stopped attacks, fire.
  void report(const Marks& marks, double u, std::size_t lane) {
    const AttemptParameters& a = w_.p.attempts;
    double reported = 0;
    if (e_ == kAttack) {
      reported = few_of(u, marks.breaches(), a.reported_breach);
      if (marks.stopped() > 0) {
        reported += few_of(draw(marks_stage(e_), lane, 1)[0], marks.stopped(), a.reported_stopped);
      }
    } else if (e_ == kFire) {
      reported = few_of(u, marks.attempts, a.reported_fire);
    }
    state_.now.reported.row(segment_.stretch)[lane] += reported;
  }

  const Step& now_;
  const World& w_;
  State& state_;
  Type e_;
  const Segment& segment_;
};

}  // namespace

double toll(double u, double scale, double tail) {
  const double deaths = std::floor(scale * (sim::power(u, -1 / tail) - 1));
  return std::min(deaths, kMostDeaths);
}

void mark_incidents(const Step& now, State& state, const AttemptPlace& place,
                    std::span<const double> means, std::span<const double> lucks) {
  Incidents incidents(now, state, place);
  for (std::size_t l = 0; l < means.size(); ++l) {
    if (lucks[l] <= 1 - means[l]) continue;
    const double attempts = few_events(lucks[l], means[l]);
    if (attempts > 0) incidents.resolve(attempts, place.first_lane + l);
  }
}

}  // namespace panj::spillover::detail
