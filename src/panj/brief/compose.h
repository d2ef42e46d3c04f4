// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "panj/brief/content.h"
#include "panj/brief/likelihood.h"
#include "panj/brief/share_view.h"
#include "panj/event/incident.h"
#include "panj/event/panel.h"
#include "panj/explore/exploration.h"
#include "panj/forecast/backtest.h"
#include "panj/forecast/model.h"
#include "panj/spillover/explain.h"
#include "panj/spillover/simulate.h"
#include "panj/theatre/theatre.h"

namespace panj::brief {

/// What a brief is made of. All must outlive the call.
struct BriefInputs {
  const theatre::Theatre& theatre;
  const event::Panel& deaths;
  const std::vector<event::Incident>& incidents;
  const forecast::Model& model;               ///< the one issued
  const forecast::PredictiveSample& outlook;  ///< its sample, leads 1–12 from the data's end
  /// The same a month earlier; null where the data do not reach back.
  const forecast::PredictiveSample* earlier = nullptr;
  const forecast::Backtest& backtest;
  /// The same from the origin of every month, at the leads of the outlook; null when it was not
  /// asked for.
  const forecast::Backtest* monthly = nullptr;
  /// The packages of the theatre, the status quo first; null where the theatre describes no
  /// border to simulate.
  const spillover::SimulationResult* simulation = nullptr;
  /// The best affordable package taken apart; null when there is none.
  const spillover::Explanation* explanation = nullptr;
  /// The same packages over plausible futures; null when it was not asked for.
  const explore::Exploration* exploration = nullptr;
  /// What to buy, how to patrol and when to exercise, as content; empty when it was not asked for.
  Plan plan{};
  /// What partners shared; empty when it was not asked for.
  SharedView shared{};
  Date issued;
  LikelihoodScale words = LikelihoodScale::icd203;
  std::uint64_t seed = 1;
};

/// Threat to home from across the line: violence, wherever its deaths are counted, but not
/// displacement or trafficking.
bool is_armed(event::IncidentType type);

/// What a border line is called among the `sources`.
std::string source_name(const geo::BorderLine& line);

/// The package that the brief recommends, as an index of `simulation.packages`: the exploration's
/// best affordable one; without an exploration brief::best_affordable within the theatre's budget.
std::size_t recommended_package(const theatre::Theatre& theatre,
                                const spillover::SimulationResult& simulation,
                                const explore::Exploration* exploration);

/// The whole content but for what only the run knows: `meta.run`, `meta.command` and the digests
/// of `sources`.
BriefContent compose(const BriefInputs& inputs);

}  // namespace panj::brief
