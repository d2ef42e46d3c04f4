// SPDX-License-Identifier: Apache-2.0
#include "theatre_view.h"

#include <fmt/format.h>

#include <array>

#include "panj/geo/simplify.h"

namespace panj::app {
namespace {

using Json = nlohmann::ordered_json;
using theatre::Theatre;

constexpr std::array kTolerancesM{0.0, 100.0, 250.0, 500.0, 1000.0, 5000.0};

Json alliance_view(const theatre::Alliance& alliance) {
  static constexpr std::array kListings{"unknown", "listed", "removed"};
  Json members = Json::array();
  for (const theatre::Member& member : alliance.members) {
    Json view{{"id", member.id}, {"name", member.name}};
    view["listing"] = kListings[static_cast<std::size_t>(member.listing)];
    if (member.stance) view["stance_now"] = member.stance->values.back();
    members.push_back(std::move(view));
  }
  return {{"name", alliance.name},
          {"abbreviation", alliance.abbreviation},
          {"leader", alliance.leader},
          {"exposed", alliance.exposed},
          {"members", std::move(members)}};
}

Json lengths_view(const theatre::Border& border) {
  Json stated = Json::array();
  for (const theatre::StatedLength& length : border.stated_lengths) {
    stated.push_back(
        {{"km", length.km}, {"basis", to_string(length.basis)}, {"source", length.source}});
  }
  Json measured = Json::array();
  for (const geo::BorderLine& line : border.lines) {
    Json by_scale = Json::array();
    for (const double tolerance_m : kTolerancesM) {
      by_scale.push_back({{"tolerance_m", tolerance_m},
                          {"km", geo::length_km(geo::simplified(line.vertices(), tolerance_m))}});
    }
    measured.push_back({{"line", line.id()},
                        {"source", line.source()},
                        {"km", line.length_km()},
                        {"by_scale", std::move(by_scale)}});
  }
  return {{"stated", std::move(stated)}, {"measured", std::move(measured)}};
}

Json places_view(const theatre::Border& border) {
  Json crossings = Json::array();
  for (const theatre::Crossing& crossing : border.crossings) {
    const double chainage_km = border.line().project(crossing.position).chainage_km;
    crossings.push_back(
        {{"name", crossing.name}, {"kind", crossing.kind}, {"chainage_km", chainage_km}});
  }
  Json terrain = Json::array();
  for (const theatre::Terrain& piece : border.terrain) {
    terrain.push_back({{"name", piece.name},
                       {"description", piece.description},
                       {"from_km", piece.from_km},
                       {"to_km", piece.to_km}});
  }
  return {{"name", border.name},
          {"river", border.river},
          {"stretches", border.stretches.size()},
          {"stretch_length_km", border.stretches.front().length_km()},
          {"terrain", std::move(terrain)},
          {"crossings", std::move(crossings)}};
}

Json threat_view(const theatre::Threat& threat) {
  Json groups = Json::array();
  for (const theatre::Group& group : threat.groups) {
    const Range range = group.militants.range();
    groups.push_back({{"id", group.id},
                      {"name", group.name},
                      {"militants", group.militants.value()},
                      {"low", range.low},
                      {"high", range.high}});
  }
  Json zones = Json::array();
  for (const theatre::Zone& zone : threat.zones) {
    Json view{{"id", zone.id}, {"name", zone.name}, {"at_border", zone.at_border}};
    if (zone.at_border) {
      view["from_km"] = zone.from_km;
      view["to_km"] = zone.to_km;
    }
    zones.push_back(std::move(view));
  }
  return {{"groups", std::move(groups)}, {"zones", std::move(zones)}};
}

Json sharing_view(const theatre::Alliance& alliance) {
  Json rows = Json::object();
  for (const theatre::Member& from : alliance.members) {
    for (const theatre::Member& to : alliance.members) {
      rows[from.id][to.id] = alliance.sharing->value(from.id, to.id);
    }
  }
  return rows;
}

Json measures_view(const theatre::Measures& measures) {
  Json stages = Json::array();
  for (const theatre::ProgrammeStage& stage : measures.stages) {
    stages.push_back({{"name", stage.name}, {"from", stage.from_year}, {"to", stage.to_year}});
  }
  Json programmes = Json::array();
  for (const theatre::Programme& programme : measures.programmes) {
    Json units = Json::object();
    for (const std::string& kind : programme.equipment.labels) {
      units[kind] = programme.equipment.value(kind);
    }
    programmes.push_back({{"id", programme.id},
                          {"name", programme.name},
                          {"from", programme.first_year},
                          {"to", programme.last_year},
                          {"units", std::move(units)}});
  }
  return {{"start", to_string(measures.start)},
          {"exercises_per_year", measures.exercises.value()},
          {"stages", std::move(stages)},
          {"programmes", std::move(programmes)}};
}

Json assumption_view(const theatre::Assumption& assumption) {
  return {{"key", assumption.key},       {"line", assumption.line},
          {"labels", assumption.labels}, {"values", assumption.values},
          {"low", assumption.low},       {"high", assumption.high},
          {"unit", assumption.unit},     {"basis", to_string(assumption.basis)},
          {"source", assumption.source}};
}

Json files_view(const Theatre& theatre) {
  Json files = Json::object();
  const auto add = [&](const char* name, const std::optional<theatre::DataFile>& file) {
    if (!file) return;
    files[name] = {{"file", file->path.filename().string()},
                   {"source", file->source},
                   {"complete_to", to_string(file->complete_to)}};
  };
  add("incidents", theatre.incidents);
  add("deaths", theatre.deaths);
  return files;
}

}  // namespace

Json theatre_view(const Theatre& theatre) {
  Json view{{"id", theatre.id},
            {"name", theatre.name},
            {"example", theatre.is_example},
            {"question", theatre.question},
            {"home", theatre.home},
            {"next_door", theatre.next_door},
            {"alliance", alliance_view(theatre.alliance)},
            {"border", places_view(theatre.border)},
            {"lengths", lengths_view(theatre.border)}};
  if (theatre.threat) view["threat"] = threat_view(*theatre.threat);
  if (theatre.defence) {
    view["bases"] = Json::array();
    for (const theatre::Base& base : theatre.defence->bases) {
      view["bases"].push_back({{"name", base.name}, {"member", base.member}});
    }
  }
  if (theatre.alliance.sharing) view["sharing"] = sharing_view(theatre.alliance);
  if (theatre.measures) view["measures"] = measures_view(*theatre.measures);
  if (theatre.containment) view["containment"] = theatre.containment->definition;
  Json packages = Json::array();
  for (const theatre::Package& package : theatre.packages) {
    packages.push_back({{"id", package.id}, {"name", package.name}});
  }
  view["packages"] = std::move(packages);
  view["claims"] = Json::array();
  for (const theatre::Claim& claim : theatre.claims) {
    view["claims"].push_back(
        {{"date", claim.date}, {"text", claim.text}, {"basis", to_string(claim.basis)}});
  }
  view["files"] = files_view(theatre);
  Json assumptions = Json::array();
  for (const theatre::Assumption& assumption : theatre.assumptions) {
    assumptions.push_back(assumption_view(assumption));
  }
  view["assumptions"] = std::move(assumptions);
  return view;
}

}  // namespace panj::app
