// SPDX-License-Identifier: Apache-2.0
#include "panj/forecast/backtest.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "panj/core/contract.h"
#include "panj/core/parallel.h"
#include "panj/core/problem.h"
#include "panj/core/progress.h"
#include "panj/forecast/models/fit_cache.h"

namespace panj::forecast {
namespace {

using Fits = FitCache<std::shared_ptr<const Forecaster>>;

void require_covered(const event::Panel& panel, const std::vector<Window>& windows) {
  Problems problems;
  for (const Window& window : windows) {
    if (window.origin() >= panel.first() && window.last() <= panel.last()) continue;
    problems.add({.field = "windows",
                  .what = fmt::format("window {} needs months before {} and to {}", window.year,
                                      to_string(window.origin() + 1), to_string(window.last())),
                  .why = fmt::format("the panel holds {} to {}", to_string(panel.first()),
                                     to_string(panel.last()))});
  }
  problems.throw_if_any();
}

/// The window at whose origin a window's models learn.
std::size_t fit_window(const std::vector<Window>& windows, std::size_t w, Refit refit) {
  if (refit == Refit::never) return 0;
  if (refit == Refit::window) return w;
  const auto first = std::ranges::find(windows, windows[w].year, &Window::year);
  return static_cast<std::size_t>(first - windows.begin());
}

/// What was known at each window's origin. Throws InvalidInput with every window of which nothing
/// was.
std::vector<Record> records_of(const Vintages& vintages, const std::vector<Window>& windows) {
  std::vector<Record> records;
  Problems problems;
  for (const Window& window : windows) {
    try {
      records.push_back(vintages.at(window.origin(), window.leads));
    } catch (const InvalidInput& error) {
      for (const Problem& problem : error.problems()) problems.add(problem);
    }
  }
  problems.throw_if_any();
  return records;
}

/// The leads that the windows which share a fit ask for.
PredictiveSample::Leads leads_of_fit(const std::vector<Window>& windows,
                                     const std::vector<Record>& records, std::size_t fit,
                                     Refit refit) {
  PredictiveSample::Leads leads = records[fit].leads;
  for (std::size_t w = 0; w < windows.size(); ++w) {
    if (fit_window(windows, w, refit) != fit) continue;
    leads.first = std::min(leads.first, records[w].leads.first);
    leads.last = std::max(leads.last, records[w].leads.last);
  }
  return leads;
}

bool is_quiet(const History& history, event::UnitId unit) {
  const auto recent =
      history.series(unit).last(std::min<std::size_t>(12, history.series(unit).size()));
  return std::ranges::none_of(recent, [](double v) { return v >= 1; });
}

/// What came, unit by unit: of the latest panel's units, and of those that only an earlier vintage
/// names.
class Outcomes {
 public:
  Outcomes(const event::Panel& latest, const std::vector<Record>& records)
      : latest_(latest), units_(latest.units()) {
    for (std::size_t i = 0; i < units_.size(); ++i) places_.emplace(units_[i], i);
    for (const Record& record : records) {
      for (const std::string& unit : record.history.all_units()) {
        if (places_.emplace(unit, units_.size()).second) units_.push_back(unit);
      }
    }
  }

  const std::vector<std::string>& units() const { return units_; }
  std::size_t place_of(const std::string& unit) const { return places_.at(unit); }
  double at(std::size_t place, Month month) const {
    if (place >= latest_.units().size()) return 0;
    return latest_.at(event::UnitId(static_cast<std::uint32_t>(place)), month);
  }

