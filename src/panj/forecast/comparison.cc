// SPDX-License-Identifier: Apache-2.0
#include "panj/forecast/comparison.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <optional>
#include <tuple>

#include "panj/core/contract.h"
#include "panj/core/problem.h"
#include "panj/forecast/history.h"

namespace panj::forecast {
namespace {

constexpr double kNotKnown = std::numeric_limits<double>::quiet_NaN();

using Cell = std::tuple<Month, std::string, Month>;  ///< origin, unit, month

double pinball_mean(std::span<const double> values, std::span<const double> levels,
                    double outcome) {
  double sum = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double above = outcome - values[i];
    sum += 2 * (above >= 0 ? levels[i] * above : (levels[i] - 1) * above);
  }
  return sum / static_cast<double>(values.size());
}

/// The central interval, when both its ends were given.
std::optional<Range> interval_of(std::span<const double> values, std::span<const double> levels,
                                 double level) {
  const auto at = [&](double wanted) -> std::optional<double> {
    constexpr double kRounding = 1e-9;
    for (std::size_t i = 0; i < levels.size(); ++i) {
      if (std::abs(levels[i] - wanted) < kRounding) return values[i];
    }
    return std::nullopt;
  };
  const auto low = at((1 - level) / 2);
  const auto high = at((1 + level) / 2);
  if (!low || !high) return std::nullopt;
  return Range{*low, *high};
}

Scores score_issued(const IssuedForecast& forecast, double outcome) {
  return forecast.is_sample() ? score(forecast.values, outcome)
                              : score_quantiles(forecast.values, forecast.levels, outcome);
}

/// The cells of one table or model, by what was said of them.
using Issues = std::map<Cell, IssuedForecast>;

Issues issues_of(const ForecastTable& table) {
  Issues issues;
  for (const IssuedForecast& forecast : table.forecasts) {
    issues.emplace(Cell(forecast.origin, forecast.unit, forecast.month), forecast);
  }
  return issues;
}

std::optional<double> outcome_of(const event::Panel& panel, const Cell& cell) {
  const auto& [origin, unit, month] = cell;
  const auto id = panel.find(unit);
  if (!id || month < panel.first() || month > panel.last()) return std::nullopt;
  const double outcome = panel.at(*id, month);
  if (std::isnan(outcome)) return std::nullopt;
  return outcome;
}

/// Of which units of the table the panel knows nothing, and how much is not scored for it; empty
/// when it names all.
std::string note_of_unknown_units(const ForecastTable& table, const event::Panel& panel) {
  std::vector<std::string> unknown;
  std::size_t lost = 0;
  for (const IssuedForecast& forecast : table.forecasts) {
    if (panel.find(forecast.unit)) continue;
    ++lost;
    if (std::ranges::find(unknown, forecast.unit) == unknown.end()) {
      unknown.push_back(forecast.unit);
    }
  }
  if (unknown.empty()) return {};
  for (std::string& name : unknown) {
    const std::string nearest = nearest_name(name, panel.units());
    name = fmt::format("'{}'", name);
    if (!nearest.empty()) name += fmt::format(" (did you mean '{}'?)", nearest);
  }
  return fmt::format("{}: {} of {} unit-months left out, whose units the panel does not name: {}",
                     table.name, lost, table.forecasts.size(), few_of(unknown));
}

/// Those cells of the first that all others have too and whose outcome is known.
std::vector<Cell> common_cells(const std::vector<Issues>& all, const event::Panel& panel) {
  std::vector<Cell> cells;
  for (const auto& issue : all.front()) {
    const Cell& cell = issue.first;
    const bool everywhere =
        std::ranges::all_of(all, [&](const Issues& issues) { return issues.contains(cell); });
    if (everywhere && outcome_of(panel, cell)) cells.push_back(cell);
  }
  return cells;
}

/// What a model says of the cells, which lie in order of origin; what is new in its notes joins
/// `notes`.
Issues issues_of(const Model& model, const Vintages& vintages, std::span<const Cell> cells,
                 std::uint64_t seed, std::vector<std::string>& notes) {
  Issues issues;
  for (auto begin = cells.begin(); begin != cells.end();) {
    const Month origin = std::get<0>(*begin);
    const auto end =
        std::find_if(begin, cells.end(), [&](const Cell& c) { return std::get<0>(c) != origin; });
    const auto [nearest, farthest] = std::minmax_element(
        begin, end, [](const Cell& a, const Cell& b) { return std::get<2>(a) < std::get<2>(b); });
    const Record record =
        vintages.at(origin, {std::get<2>(*nearest) - origin, std::get<2>(*farthest) - origin});
    const auto fitted = model.fit(record.history, record.leads);
    for (std::string& note : notes_of(model, *fitted, record.history)) {
      if (std::ranges::find(notes, note) == notes.end()) notes.push_back(std::move(note));
    }
    const PredictiveSample sample = record.forecast(*fitted, seed);
    std::map<std::string, std::size_t> place;
    for (std::size_t i = 0; i < sample.units().size(); ++i) place[sample.units()[i]] = i;
    for (; begin != end; ++begin) {
      const auto& [known, unit, month] = *begin;
      const auto found = place.find(unit);
      if (found == place.end()) continue;
      const auto draws = sample.at(found->second, month - sample.origin());
      issues.emplace(*begin, IssuedForecast{.unit = unit,
                                            .origin = origin,
                                            .month = month,
                                            .values = {draws.begin(), draws.end()},
                                            .levels = {}});
    }
  }
  return issues;
}

/// The reference's loss, in the way in which the other's was counted.
double reference_loss(const IssuedForecast& reference, const IssuedForecast& other,
                      double outcome) {
  if (other.is_sample()) return score_issued(reference, outcome).crps;
  std::vector<double> values;
  for (const double level : other.levels) {
    values.push_back(quantile_of_sorted(reference.values, level));
  }
  return pinball_mean(values, other.levels, outcome);
}

Comparison::Entry score_entry(std::string name, const Issues& issues, const Issues* reference,
                              std::span<const Cell> cells, const event::Panel& panel) {
  Comparison::Entry entry{.name = std::move(name), .given = issues.size(), .skill = kNotKnown};
  double reference_sum = 0;
  for (const Cell& cell : cells) {
    const double outcome = outcome_of(panel, cell).value();
    const IssuedForecast& forecast = issues.at(cell);
    entry.from_quantiles |= !forecast.is_sample();
    const Scores scores = score_issued(forecast, outcome);
    for (const auto& named : kScores) entry.scores.*named.value += scores.*named.value;
    if (reference != nullptr) {
      reference_sum += reference_loss(reference->at(cell), forecast, outcome);
    }
  }
  if (reference_sum > 0) entry.skill = 100 * (1 - entry.scores.crps / reference_sum);
  for (const auto& named : kScores) {
    entry.scores.*named.value /= static_cast<double>(cells.size());
  }
  return entry;
}

}  // namespace

