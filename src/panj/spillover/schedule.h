// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "panj/spillover/geometry.h"
#include "panj/spillover/intelligence.h"
#include "panj/spillover/levers.h"
#include "panj/spillover/reference.h"
#include "panj/spillover/settings.h"

namespace panj::spillover {

/// Units of one kind that enter the backlog, by stretch.
struct Due {
  Kind kind = kPost;
  std::vector<double> units{};
};

/// What a step is given from outside: calendar, levers, and everything that follows from these
/// without chance (stance, readiness, released reserves).
struct StepInputs {
  double start = 0.0;   ///< in years
  double middle = 0.0;  ///< in years
  int year = 0;         ///< counted from the first
  ByType<double> season{};
  std::vector<Due> due{};
  double slippage_years = 0.5;
  int exercises = 0;
  double exercise_cost = 0.0;          ///< M$
  double readiness = 0.0;              ///< R after this step's decay and exercises, mean by length
  std::vector<double> readiness_on{};  ///< R by stretch: alike, but under a calendar
  double guards_factor = 1.0;
  Standing standing{};
  double urging = 0.0;
  double hardship_target = 0.0;  ///< −ε_R L/(L+L_h) + ω_H
  double released = 0.0;         ///< q, bn$/yr
  double cohesion_shift = 0.0;   ///< ω_C
  double belt_cover = 0.0;
  double shared_links = 0.0;  ///< Σ S_m of the links into the exposed member
  const LeverSettings* levers = nullptr;
  const Sources* sources = nullptr;
};

/// All steps of one package: the practised levers until the measures start, the package's after.
class Schedule {
 public:
  Schedule(const Parameters& parameters, const Geometry& geometry, const Settings& settings,
           LeverSettings package);
  Schedule(const Schedule&) = delete;
  Schedule& operator=(const Schedule&) = delete;

  const StepInputs& step(int index) const { return steps_[static_cast<std::size_t>(index)]; }
  const LeverSettings& package() const { return package_; }
  /// Everything that is scheduled within the horizon, by kind and stretch.
  const ByKind<std::vector<double>>& scheduled() const { return scheduled_; }

 private:
  void set_levers(const Parameters& parameters, StepInputs& inputs) const;
  void set_deliveries(const Geometry& geometry, const Settings& settings, int step);

  LeverSettings practised_;
  LeverSettings package_;
  Sources practised_sources_;
  Sources package_sources_;
  std::vector<StepInputs> steps_;
  ByKind<std::vector<double>> scheduled_;
};

}  // namespace panj::spillover
