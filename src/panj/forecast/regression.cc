// SPDX-License-Identifier: Apache-2.0
#include "panj/forecast/regression.h"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>

#include "panj/core/contract.h"

namespace panj::forecast {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr int kMostSteps = 100;
constexpr double kEnough = 1e-9;  ///< relative gain of a step below which the search ends
constexpr double kSmallestStep = 1e-4;

/// ridge · b without the free first coefficient.
VectorXd penalty_gradient(const VectorXd& b, double ridge) {
  VectorXd gradient = ridge * b;
  gradient(0) = 0;
  return gradient;
}

double penalty(const VectorXd& b, double ridge) {
  return 0.5 * ridge * b.tail(b.size() - 1).squaredNorm();
}

/// Dᵀ diag(w) D + ridge on all but the first, over blocks of rows that fit into the cache. A trace
/// of a ridge on the first keeps the matrix invertible when nothing has weight.
MatrixXd information(const Design& design, const VectorXd& weight, double ridge) {
  constexpr Index kBlock = 256;
  MatrixXd sum = MatrixXd::Zero(design.cols(), design.cols());
  for (Index at = 0; at < design.rows(); at += kBlock) {
    const Index rows = std::min(kBlock, design.rows() - at);
    const MatrixXd scaled =
        (design.middleRows(at, rows).array().colwise() * weight.segment(at, rows).array().sqrt())
            .matrix()
            .transpose();
    sum.selfadjointView<Eigen::Lower>().rankUpdate(scaled);
  }
  sum.diagonal().array() += ridge;
  sum(0, 0) += 1e-10 - ridge;
  return sum;
}

VectorXd solve(const MatrixXd& lower, const VectorXd& right) {
  return lower.selfadjointView<Eigen::Lower>().ldlt().solve(right);
}

double logistic_loss(const VectorXd& linear, const VectorXd& y, const VectorXd& weight) {
  double loss = 0;
  for (Index i = 0; i < y.size(); ++i) {
    const double z = y(i) > 0.5 ? -linear(i) : linear(i);
    loss += weight(i) * (std::max(z, 0.0) + std::log1p(std::exp(-std::abs(z))));
  }
  return loss;
}

}  // namespace

VectorXd fit_logistic(const Design& design, const VectorXd& y, const VectorXd& weight,
                      double ridge) {
  PANJ_EXPECT(design.rows() == y.size() && y.size() == weight.size());
  VectorXd b = VectorXd::Zero(design.cols());
  VectorXd linear = design * b;
  double loss = logistic_loss(linear, y, weight);
  for (int step = 0; step < kMostSteps; ++step) {
    const VectorXd p = (1 + (-linear.array()).exp()).inverse();
    const VectorXd gradient = design.transpose() * (weight.array() * (p - y).array()).matrix() +
                              penalty_gradient(b, ridge);
    const VectorXd curvature = weight.array() * p.array() * (1 - p.array());
    const VectorXd direction = solve(information(design, curvature, ridge), gradient);
    const VectorXd linear_direction = design * direction;
    double size = 1;
    double next = loss;
    for (; size > kSmallestStep; size /= 2) {
      next = logistic_loss(linear - size * linear_direction, y, weight) +
             penalty(b - size * direction, ridge);
      if (next < loss) break;
    }
    if (!(next < loss)) break;
    b -= size * direction;
    linear -= size * linear_direction;
    const double gain = loss - next;
    loss = next;
    if (gain < kEnough * std::abs(loss)) break;
  }
  return b;
}

double clipped_scale(double log_scale) {
  return std::exp(std::clamp(log_scale, -kMostLogScale, kMostLogScale));
}

/// What one observation adds to the loss and its derivatives by location and log scale.
struct LogTLoss::Row {
  double loss;
  double by_location;
  double by_log_scale;
  double scale;
  bool clipped;
};

LogTLoss::LogTLoss(const Design& design, const VectorXd& y, const VectorXd& weight, double ridge,
                   double degrees)
    : design_(design), y_(y), weight_(weight), ridge_(ridge), degrees_(degrees) {
  PANJ_EXPECT(design.rows() == y.size() && y.size() == weight.size());
}

