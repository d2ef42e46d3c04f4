// SPDX-License-Identifier: Apache-2.0
#include "panj/brief/outlook.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/math/distributions/beta.hpp>
#include <cmath>

#include "panj/brief/wording.h"
#include "panj/core/problem.h"
#include "panj/forecast/history.h"

namespace panj::brief {
namespace {

std::optional<double> known(double value) {
  if (std::isnan(value)) return std::nullopt;
  return value;
}

std::size_t place_in(const forecast::PredictiveSample& sample, const std::string& unit) {
  if (const auto place = sample.find(unit)) return *place;
  throw InvalidInput(Problem{.field = "unit",
                             .what = "'" + unit + "' has no forecast",
                             .why = "must have a value in the last twelve months of the data",
                             .suggestion = suggest_name(unit, sample.units())});
}

/// Central 90 % interval of a share of which `hits` of `n` draws were seen, Jeffreys' prior.
Range share_interval(double hits, double n) {
  const boost::math::beta_distribution<double> share(hits + 0.5, n - hits + 0.5);
  return {hits == 0 ? 0.0 : quantile(share, 0.05), hits == n ? 1.0 : quantile(share, 0.95)};
}

}  // namespace

std::vector<Country> records_of(const event::Panel& panel) {
  std::vector<Country> records;
  for (const auto& unit : panel.units()) {
    const auto series = panel.series(*panel.find(unit));
    const auto first = std::ranges::find_if_not(series, [](double v) { return std::isnan(v); });
    if (first == series.end()) continue;
    Country country{
        .name = unit,
        .first = panj::to_string(panel.first() + static_cast<int>(first - series.begin()))};
    std::transform(first, series.end(), std::back_inserter(country.deaths), known);
    records.push_back(std::move(country));
  }
  return records;
}

Forecast fan_of(const event::Panel& panel, const forecast::Model& model,
                const forecast::PredictiveSample& sample, const std::string& unit,
                std::uint64_t seed, const FanOptions& options) {
  const auto index = place_in(sample, unit);
  const auto panel_unit = *panel.find(unit);
  Forecast fan{.unit = unit, .model = model.name};
  const Month origin = sample.origin();
  for (Month m = std::max(panel.first(), origin - (options.observed_months - 1)); m <= origin; ++m)
    fan.observed.push_back({panj::to_string(m), known(panel.at(panel_unit, m))});
  for (Month m = std::max(panel.first() + 1, origin - (options.past_months - 1)); m <= origin;
       ++m) {
    const auto before = model.predict(forecast::History(panel, m - 1), {1, 1}, seed);
    const auto at = before.find(unit);
    if (!at) continue;
    fan.past.push_back(
        {panj::to_string(m), before.quantile(*at, 1, 0.05), before.quantile(*at, 1, 0.95)});
  }
  for (int lead = sample.leads().first; lead <= sample.leads().last; ++lead) {
    const auto q = [&](double level) { return sample.quantile(index, lead, level); };
    fan.fan.push_back(
        {panj::to_string(origin + lead), q(0.05), q(0.25), q(0.50), q(0.75), q(0.95)});
  }
  return fan;
}

Skill skill_of(const forecast::Backtest& backtest, const std::string& issued_model,
               const std::string& panel_name) {
  Skill skill{.issued_model = issued_model, .models = backtest.models};
  skill.protocol = fmt::format(
      "Each window: January to December of that year, forecast from data to October of the year "
      "before; mean over {}.",
      panel_name);
  for (const auto& scored : backtest.windows) {
    Window window{.year = scored.window.year};
    for (std::size_t i = 0; i < backtest.models.size(); ++i)
      window.scores[backtest.models[i]] = {scored.scores[i].crps, scored.scores[i].coverage90};
    skill.windows.push_back(std::move(window));
  }
  return skill;
}

std::vector<Statement> incident_statements(const IncidentRecord& record) {
  const forecast::IncidentRate rate(record.armed, record.years());
  const double mean = static_cast<double>(record.armed) / record.years();
  const auto more = static_cast<std::int64_t>(std::floor(mean)) + 1;
  const auto any_interval = rate.probability_interval(1, 1.0);
  const auto more_interval = rate.probability_interval(more, 1.0);
  const std::string years = fmt::format("{}–{}", record.first_year, record.last_year);
  const std::string confidence = fmt::format(
      "Confidence is low: the rate rests on {} in {}, and reports miss what was not made public.",
      counted(static_cast<double>(record.armed), "reported incident", "reported incidents"), years);
  return {
      {.text = fmt::format("At least one publicly reported armed incident across the line, {}",
                           record.window),
       .probability = rate.probability_of_at_least(1, 1.0),
       .low = any_interval.low,
       .high = any_interval.high,
       .confidence = confidence,
       .definition = "one or more armed attacks, infiltrations or cases of fire, publicly "
                     "reported and placed on a stretch of the line, in those twelve months."},
      {.text = fmt::format("More such incidents than in the mean year of {}", years),
       .probability = rate.probability_of_at_least(more, 1.0),
       .low = more_interval.low,
       .high = more_interval.high,
       .confidence = confidence,
       .definition = fmt::format(
           "{} or more of them in those twelve months; the mean was {:.2f} a year.", more, mean)}};
}

Statement deaths_statement(const forecast::PredictiveSample& sample, const std::string& unit,
                           int lead, double threshold) {
  const auto index = place_in(sample, unit);
  const double p = sample.probability_at_least(index, lead, threshold);
  const auto n = static_cast<double>(sample.draws());
  const auto interval = share_interval(std::round(p * n), n);
  const std::string month = long_date(panj::to_string(sample.origin() + lead));
  return {.text = fmt::format("{} records {} or more state-based deaths in {}", unit,
                              count(threshold), month),
          .probability = p,
          .low = interval.low,
          .high = interval.high,
          .confidence = fmt::format("Confidence is low: the forecast reaches {} months past the "
                                    "data, which end in {}.",
                                    lead, long_date(panj::to_string(sample.origin()))),
          .definition = fmt::format("UCDP's best estimate of state-based deaths in {} in {} is {} "
                                    "or more.",
                                    unit, month, count(threshold))};
}

void widen_by_record(Statement& statement, const Reliability& record) {
  const auto nearest = std::ranges::min_element(record.bins, std::less{}, [&](const auto& bin) {
    return bin.cells > 0 ? std::abs(bin.forecast - statement.probability) : 2.0;
  });
  if (nearest == record.bins.end() || nearest->cells == 0) return;
  const auto cells = static_cast<double>(nearest->cells);
  const Range came = share_interval(std::round(nearest->observed * cells), cells);
  statement.low = std::min(statement.low, came.low);
  statement.high = std::max(statement.high, came.high);
  statement.confidence +=
      fmt::format(" Past chances of about {} came true in {} of {}, which the interval allows for.",
                  percent(nearest->forecast), percent(nearest->observed),
                  counted(cells, "country-month", "country-months"));
}

}  // namespace panj::brief