 private:
  const event::Panel& latest_;
  std::vector<std::string> units_;
  std::unordered_map<std::string, std::size_t> places_;
};

Tally score_window(const Outcomes& outcomes, const Record& record, const PredictiveSample& sample,
                   const Window& window) {
  Tally tally(outcomes.units().size(), window.leads.size());
  const auto& units = record.history.units();
  for (std::size_t i = 0; i < units.size(); ++i) {
    const std::size_t unit = outcomes.place_of(sample.units()[i]);
    const bool quiet = is_quiet(record.history, units[i]);
    for (int lead = window.leads.first; lead <= window.leads.last; ++lead) {
      const double outcome = outcomes.at(unit, window.origin() + lead);
      if (std::isnan(outcome)) continue;
      tally.add({.unit = unit,
                 .lead = static_cast<std::size_t>(lead - window.leads.first),
                 .quiet = quiet,
                 .outcome = outcome},
                sample.at(i, lead + record.behind));
    }
  }
  return tally;
}

void add_note(std::vector<std::string>& notes, const std::string& note) {
  if (!note.empty() && std::ranges::find(notes, note) == notes.end()) notes.push_back(note);
}

/// What one forecast of the backtest leaves.
struct Outcome {
  Tally tally;
  std::string note;
};

Backtest collect(const std::vector<std::string>& units, const std::vector<Model>& models,
                 const std::vector<Window>& windows, std::vector<Outcome> outcomes) {
  Backtest result;
  result.units = units;
  for (const Model& model : models) result.models.push_back(model.name);
  for (std::size_t w = 0; w < windows.size(); ++w) {
    WindowScores scores{windows[w], outcomes[w * models.size()].tally.all.cells, {}};
    if (scores.cells == 0) {
      throw InvalidInput(
          Problem{.field = "windows",
                  .what = fmt::format("window {} has nothing to score", windows[w].year),
                  .why = "no unit is known both before and in it"});
    }
    for (std::size_t m = 0; m < models.size(); ++m) {
      Outcome& outcome = outcomes[w * models.size() + m];
      scores.scores.push_back(outcome.tally.all.mean());
      scores.tallies.push_back(std::move(outcome.tally));
      add_note(result.notes, outcome.note);
    }
    result.windows.push_back(std::move(scores));
  }
  return result;
}

/// Notes of each window how far its record went, and of all what a reader has to know of that.
void add_records(Backtest& result, const std::vector<Record>& records) {
  int most = 0;
  std::size_t widened = 0;
  for (std::size_t w = 0; w < records.size(); ++w) {
    result.windows[w].known_to = records[w].history.origin();
    result.windows[w].revised_since = records[w].since;
    most = std::max(most, records[w].behind);
    widened += records[w].revision.is_usable() ? 1U : 0U;
  }
  add_note(
      result.notes,
      fmt::format("each origin's forecast is made from what was known on its last day, when "
                  "records ended up to {} month{} before; {} of {} windows are widened by what "
                  "first figures had become",
                  most, most == 1 ? "" : "s", widened, records.size()));
}

/// Which units came into a window's months and have no forecast there; empty when all have one.
std::string note_of_left_out(const Outcomes& outcomes, const std::vector<Record>& records,
                             const std::vector<Window>& windows) {
  std::vector<std::string> names;
  std::size_t count = 0;
  for (std::size_t w = 0; w < windows.size(); ++w) {
    bool any = false;
    for (const std::string& unit : records[w].history.left_out()) {
      const std::size_t place = outcomes.place_of(unit);
      bool known = false;
      for (Month month = windows[w].first(); month <= windows[w].last(); ++month) {
        known = known || !std::isnan(outcomes.at(place, month));
      }
      any = any || known;
      if (known && std::ranges::find(names, unit) == names.end()) names.push_back(unit);
    }
    count += any ? 1U : 0U;
  }
  if (names.empty()) return {};
  return fmt::format(
      "not scored in {} of {} windows, no value in the twelve months to the origin: {}", count,
      windows.size(), few_of(names));
}

}  // namespace

std::vector<Window> yearly_windows(int first, int last, PredictiveSample::Leads leads) {
  std::vector<Window> windows;
  for (int year = first; year <= last; ++year) windows.push_back({year, 0, leads});
  return windows;
}

std::vector<Window> monthly_windows(int first, int last, PredictiveSample::Leads leads) {
  std::vector<Window> windows;
  for (int year = first; year <= last; ++year) {
    for (int later = 0; later < (year == last ? 1 : 12); ++later) {
      windows.push_back({year, later, leads});
    }
  }
  return windows;
}

std::vector<Scores> Backtest::means() const {
  std::vector<Scores> means(models.size());
  for (std::size_t m = 0; m < models.size(); ++m) {
    ScoreSum sum;
    for (const WindowScores& window : windows) sum.add(window.scores[m]);
    means[m] = sum.mean();
  }
  return means;
}

std::optional<std::size_t> Backtest::find(std::string_view model) const {
  const auto found = std::ranges::find(models, model);
  if (found == models.end()) return std::nullopt;
  return static_cast<std::size_t>(found - models.begin());
}

Tally Backtest::total(std::size_t model) const {
  PANJ_EXPECT(!windows.empty() && model < models.size());
  Tally total = windows.front().tallies[model];
  for (std::size_t w = 1; w < windows.size(); ++w) total.add(windows[w].tallies[model]);
  return total;
}

Skill skill(const Backtest& backtest, std::size_t model, std::size_t reference,
            double Scores::*loss) {
  const std::vector<Scores> means = backtest.means();
  double sum = 0;
  for (const WindowScores& window : backtest.windows) {
    sum += 1 - window.scores[model].*loss / window.scores[reference].*loss;
  }
  return {.pooled = 1 - means[model].*loss / means[reference].*loss,
          .mean_window = sum / static_cast<double>(backtest.windows.size())};
}

Backtest run_backtest(const Vintages& vintages, const std::vector<Model>& models,
                      const std::vector<Window>& windows, const BacktestOptions& options) {
  PANJ_EXPECT(!models.empty() && !windows.empty());
  PANJ_EXPECT(std::ranges::all_of(
      windows, [&](const Window& window) { return window.leads == windows.front().leads; }));
  require_covered(vintages.latest(), windows);
  const std::vector<Record> records = records_of(vintages, windows);
  const Outcomes came(vintages.latest(), records);
  std::vector<Outcome> outcomes(windows.size() * models.size());
  Fits fits;
  Progress progress("backtest", outcomes.size(), "forecasts");
  parallel_for(outcomes.size(), options.threads, [&](std::size_t i) {
    const std::size_t m = i % models.size();
    const std::size_t w = i / models.size();
    const std::size_t fit = fit_window(windows, w, options.refit);
    const auto fitted = fits.get(fit, static_cast<int>(m), [&] {
      return models[m].fit(records[fit].history,
                           leads_of_fit(windows, records, fit, options.refit));
    });
    const auto sample = records[w].forecast(*fitted, options.seed);
    outcomes[i] = {score_window(came, records[w], sample, windows[w]), fitted->note()};
    progress.advance();
  });
  Backtest result = collect(came.units(), models, windows, std::move(outcomes));
  add_note(result.notes, note_of_left_out(came, records, windows));
  if (vintages.are_as_known()) add_records(result, records);
  return result;
}

Backtest run_backtest(const event::Panel& panel, const std::vector<Model>& models,
                      const std::vector<Window>& windows, const BacktestOptions& options) {
  return run_backtest(Vintages(panel), models, windows, options);
}

Backtest run_backtest(const event::Panel& panel, const std::vector<Model>& models,
                      const std::vector<Window>& windows, std::uint64_t seed, unsigned threads) {
  return run_backtest(Vintages(panel), models, windows, {.seed = seed, .threads = threads});
}

}  // namespace panj::forecast