LogTLoss::Row LogTLoss::row(Index i, double location, double log_scale) const {
  const bool clipped = std::abs(log_scale) > kMostLogScale;
  const double scale = clipped_scale(log_scale);
  const double z = (y_(i) - location) / scale;
  const double share = z * z / (degrees_ + z * z);
  return {
      .loss = weight_(i) * (std::log(scale) + (degrees_ + 1) / 2 * std::log1p(z * z / degrees_)),
      .by_location = -weight_(i) * (degrees_ + 1) * z / (degrees_ + z * z) / scale,
      .by_log_scale = clipped ? 0 : weight_(i) * (1 - (degrees_ + 1) * share),
      .scale = scale,
      .clipped = clipped};
}

double LogTLoss::operator()(const LogT& parameters, VectorXd* gradient) const {
  const VectorXd location = design_ * parameters.location;
  const VectorXd log_scale = design_ * parameters.scale;
  VectorXd by_location(y_.size());
  VectorXd by_scale(y_.size());
  double loss = penalty(parameters.location, ridge_) + penalty(parameters.scale, ridge_);
  for (Index i = 0; i < y_.size(); ++i) {
    const Row at = row(i, location(i), log_scale(i));
    loss += at.loss;
    by_location(i) = at.by_location;
    by_scale(i) = at.by_log_scale;
  }
  if (gradient != nullptr) {
    gradient->resize(2 * design_.cols());
    gradient->head(design_.cols()) =
        design_.transpose() * by_location + penalty_gradient(parameters.location, ridge_);
    gradient->tail(design_.cols()) =
        design_.transpose() * by_scale + penalty_gradient(parameters.scale, ridge_);
  }
  return loss;
}

LogT LogTLoss::scoring_step(const LogT& parameters) const {
  VectorXd gradient;
  (*this)(parameters, &gradient);
  const VectorXd log_scale = design_ * parameters.scale;
  VectorXd of_location(y_.size());
  VectorXd of_scale(y_.size());
  for (Index i = 0; i < y_.size(); ++i) {
    const double scale = clipped_scale(log_scale(i));
    of_location(i) = weight_(i) * (degrees_ + 1) / (degrees_ + 3) / (scale * scale);
    of_scale(i) =
        std::abs(log_scale(i)) > kMostLogScale ? 0 : weight_(i) * 2 * degrees_ / (degrees_ + 3);
  }
  const Index n = design_.cols();
  return {.location = -solve(information(design_, of_location, ridge_), gradient.head(n)),
          .scale = -solve(information(design_, of_scale, ridge_), gradient.tail(n))};
}

LogT fit_log_t(const Design& design, const VectorXd& y, const VectorXd& weight, double ridge,
               double degrees) {
  PANJ_EXPECT(weight.sum() > 0);
  const LogTLoss loss_of(design, y, weight, ridge, degrees);
  LogT at{.location = solve(information(design, weight, ridge),
                            design.transpose() * (weight.array() * y.array()).matrix()),
          .scale = VectorXd::Zero(design.cols())};
  const VectorXd residual = y - design * at.location;
  const double variance = (weight.array() * residual.array().square()).sum() / weight.sum();
  at.scale(0) = std::clamp(0.5 * std::log(std::max(variance, 1e-12)), 0.9 - kMostLogScale, 2.1);
  double loss = loss_of(at);
  for (int step = 0; step < kMostSteps; ++step) {
    const LogT direction = loss_of.scoring_step(at);
    double size = 1;
    LogT next = at;
    double next_loss = loss;
    for (; size > kSmallestStep; size /= 2) {
      next.location = at.location + size * direction.location;
      next.scale = at.scale + size * direction.scale;
      next_loss = loss_of(next);
      if (next_loss < loss) break;
    }
    if (!(next_loss < loss)) break;
    const double gain = loss - next_loss;
    at = next;
    loss = next_loss;
    if (gain < kEnough * std::abs(loss)) break;
  }
  return at;
}

}  // namespace panj::forecast
