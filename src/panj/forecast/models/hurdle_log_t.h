// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "panj/forecast/features.h"
#include "panj/forecast/model.h"
#include "panj/forecast/regression.h"

namespace panj::forecast {

/// What the hurdle log-t model has learnt for a band of leads.
///
///     P(y ≥ 1) = 1 / (1 + exp(−D·occurrence))
///     log y given y ≥ 1 = D·level.location + exp(clip(D·level.scale, ±3)) · r
///
/// D is design_row() of the unit's features at the origin; r is drawn from the standardised
/// residuals of the training rows, whose quantiles at residual_levels() are `residuals`.
struct HurdleLogT {
  static constexpr std::size_t kTerms = 30;
  using Row = std::array<double, kTerms>;
  using Leads = PredictiveSample::Leads;

  /// Months of a unit that must be known before its features say anything.
  static constexpr int kFewestObserved = 12;

  Leads leads;               ///< trained on, and good for
  Features feature_scale{};  ///< standard deviations over the training panel
  Eigen::VectorXd occurrence{};
  LogT level{};
  std::vector<double> residuals{};
  std::size_t rows = 0;    ///< training rows
  std::size_t events = 0;  ///< of them with y ≥ 1

  /// 1; the scaled features f; f₁²/4, f₆²/4; h = lead/12; f₀, f₁, f₂, f₃, f₆, f₈, f₁₁ × (h − 0.7).
  Row design_row(const Features& features, int lead) const;

  /// Writes draws at the levels (i + ½)/n in ascending order: 0 below 1 − p, else
  /// max(1, round(exp(min(m + s r(u), 10.5)))).
  void draw(const Features& features, int lead, std::span<double> draws) const;

  /// The chance of at least one.
  double probability(const Features& features, int lead) const;
};

/// Levels from 1e−4 to 1 − 1e−4, evenly spaced on the normal scale.
std::span<const double> residual_levels();

/// Bands of leads that are fitted apart: 1–2, 3–14 (the challenge's), 15–36.
std::span<const PredictiveSample::Leads> lead_bands();

/// Trains on every third origin from two years into the history, six leads of the band each, rows
/// with at least 12 observed months before; a row `age` months back weighs ½^(age/120). Throws
/// TooLittleData when the panel cannot carry 90 coefficients.
HurdleLogT fit_hurdle_log_t(const History& history, const Neighbours& neighbours,
                            PredictiveSample::Leads band);

/// Why a model cannot be fitted; callers fall back.
class TooLittleData : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Forecasts with fitted bands: units with fewer than 12 observed months, and leads of no band, by
/// decay-6.
class HurdleLogTForecaster final : public Forecaster {
 public:
  HurdleLogTForecaster(std::vector<HurdleLogT> bands, Neighbours neighbours)
      : bands_(std::move(bands)), neighbours_(std::move(neighbours)) {}

  PredictiveSample predict(const History& history, Leads leads, std::uint64_t seed) const override;
  std::vector<std::string> short_units(const History& history) const override;
  const std::vector<HurdleLogT>& bands() const { return bands_; }

 private:
  const HurdleLogT* band_of(int lead) const;

  std::vector<HurdleLogT> bands_;
  Neighbours neighbours_;
};

/// The model `ls`: fitted anew at each origin, decay-6 where the panel is too small. Fits of the
/// same data are made once and kept as long as the model lives.
Model make_hurdle_log_t(const ModelOptions& options);

}  // namespace panj::forecast
