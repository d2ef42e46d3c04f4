// SPDX-License-Identifier: Apache-2.0
#include "panj/forecast/regression.h"

#include <gtest/gtest.h>

#include <boost/math/distributions/students_t.hpp>
#include <cmath>

#include "panj/core/random.h"

namespace panj::forecast {
namespace {

using Eigen::VectorXd;

/// A constant and two normal columns.
Design columns(Eigen::Index rows) {
  RandomStream random(1, {.kind = 1});
  Design design(rows, 3);
  for (Eigen::Index i = 0; i < rows; ++i) {
    design.row(i) << 1, draw_normal(random), draw_normal(random);
  }
  return design;
}

VectorXd student_t(Eigen::Index count, double degrees) {
  RandomStream random(1, {.kind = 2});
  const boost::math::students_t_distribution<double> t(degrees);
  VectorXd values(count);
  for (double& value : values) value = quantile(t, random.uniform());
  return values;
}

LogT parameters() {
  return {.location = (VectorXd(3) << 2, 0.7, -0.4).finished(),
          .scale = (VectorXd(3) << -0.3, 0.2, 0.1).finished()};
}

VectorXd simulated(const Design& design) {
  const LogT truth = parameters();
  return design * truth.location +
         ((design * truth.scale).array().exp() * student_t(design.rows(), 5).array()).matrix();
}

TEST(Logistic, RecoversTheTruth) {
  const Design design = columns(40000);
  const VectorXd truth = (VectorXd(3) << -1, 0.8, -0.5).finished();
  RandomStream random(3, {.kind = 3});
  VectorXd y(design.rows());
  for (Eigen::Index i = 0; i < y.size(); ++i) {
    y(i) = random.uniform() < 1 / (1 + std::exp(-design.row(i).dot(truth))) ? 1 : 0;
  }
  const VectorXd found = fit_logistic(design, y, VectorXd::Ones(y.size()));
  for (int k = 0; k < 3; ++k) EXPECT_NEAR(found(k), truth(k), 0.06) << k;  // 4 standard errors
}

TEST(Logistic, OfOneConstantIsTheLogOfTheOdds) {
  const Design design = Design::Ones(4, 1);
  const VectorXd y = (VectorXd(4) << 1, 0, 0, 0).finished();
  const VectorXd weight = (VectorXd(4) << 3, 1, 1, 4).finished();
  EXPECT_NEAR(fit_logistic(design, y, weight)(0), std::log(3.0 / 6), 1e-6);
}

TEST(Logistic, StaysFiniteWhenTheClassesAreApart) {
  Design design(6, 2);
  design << 1, -3, 1, -2, 1, -1, 1, 1, 1, 2, 1, 3;
  const VectorXd y = (VectorXd(6) << 0, 0, 0, 1, 1, 1).finished();
  const VectorXd found = fit_logistic(design, y, VectorXd::Ones(6));
  EXPECT_TRUE(found.allFinite());
  // Stationary: the ridge's pull equals the data's push.
  double push = 0;
  for (int i = 0; i < 6; ++i) {
    push += (y(i) - 1 / (1 + std::exp(-design.row(i).dot(found)))) * design(i, 1);
  }
  EXPECT_NEAR(push, found(1), 1e-4);
}

TEST(LogT, GradientIsThatOfFiniteDifferences) {
  const Design design = columns(50);
  const VectorXd y = simulated(design);
  const VectorXd weight = VectorXd::LinSpaced(50, 0.1, 2);
  const LogTLoss loss(design, y, weight, 0.7);
  const LogT at{.location = (VectorXd(3) << 1.5, 0.2, 0.3).finished(),
                .scale = (VectorXd(3) << 0.4, -0.3, 0.2).finished()};
  VectorXd gradient;
  (void)loss(at, &gradient);
  for (int k = 0; k < 6; ++k) {
    constexpr double kStep = 1e-5;
    LogT up = at;
    LogT down = at;
    (k < 3 ? up.location(k) : up.scale(k - 3)) += kStep;
    (k < 3 ? down.location(k) : down.scale(k - 3)) -= kStep;
    EXPECT_NEAR(gradient(k), (loss(up) - loss(down)) / (2 * kStep), 1e-6) << k;
  }
}

TEST(LogT, RecoversTheTruth) {
  const Design design = columns(20000);
  const VectorXd y = simulated(design);
  const LogT found = fit_log_t(design, y, VectorXd::Ones(y.size()));
  for (int k = 0; k < 3; ++k) {
    EXPECT_NEAR(found.location(k), parameters().location(k), 0.035) << k;
    EXPECT_NEAR(found.scale(k), parameters().scale(k), 0.035) << k;
  }
}

TEST(LogT, EndsWhereTheGradientVanishes) {
  const Design design = columns(500);
  const VectorXd y = simulated(design);
  const VectorXd weight = VectorXd::LinSpaced(500, 0.1, 2);
  VectorXd gradient;
  (void)LogTLoss(design, y, weight)(fit_log_t(design, y, weight), &gradient);
  EXPECT_LT(gradient.cwiseAbs().maxCoeff(), 0.05);  // of a sum of 500 terms
}

TEST(LogT, IsNotMovedByOneWildValue) {
  const Design design = columns(2000);
  VectorXd y = simulated(design);
  const VectorXd weight = VectorXd::Ones(y.size());
  const LogT before = fit_log_t(design, y, weight);
  y(7) = std::log(1e9);
  const LogT after = fit_log_t(design, y, weight);
  EXPECT_LT((after.location - before.location).norm(), 0.01);
}

}  // namespace
}  // namespace panj::forecast