Scores score_quantiles(std::span<const double> values, std::span<const double> levels,
                       double outcome) {
  PANJ_EXPECT(!values.empty() && values.size() == levels.size());
  std::vector<double> logs(values.size());
  std::ranges::transform(values, logs.begin(), [](double x) { return std::log1p(x); });
  Scores scores{.crps = pinball_mean(values, levels, outcome),
                .crps_log1p = pinball_mean(logs, levels, std::log1p(outcome)),
                .ign = kNotKnown,
                .mis90 = kNotKnown,
                .brier1 = kNotKnown,
                .brier25 = kNotKnown,
                .coverage50 = kNotKnown,
                .coverage90 = kNotKnown};
  if (const auto half = interval_of(values, levels, 0.5)) {
    scores.coverage50 = half->contains(outcome) ? 1 : 0;
  }
  if (const auto most = interval_of(values, levels, 0.9)) {
    scores.coverage90 = most->contains(outcome) ? 1 : 0;
    const double missed = std::max(0.0, most->low - outcome) + std::max(0.0, outcome - most->high);
    scores.mis90 = most->width() + 20 * missed;
  }
  return scores;
}

Comparison compare(std::span<const ForecastTable> tables, const Vintages& vintages,
                   std::span<const Model> models, std::uint64_t seed) {
  PANJ_EXPECT(!tables.empty());
  const event::Panel& panel = vintages.latest();
  std::vector<Issues> all;
  std::vector<std::string> names;
  std::vector<std::string> notes;
  for (const ForecastTable& table : tables) {
    all.push_back(issues_of(table));
    names.push_back(table.name);
    std::string note = note_of_unknown_units(table, panel);
    if (!note.empty()) notes.push_back(std::move(note));
  }
  std::vector<Cell> cells = common_cells(all, panel);
  for (const Model& model : models) {
    all.push_back(issues_of(model, vintages, cells, seed, notes));
    names.push_back(model.name);
  }
  cells = common_cells(all, panel);
  if (cells.empty()) {
    throw InvalidInput(
        Problem{.what = "no unit and month that every forecast has also has a known outcome",
                .why = fmt::format("the panel holds {} to {}", to_string(panel.first()),
                                   to_string(panel.last())),
                .suggestion = "see whether the panel names its units as the forecast does "
                              "(--unit-column country_id for VIEWS's ids)"});
  }
  const Issues* reference = models.empty() ? nullptr : &all[tables.size()];
  Comparison result{.entries = {}, .cells = cells.size(), .notes = std::move(notes)};
  for (std::size_t i = 0; i < all.size(); ++i) {
    result.entries.push_back(score_entry(names[i], all[i], reference, cells, panel));
  }
  return result;
}

Comparison compare(std::span<const ForecastTable> tables, const event::Panel& panel,
                   std::span<const Model> models, std::uint64_t seed) {
  return compare(tables, Vintages(panel), models, seed);
}

}  // namespace panj::forecast
