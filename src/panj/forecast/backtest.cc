// SPDX-License-Identifier: Apache-2.0
#include "panj/forecast/backtest.h"

#include <fmt/format.h>

#include <cmath>

#include "panj/core/contract.h"
#include "panj/core/parallel.h"
#include "panj/core/problem.h"
#include "panj/core/progress.h"

namespace panj::forecast {
namespace {

void add(Scores& sum, const Scores& other) {
  for (const NamedScore& named : kScores) sum.*named.value += other.*named.value;
}

Scores divided(Scores sum, std::size_t count) {
  for (const NamedScore& named : kScores) sum.*named.value /= static_cast<double>(count);
  return sum;
}

void require_covered(const event::Panel& panel, const std::vector<Window>& windows) {
  Problems problems;
  for (const Window& window : windows) {
    if (window.origin() >= panel.first() && Month(window.year, 12) <= panel.last()) continue;
    problems.add({.field = "windows",
                  .what = fmt::format("window {} needs months before {} and to {}-12", window.year,
                                      to_string(window.origin() + 1), window.year),
                  .why = fmt::format("the panel holds {} to {}", to_string(panel.first()),
                                     to_string(panel.last()))});
  }
  problems.throw_if_any();
}

struct Total {
  Scores sum;
  std::size_t cells = 0;
};

Total score_window(const event::Panel& panel, const Model& model, const Window& window,
                   std::uint64_t seed) {
  const History history(panel, window.origin());
  const PredictiveSample sample = model.predict(history, Window::leads(), seed);
  Total total;
  for (std::size_t i = 0; i < history.units().size(); ++i) {
    for (int lead = Window::leads().first; lead <= Window::leads().last; ++lead) {
      const double outcome = panel.at(history.units()[i], window.origin() + lead);
      if (std::isnan(outcome)) continue;
      add(total.sum, score(sample.at(i, lead), outcome));
      ++total.cells;
    }
  }
  return total;
}

}  // namespace

std::vector<Scores> Backtest::means() const {
  std::vector<Scores> means(models.size());
  for (std::size_t m = 0; m < models.size(); ++m) {
    for (const WindowScores& window : windows) add(means[m], window.scores[m]);
    means[m] = divided(means[m], windows.size());
  }
  return means;
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
                      const std::vector<Window>& windows, std::uint64_t seed, unsigned threads) {
  PANJ_EXPECT(!models.empty() && !windows.empty());
  require_covered(panel, windows);
  std::vector<Total> totals(windows.size() * models.size());
  Progress progress("backtest", totals.size(), "forecasts");
  parallel_for(totals.size(), threads, [&](std::size_t i) {
    totals[i] = score_window(panel, models[i % models.size()], windows[i / models.size()], seed);
    progress.advance();
  });

  Backtest result;
  for (const Model& model : models) result.models.push_back(model.name);
  for (std::size_t w = 0; w < windows.size(); ++w) {
    WindowScores scores{windows[w], totals[w * models.size()].cells, {}};
    if (scores.cells == 0) {
      throw InvalidInput(
          Problem{.field = "windows",
                  .what = fmt::format("window {} has nothing to score", windows[w].year),
                  .why = "no unit is known both before and in it"});
    }
    for (std::size_t m = 0; m < models.size(); ++m) {
      scores.scores.push_back(divided(totals[w * models.size() + m].sum, scores.cells));
    }
    result.windows.push_back(std::move(scores));
  }
  return result;
}

}  // namespace panj::forecast
