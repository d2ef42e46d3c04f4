// SPDX-License-Identifier: Apache-2.0
#include "panj/plan/ground.h"

#include <algorithm>
#include <cmath>

#include "panj/core/problem.h"
#include "panj/spillover/simulate.h"

namespace panj::plan {
namespace {

using spillover::LeverSettings;
using spillover::Parameters;

const theatre::Theatre& checked(const theatre::Theatre& theatre) {
  if (theatre.measures) return theatre;
  throw InvalidInput(Problem{.file = theatre.file.string(),
                             .field = "measures",
                             .what = "is missing",
                             .why = "it says from when a plan can bite"});
}

/// Measures bite from the first January on or after their start.
std::vector<int> years_of(const Parameters& p, const spillover::Settings& settings) {
  constexpr double kSameDay = 1e-6;
  std::vector<int> years;
  const int first =
      std::max(settings.first_year, static_cast<int>(std::ceil(p.practice.start_year - kSameDay)));
  for (int year = first; year <= settings.last_year; ++year) years.push_back(year);
  return years;
}

}  // namespace

Ground::Ground(const theatre::Theatre& of)
    : theatre(checked(of)),
      parameters(spillover::parameters_of(of)),
      geometry(spillover::geometry_of(of, parameters)),
      settings(spillover::settings_of(of)),
      years(years_of(parameters, settings)) {
  settings.invariants = spillover::Invariants::unchecked;
  for (const geo::Stretch& stretch : geometry.stretches) stretches.push_back(stretch.id);
  if (!years.empty()) return;
  throw InvalidInput(Problem{.file = of.file.string(),
                             .field = "measures.start",
                             .what = "lies beyond the years that are simulated",
                             .why = "a plan needs at least a year in which it bites"});
}

Candidate status_quo() {
  return {.id = "status quo", .name = "as practised", .levers = [](const Parameters& p) {
            return spillover::practised_levers(p);
          }};
}

Candidate candidate_of(const Ground& ground, const std::string& package) {
  const auto found = spillover::scenarios_of(ground.theatre, ground.parameters, {{package}});
  const auto at = std::ranges::find(ground.theatre.packages, package, &theatre::Package::id);
  return {.id = found.front().id,
          .name = found.front().name,
          .levers = [stated = found.front().levers, of = *at](const Parameters& p) {
            LeverSettings levers = spillover::levers_of(p, of);
            levers.deliveries = stated.deliveries;
            return levers;
          }};
}

std::optional<std::string> plain_programme(const theatre::Theatre& theatre) {
  for (const theatre::Package& package : theatre.packages) {
    theatre::Package plain;
    plain.id = package.id;
    plain.name = package.name;
    plain.note = package.note;
    plain.basis = package.basis;
    plain.programme = package.programme;
    if (package == plain && !package.programme.empty()) return package.id;
  }
  return std::nullopt;
}

}  // namespace panj::plan
