// SPDX-License-Identifier: Apache-2.0
#include "panj/brief/compose.h"

#include <fmt/format.h>

#include <algorithm>

#include "panj/brief/basemap.h"
#include "panj/brief/border_view.h"
#include "panj/brief/calibration.h"
#include "panj/brief/exploration_view.h"
#include "panj/brief/outlook.h"
#include "panj/brief/spillover_view.h"
#include "panj/brief/wording.h"
#include "panj/core/manifest.h"

namespace panj::brief {
namespace {

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const auto& name : names) text += (text.empty() ? "" : " and ") + name;
  return text;
}

/// The twelve months after the month of `end`.
std::string year_after(Date end) {
  const Month first = Month::of(end) + 1;
  return fmt::format("{} to {}", long_date(panj::to_string(first)),
                     long_date(panj::to_string(first + 11)));
}

std::string stated_lengths(const theatre::Border& border) {
  std::string text;
  for (const auto& stated : border.stated_lengths)
    text += fmt::format("{}{} km", text.empty() ? "the length is stated as " : " and ",
                        count(stated.km));
  return text.empty() ? text : text + "; a length depends on the scale at which the line is drawn.";
}

Meta meta_of(const BriefInputs& inputs) {
  const auto& theatre = inputs.theatre;
  const auto& border = theatre.border;
  return {.title = "Spillover across the " + theatre.name,
          .area = theatre.alliance.name,
          .near_side = joined(theatre.home),
          .far_side = joined(theatre.next_door),
          .line_id = border.line().id(),
          .length_km = border.line().length_km(),
          .stated_length = stated_lengths(border),
          .deaths_end = panj::to_string(inputs.outlook.origin()),
          .incidents_end =
              theatre.incidents ? panj::to_string(theatre.incidents->complete_to) : std::string(),
          .issued = panj::to_string(inputs.issued),
          .outlook = theatre.incidents ? year_after(theatre.incidents->complete_to)
                                       : year_after(inputs.outlook.origin().last_day()),
          .map_sources = fmt::format("Border line: {}. Countries: Natural Earth (public domain).",
                                     border.line().source()),
          .words = std::string(to_string(inputs.words)),
          .version = version(),
          .seed = inputs.seed,
          .samples = inputs.outlook.draws()};
}

Incident view_of(const event::Incident& incident) {
  Incident view{.id = incident.source_id,
                .date = panj::to_string(incident.first),
                .place = incident.place.name,
                .label = incident.note,
                .armed = is_armed(incident.type),
                .deaths = static_cast<std::uint64_t>(incident.deaths.best),
                .credibility = incident.credibility.value_or(6)};
  if (incident.place.is_located())
    view.at = Position{incident.place.coordinates->lon, incident.place.coordinates->lat};
  return view;
}

std::vector<Place> places_of(const theatre::Border& border) {
  std::vector<Place> places;
  for (const auto& town : border.towns)
    places.push_back({.name = town.name,
                      .at = {town.position.lon, town.position.lat},
                      .capital = town.is_capital});
  return places;
}

std::vector<Crossing> crossings_of(const theatre::Border& border) {
  std::vector<Crossing> crossings;
  for (const auto& crossing : border.crossings)
    crossings.push_back({.name = crossing.name,
                         .km = border.line().project(crossing.position).chainage_km,
                         .at = {crossing.position.lon, crossing.position.lat}});
  std::ranges::sort(crossings, std::less{}, &Crossing::km);
  return crossings;
}

Banks banks_of(const theatre::Theatre& theatre) {
  const double end = theatre.border.line().length_km();
  Banks banks;
  for (const auto& terrain : theatre.border.terrain)
    banks.near.push_back({terrain.name, terrain.from_km, std::min(terrain.to_km, end)});
  if (theatre.threat)
    for (const auto& zone : theatre.threat->zones)
      if (zone.at_border) banks.far.push_back({zone.name, zone.from_km, std::min(zone.to_km, end)});
  return banks;
}

