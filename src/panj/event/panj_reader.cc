// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "panj/event/detail/csv_incident_reader.h"
#include "panj/event/incident_csv.h"

namespace panj::event::detail {
namespace {

/// In the order of panj_columns().
struct Columns {
  Column id, date, type, country, best, last, date_precision, source, longitude, latitude,
      place_precision, place, admin1, admin2, country_id, actor_a, actor_b, conflict, low, high,
      deaths_a, deaths_b, civilians, unknown, reliability, credibility, source_count, note;
};

/// A name out of a fixed set, or `fallback` when the field is empty.
template <class Enum>
Enum named(RowFields& row, Column column, std::optional<Enum> (*parse)(std::string_view),
           Enum fallback, const char* valid) {
  const std::string_view text = row.raw(column);
  if (text.empty()) return fallback;
  const auto value = parse(text);
  if (!value) row.fail(column, std::string("must be one of ") + valid);
  return value.value_or(fallback);
}

std::optional<char> reliability(RowFields& row, Column column) {
  const std::string_view text = row.raw(column);
  if (text.empty()) return std::nullopt;
  if (text.size() == 1 && text[0] >= 'A' && text[0] <= 'F') return text[0];
  row.fail(column, "must be a letter from A to F (Admiralty code)");
  return std::nullopt;
}

class PanjReader final : public CsvIncidentReader {
 public:
  PanjReader(OpenedCsv opened, const ReaderOptions& options, const Columns& columns)
      : CsvIncidentReader(std::move(opened), options), at_(columns) {}
  Format format() const override { return Format::panj; }

 private:
  void read(RowFields& row, Incident& incident) const override {
    row.text(at_.source, incident.source);
    if (incident.source.empty()) incident.source = "panj";
    row.required_text(at_.id, incident.source_id);
    if (row.raw(at_.type).empty()) row.fail(at_.type, "must not be empty");
    incident.type = named(row, at_.type, &parse_incident_type, IncidentType::other,
                          "state_based, non_state, one_sided, armed_attack, infiltration, "
                          "trafficking_run, cross_border_fire, displacement, other");
    incident.first = row.date(at_.date);
    incident.last = row.raw(at_.last).empty() ? incident.first : row.date(at_.last);
    incident.date_precision = named(row, at_.date_precision, &parse_date_precision,
                                    DatePrecision::day, "day, few_days, week, month, year");
    row.date_order(at_.last, incident);
    read_place(row, incident.place);
    row.text(at_.actor_a, incident.actor_a);
    row.text(at_.actor_b, incident.actor_b);
    row.text(at_.conflict, incident.conflict);
    read_deaths(row, incident.deaths);
    incident.reliability = reliability(row, at_.reliability);
    incident.credibility = row.optional_integer(at_.credibility, {1, 6});
    incident.source_count = row.optional_integer(at_.source_count);
    row.text(at_.note, incident.note);
  }

  void read_place(RowFields& row, Place& place) const {
    row.coordinates(at_.longitude, at_.latitude, place);
    place.precision = named(row, at_.place_precision, &parse_place_precision, PlacePrecision::exact,
                            "exact, near, admin2, admin1, area, country, sea_or_air");
    row.text(at_.place, place.name);
    row.text(at_.admin1, place.admin1);
    row.text(at_.admin2, place.admin2);
    row.required_text(at_.country, place.country);
    place.country_id = row.optional_integer(at_.country_id);
  }

  void read_deaths(RowFields& row, Deaths& deaths) const {
    deaths.best = row.integer(at_.best);
    deaths.low = row.optional_integer(at_.low).value_or(deaths.best);
    deaths.high = row.optional_integer(at_.high).value_or(deaths.best);
    deaths.side_a = row.optional_integer(at_.deaths_a);
    deaths.side_b = row.optional_integer(at_.deaths_b);
    deaths.civilians = row.optional_integer(at_.civilians);
    deaths.unknown = row.optional_integer(at_.unknown);
    row.death_bounds(at_.best, deaths);
    row.death_sum(at_.best, deaths);
  }

  Columns at_;
};

constexpr std::size_t kRequired = 5;

}  // namespace

std::unique_ptr<IncidentReader> make_panj_reader(OpenedCsv opened, const ReaderOptions& options) {
  Columns at{};
  const std::vector<Column*> places = {&at.id,
                                       &at.date,
                                       &at.type,
                                       &at.country,
                                       &at.best,
                                       &at.last,
                                       &at.date_precision,
                                       &at.source,
                                       &at.longitude,
                                       &at.latitude,
                                       &at.place_precision,
                                       &at.place,
                                       &at.admin1,
                                       &at.admin2,
                                       &at.country_id,
                                       &at.actor_a,
                                       &at.actor_b,
                                       &at.conflict,
                                       &at.low,
                                       &at.high,
                                       &at.deaths_a,
                                       &at.deaths_b,
                                       &at.civilians,
                                       &at.unknown,
                                       &at.reliability,
                                       &at.credibility,
                                       &at.source_count,
                                       &at.note};
  std::vector<ColumnSpec> specs;
  for (std::size_t i = 0; i < places.size(); ++i) {
    specs.push_back({panj_columns()[i], i < kRequired, places[i]});
  }
  locate_columns(opened, specs, false);
  return std::make_unique<PanjReader>(std::move(opened), options, at);
}

}  // namespace panj::event::detail
