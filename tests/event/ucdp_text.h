// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace panj::event {

/// The columns of UCDP GED 23.1 with a row that has the published form.
inline const std::vector<std::pair<std::string, std::string>>& ucdp_example() {
  static const std::vector<std::pair<std::string, std::string>> columns = {
      {"id", "300380"},
      {"relid", "SYR-2013-1-11973-99"},
      {"year", "2013"},
      {"active_year", "1"},
      {"code_status", "Clear"},
      {"type_of_violence", "1"},
      {"conflict_dset_id", "299"},
      {"conflict_new_id", "299"},
      {"conflict_name", "Syria: Government"},
      {"dyad_dset_id", "11973"},
      {"dyad_new_id", "11973"},
      {"dyad_name", "Government of Syria - Syrian insurgents"},
      {"side_a_dset_id", "118"},
      {"side_a_new_id", "118"},
      {"side_a", "Government of Syria"},
      {"side_b_dset_id", "4456"},
      {"side_b_new_id", "4456"},
      {"side_b", "Syrian insurgents"},
      {"number_of_sources", "2"},
      {"source_article", "\"\"\"VDC,2013-01-03,one\"\";\"\"VDC,2013-01-03,two\"\"\""},
      {"source_office", "VDC;VDC"},
      {"source_date", "2013-01-03;2013-01-03"},
      {"source_headline", "\"He said \"\"no\"\", then left\""},
      {"source_original", "VDC"},
      {"where_prec", "1"},
      {"where_coordinates", "Rami village"},
      {"where_description", "in the al-Rami village"},
      {"adm_1", "Idlib governorate"},
      {"adm_2", "Ariha district"},
      {"latitude", "35.763369"},
      {"longitude", "36.558974"},
      {"geom_wkt", "POINT (36.558974 35.763369)"},
      {"priogrid_gid", "181154"},
      {"country", "Syria"},
      {"country_id", "652"},
      {"region", "Middle East"},
      {"event_clarity", "1"},
      {"date_prec", "1"},
      {"date_start", "2013-01-03"},
      {"date_end", "2013-01-03"},
      {"deaths_a", "0"},
      {"deaths_b", "2"},
      {"deaths_civilians", "0"},
      {"deaths_unknown", "0"},
      {"best", "2"},
      {"high", "3"},
      {"low", "1"},
      {"gwnoa", "652"},
      {"gwnob", "NA"}};
  return columns;
}

inline std::string ucdp_header() {
  std::string line;
  for (const auto& [name, value] : ucdp_example()) line += (line.empty() ? "" : ",") + name;
  return line + "\n";
}

/// The example's row with some fields changed.
inline std::string ucdp_row(const std::map<std::string, std::string>& changes) {
  std::string line;
  for (const auto& [name, value] : ucdp_example()) {
    const auto change = changes.find(name);
    if (&name != &ucdp_example().front().first) line += ",";
    line += change == changes.end() ? value : change->second;
  }
  return line + "\n";
}

}  // namespace panj::event
