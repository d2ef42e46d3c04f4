// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "panj/core/range.h"
#include "panj/explore/break_even.h"
#include "panj/explore/failure.h"
#include "panj/explore/headline.h"
#include "panj/explore/history_match.h"
#include "panj/explore/prim.h"
#include "panj/explore/regret.h"
#include "panj/explore/summary.h"
#include "panj/explore/theatre_study.h"
#include "panj/explore/threshold.h"

namespace panj::explore {

struct AnalysisOptions {
  HistoryUse history = HistoryUse::filter;
  /// All must hold in a future for a package to be good there. Empty: contained in at least half of
  /// the replicates.
  std::vector<Threshold> thresholds{};
  /// What can be spent beyond the first package at the stated values; nothing: the budget of the
  /// theatre's measures.
  std::optional<double> budget_musd_per_year{};
  /// Headlines that efficient packages are judged on, beside their cost; empty: all compared.
  std::vector<std::size_t> pareto{};
  double tail = 0.1;            ///< of CVaR
  std::size_t most_limits = 4;  ///< of a failure box
  PrimOptions prim{};
  unsigned resamples = 200;
  std::uint64_t seed = 1;
};

/// How one package does over the futures that count.
struct PackageResult {
  std::string id{};
  std::string name{};
  Estimate contained{};  ///< share of replicates contained, mean over futures
  /// 5 % and 95 % quantiles of the chance of containment over futures, see true_spread.h.
  Range contained_range{};
  Estimate satisfied{};             ///< share of futures in which all thresholds hold
  double cost_musd_per_year = 0.0;  ///< mean over futures, whose prices range far
  /// In the theatre's own future, all assumptions as stated: what counts for being affordable.
  double cost_stated_musd_per_year = 0.0;
  bool is_affordable = true;
  bool is_efficient =
      false;  ///< none is better in one of Exploration::efficient_in and worse in none
  std::vector<RegretRow> outcomes{};  ///< by Exploration::compared
};

/// How much an unknown moves the outcome of the first package.
struct Driver {
  std::string assumption{};
  std::string subject{};    ///< in words
  double pawn = 0.0;        ///< median distance; compare with Exploration::chance_level
  double shift = 0.0;       ///< direction: rank where the outcome is bad minus elsewhere
  bool is_telling = false;  ///< above the level of chance
};

/// What to watch: a limit on something observable, and what it means.
struct Tripwire {
  std::string package{};
  std::string indicator{};  ///< "foreign fighters arriving"
  std::string threshold{};  ///< "above 90 a month"
  std::string now{};        ///< the theatre's own value: "50 a month"
  std::string watch{};      ///< what to look at
  std::string sentence{};   ///< "P1 fails in 71 % of futures where …, against 34 % in all"
  double density = 0.0;
  double base_rate = 0.0;
  double coverage = 0.0;
};

/// The answer for a brief: which package holds up, where it fails, which unknown matters.
struct Exploration {
  std::size_t futures = 0;
  std::size_t counted = 0;  ///< futures that reproduce the record
  std::size_t replicates = 0;
  std::size_t failed_replicates = 0;
  Estimate passed{};  ///< share of futures that reproduce the record
  HistoryBand band{};
  double budget_musd_per_year = 0.0;
  std::vector<std::size_t> compared{};      ///< headlines that packages are compared on
  std::vector<std::size_t> efficient_in{};  ///< headlines that efficient packages are judged on
  std::vector<std::string> thresholds{};    ///< "contained >= 0.5"
  std::vector<std::string> good{};          ///< the same in words
  std::vector<PackageResult> packages{};    ///< the first is what others are compared to
  std::size_t best = 0;                     ///< index of the best affordable package
  std::string outcome_of_drivers{};
  std::vector<Driver> drivers{};    ///< the strongest first
  double chance_level = 0.0;        ///< what the strongest of all unknowns stays below by chance
  std::vector<FailureBox> boxes{};  ///< of the best affordable package, then of the first
  std::vector<Tripwire> tripwires{};
  std::vector<BreakEven> break_evens{};  ///< of explore_theatre() only: they take runs of their own
  std::vector<std::string> notes{};      ///< what a reader must know: thresholds nobody meets, …
};

/// Compares the packages of a study from its summary.
Exploration analyse(const TheatreStudy& study, const Summary& summary,
                    const AnalysisOptions& options = {});

/// Draws futures, runs them in memory and analyses them: for a brief.
///
///     explore_theatre(read_theatre("theatres/tajik-afghan"), {.futures = 200, .replicates = 20})
Exploration explore_theatre(const theatre::Theatre& theatre, const StudyOptions& study = {},
                            const AnalysisOptions& analysis = {}, unsigned threads = 0);

}  // namespace panj::explore
