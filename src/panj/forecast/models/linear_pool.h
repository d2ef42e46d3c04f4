// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "panj/forecast/model.h"

namespace panj::forecast {

/// How a linear pool's weights are learnt.
struct PoolOptions {
  int windows = 12;        ///< at most this many past origins, a year apart, are forecast again
  double prior = 4;        ///< what the prior weights count, in windows
  double log1p_share = 0;  ///< of the loss: CRPS on log(1 + ·); the rest is plain CRPS
};

/// A mixture of forecasts: Σ wₖ Fₖ, with wₖ ≥ 0 and Σ wₖ = 1. Of the 1,000 draws, model k gives
/// 1000 wₖ (largest remainder), at even levels of its own sample.
class LinearPool final : public Forecaster {
 public:
  LinearPool(std::vector<std::string> names, std::vector<std::shared_ptr<const Forecaster>> members,
             std::vector<double> weights);

  PredictiveSample predict(const History& history, Leads leads, std::uint64_t seed) const override;
  std::string note() const override;
  std::vector<std::string> short_units(const History& history) const override;

  const std::vector<std::string>& names() const { return names_; }
  const std::vector<std::shared_ptr<const Forecaster>>& members() const { return members_; }
  const std::vector<double>& weights() const { return weights_; }

 private:
  std::vector<std::string> names_;
  std::vector<std::shared_ptr<const Forecaster>> members_;
  std::vector<double> weights_;
};

/// The CRPS of a mixture is quadratic in its weights:
/// Σ wₖ E|Xₖ − y| − ½ Σ Σ wⱼ wₖ E|Xⱼ − Xₖ|, so its mean over any cells is, too.
class PoolLoss {
 public:
  explicit PoolLoss(std::size_t models);

  /// Adds `weight` times the loss of one cell; a sample per model, ascending.
  void add(const std::vector<std::vector<double>>& samples, double outcome, double weight);
  void add(const PoolLoss& other, double weight);

  double operator()(const std::vector<double>& weights) const;
  /// The loss of model k alone.
  double of_model(std::size_t k) const;

  /// The weights that minimise this loss plus `prior` times the squared distance to `around`
  /// in its metric: found by projected Newton over all faces of the simplex.
  std::vector<double> minimise(const std::vector<double>& around, double prior) const;

 private:
  std::size_t models_;
  std::vector<double> to_outcome_;  ///< Σ E|Xₖ − y|
  std::vector<double> between_;     ///< Σ E|Xⱼ − Xₖ|, row-major
};

/// E|X − X′| of two ascending samples, drawn apart. Linear in their sizes.
double mean_distance(std::span<const double> one, std::span<const double> other);

/// A pool of `members` whose weights minimise the CRPS of earlier forecasts: the members are fitted
/// again at each October before the history's origin (the challenge's origins) and scored on the
/// months known by then; each window's loss is divided by conflictology-12's, so that every year
/// counts alike.
Model make_linear_pool(std::string name, std::vector<Model> members, std::vector<double> prior,
                       PoolOptions options = {});

}  // namespace panj::forecast
