// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "panj/event/detail/csv_incident_reader.h"
#include "panj/event/incident_csv.h"

namespace panj::event::detail {
namespace {

struct PanjColumns : CommonColumns {
  Column type, date_precision, source, place_precision, reliability, credibility, source_count;
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

/// What a row says of its place when it does not say how well the place is known: as much as the
/// finest thing that it gives.
PlacePrecision finest_given(const Place& place) {
  if (place.coordinates || !place.name.empty()) return PlacePrecision::exact;
  if (!place.admin2.empty()) return PlacePrecision::admin2;
  return place.admin1.empty() ? PlacePrecision::country : PlacePrecision::admin1;
}

class PanjReader final : public CsvIncidentReader {
 public:
  PanjReader(OpenedCsv opened, const ReaderOptions& options, const PanjColumns& columns)
      : CsvIncidentReader(std::move(opened), options), at_(columns) {}
  Format format() const override { return Format::panj; }

 private:
  void read(RowFields& row, Incident& incident) const override {
    row.text(at_.source, incident.source);
    if (incident.source.empty()) incident.source = "panj";
    row.require(at_.type);
    incident.type = named(row, at_.type, &parse_incident_type, IncidentType::other,
                          "state_based, non_state, one_sided, armed_attack, infiltration, "
                          "trafficking_run, cross_border_fire, displacement, other");
    incident.date_precision = named(row, at_.date_precision, &parse_date_precision,
                                    DatePrecision::day, "day, few_days, week, month, year");
    incident.place.precision =
        named(row, at_.place_precision, &parse_place_precision, PlacePrecision::exact,
              "exact, near, admin2, admin1, area, country, sea_or_air");
    row.require(at_.country);
    for (const Column column : {at_.id, at_.source, at_.country}) row.expect_plain(column);
    read_common(row, at_, incident);
    if (row.raw(at_.place_precision).empty()) {
      incident.place.precision = finest_given(incident.place);
    }
    incident.reliability = reliability(row, at_.reliability);
    incident.credibility = row.optional_integer(at_.credibility, {1, 6});
    incident.source_count = row.optional_integer(at_.source_count);
  }

  PanjColumns at_;
};

constexpr std::size_t kRequired = 5;

}  // namespace

std::unique_ptr<IncidentReader> make_panj_reader(OpenedCsv opened, const ReaderOptions& options) {
  PanjColumns at{};
  // In the order of panj_columns().
  const std::vector<Column*> places = {&at.id,
                                       &at.first,
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
                                       &at.actor_a_state,
                                       &at.actor_b_state,
                                       &at.conflict,
                                       &at.low,
                                       &at.high,
                                       &at.deaths_a,
                                       &at.deaths_b,
                                       &at.civilians,
                                       &at.unknown,
                                       &at.reliability,
                                       &at.credibility,
                                       &at.clarity,
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
