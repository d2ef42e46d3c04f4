// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "command.h"
#include "panj/plan/line_game.h"
#include "panj/plan/roster.h"

namespace panj::app {

/// Options of `panj plan patrol` that are about rosters.
struct RosterOptions {
  std::string folder;  ///< nothing is drawn without one
  std::string from;
  int days = 28;
  int shifts = 1;               ///< a day
  std::optional<double> reach;  ///< of a crew between two shifts; nothing: anywhere
  bool seed_given = false;

  bool follows_crews() const { return shifts > 1 || reach.has_value(); }
  bool wanted() const { return !folder.empty() || follows_crews(); }
};
void add_roster_options(CLI::App& command, RosterOptions& options);

/// What rosters are drawn from.
struct RosterSubject {
  std::vector<plan::Fraction> coverage{};
  double resources = 0;  ///< crews on duty, rounded up
  std::vector<std::string> names{};
  std::vector<double>
      places{};  ///< of stretches along the border: km of a theatre, else 0, 1, 2, …
};

/// Draws rosters into the folder, if there is one. Call it when they are wanted. Returns what crews
/// do between shifts, null where they are not followed. Throws InvalidInput when there are too many
/// moves to plan.
nlohmann::ordered_json draw_rosters(const RosterSubject& subject, const RosterOptions& options,
                                    const CommonOptions& common);

/// Draws a walk along a line into the folder: one post a day, or a shift. Throws InvalidInput when
/// a reach is given, as a walk takes one post a step.
void draw_line_roster(const plan::LinePatrol& patrol, const std::vector<std::string>& names,
                      const RosterOptions& options, const CommonOptions& common);

}  // namespace panj::app
