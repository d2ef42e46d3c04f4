// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "panj/core/date.h"
#include "panj/event/incident.h"
#include "panj/event/panel.h"
#include "panj/geo/border_line.h"
#include "panj/geo/stretch.h"

namespace panj::event {

/// A border as the panel needs it: who is on which stretch, and who is how far away.
struct BorderUnits {
  geo::BorderLine line;
  std::vector<geo::Stretch> stretches;
  double within_km = 50.0;  ///< incidents further away are on no stretch
  /// Bounds of the distance bands, rising, from 0.
  std::vector<double> band_edges_km = {0, 10, 25, 50, 100, 200};
};

enum class UnitKind : std::uint8_t { country, province, grid, stretch, distance };
enum class Measure : std::uint8_t { deaths, count };

/// Where an incident over several months counts.
enum class Allotment : std::uint8_t {
  days,   ///< dealt out by the days in each month
  first,  ///< in its first month
  last    ///< in its last month
};

struct PanelOfIncidentsOptions {
  UnitKind by = UnitKind::country;
  Measure measure = Measure::deaths;
  std::vector<IncidentType> types{};  ///< empty: all
  Allotment allotment = Allotment::days;
  std::optional<Month> from{};          ///< default: the first month with an incident
  std::optional<Month> to{};            ///< default: the last month with an incident
  std::optional<BorderUnits> border{};  ///< needed by stretch and distance
};

/// Shares `total` out in proportion to `weights`, in whole numbers that add up to `total` (largest
/// remainder; of equal remainders the earlier gets more). Weights ≥ 0, not all 0; total ≥ 0.
std::vector<std::int64_t> share_out(std::int64_t total, const std::vector<std::int64_t>& weights);

/// Counts best-estimate deaths or incidents into units × months.
///
///     PanelOfIncidents panel({.by = UnitKind::province});
///     store.read(as_of, [&](const Incident& incident) { panel.add(incident); });
///     write_file("panel.csv", to_csv(panel.build(), {"province", "deaths"}));
///
/// Nothing is lost: over all months the sum of a panel is the sum of the incidents that were not
/// left out. An incident is left out when its unit is not known: no country or province is named,
/// or for cell, stretch and distance band the coordinates are missing or are a centroid
/// (Place::is_located), or the border is too far away.
///
/// Units: "Tajikistan"; "Tajikistan: Khatlon"; the PRIO-GRID id; the stretch's id; "0-10 km".
/// Stretches and bands are all there, also those without incidents; the other units when an
/// incident of the asked types is in them.
class PanelOfIncidents {
 public:
  /// Throws InvalidInput when a border is needed and not given, or `to` lies before `from`.
  explicit PanelOfIncidents(PanelOfIncidentsOptions options);

  void add(const Incident& incident);
  std::uint64_t left_out() const { return left_out_; }
  Panel build() const;

 private:
  std::optional<std::string> unit_of(const Incident& incident) const;
  std::vector<std::string> all_units() const;

  PanelOfIncidentsOptions options_;
  std::map<std::string, std::map<Month, std::int64_t>> values_;
  std::uint64_t left_out_ = 0;
};

}  // namespace panj::event
