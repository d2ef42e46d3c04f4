// SPDX-License-Identifier: Apache-2.0
#include "panj/event/detail/csv_incident_reader.h"

namespace panj::event::detail {
namespace {

struct Columns {
  Column id, type, conflict, side_a, side_b, sources, headline, where_precision, place, admin1,
      admin2, latitude, longitude, country, country_id, date_precision, first, last, deaths_a,
      deaths_b, civilians, unknown, best, high, low;
};

class UcdpReader final : public CsvIncidentReader {
 public:
  UcdpReader(OpenedCsv opened, const ReaderOptions& options, const Columns& columns)
      : CsvIncidentReader(std::move(opened), options), at_(columns) {}
  Format format() const override { return Format::ucdp; }

 private:
  void read(RowFields& row, Incident& incident) const override {
    incident.source = "ucdp";
    row.required_text(at_.id, incident.source_id);
    constexpr Limits kThree{1, 3};
    incident.type = static_cast<IncidentType>(row.integer(at_.type, kThree) - 1);
    incident.first = row.date(at_.first);
    incident.last = row.date(at_.last);
    constexpr Limits kFive{1, 5};
    incident.date_precision =
        static_cast<DatePrecision>(row.integer(at_.date_precision, kFive) - 1);
    row.date_order(at_.last, incident);
    read_place(row, incident.place);
    row.text(at_.side_a, incident.actor_a);
    row.text(at_.side_b, incident.actor_b);
    row.text(at_.conflict, incident.conflict);
    row.text(at_.headline, incident.note);
    read_deaths(row, incident.deaths);
    incident.source_count = row.optional_integer(at_.sources, {.low = -1});
    if (incident.source_count == -1) incident.source_count.reset();  // UCDP's "not recorded"
  }

  void read_place(RowFields& row, Place& place) const {
    row.coordinates(at_.longitude, at_.latitude, place);
    constexpr Limits kSeven{1, 7};
    place.precision = static_cast<PlacePrecision>(row.integer(at_.where_precision, kSeven) - 1);
    row.text(at_.place, place.name);
    row.text(at_.admin1, place.admin1);
    row.text(at_.admin2, place.admin2);
    row.text(at_.country, place.country);
    place.country_id = row.optional_integer(at_.country_id);
  }

  void read_deaths(RowFields& row, Deaths& deaths) const {
    deaths.low = row.integer(at_.low);
    deaths.best = row.integer(at_.best);
    deaths.high = row.integer(at_.high);
    deaths.side_a = row.integer(at_.deaths_a);
    deaths.side_b = row.integer(at_.deaths_b);
    deaths.civilians = row.integer(at_.civilians);
    deaths.unknown = row.integer(at_.unknown);
    row.death_bounds(at_.best, deaths);
    row.death_sum(at_.best, deaths);
  }

  Columns at_;
};

}  // namespace

std::unique_ptr<IncidentReader> make_ucdp_reader(OpenedCsv opened, const ReaderOptions& options) {
  Columns at{};
  locate_columns(opened,
                 {{"id", true, &at.id},
                  {"type_of_violence", true, &at.type},
                  {"conflict_name", true, &at.conflict},
                  {"side_a", true, &at.side_a},
                  {"side_b", true, &at.side_b},
                  {"number_of_sources", false, &at.sources},
                  {"source_headline", false, &at.headline},
                  {"where_prec", true, &at.where_precision},
                  {"where_coordinates", true, &at.place},
                  {"adm_1", true, &at.admin1},
                  {"adm_2", true, &at.admin2},
                  {"latitude", true, &at.latitude},
                  {"longitude", true, &at.longitude},
                  {"country", true, &at.country},
                  {"country_id", true, &at.country_id},
                  {"date_prec", true, &at.date_precision},
                  {"date_start", true, &at.first},
                  {"date_end", true, &at.last},
                  {"deaths_a", true, &at.deaths_a},
                  {"deaths_b", true, &at.deaths_b},
                  {"deaths_civilians", true, &at.civilians},
                  {"deaths_unknown", true, &at.unknown},
                  {"best", true, &at.best},
                  {"high", true, &at.high},
                  {"low", true, &at.low}},
                 true);
  return std::make_unique<UcdpReader>(std::move(opened), options, at);
}

const std::vector<std::string>& ucdp_columns() {
  static const std::vector<std::string> columns = {"id",
                                                   "relid",
                                                   "year",
                                                   "active_year",
                                                   "code_status",
                                                   "type_of_violence",
                                                   "conflict_dset_id",
                                                   "conflict_new_id",
                                                   "conflict_name",
                                                   "dyad_dset_id",
                                                   "dyad_new_id",
                                                   "dyad_name",
                                                   "side_a_dset_id",
                                                   "side_a_new_id",
                                                   "side_a",
                                                   "side_b_dset_id",
                                                   "side_b_new_id",
                                                   "side_b",
                                                   "number_of_sources",
                                                   "source_article",
                                                   "source_office",
                                                   "source_date",
                                                   "source_headline",
                                                   "source_original",
                                                   "where_prec",
                                                   "where_coordinates",
                                                   "where_description",
                                                   "adm_1",
                                                   "adm_2",
                                                   "latitude",
                                                   "longitude",
                                                   "geom_wkt",
                                                   "priogrid_gid",
                                                   "country",
                                                   "country_id",
                                                   "region",
                                                   "event_clarity",
                                                   "date_prec",
                                                   "date_start",
                                                   "date_end",
                                                   "deaths_a",
                                                   "deaths_b",
                                                   "deaths_civilians",
                                                   "deaths_unknown",
                                                   "best",
                                                   "high",
                                                   "low",
                                                   "gwnoa",
                                                   "gwnob"};
  return columns;
}

}  // namespace panj::event::detail
