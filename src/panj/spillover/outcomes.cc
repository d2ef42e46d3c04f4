// SPDX-License-Identifier: Apache-2.0
#include "panj/spillover/outcomes.h"

#include <fmt/format.h>

#include "panj/core/date.h"
#include "panj/spillover/toll_steps.h"

namespace panj::spillover {
namespace {

using sim::Dimension;
using sim::Measure;
using sim::Outcome;

template <class Things>
std::vector<std::string> ids(const Things& things) {
  std::vector<std::string> all;
  all.reserve(things.size());
  for (const auto& thing : things) all.push_back(thing.id);
  return all;
}

std::vector<Dimension> dimensions_of(const Parameters& p, const Geometry& g, const Settings& s) {
  std::vector<std::string> years;
  for (int year = s.first_year; year <= s.last_year; ++year) years.push_back(std::to_string(year));
  std::vector<std::string> types;
  types.reserve(kArmedAttempts.size());
  for (const Type e : kArmedAttempts) types.emplace_back(theatre::kAttemptTypes[e]);
  std::vector<std::string> kinds(theatre::kEquipmentKinds.begin(), theatre::kEquipmentKinds.end());
  std::vector<Dimension> all = {{"year", years},
                                {"type", types},
                                {"kind", kinds},
                                {"group", ids(p.groups)},
                                {"zone", ids(p.zones)},
                                {"stretch", ids(g.stretches)},
                                {"deaths", {}, {kTollSteps.begin(), kTollSteps.end()}, "1"}};
  if (s.by_step) {
    all.push_back({"time", {}, step_starts(s), fmt::format("days since {}-01-01", s.first_year)});
  }
  return all;
}

Outcome count(const char* name, const char* description, std::vector<std::string> over) {
  return {name, "1", description, std::move(over), Measure::count};
}
Outcome amount(const char* name, const char* unit, const char* description,
               std::vector<std::string> over) {
  return {name, unit, description, std::move(over), Measure::amount};
}

std::vector<Outcome> step_outcomes() {
  const std::vector<std::string> time{"time"};
  const std::vector<std::string> by_stretch{"time", "stretch"};
  const std::vector<std::string> by_type{"time", "stretch", "type"};
  return {count("step_attempts", "attempts to cross, attack or fire", by_type),
          count("step_detected", "attempts seen", by_type),
          count("step_stopped", "attempts stopped at the line or in the belt", by_type),
          count("step_breaches", "attempts not stopped", by_type),
          amount("step_expected_attempts", "1", "rate of attempts, before chance", by_type),
          amount("step_expected_breaches", "1", "rate of breaches, before chance", by_type),
          count("step_fatalities", "deaths in breaches", by_stretch),
          count("step_reported_incidents", "publicly reported armed incidents", by_stretch),
          amount("step_tonnes_entering", "t", "drugs that reach the border zones", time),
          amount("step_tonnes_seized", "t", "drugs seized", time),
          amount("step_tonnes_through", "t", "drugs that get through", time),
          amount("step_tonnes_stock", "t", "drugs in stock at the end of the step", time),
          amount("step_cost_musd", "M$", "cost to the home side", time),
          amount("step_hardship", "1", "hardship next door, 1 at the start", time),
          amount("step_cohesion", "1", "cohesion of the alliance", time),
          amount("step_divergence", "1", "divergence of stances", time),
          amount("step_intelligence", "1", "chance that preparation is seen", time),
          amount("step_readiness", "1", "readiness of the border guards", time),
          amount("step_corruption", "1", "share of stops undone", time),
          count("step_militants", "militants at the end of the step", {"time", "group", "zone"}),
          amount("step_tolerance", "1", "tolerance by those in power", {"time", "group"}),
          amount("step_funds_cover", "1", "funds, in years of upkeep over the target",
                 {"time", "group"}),
          count("step_equipment", "units at the end of the step", {"time", "kind"}),
          count("step_backlog", "units due at the end of the step", {"time", "kind"})};
}

}  // namespace

std::vector<double> step_starts(const Settings& s) {
  const Month january(s.first_year, 1);
  std::vector<double> starts;
  for (int k = 0; k < s.steps(); ++k) {
    const Month month = january + 12 * k / s.steps_per_year;
    const auto into_month = static_cast<double>(12 * k % s.steps_per_year) / s.steps_per_year;
    const auto before = static_cast<double>((month.first_day() - january.first_day()).count());
    const auto length = static_cast<double>(((month + 1).first_day() - month.first_day()).count());
    starts.push_back(before + into_month * length);
  }
  return starts;
}

sim::OutcomeTable outcome_table(const Parameters& p, const Geometry& g, const Settings& s) {
  const std::vector<std::string> year{"year"};
  const std::vector<std::string> by_type{"year", "type"};
  const std::vector<std::string> by_stretch{"stretch", "type"};
  std::vector<Outcome> all = {
      count("attempts", "attempts to cross, attack or fire", by_type),
      count("detected", "attempts seen", by_type),
      count("stopped", "attempts stopped at the line or in the belt", by_type),
      count("breaches", "attempts not stopped", by_type),
      amount("expected_attempts", "1", "rate of attempts, before chance", by_type),
      amount("expected_breaches", "1", "rate of breaches, before chance", by_type),
      count("reported_incidents", "publicly reported armed incidents", year),
      count("fatalities", "deaths in breaches", year),
      count("worst_incident", "deaths in the worst single incident", year),
      count("trafficking_runs", "loads that try to cross", year),
      amount("tonnes_entering", "t", "drugs that reach the border zones", year),
      amount("tonnes_seized", "t", "drugs seized", year),
      amount("tonnes_through", "t", "drugs that get through", year),
      amount("tonnes_stock", "t", "drugs in stock at the end of the year", year),
      amount("cost_musd", "M$", "cost to the home side", year),
      amount("militants", "1", "militants, mean of the year", year),
      count("militants_end", "militants at the end of the year", year),
      amount("hardship", "1", "hardship next door, 1 at the start", year),
      amount("cohesion", "1", "cohesion of the alliance", year),
      amount("divergence", "1", "divergence of stances", year),
      amount("intelligence", "1", "chance that preparation is seen", year),
      amount("readiness", "1", "readiness of the border guards", year),
      amount("corruption", "1", "share of stops undone", year),
      amount("funds_cover", "1", "groups' funds, in years of upkeep over the target", year),
      amount("tolerance", "1", "tolerance of groups, by head", year),
      count("equipment", "units at the end of the year", {"year", "kind"}),
      count("backlog", "units due at the end of the year", {"year", "kind"}),
      count("militants_by_group", "at the end of the year", {"year", "group"}),
      count("militants_by_zone", "at the end of the year", {"year", "zone"}),
      amount("stretch_attempts", "1/yr", "expected, while levers bite", by_stretch),
      amount("stretch_breaches", "1/yr", "expected, while levers bite", by_stretch),
      amount("stretch_incidents", "1/yr", "breaches, while levers bite", by_stretch),
      amount("stretch_reported", "1/yr", "reported incidents, while levers bite", {"stretch"}),
      count("incidents_killing", "incidents with at least so many deaths, while levers bite",
            {"deaths"})};
  if (s.by_step) {
    for (Outcome& each : step_outcomes()) all.push_back(std::move(each));
  }
  return {dimensions_of(p, g, s), std::move(all)};
}

}  // namespace panj::spillover
