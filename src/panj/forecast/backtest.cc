// SPDX-License-Identifier: Apache-2.0
#include "panj/forecast/backtest.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

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

Month fit_origin(const std::vector<Window>& windows, std::size_t w, Refit refit) {
  if (refit == Refit::never) return windows.front().origin();
  if (refit == Refit::yearly) {
    const auto first = std::ranges::find(windows, windows[w].year, &Window::year);
    return first->origin();
  }
  return windows[w].origin();
}

bool is_quiet(const History& history, event::UnitId unit) {
  const auto recent =
      history.series(unit).last(std::min<std::size_t>(12, history.series(unit).size()));
  return std::ranges::none_of(recent, [](double v) { return v >= 1; });
}

Tally score_window(const event::Panel& panel, const History& history,
                   const PredictiveSample& sample, const Window& window) {
  Tally tally(panel.units().size(), Window::leads().size());
  for (std::size_t i = 0; i < history.units().size(); ++i) {
    const event::UnitId unit = history.units()[i];
    const bool quiet = is_quiet(history, unit);
    for (int lead = Window::leads().first; lead <= Window::leads().last; ++lead) {
      const double outcome = panel.at(unit, window.origin() + lead);
      if (std::isnan(outcome)) continue;
      tally.add({.unit = unit.value,
                 .lead = static_cast<std::size_t>(lead - Window::leads().first),
                 .quiet = quiet,
                 .outcome = outcome},
                sample.at(i, lead));
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

Backtest collect(const event::Panel& panel, const std::vector<Model>& models,
                 const std::vector<Window>& windows, std::vector<Outcome> outcomes) {
  Backtest result;
  result.units = panel.units();
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

}  // namespace

std::vector<Window> yearly_windows(int first, int last) {
  std::vector<Window> windows;
  for (int year = first; year <= last; ++year) windows.push_back({year});
  return windows;
}

std::vector<Window> monthly_windows(int first, int last) {
  std::vector<Window> windows;
  for (int year = first; year <= last; ++year) {
    for (int later = 0; later < (year == last ? 1 : 12); ++later) windows.push_back({year, later});
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

Backtest run_backtest(const event::Panel& panel, const std::vector<Model>& models,
                      const std::vector<Window>& windows, const BacktestOptions& options) {
  PANJ_EXPECT(!models.empty() && !windows.empty());
  require_covered(panel, windows);
  std::vector<Outcome> outcomes(windows.size() * models.size());
  Fits fits;
  Progress progress("backtest", outcomes.size(), "forecasts");
  parallel_for(outcomes.size(), options.threads, [&](std::size_t i) {
    const std::size_t m = i % models.size();
    const Window& window = windows[i / models.size()];
    const Month learnt = fit_origin(windows, i / models.size(), options.refit);
    const auto fitted = fits.get(static_cast<std::uint64_t>(learnt.id()), static_cast<int>(m), [&] {
      return models[m].fit(History(panel, learnt), Window::leads());
    });
    const History history(panel, window.origin());
    const auto sample = fitted->predict(history, Window::leads(), options.seed);
    outcomes[i] = {score_window(panel, history, sample, window), fitted->note()};
    progress.advance();
  });
  return collect(panel, models, windows, std::move(outcomes));
}

Backtest run_backtest(const event::Panel& panel, const std::vector<Model>& models,
                      const std::vector<Window>& windows, std::uint64_t seed, unsigned threads) {
  return run_backtest(panel, models, windows, {.seed = seed, .threads = threads});
}

}  // namespace panj::forecast
