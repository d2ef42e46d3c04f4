// SPDX-License-Identifier: Apache-2.0
#include "store_panel.h"

#include <map>

#include "dates.h"
#include "number_in.h"
#include "one_of.h"
#include "panj/core/log.h"
#include "panj/core/text.h"
#include "panj/geo/line_reader.h"
#include "panj/theatre/theatre.h"

namespace panj::app {
namespace {

using event::Allotment;
using event::Measure;
using event::UnitKind;

const std::map<std::string, UnitKind> kUnitKinds = {{"country", UnitKind::country},
                                                    {"province", UnitKind::province},
                                                    {"grid", UnitKind::grid},
                                                    {"stretch", UnitKind::stretch},
                                                    {"distance", UnitKind::distance}};
const std::map<std::string, Measure> kMeasures = {{"deaths", Measure::deaths},
                                                  {"count", Measure::count}};
const std::map<std::string, Allotment> kAllotments = {
    {"days", Allotment::days}, {"first", Allotment::first}, {"last", Allotment::last}};

/// Options that are each right but do not fit each other.
void check_together(const StorePanelOptions& options,
                    const event::PanelOfIncidentsOptions& counting) {
  const bool along_border = counting.by == UnitKind::stretch || counting.by == UnitKind::distance;
  if (along_border && options.theatre.empty() && options.border.empty()) {
    throw CLI::ValidationError("--by",
                               "stretches and distances need a border: give --theatre DIR or "
                               "--border FILE");
  }
  for (const CLI::Option* option : options.of_stretches) {
    if (option->count() == 0 || counting.by == UnitKind::stretch) continue;
    throw CLI::ValidationError(option->get_name(), "goes with --by stretch only");
  }
  if (counting.from && counting.to && *counting.to < *counting.from) {
    throw CLI::ValidationError("--to", options.to + " lies before --from, " + options.from);
  }
}

template <class Value>
std::string name_of(const std::map<std::string, Value>& names, Value value) {
  for (const auto& [name, known] : names) {
    if (known == value) return name;
  }
  return {};
}

}  // namespace

void add_store_panel_options(CLI::App& command, StorePanelOptions& options) {
  std::vector<std::string> types;
  for (int i = 0; i <= static_cast<int>(event::IncidentType::other); ++i) {
    types.emplace_back(event::name(static_cast<event::IncidentType>(i)));
  }
  command.add_option("--by", options.counting.by, "country, province, grid, stretch or distance")
      ->transform(one_of(kUnitKinds))
      ->default_str("country");
  command.add_option("--of", options.counting.measure, "deaths (best estimate) or count")
      ->transform(one_of(kMeasures))
      ->default_str("deaths");
  command.add_option("--type", options.types, "Only these types of incident (default: all)")
      ->check(CLI::IsMember(types))
      ->delimiter(',');
  command.add_option("--from", options.from, "First month, YYYY-MM")->check(is_month());
  command.add_option("--to", options.to, "Last month, YYYY-MM")->check(is_month());
  command
      .add_option("--spread", options.counting.allotment,
                  "An incident over several months counts by days, in the first or the last")
      ->transform(one_of(kAllotments))
      ->default_str("days");
  CLI::Option* theatre =
      command
          .add_option("--theatre", options.theatre,
                      "Theatre whose border and stretches are meant, for stretches and distances")
          ->type_name("DIR");
  command.add_option("--border", options.border, "Border line file instead of a theatre")
      ->type_name("FILE")
      ->excludes(theatre);
  CLI::Option* length =
      command
          .add_option("--stretch-km", options.stretch_km, "Length of a stretch of --border, about")
          ->check(number_in(0.1, 20000))
          ->capture_default_str();
  CLI::Option* near =
      command.add_option("--within-km", options.within_km, "How near an incident is on a stretch")
          ->check(number_in(0, 1e6))
          ->capture_default_str();
  options.of_stretches = {length, near};
}

event::PanelOfIncidentsOptions counting_of(const StorePanelOptions& options) {
  event::PanelOfIncidentsOptions counting = options.counting;
  counting.from = month_option(options.from);
  counting.to = month_option(options.to);
  check_together(options, counting);
  for (const std::string& type : options.types) {
    counting.types.push_back(*event::parse_incident_type(type));
  }
  if (!options.theatre.empty()) {
    const theatre::Border border = theatre::read_theatre(options.theatre).border;
    counting.border = event::BorderUnits{
        .line = border.line(), .stretches = border.stretches, .within_km = options.within_km};
  } else if (!options.border.empty()) {
    const geo::BorderLine line =
        geo::read_border_line(options.border, {.id = options.border, .source = options.border});
    counting.border = event::BorderUnits{
        .line = line,
        .stretches = geo::stretches_by_length(line.length_km(), options.stretch_km),
        .within_km = options.within_km};
  }
  return counting;
}

event::PanelColumns columns_of(const StorePanelOptions& options) {
  return {.unit = name_of(kUnitKinds, options.counting.by),
          .value = name_of(kMeasures, options.counting.measure)};
}

void warn_of_left_out(const CountedPanel& panel, const std::string& unit) {
  if (panel.left_out == 0) return;
  spdlog::warn("{} left out: the {} is not known or too far away",
               counted(panel.left_out, "incident is", "incidents are"), unit);
}

CountedPanel count_incidents(const event::EventStore& store,
                             const event::PanelOfIncidentsOptions& counting, Date as_of) {
  event::PanelOfIncidents counted(counting);
  store.read(as_of, [&](const event::Incident& incident) { counted.add(incident); });
  return {.panel = counted.build(), .left_out = counted.left_out()};
}

}  // namespace panj::app
