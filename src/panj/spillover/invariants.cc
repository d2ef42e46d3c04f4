// SPDX-License-Identifier: Apache-2.0
#include "panj/spillover/detail/invariants.h"

#include <fmt/format.h>

#include <cmath>

#include "panj/sim/elementary.h"
#include "panj/sim/model.h"
#include "panj/spillover/schedule.h"

namespace panj::spillover::detail {
namespace {

using sim::LaneTable;

constexpr double kRounding = 1e-9;

[[noreturn]] void broken(std::size_t lane, std::string entity, const std::string& what) {
  throw sim::ReplicateError(lane, std::move(entity), what);
}

double sum_of(const LaneTable& table, std::size_t lane) {
  double sum = 0;
  for (std::size_t i = 0, n = table.rows(); i < n; ++i) sum += table.row(i)[lane];
  return sum;
}

double members_of(const Step& now, const State& state, std::size_t group, std::size_t lane) {
  const std::size_t zones = now.world.p.zones.size();
  double sum = 0;
  for (std::size_t z = 0; z < zones; ++z) sum += state.militants.row(group * zones + z)[lane];
  return sum;
}

/// One lane of one step.
class LaneCheck {
 public:
  LaneCheck(const Step& now, const State& state, std::size_t lane)
      : w_(now.world), now_(now), s_(state), lane_(lane) {}

  void states() const {
    for (std::size_t j = 0; j < kKinds; ++j) {
      counts(s_.equipment[j], "equipment", w_.s.ideal.equipment_by_density);
      counts(s_.backlog[j], "backlog");
    }
    counts(s_.militants, "militants");
    counts(s_.stock, "stock");
    amounts(s_.funds, "funds");
    amounts(s_.corruption, "corruption");
    amounts(s_.rally, "rally");
    for (std::size_t j = 0; j < kKinds; ++j) counts(s_.delivered[j], "delivered");
    for (const Type e : kArmedAttempts) {
      amounts(s_.excitation[e], "excitation");
      amounts(s_.smoothed[e], "smoothed rate");
    }
    finite(s_.hardship, "hardship");
    finite(s_.arrivals, "foreign fighters");
    finite(s_.supply, "supply");
    finite(s_.tolerance, "logit of tolerance");
    finite(s_.cohesion, "logit of cohesion");
  }

  /// What the step worked out.
  void workings() const {
    for (const Type e : kArmedAttempts) {
      amounts(s_.now.rate[e], "rate of attempts");
      counts(s_.now.attempts[e], "attempts");
      counts(s_.now.detected[e], "detected");
      counts(s_.now.intercepted[e], "intercepted");
      counts(s_.now.stopped[e], "stopped");
    }
    counts(s_.now.deaths, "deaths");
    counts(s_.now.reported, "reported");
    counts(s_.now.lost, "lost at the border");
    counts(s_.now.entering, "loads entering");
    counts(s_.now.seized, "loads seized");
    counts(s_.now.through, "loads through");
    amounts(s_.now.leverage, "leverage");
    amounts(s_.now.cover, "cover by funds");
    amounts(s_.now.cost, "cost");
  }

  void probabilities() const {
    for (std::size_t e = 0; e < kTypes; ++e) {
      shares(s_.now.detection[e], "detection");
      shares(s_.now.interception[e], "interception");
      shares(s_.now.stop[e], "stop probability");
      shares(s_.perceived[e], "perceived stop probability");
      choice(e);
    }
    shares(s_.corruption, "corruption");
    shares(s_.now.tolerance, "tolerance");
    shares(s_.now.intelligence, "intelligence");
    share(sim::logistic(s_.cohesion.row(0)[lane_]), "cohesion");
    share(now_.in.readiness, "readiness");
    for (const double ready : now_.in.readiness_on) share(ready, "readiness");
  }

  /// `scheduled`: so far, by kind and stretch.
  void equipment(const ByKind<std::vector<double>>& scheduled) const {
    if (w_.s.ideal.equipment_by_density) return;
    for (std::size_t j = 0; j < kKinds; ++j) {
      for (std::size_t i = 0; i < w_.g.size(); ++i) {
        const double delivered = s_.delivered[j].row(i)[lane_];
        const double waiting = s_.backlog[j].row(i)[lane_];
        expect(s_.equipment[j].row(i)[lane_] <= w_.ref.equipment[j][i] + delivered, i,
               "more equipment than was delivered");
        expect(delivered + waiting == scheduled[j][i], i,
               "delivered and due do not add up to what was scheduled");
      }
    }
  }

  void attempts() const {
    for (std::size_t i = 0; i < w_.g.size(); ++i) {
      double breaches = 0;
      for (const Type e : kArmedAttempts) {
        const double attempts = s_.now.attempts[e].row(i)[lane_];
        const double through = s_.now.breaches[e].row(i)[lane_];
        const double detected = s_.now.detected[e].row(i)[lane_];
        const double intercepted = s_.now.intercepted[e].row(i)[lane_];
        const double stopped = s_.now.stopped[e].row(i)[lane_];
        expect(detected <= attempts, i, "more detected than attempted");
        expect(intercepted <= detected, i, "more intercepted than detected");
        expect(intercepted <= stopped, i, "more intercepted than stopped");
        expect(through + stopped == attempts, i, "breaches and stops do not add up to attempts");
        expect(through >= 0, i, "fewer than no breaches");
        if (e != kInfiltration) breaches += through;
      }
      expect(breaches > 0 || s_.now.deaths.row(i)[lane_] == 0, i, "deaths without a breach");
    }
  }

