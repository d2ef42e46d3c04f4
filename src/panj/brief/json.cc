// SPDX-License-Identifier: Apache-2.0
#include "panj/brief/json.h"

#include "panj/core/problem.h"

namespace nlohmann {

template <class T>
struct adl_serializer<std::optional<T>> {
  static void to_json(json& j, const std::optional<T>& value) {
    j = value ? json(*value) : json(nullptr);
  }
  static void from_json(const json& j, std::optional<T>& value) {
    if (j.is_null())
      value.reset();
    else
      value = j.get<T>();
  }
};

}  // namespace nlohmann

namespace panj::brief {

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Meta, schema, title, area, near_side, far_side, line_id,
                                   length_km, stated_length, deaths_end, incidents_end, issued,
                                   outlook, map_sources, words, version, run, command, seed,
                                   samples, mock)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Statement, text, probability, low, high, confidence, definition)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Stretch, id, name, from, to, incidents, armed, readout, geometry)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Incident, id, date, place, label, km, bank, armed, deaths,
                                   credibility, at, stretch)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Crossing, name, km, at, open)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Reach, name, from, to)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Banks, near, far)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Country, name, first, deaths)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Observation, month, deaths)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(PastInterval, month, q05, q95)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Quantiles, month, q05, q25, q50, q75, q95)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Forecast, unit, model, observed, past, fan)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(ModelScore, crps, coverage90)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Window, year, scores)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Skill, issued_model, protocol, models, windows)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Assumption, name, value, basis, source)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Source, name, licence, vintage, sha256)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Outline, name, rings)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Place, name, at, capital)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Basemap, countries, borders, places)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(BriefContent, meta, bottom_line, stretches, incidents, crossings,
                                   banks, records, forecasts, skill, containment, not_answered,
                                   assumptions, sources, basemap)

nlohmann::json to_json(const BriefContent& content) {
  nlohmann::json json;
  to_json(json, content);
  // The schema comes first to whoever reads the file, in the JSON's own place for it.
  json["schema"] = content.meta.schema;
  return json;
}

BriefContent read_brief(std::string_view json) {
  try {
    auto content = nlohmann::json::parse(json).get<BriefContent>();
    if (content.meta.schema != Meta{}.schema)
      throw InvalidInput(Problem{.field = "meta.schema",
                                 .what = "is '" + content.meta.schema + "'",
                                 .why = "must be '" + Meta{}.schema + "'",
                                 .suggestion = "write the brief anew with this version"});
    return content;
  } catch (const nlohmann::json::exception& error) {
    throw InvalidInput(Problem{.field = "brief.json",
                               .what = error.what(),
                               .why = "must follow the schema " + Meta{}.schema});
  }
}

}  // namespace panj::brief
