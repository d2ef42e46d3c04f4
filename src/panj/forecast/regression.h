// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Core>

namespace panj::forecast {

/// One row of explanatory numbers for each observation, the first of which is the constant 1.
using Design = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// Weighted logistic regression with a ridge ½ ridge |b|² on all coefficients but the first:
/// P(y = 1) = 1 / (1 + exp(−D·b)). Newton's method with step halving; the loss is convex, so the
/// minimum is the only one.
///
/// `y` holds 0 and 1, `weight` is ≥ 0; as many of both as `design` has rows.
Eigen::VectorXd fit_logistic(const Design& design, const Eigen::VectorXd& y,
                             const Eigen::VectorXd& weight, double ridge = 1);

/// Location and scale of a response with heavy tails: y = D·b + exp(clip(D·c, ±3)) e, e Student-t
/// with `degrees` degrees of freedom.
struct LogT {
  Eigen::VectorXd location{};  ///< b
  Eigen::VectorXd scale{};     ///< c
};

inline constexpr double kMostLogScale = 3;

/// exp(clip(log_scale, ±3)).
double clipped_scale(double log_scale);

/// The loss that fit_log_t minimises: minus the weighted log-likelihood (up to a constant) plus
/// ½ ridge (|b|² + |c|²), both without their first coefficients, which are free. Writes the
/// derivatives by b, then by c, into `gradient` unless it is null.
class LogTLoss {
 public:
  /// Keeps references; they must outlive it.
  LogTLoss(const Design& design, const Eigen::VectorXd& y, const Eigen::VectorXd& weight,
           double ridge = 1, double degrees = 5);

  double operator()(const LogT& parameters, Eigen::VectorXd* gradient = nullptr) const;

  /// The step −F⁻¹ g of Fisher scoring: the expected information of location and scale is block
  /// diagonal (Lange, Little, Taylor 1989).
  LogT scoring_step(const LogT& parameters) const;

 private:
  struct Row;
  Row row(Eigen::Index i, double location, double log_scale) const;

  const Design& design_;
  const Eigen::VectorXd& y_;
  const Eigen::VectorXd& weight_;
  double ridge_;
  double degrees_;
};

/// Minimises LogTLoss by Fisher scoring with step halving from the ridge regression of y. At least
/// one row must have weight.
LogT fit_log_t(const Design& design, const Eigen::VectorXd& y, const Eigen::VectorXd& weight,
               double ridge = 1, double degrees = 5);

}  // namespace panj::forecast
