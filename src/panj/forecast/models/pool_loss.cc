// SPDX-License-Identifier: Apache-2.0
#include <Eigen/LU>
#include <algorithm>
#include <cmath>
#include <limits>

#include "panj/core/contract.h"
#include "panj/forecast/models/linear_pool.h"

namespace panj::forecast {
namespace {

double mean_distance_to(std::span<const double> sample, double outcome) {
  double sum = 0;
  for (const double x : sample) sum += std::abs(x - outcome);
  return sum / static_cast<double>(sample.size());
}

}  // namespace

double mean_distance(std::span<const double> one, std::span<const double> other) {
  PANJ_EXPECT(!one.empty() && !other.empty());
  // ∫ F (1 − G) + G (1 − F) between the merged values.
  const auto n = static_cast<double>(one.size());
  const auto m = static_cast<double>(other.size());
  std::size_t i = 0;
  std::size_t j = 0;
  double sum = 0;
  double last = std::min(one[0], other[0]);
  while (i < one.size() || j < other.size()) {
    const bool take_one = j == other.size() || (i < one.size() && one[i] <= other[j]);
    const double value = take_one ? one[i] : other[j];
    const double f = static_cast<double>(i) / n;
    const double g = static_cast<double>(j) / m;
    sum += (value - last) * (f * (1 - g) + g * (1 - f));
    last = value;
    ++(take_one ? i : j);
  }
  return sum;
}

PoolLoss::PoolLoss(std::size_t models)
    : models_(models), to_outcome_(models), between_(models * models) {}

void PoolLoss::add(const std::vector<std::vector<double>>& samples, double outcome, double weight) {
  PANJ_EXPECT(samples.size() == models_);
  for (std::size_t k = 0; k < models_; ++k) {
    to_outcome_[k] += weight * mean_distance_to(samples[k], outcome);
    for (std::size_t j = 0; j <= k; ++j) {
      const double distance = weight * mean_distance(samples[j], samples[k]);
      between_[j * models_ + k] += distance;
      if (j != k) between_[k * models_ + j] += distance;
    }
  }
}

void PoolLoss::add(const PoolLoss& other, double weight) {
  PANJ_EXPECT(other.models_ == models_);
  for (std::size_t k = 0; k < models_; ++k) to_outcome_[k] += weight * other.to_outcome_[k];
  for (std::size_t k = 0; k < between_.size(); ++k) between_[k] += weight * other.between_[k];
}

double PoolLoss::operator()(const std::vector<double>& weights) const {
  double loss = 0;
  for (std::size_t k = 0; k < models_; ++k) {
    loss += weights[k] * to_outcome_[k];
    for (std::size_t j = 0; j < models_; ++j) {
      loss -= 0.5 * weights[j] * weights[k] * between_[j * models_ + k];
    }
  }
  return loss;
}

double PoolLoss::of_model(std::size_t k) const {
  return to_outcome_[k] - 0.5 * between_[k * models_ + k];
}

std::vector<double> PoolLoss::minimise(const std::vector<double>& around, double prior) const {
  // loss = a·w − ½ wᵀB w + ½ prior |w − around|²; −B is positive semidefinite on Σ w = const.
  PANJ_EXPECT(around.size() == models_ && models_ <= 16);
  const auto penalised = [&](const std::vector<double>& w) {
    double distance = 0;
    for (std::size_t k = 0; k < models_; ++k) distance += (w[k] - around[k]) * (w[k] - around[k]);
    return (*this)(w) + 0.5 * prior * distance;
  };
  std::vector<double> best = around;
  double least = penalised(around);
  // Every face of the simplex: the minimum on its plane, if it lies within.
  for (unsigned face = 1; face < (1U << models_); ++face) {
    std::vector<std::size_t> on;
    for (std::size_t k = 0; k < models_; ++k) {
      if ((face >> k & 1U) != 0) on.push_back(k);
    }
    const auto n = static_cast<Eigen::Index>(on.size());
    Eigen::MatrixXd system = Eigen::MatrixXd::Zero(n + 1, n + 1);
    Eigen::VectorXd right = Eigen::VectorXd::Zero(n + 1);
    for (Eigen::Index r = 0; r < n; ++r) {
      const std::size_t k = on[static_cast<std::size_t>(r)];
      for (Eigen::Index c = 0; c < n; ++c) {
        system(r, c) = -between_[k * models_ + on[static_cast<std::size_t>(c)]];
      }
      system(r, r) += prior;
      system(r, n) = system(n, r) = 1;
      right(r) = prior * around[k] - to_outcome_[k];
    }
    right(n) = 1;
    const Eigen::VectorXd solved = system.fullPivLu().solve(right);
    if (!solved.allFinite() || solved.head(n).minCoeff() < -1e-12) continue;
    std::vector<double> weights(models_, 0.0);
    double sum = 0;
    for (Eigen::Index r = 0; r < n; ++r) sum += std::max(0.0, solved(r));
    for (Eigen::Index r = 0; r < n; ++r) {
      weights[on[static_cast<std::size_t>(r)]] = std::max(0.0, solved(r)) / sum;
    }
    const double loss = penalised(weights);
    if (loss < least) {
      least = loss;
      best = weights;
    }
  }
  return best;
}

}  // namespace panj::forecast