/// Incidents that the statements are about: armed, on this line, within the reference years.
IncidentRecord reference_record(const theatre::Theatre& theatre,
                                const std::vector<Incident>& incidents) {
  const auto& years = theatre.reference_years;
  IncidentRecord record{.first_year = years.first,
                        .last_year = years.last,
                        .window = year_after(theatre.incidents->complete_to)};
  for (const auto& incident : incidents) {
    const int year = std::stoi(incident.date.substr(0, 4));
    if (incident.armed && incident.stretch && years.first <= year && year <= years.last)
      ++record.armed;
  }
  return record;
}

std::vector<Statement> bottom_line(const BriefInputs& inputs,
                                   const std::vector<Incident>& incidents) {
  std::vector<Statement> statements;
  if (inputs.theatre.incidents)
    statements = incident_statements(reference_record(inputs.theatre, incidents));
  const auto calibration = calibration_of(inputs.backtest, inputs.model.name, inputs.seed);
  const auto add = [&](const std::string& country, double threshold) {
    auto statement =
        deaths_statement(inputs.outlook, country, inputs.outlook.leads().last, threshold);
    if (calibration) {
      const auto record =
          std::ranges::find(calibration->reliability, threshold, &Reliability::threshold);
      if (record != calibration->reliability.end()) widen_by_record(statement, *record);
    }
    statements.push_back(std::move(statement));
  };
  for (const auto& country : inputs.theatre.next_door) add(country, 25);
  if (inputs.simulation != nullptr) return statements;  // whose answer needs the room
  for (const auto& country : inputs.theatre.home) add(country, 1);
  return statements;
}

std::vector<Assumption> assumptions_of(const theatre::Theatre& theatre) {
  std::vector<Assumption> rows;
  const auto number = [](double value) { return fmt::format("{:.6g}", value); };
  for (const auto& assumption : theatre.assumptions)
    for (std::size_t i = 0; i < assumption.values.size(); ++i) {
      std::string value = number(assumption.values[i]);
      if (assumption.low[i] != assumption.high[i])
        value += fmt::format(" ({} to {})", number(assumption.low[i]), number(assumption.high[i]));
      if (!assumption.unit.empty()) value += " " + assumption.unit;
      rows.push_back({.name = assumption.labels.empty()
                                  ? assumption.key
                                  : assumption.key + ", " + assumption.labels[i],
                      .value = value,
                      .basis = std::string(theatre::to_string(assumption.basis)),
                      .source = assumption.source});
    }
  return rows;
}

std::vector<Source> sources_of(const theatre::Theatre& theatre) {
  std::vector<Source> sources;
  for (const auto* file : {&theatre.deaths, &theatre.incidents})
    if (*file)
      sources.push_back(
          {.name = (*file)->path.filename().string(),
           .licence = (*file)->source,
           .vintage = "complete to " + long_date(panj::to_string((*file)->complete_to))});
  for (const auto& line : theatre.border.lines)
    sources.push_back({.name = source_name(line), .licence = line.source()});
  return sources;
}

std::vector<std::string> not_answered(const BriefInputs& inputs) {
  std::vector<std::string> paragraphs;
  if (inputs.simulation == nullptr)
    paragraphs.push_back("The question is: " + inputs.theatre.question +
                         " This brief does not answer it: the theatre does not describe groups, "
                         "defence and packages of measures to simulate.");
  else
    paragraphs.emplace_back(
        "The simulation compares measures under stated assumptions. It foresees no change of "
        "regime, no war between states and no date or place of a single incident.");
  paragraphs.emplace_back(
      "The incident statements rest on public reports. They say nothing of incidents that were "
      "not made public.");
  return paragraphs;
}

