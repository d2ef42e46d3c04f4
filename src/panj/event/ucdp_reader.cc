// SPDX-License-Identifier: Apache-2.0
#include "panj/event/detail/csv_incident_reader.h"

namespace panj::event::detail {
namespace {

struct UcdpColumns : CommonColumns {
  Column type, sources, where_precision, date_precision;
};

class UcdpReader final : public CsvIncidentReader {
 public:
  UcdpReader(OpenedCsv opened, const ReaderOptions& options, const UcdpColumns& columns)
      : CsvIncidentReader(std::move(opened), options), at_(columns) {}
  Format format() const override { return Format::ucdp; }

 private:
  void read(RowFields& row, Incident& incident) const override {
    incident.source = "ucdp";
    constexpr Limits kThree{1, 3};
    incident.type = static_cast<IncidentType>(row.integer(at_.type, kThree) - 1);
    constexpr Limits kFive{1, 5};
    incident.date_precision =
        static_cast<DatePrecision>(row.integer(at_.date_precision, kFive) - 1);
    constexpr Limits kSeven{1, 7};
    incident.place.precision =
        static_cast<PlacePrecision>(row.integer(at_.where_precision, kSeven) - 1);
    for (const Column column :
         {at_.last, at_.low, at_.high, at_.deaths_a, at_.deaths_b, at_.civilians, at_.unknown}) {
      row.require(column);
    }
    read_common(row, at_, incident);
    incident.source_count = row.optional_integer(at_.sources, {.low = -1});
    if (incident.source_count == -1) incident.source_count.reset();  // UCDP's "not recorded"
  }

  UcdpColumns at_;
};

}  // namespace

std::unique_ptr<IncidentReader> make_ucdp_reader(OpenedCsv opened, const ReaderOptions& options) {
  UcdpColumns at{};
  locate_columns(opened,
                 {{"id", true, &at.id},
                  {"type_of_violence", true, &at.type},
                  {"conflict_name", true, &at.conflict},
                  {"side_a", true, &at.actor_a},
                  {"side_b", true, &at.actor_b},
                  {"number_of_sources", false, &at.sources},
                  {"source_headline", false, &at.note},
                  {"where_prec", true, &at.where_precision},
                  {"where_coordinates", true, &at.place},
                  {"adm_1", true, &at.admin1},
                  {"adm_2", true, &at.admin2},
                  {"latitude", true, &at.latitude},
                  {"longitude", true, &at.longitude},
                  {"country", true, &at.country},
                  {"country_id", true, &at.country_id},
                  {"event_clarity", false, &at.clarity},
                  {"date_prec", true, &at.date_precision},
                  {"date_start", true, &at.first},
                  {"date_end", true, &at.last},
                  {"deaths_a", true, &at.deaths_a},
                  {"deaths_b", true, &at.deaths_b},
                  {"deaths_civilians", true, &at.civilians},
                  {"deaths_unknown", true, &at.unknown},
                  {"best", true, &at.best},
                  {"high", true, &at.high},
                  {"low", true, &at.low},
                  {"gwnoa", false, &at.actor_a_state},
                  {"gwnob", false, &at.actor_b_state}},
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
