// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <span>
#include <string_view>

#include "panj/core/range.h"

namespace panj::forecast {

// Proper scores of a predictive sample against what came, after Gneiting & Raftery 2007, "Strictly
// proper scoring rules, prediction, and estimation". All are losses (lower is better) but coverage,
// whose best value is its level. `sample` is ascending and not empty; values and outcome ≥ 0.

/// Continuous ranked probability score of the sample's empirical distribution, in the outcome's
/// unit: mean |x − y| − ½ mean |x − x′|. Linear in the number of draws. For one draw: |x − y|.
double crps(std::span<const double> sample, double outcome);

/// The same after log(1 + ·) of sample and outcome: relative errors count alike at every scale.
double crps_log1p(std::span<const double> sample, double outcome);

/// Ignorance −log₂((c + 1) / (S + 11)) in bits over the eleven bins of the VIEWS challenge, which
/// start at 0, 0.5, 2.5, 5.5, 10.5, 25.5, 50.5, 100.5, 250.5, 500.5 and 1000.5. c is how many of
/// S = 1,000 draws fall into the outcome's bin; a sample of another size counts in proportion, so
/// that models with few draws are not held to a flatter prior.
double ignorance(std::span<const double> sample, double outcome);

/// The middle `level` of the sample between interpolated quantiles: 0.9 gives the 5 % and 95 %
/// ones.
Range central_interval(std::span<const double> sample, double level);

/// Interval score of the central interval [l, u] with α = 1 − level:
/// u − l + 2/α (l − y)⁺ + 2/α (y − u)⁺. Its mean is the challenge's MIS (level 0.9).
double interval_score(std::span<const double> sample, double outcome, double level);

/// Brier score of the event "at least `threshold`": (P(x ≥ threshold) − [y ≥ threshold])².
double brier(std::span<const double> sample, double outcome, double threshold);

/// 1 when the outcome lies in the central interval (ends included), else 0.
double coverage(std::span<const double> sample, double outcome, double level);

/// All scores of one forecast, or their means over many.
struct Scores {
  double crps = 0;
  double crps_log1p = 0;
  double ign = 0;
  double mis90 = 0;
  double brier1 = 0;
  double brier25 = 0;
  double coverage50 = 0;
  double coverage90 = 0;
};

/// Scores by the names that tables and JSON use, in their order.
struct NamedScore {
  std::string_view name;
  double Scores::*value;
  bool lower_is_better = true;
};
inline constexpr std::array kScores = {
    NamedScore{"crps", &Scores::crps},
    NamedScore{"crps_log1p", &Scores::crps_log1p},
    NamedScore{"ign", &Scores::ign},
    NamedScore{"mis90", &Scores::mis90},
    NamedScore{"brier1", &Scores::brier1},
    NamedScore{"brier25", &Scores::brier25},
    NamedScore{"coverage50", &Scores::coverage50, false},
    NamedScore{"coverage90", &Scores::coverage90, false},
};

Scores score(std::span<const double> sample, double outcome);

}  // namespace panj::forecast