/// What is forecast, what moved, and how far to believe it.
void add_forecasts(const BriefInputs& inputs, BriefContent& content) {
  for (const auto& countries : {inputs.theatre.next_door, inputs.theatre.home}) {
    for (const auto& country : countries) {
      content.forecasts.push_back(
          fan_of(inputs.deaths, inputs.model, inputs.outlook, country, inputs.seed));
      if (inputs.earlier == nullptr) continue;
      if (auto move = move_of(*inputs.earlier, inputs.outlook, country)) {
        content.moves.push_back(std::move(*move));
      }
    }
  }
  content.skill = skill_of(inputs.backtest, inputs.model.name, "the theatre's countries");
  content.skill.calibration = calibration_of(inputs.backtest, inputs.model.name, inputs.seed);
  if (inputs.monthly != nullptr) {
    content.skill.by_lead = skill_by_lead_of(*inputs.monthly, inputs.model.name, inputs.seed);
  }
}

/// The answer to the theatre's question comes first.
void add_simulation(const BriefInputs& inputs, BriefContent& content) {
  if (inputs.simulation == nullptr) return;
  const auto& theatre = inputs.theatre;
  const auto& simulation = *inputs.simulation;
  const std::size_t best = recommended_package(theatre, simulation, inputs.exploration);
  content.spillover = outlook_of(simulation, best, theatre.reference_years, content.incidents);
  if (inputs.explanation != nullptr)
    content.spillover->drivers = drivers_of(*inputs.explanation, simulation);
  add_risks(content.stretches, simulation, best);
  if (inputs.exploration != nullptr)
    content.exploration = exploration_of(*inputs.exploration, content.spillover->best);
  if (!theatre.containment || !simulation.packages.front().contained) return;
  auto statements =
      containment_statements(simulation, best, *theatre.containment, content.exploration);
  content.bottom_line.insert(content.bottom_line.begin(), statements.begin(), statements.end());
}

}  // namespace

bool is_armed(event::IncidentType type) {
  using enum event::IncidentType;
  return type != trafficking_run && type != displacement && type != other;
}

std::string source_name(const geo::BorderLine& line) {
  return "Border line " + line.id();
}

std::size_t recommended_package(const theatre::Theatre& theatre,
                                const spillover::SimulationResult& simulation,
                                const explore::Exploration* exploration) {
  if (exploration != nullptr) {
    const auto found =
        std::ranges::find(simulation.packages, exploration->packages[exploration->best].id,
                          &spillover::PackageResult::id);
    if (found != simulation.packages.end())
      return static_cast<std::size_t>(found - simulation.packages.begin());
  }
  std::optional<double> budget;
  if (theatre.measures && theatre.measures->budget) budget = theatre.measures->budget->value();
  return best_affordable(simulation, budget);
}

BriefContent compose(const BriefInputs& inputs) {
  const auto& theatre = inputs.theatre;
  const auto& line = theatre.border.line();
  BriefContent content{.meta = meta_of(inputs)};
  for (const auto& incident : inputs.incidents) content.incidents.push_back(view_of(incident));
  place_incidents(content.incidents, line, theatre.border.stretches, theatre.border.home_bank);
  content.stretches = stretches_of(line, theatre.border.stretches, content.incidents);
  content.crossings = crossings_of(theatre.border);
  content.banks = banks_of(theatre);
  content.bottom_line = bottom_line(inputs, content.incidents);
  add_simulation(inputs, content);
  content.plan = inputs.plan;
  content.shared = inputs.shared.items;
  content.shared_left_out = inputs.shared.left_out;
  content.label = inputs.shared.label;
  content.records = records_of(inputs.deaths);
  add_forecasts(inputs, content);
  if (theatre.containment) content.containment = theatre.containment->definition;
  content.not_answered = not_answered(inputs);
  content.assumptions = assumptions_of(theatre);
  content.sources = sources_of(theatre);
  content.basemap =
      crop_basemap(frame_of(content.stretches), content.meta.near_side, content.meta.far_side);
  content.basemap.places = places_of(theatre.border);
  return content;
}

}  // namespace panj::brief