  void loads(const std::vector<double>& stock_before) const {
    for (std::size_t z = 0; z < w_.p.zones.size(); ++z) {
      const double change = s_.stock.row(z)[lane_] - stock_before[z * now_.width() + lane_];
      const double left = s_.now.seized.row(z)[lane_] + s_.now.through.row(z)[lane_];
      if (s_.now.entering.row(z)[lane_] == left + change) continue;
      broken(lane_, w_.p.zones[z].id, "loads do not add up");
    }
  }

  void militants(const std::vector<double>& before) const {
    for (std::size_t k = 0; k < w_.p.groups.size(); ++k) {
      const double change = s_.now.turnover.row(k)[lane_];
      if (members_of(now_, s_, k, lane_) == before[k * now_.width() + lane_] + change) continue;
      broken(lane_, w_.p.groups[k].id, "militants do not add up");
    }
  }

  void patrols() const {
    for (std::size_t t = 0; t < kTeams.size(); ++t) {
      const double owned = sum_of(s_.equipment[kTeams[t]], lane_);
      const double placed = sum_of(s_.now.teams[t], lane_);
      if (std::abs(owned - placed) <= kRounding * std::max(1.0, owned)) continue;
      broken(lane_, "", fmt::format("{} teams became {} by patrolling", owned, placed));
    }
  }

 private:
  void expect(bool holds, std::size_t stretch, const char* what) const {
    if (!holds) broken(lane_, "stretch " + w_.g.stretches[stretch].id, what);
  }
  void amounts(const LaneTable& table, const char* name) const {
    for (std::size_t i = 0, n = table.rows(); i < n; ++i) {
      const double value = table.row(i)[lane_];
      if (value >= 0 && std::isfinite(value)) continue;
      broken(lane_, fmt::format("{} {}", name, i), fmt::format("is {}", value));
    }
  }
  void counts(const LaneTable& table, const char* name, bool may_be_broken = false) const {
    amounts(table, name);
    if (may_be_broken) return;
    for (std::size_t i = 0, n = table.rows(); i < n; ++i) {
      const double value = table.row(i)[lane_];
      if (value == std::floor(value)) continue;
      broken(lane_, fmt::format("{} {}", name, i), fmt::format("is {}, not whole", value));
    }
  }
  void finite(const LaneTable& table, const char* name) const {
    for (std::size_t i = 0, n = table.rows(); i < n; ++i) {
      if (std::isfinite(table.row(i)[lane_])) continue;
      broken(lane_, fmt::format("{} {}", name, i), fmt::format("is {}", table.row(i)[lane_]));
    }
  }
  void share(double value, const char* name) const {
    if (value >= 0 && value <= 1) return;
    broken(lane_, name, fmt::format("is {}", value));
  }
  void shares(const LaneTable& table, const char* name) const {
    amounts(table, name);
    for (std::size_t i = 0, n = table.rows(); i < n; ++i) {
      if (table.row(i)[lane_] <= 1) continue;
      broken(lane_, fmt::format("{} {}", name, i), fmt::format("is {}", table.row(i)[lane_]));
    }
  }
  void choice(std::size_t e) const {
    for (std::size_t z = 0; z < w_.p.zones.size(); ++z) {
      if (w_.segments_of[z].empty()) continue;
      double sum = 0;
      for (const std::size_t k : w_.segments_of[z]) {
        sum += s_.now.pull[e].row(k)[lane_] / s_.now.pull_sum[e].row(z)[lane_];
      }
      if (std::abs(sum - 1) > 1e-12) {
        broken(lane_, w_.p.zones[z].id, fmt::format("shares of stretches sum to {}", sum));
      }
    }
  }

  const World& w_;
  const Step& now_;
  const State& s_;
  std::size_t lane_;
};

ByKind<std::vector<double>> scheduled_until(const Schedule& schedule, const Step& now) {
  ByKind<std::vector<double>> units;
  for (auto& by_stretch : units) by_stretch.assign(now.world.g.size(), 0.0);
  for (int k = 0; k <= now.index; ++k) {
    for (const Due& due : schedule.step(k).due) {
      for (std::size_t i = 0; i < due.units.size(); ++i) units[due.kind][i] += due.units[i];
    }
  }
  return units;
}

}  // namespace

StepCheck::StepCheck(const Step& now, const Schedule& schedule, const State& before)
    : on_(now.world.s.invariants == Invariants::checked), now_(now) {
  if (!on_) return;
  scheduled_ = scheduled_until(schedule, now);
  for (std::size_t k = 0; k < now.world.p.groups.size(); ++k) {
    for (std::size_t lane = 0; lane < now.width(); ++lane) {
      militants_before_.push_back(members_of(now, before, k, lane));
    }
  }
  stock_before_.assign(before.stock.values().begin(), before.stock.values().end());
}

void StepCheck::after(const State& state) const {
  if (!on_) return;
  for (std::size_t lane = 0; lane < now_.lanes.count; ++lane) {
    const LaneCheck check(now_, state, lane);
    check.states();
    check.workings();
    check.probabilities();
    check.equipment(scheduled_);
    check.attempts();
    check.loads(stock_before_);
    check.militants(militants_before_);
    check.patrols();
  }
}

}  // namespace panj::spillover::detail
