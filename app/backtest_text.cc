// SPDX-License-Identifier: Apache-2.0
#include "backtest_view.h"

#include <fmt/format.h>

#include <optional>

namespace panj::app {
namespace {

using forecast::Backtest;
using forecast::kScores;

std::string table_row(std::string_view label, std::string_view model,
                      const forecast::Scores& scores) {
  std::string row = fmt::format("{:<6} {:<20}", label, model);
  for (const auto& named : kScores) row += fmt::format(" {:>11.4f}", scores.*named.value);
  return row;
}

}  // namespace

std::optional<std::size_t> backtest_reference(const Backtest& result) {
  return result.find(forecast::kReferenceModel);
}

std::string backtest_table(const Backtest& result) {
  std::string text = fmt::format("{:<6} {:<20}", "window", "model");
  for (const auto& named : kScores) text += fmt::format(" {:>11}", named.name);
  const auto reference = backtest_reference(result);
  if (reference) text += fmt::format(" {:>11}", "CRPS skill");
  text += '\n';
  const auto skill_percent = [&](double loss, double reference_loss) {
    return reference_loss > 0 ? fmt::format(" {:>9.1f} %", 100 * (1 - loss / reference_loss))
                              : fmt::format(" {:>11}", "n/a");
  };
  for (const auto& window : result.windows) {
    for (std::size_t m = 0; m < result.models.size(); ++m) {
      text += table_row(std::to_string(window.window.year), result.models[m], window.scores[m]);
      if (reference) {
        text += skill_percent(window.scores[m].crps, window.scores[*reference].crps);
      }
      text += '\n';
    }
  }
  const auto means = result.means();
  for (std::size_t m = 0; m < result.models.size(); ++m) {
    text += table_row("mean", result.models[m], means[m]);
    if (reference) text += skill_percent(means[m].crps, means[*reference].crps);
    text += '\n';
  }
  text += fmt::format("\nLower is better, but for the coverages, which should be 0.5 and 0.9.\n");
  if (reference) text += fmt::format("Skill is the gain over {}.\n", forecast::kReferenceModel);
  return text;
}

}  // namespace panj::app
