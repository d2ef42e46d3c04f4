// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <map>
#include <memory>
#include <nlohmann/json.hpp>

#include "command.h"
#include "dates.h"
#include "output.h"
#include "panj/core/log.h"
#include "panj/event/panel_of_incidents.h"
#include "panj/event/store.h"
#include "panj/geo/line_reader.h"
#include "panj/theatre/theatre.h"

namespace panj::app {
namespace {

using event::Allotment;
using event::Measure;
using event::UnitKind;

struct PanelCommand {
  std::string workspace;
  std::string as_of;
  std::string from;
  std::string to;
  std::vector<std::string> types;
  std::string theatre;
  std::string border;
  double stretch_km = 50.0;
  double within_km = 50.0;
  std::string output;
  event::PanelOfIncidentsOptions panel;
};

const std::map<std::string, UnitKind> kUnitKinds = {{"country", UnitKind::country},
                                                    {"province", UnitKind::province},
                                                    {"grid", UnitKind::grid},
                                                    {"stretch", UnitKind::stretch},
                                                    {"distance", UnitKind::distance}};
const std::map<std::string, Measure> kMeasures = {{"deaths", Measure::deaths},
                                                  {"count", Measure::count}};
const std::map<std::string, Allotment> kAllotments = {
    {"days", Allotment::days}, {"first", Allotment::first}, {"last", Allotment::last}};

std::optional<Month> month_option(const char* option, const std::string& text) {
  if (text.empty()) return std::nullopt;
  const auto month = parse_month(text);
  if (!month) {
    throw InvalidInput(
        {.field = option, .what = "'" + text + "' is no month", .why = "must be YYYY-MM"});
  }
  return month;
}

template <class Value>
std::string name_of(const std::map<std::string, Value>& names, Value value) {
  for (const auto& [name, known] : names) {
    if (known == value) return name;
  }
  return {};
}

event::PanelOfIncidentsOptions complete(const PanelCommand& command) {
  event::PanelOfIncidentsOptions panel = command.panel;
  panel.from = month_option("--from", command.from);
  panel.to = month_option("--to", command.to);
  for (const std::string& type : command.types) {
    panel.types.push_back(*event::parse_incident_type(type));
  }
  if (!command.theatre.empty()) {
    const theatre::Border border = theatre::read_theatre(command.theatre).border;
    panel.border = event::BorderUnits{
        .line = border.line(), .stretches = border.stretches, .within_km = command.within_km};
  } else if (!command.border.empty()) {
    const geo::BorderLine line =
        geo::read_border_line(command.border, {.id = command.border, .source = command.border});
    panel.border = event::BorderUnits{
        .line = line,
        .stretches = geo::stretches_by_length(line.length_km(), command.stretch_km),
        .within_km = command.within_km};
  }
  return panel;
}

void run(const PanelCommand& command, bool json) {
  const event::PanelColumns columns{.unit = name_of(kUnitKinds, command.panel.by),
                                    .value = name_of(kMeasures, command.panel.measure)};
  event::PanelOfIncidents counted(complete(command));
  const Date as_of = date_option("--as-of", command.as_of, today());
  event::EventStore::open_for_reading(command.workspace)
      .read(as_of, [&](const event::Incident& incident) { counted.add(incident); });
  if (counted.left_out() > 0) {
    spdlog::warn("{} incidents are left out: their {} is not known or too far away",
                 counted.left_out(), columns.unit);
  }
  const event::Panel panel = counted.build();
  if (!json) return write_output(command.output, event::to_csv(panel, columns));
  nlohmann::ordered_json series = nlohmann::ordered_json::object();
  for (const std::string& unit : panel.units()) series[unit] = panel.series(*panel.find(unit));
  const nlohmann::ordered_json result = {{"as_of", to_string(as_of)},
                                         {"unit", columns.unit},
                                         {"value", columns.value},
                                         {"left_out", counted.left_out()},
                                         {"first", to_string(panel.first())},
                                         {"series", series}};
  write_output(command.output, result.dump(2) + "\n");
}

}  // namespace

void add_panel(CLI::App& program, CommonOptions& common, ExitCode&) {
  CLI::App* command = program.add_subcommand("panel", "Count incidents by place and month");
  const auto options = std::make_shared<PanelCommand>();
  add_common_options(*command, common);
  std::vector<std::string> types;
  for (int i = 0; i <= static_cast<int>(event::IncidentType::other); ++i) {
    types.emplace_back(event::name(static_cast<event::IncidentType>(i)));
  }
  command->add_option("workspace", options->workspace, "Folder of the event store")->required();
  command->add_option("--by", options->panel.by, "country, province, grid, stretch or distance")
      ->transform(CLI::CheckedTransformer(kUnitKinds).description(""))
      ->default_str("country");
  command->add_option("--of", options->panel.measure, "deaths (best estimate) or count")
      ->transform(CLI::CheckedTransformer(kMeasures).description(""))
      ->default_str("deaths");
  command->add_option("--type", options->types, "Only these types of incident (default: all)")
      ->check(CLI::IsMember(types))
      ->delimiter(',');
  command->add_option("--from", options->from, "First month, YYYY-MM");
  command->add_option("--to", options->to, "Last month, YYYY-MM");
  command
      ->add_option("--spread", options->panel.allotment,
                   "An incident over several months counts by days, in the first or the last")
      ->transform(CLI::CheckedTransformer(kAllotments).description(""))
      ->default_str("days");
  command->add_option("--as-of", options->as_of,
                      "Day whose knowledge is asked for, YYYY-MM-DD (default: today)");
  CLI::Option* theatre =
      command
          ->add_option("--theatre", options->theatre,
                       "Theatre whose border and stretches are meant, for stretches and distances")
          ->type_name("DIR");
  command->add_option("--border", options->border, "Border line file instead of a theatre")
      ->type_name("FILE")
      ->excludes(theatre);
  command->add_option("--stretch-km", options->stretch_km, "Length of a stretch of --border, about")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  command->add_option("--within-km", options->within_km, "How near an incident is on a stretch")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  command->add_option("-o,--out,--output", options->output, "File to write (default: stdout)");
  command->footer(R"(
Examples:
  panj panel work --by country --type state_based -o deaths.csv
  panj panel work --by grid --of count --from 2023-01 --to 2023-12 --as-of 2024-01-31
  panj panel work --by stretch --theatre theatres/tajik-afghan
  panj panel work --by distance --border line.geojson

Distance bands: 0-10, 10-25, 25-50, 50-100, 100-200 km from the line.)");
  command->callback([options, &common] { run(*options, common.json); });
}

}  // namespace panj::app
