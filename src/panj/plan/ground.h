// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "panj/spillover/geometry.h"
#include "panj/spillover/levers.h"
#include "panj/spillover/parameters.h"
#include "panj/spillover/settings.h"
#include "panj/theatre/theatre.h"

namespace panj::plan {

/// A theatre made ready to plan for. The theatre must outlive it. Throws InvalidInput for parts
/// that the theatre lacks.
struct Ground {
  explicit Ground(const theatre::Theatre& theatre);

  const theatre::Theatre& theatre;
  spillover::Parameters parameters;  ///< at the stated values
  spillover::Geometry geometry;
  spillover::Settings settings;
  std::vector<int> years;              ///< in which measures bite, to the end of the horizon
  std::vector<std::string> stretches;  ///< ids

  /// Index of the first year of `years` among the simulated ones.
  int first_year_index() const { return years.front() - settings.first_year; }
};

/// Something to do at the border, to be simulated beside others: what its levers are when the
/// world is as `parameters` say.
struct Candidate {
  std::string id;
  std::string name;
  std::function<spillover::LeverSettings(const spillover::Parameters& parameters)> levers;
};

/// The border as it is practised.
Candidate status_quo();
/// A package of the theatre, its programme of the size stated whatever the future. Throws
/// InvalidInput for an unknown id, with the nearest.
Candidate candidate_of(const Ground& ground, const std::string& package);
/// The first package that follows a programme and does nothing else: what a placement must beat.
std::optional<std::string> plain_programme(const theatre::Theatre& theatre);

}  // namespace panj::plan
