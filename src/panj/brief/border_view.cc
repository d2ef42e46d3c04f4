// SPDX-License-Identifier: Apache-2.0
#include "panj/brief/border_view.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "panj/brief/wording.h"
#include "panj/geo/simplify.h"

namespace panj::brief {
namespace {

/// Ten metres: finer than any map here shows, and short in the file.
double rounded(double degrees) {
  return std::round(degrees * 1e4) / 1e4;
}

std::string readout(const Stretch& stretch, const std::vector<Incident>& incidents) {
  std::string text = stretch.name.empty() ? stretch.id : stretch.id + " " + stretch.name;
  text += fmt::format(", km {} to {}: ", count(stretch.from), count(stretch.to));
  if (stretch.incidents == 0) return text + "no reported incident.";
  text += fmt::format(
      "{}, {} of them armed; the latest on ",
      counted(static_cast<double>(stretch.incidents), "reported incident", "reported incidents"),
      stretch.armed);
  const Incident* latest = nullptr;
  for (const auto& incident : incidents)
    if (incident.stretch == stretch.id && (!latest || incident.date > latest->date))
      latest = &incident;
  return text + fmt::format("{} ({}).", long_date(latest->date), latest->label);
}

}  // namespace

void place_incidents(std::vector<Incident>& incidents, const geo::BorderLine& line,
                     std::span<const geo::Stretch> stretches, geo::Side near_bank,
                     double reach_km) {
  for (auto& incident : incidents) {
    if (!incident.at) continue;
    const auto position = line.project({(*incident.at)[0], (*incident.at)[1]});
    if (position.distance_km > reach_km) continue;
    incident.km = position.chainage_km;
    incident.bank = position.side == near_bank ? "near" : "far";
    incident.stretch = stretches[geo::stretch_at(stretches, position.chainage_km)].id;
  }
}

std::vector<Stretch> stretches_of(const geo::BorderLine& line,
                                  std::span<const geo::Stretch> stretches,
                                  const std::vector<Incident>& incidents) {
  const double tolerance_m = line.length_km() / 4;  // a third of a pixel on a wide screen
  std::vector<Stretch> views;
  for (const auto& stretch : stretches) {
    Stretch view{
        .id = stretch.id, .name = stretch.name, .from = stretch.from_km, .to = stretch.to_km};
    for (const auto& incident : incidents)
      if (incident.stretch == stretch.id) {
        ++view.incidents;
        if (incident.armed) ++view.armed;
      }
    view.readout = readout(view, incidents);
    const double to = std::min(stretch.to_km, line.length_km());
    for (const auto& at : geo::simplified(line.slice(stretch.from_km, to), tolerance_m))
      view.geometry.push_back({rounded(at.lon), rounded(at.lat)});
    views.push_back(std::move(view));
  }
  return views;
}

}  // namespace panj::brief
