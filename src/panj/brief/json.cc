// SPDX-License-Identifier: Apache-2.0
#include "panj/brief/json.h"

#include <cctype>

#include "panj/brief/likelihood.h"
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

void to_json(nlohmann::json& json, const Statement& statement) {
  json = {{"text", statement.text}, {"p", statement.probability},   {"lo", statement.low},
          {"hi", statement.high},   {"conf", statement.confidence}, {"def", statement.definition}};
}

void from_json(const nlohmann::json& json, Statement& statement) {
  json.at("text").get_to(statement.text);
  json.at("p").get_to(statement.probability);
  json.at("lo").get_to(statement.low);
  json.at("hi").get_to(statement.high);
  json.at("conf").get_to(statement.confidence);
  json.at("def").get_to(statement.definition);
}

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Stretch, id, name, from, to, incidents, armed, risk,
                                   risk_with_package, readout, geometry)
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
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(ReliabilityBin, forecast, observed, cells)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Reliability, threshold, bins)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Calibration, cells, reference, skill, skill_low, skill_high,
                                   reliability, pit)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(LeadSkill, lead, cells, skill, low, high)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Move, unit, first, last, median_before, median_now,
                                   chance_before, chance_now)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Skill, issued_model, protocol, models, windows, calibration,
                                   by_lead)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Assumption, name, value, basis, source)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Source, name, licence, vintage, sha256)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Outline, name, rings)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Place, name, at, capital)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Basemap, countries, borders, places)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(YearQuantiles, year, q05, q25, q50, q75, q95, mean)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(YearValue, year, value)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(OutcomeSeries, name, unit, observed, status_quo, package_mean)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(PackageEffect, id, name, mean, low, high, low50, high50, better,
                                   contained, contained_error, cost)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(LeverShare, lever, rate, mean, low, high)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(SpilloverOutlook, window, replicates, best, best_name, series,
                                   packages, drivers)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(PackageRange, id, name, contained, contained_low, contained_high,
                                   expected, error, worst_tenth, regret, meets, cost)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Driver, name, share, low, high)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(BoxLimit, name, unit, from, to, low, high)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(FailureBox, package, fails, share, coverage, density, limits)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Tripwire, indicator, now, threshold, watch)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Exploration, futures, passed, outcome, packages, driver_outcome,
                                   chance, drivers, box, tripwires, break_evens)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(PlanRegret, rivals, futures, better, mean, error, largest)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Purchase, stretch, year, kind, units, cost)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Investment, years, purchases, value, unprotected, gap, regret,
                                   sampling_low, sampling_high, against_mean, against_low,
                                   against_high, next_million, verdict)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(PatrolCover, stretch, cover)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Patrol, resources, gap, regret, note, cover)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Exercise, month, region, members, cost)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(ExerciseCalendar, exercises, weakest, gap, regret, note)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Plan, investment, patrol, calendar)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(SharedItem, date, originator, label, text)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(ContentLabel, text, level, caveats, release_to,
                                   originator_control)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(BriefContent, meta, bottom_line, stretches, incidents, crossings,
                                   banks, records, forecasts, skill, moves, spillover, exploration,
                                   plan, label, shared, shared_left_out, containment, not_answered,
                                   assumptions, sources, basemap)

namespace {

/// "bottom_line" → "bottomLine": members are named as C++ does here and as JavaScript does there.
std::string camel_case(const std::string& name) {
  std::string camel;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const bool joint = name[i] == '_' && i + 1 < name.size() && std::islower(name[i + 1]) != 0;
    camel += joint ? static_cast<char>(std::toupper(name[++i])) : name[i];
  }
  return camel;
}

std::string snake_case(const std::string& name) {
  std::string snake;
  for (const char c : name) {
    if (std::isupper(c) != 0) snake += '_';
    snake += static_cast<char>(std::tolower(c));
  }
  return snake;
}

/// The same JSON with every member renamed, except in `scores`, whose members are model names.
nlohmann::json renamed(const nlohmann::json& json, std::string (*rename)(const std::string&)) {
  if (json.is_array()) {
    auto list = nlohmann::json::array();
    for (const auto& element : json) list.push_back(renamed(element, rename));
    return list;
  }
  if (!json.is_object()) return json;
  auto object = nlohmann::json::object();
  for (const auto& [name, value] : json.items())
    object[rename(name)] = name == "scores" ? value : renamed(value, rename);
  return object;
}

}  // namespace

nlohmann::json to_json(const BriefContent& content) {
  nlohmann::json members;
  to_json(members, content);
  nlohmann::json json = renamed(members, camel_case);
  json["schema"] = content.meta.schema;
  const auto words = parse_likelihood_scale(content.meta.words).value_or(LikelihoodScale::icd203);
  for (auto& statement : json["bottomLine"])
    statement["word"] = likelihood_word(statement["p"].get<double>(), words);
  return json;
}

BriefContent read_brief(std::string_view json) {
  try {
    auto content = renamed(nlohmann::json::parse(json), snake_case).get<BriefContent>();
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
