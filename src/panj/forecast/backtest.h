// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "panj/event/panel.h"
#include "panj/forecast/model.h"
#include "panj/forecast/scores.h"
#include "panj/forecast/tally.h"
#include "panj/forecast/vintages.h"

namespace panj::forecast {

/// The model that others are measured against: none of the VIEWS challenge 2023/24 beat it on CRPS.
inline constexpr std::string_view kReferenceModel = "conflictology-12";

/// The leads of the VIEWS challenge: January to December from October of the year before.
inline constexpr PredictiveSample::Leads kChallengeLeads = {3, 14};

/// One window of a rolling-origin backtest, as in the VIEWS challenge 2023/24: data to October of
/// the year before, forecasts for January to December (leads 3–14). With monthly origins the same
/// window moves on by `months_later`; other leads are counted from the same origins.
struct Window {
  int year = 0;
  int months_later = 0;
  PredictiveSample::Leads leads = kChallengeLeads;

  Month origin() const { return Month(year - 1, 10) + months_later; }
  Month first() const { return origin() + leads.first; }
  Month last() const { return origin() + leads.last; }
};

/// The windows of the years `first` to `last`, one a year.
std::vector<Window> yearly_windows(int first, int last,
                                   PredictiveSample::Leads leads = kChallengeLeads);

/// A window for every month: with the challenge's leads the first forecasts January to December of
/// `first`, the last ends in December of `last`.
std::vector<Window> monthly_windows(int first, int last,
                                    PredictiveSample::Leads leads = kChallengeLeads);

/// Mean scores of every model on the same cells of one window.
struct WindowScores {
  Window window;
  std::size_t cells = 0;            ///< unit-months forecast and known
  std::vector<Scores> scores;       ///< in the order of Backtest::models
  std::vector<Tally> tallies = {};  ///< the same in detail
  /// The last month that was known at the origin, and what became of the record since; nothing when
  /// today's values were used.
  std::optional<Month> known_to = {};
  std::optional<Revision> revised_since = {};
};

struct Backtest {
  std::vector<std::string> models;
  std::vector<WindowScores> windows;
  std::vector<std::string> units = {};  ///< for Tally::by_unit
  std::vector<std::string> notes = {};  ///< what models say of their fits, each once

  /// Means of the windows' scores, each window counting alike; in the order of `models`.
  std::vector<Scores> means() const;
  /// The place of a model; nothing when it was not scored.
  std::optional<std::size_t> find(std::string_view model) const;
  /// All windows' tallies of one model.
  Tally total(std::size_t model) const;
};

/// Gain over a reference in parts of its loss: 0 is no better, 1 is perfect.
struct Skill {
  double pooled = 0;       ///< 1 − ratio of the mean losses: large wars decide it
  double mean_window = 0;  ///< mean over windows of 1 − ratio: every year counts alike
};

/// Skill of `model` over `reference` (indices into `backtest.models`) on a score that is a loss.
/// Not a number where the reference's loss is 0.
Skill skill(const Backtest& backtest, std::size_t model, std::size_t reference,
            double Scores::*loss);

/// When models learn anew.
enum class Refit : std::uint8_t {
  window,  ///< at each window's origin
  yearly,  ///< at the origin of the year's first window
  never,   ///< once, at the first window's origin: a frozen model
};

struct BacktestOptions {
  std::uint64_t seed = 1;
  unsigned threads = 0;  ///< 0: as many as the machine has; does not change the result
  Refit refit = Refit::window;
};

/// Forecasts every window with every model from what was known at its origin, and scores them on
/// every unit-month of the latest panel that is known and whose unit existed at the origin. A unit
/// that only an earlier vintage names has outcomes of 0. All windows must have the same leads.
///
/// Throws InvalidInput when a window is not covered by the panel, or nothing was known at an
/// origin.
Backtest run_backtest(const Vintages& vintages, const std::vector<Model>& models,
                      const std::vector<Window>& windows, const BacktestOptions& options);

/// The same where every origin sees the panel's values of today.
Backtest run_backtest(const event::Panel& panel, const std::vector<Model>& models,
                      const std::vector<Window>& windows, const BacktestOptions& options);

/// The same with a refit at each window.
Backtest run_backtest(const event::Panel& panel, const std::vector<Model>& models,
                      const std::vector<Window>& windows, std::uint64_t seed, unsigned threads);

}  // namespace panj::forecast
