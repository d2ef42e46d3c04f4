// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "panj/theatre/assumption.h"

namespace panj::theatre {

enum class PatrolPolicy { fixed, randomised, optimised };

/// A bundle of lever settings: a choice to be compared, not an estimate. What a package does not
/// set stays as practised.
///
///     [[package]]
///     id = "P4"
///     name = "Security belt"
///     belt_cover = 0.6
///     basis = "assumption"
struct Package {
  std::string id;
  std::string name;
  std::string note;
  Basis basis = Basis::assumption;
  std::string programme;  ///< id of a programme; empty for none
  int programme_delay_years = 0;
  std::optional<double> slippage_years;  ///< in place of the programme's
  std::vector<double> tranche_shares;    ///< of the programme by year, in all 1; empty: equal
  std::vector<double> stretch_weights;   ///< of deliveries, by stretch; empty: by length
  double guards_factor = 1.0;
  std::optional<double> exercises_per_year;
  std::optional<double> sharing;             ///< every incoming link at this level, 0 to 1
  std::map<std::string, double> sharing_of;  ///< member id → level of its incoming link, 0 to 1
  double belt_cover = 0.0;                   ///< 0 to 1
  PatrolPolicy patrol = PatrolPolicy::fixed;
  double reserves_released_per_year = 0.0;  ///< share, 0 to 1
  std::map<std::string, double> stance;     ///< member id → stance, 0 to 1
  std::optional<double> urging;             ///< 0 to 1
  std::string regime;                       ///< outside regime id; empty keeps the current one

  bool operator==(const Package&) const = default;
};

}  // namespace panj::theatre
