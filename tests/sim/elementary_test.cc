// SPDX-License-Identifier: Apache-2.0
#include "panj/sim/elementary.h"

#include <gmock/gmock.h>

#include <boost/math/special_functions/erf.hpp>
#include <cmath>
#include <limits>
#include <numbers>
#include <random>
#include <vector>

#include "panj/core/number.h"
#include "sim/vectors.h"

namespace panj::sim {
namespace {

static_assert(std::numeric_limits<long double>::digits >= 64, "the oracle needs more digits");

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

std::vector<double> spread(double low, double high, std::size_t count = 100000) {
  std::mt19937_64 random(1);
  std::uniform_real_distribution<double> between(low, high);
  std::vector<double> values(count);
  for (double& value : values) value = between(random);
  return values;
}

std::vector<double> exponentials(std::vector<double> values, double sign = 1) {
  for (double& value : values) value = sign * std::exp(value);
  return values;
}

/// The greatest error in units of the last place of the exact value.
template <class Exact>
double greatest_ulps(const std::vector<double>& x, const std::vector<double>& y, Exact exact) {
  double greatest = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const long double truth = exact(static_cast<long double>(x[i]));
    const auto rounded = static_cast<double>(truth);
    const double ulp = std::abs(std::nextafter(rounded, kInfinity) - rounded);
    greatest = std::max(greatest, static_cast<double>(std::abs(y[i] - truth)) / ulp);
  }
  return greatest;
}

const auto kExp = [](auto x) PANJ_KERNEL { return sim::exp(x); };
const auto kExpm1 = [](auto x) PANJ_KERNEL { return sim::expm1(x); };
const auto kLog = [](auto x) PANJ_KERNEL { return sim::log(x); };
const auto kLog1p = [](auto x) PANJ_KERNEL { return sim::log1p(x); };
const auto kCosTurns = [](auto x) PANJ_KERNEL { return sim::cos_turns(x); };
const auto kNormalQuantile = [](auto u) PANJ_KERNEL { return sim::normal_quantile(u); };

TEST(Exp, IsWithinAboutOneUlp) {
  const auto exact = [](long double x) { return std::exp(x); };
  for (const auto& x : {spread(-0.4, 0.4), spread(-10, 10), spread(-708, 709.7)})
    EXPECT_LT(greatest_ulps(x, by_packs(kExp, x), exact), 1.02);
}

TEST(Exp, KeepsTheEndsOfTheRange) {
  EXPECT_EQ(exp(0.0), 1.0);
  EXPECT_EQ(exp(-kInfinity), 0.0);
  EXPECT_EQ(exp(kInfinity), kInfinity);
  EXPECT_EQ(exp(710.0), kInfinity);
  EXPECT_EQ(exp(-745.0), std::numeric_limits<double>::denorm_min());
  EXPECT_NEAR(exp(-730.0) / std::exp(-730.0), 1, 1e-6);
  EXPECT_TRUE(std::isnan(exp(kNan)));
}

TEST(Expm1, IsWithinTwoAndAHalfUlps) {
  const auto exact = [](long double x) { return std::expm1(x); };
  for (const auto& x : {spread(-1.2, 1.2), spread(-50, 700), exponentials(spread(-100, 0)),
                        exponentials(spread(-100, 4), -1)})
    EXPECT_LT(greatest_ulps(x, by_packs(kExpm1, x), exact), 2.5);
  EXPECT_EQ(expm1(kInfinity), kInfinity);
  EXPECT_EQ(expm1(-kInfinity), -1);
  EXPECT_EQ(expm1(0.0), 0);
}

TEST(Log, IsWithinOneUlp) {
  const auto exact = [](long double x) { return std::log(x); };
  for (const auto& x : {spread(0.5, 2), spread(0.999, 1.001), exponentials(spread(-700, 700))})
    EXPECT_LT(greatest_ulps(x, by_packs(kLog, x), exact), 1.0);
}

TEST(Log, KeepsTheEndsOfTheRange) {
  EXPECT_EQ(log(1.0), 0.0);
  EXPECT_EQ(log(0.0), -kInfinity);
  EXPECT_EQ(log(kInfinity), kInfinity);
  EXPECT_TRUE(std::isnan(log(-1.0)));
  EXPECT_TRUE(std::isnan(log(kNan)));
  EXPECT_DOUBLE_EQ(log(std::numeric_limits<double>::denorm_min()), std::log(0x1p-1074));
}

TEST(Log1p, IsWithinOneAndAHalfUlps) {
  const auto exact = [](long double x) { return std::log1p(x); };
  for (const auto& x :
       {spread(-0.999, 2), exponentials(spread(-100, 100)), exponentials(spread(-100, -0.01), -1)})
    EXPECT_LT(greatest_ulps(x, by_packs(kLog1p, x), exact), 1.5);
  EXPECT_EQ(log1p(-1.0), -kInfinity);
  EXPECT_EQ(log1p(kInfinity), kInfinity);
  EXPECT_TRUE(std::isnan(log1p(-1.5)));
}

TEST(CosTurns, IsWithinTwoUlpsOfOne) {
  const auto x = spread(-20, 20);
  const auto y = by_packs(kCosTurns, x);
  for (std::size_t i = 0; i < x.size(); ++i) {
    const long double exact = std::cos(2 * std::numbers::pi_v<long double> * x[i]);
    ASSERT_NEAR(y[i], static_cast<double>(exact), 4e-16) << x[i];
  }
  EXPECT_EQ(cos_turns(0.25), 0);
  EXPECT_EQ(cos_turns(-0.5), -1);
  EXPECT_EQ(cos_turns(7.0), 1);
}

TEST(NormalQuantile, IsWichurasToItsStatedError) {
  std::vector<double> u = spread(0, 1);
  for (const double tail : exponentials(spread(-36, -1))) {
    u.push_back(tail);
    u.push_back(1 - tail);
  }
  std::erase_if(u, [](double x) { return x <= 0 || x >= 1; });
  const auto y = by_packs(kNormalQuantile, u);
  for (std::size_t i = 0; i < u.size(); ++i) {
    const long double exact =
        -std::numbers::sqrt2_v<long double> * boost::math::erfc_inv(2.0L * u[i]);
    ASSERT_LT(std::abs(y[i] - exact), 1e-15L * std::max(1.0L, std::abs(exact))) << u[i];
  }
  EXPECT_EQ(normal_quantile(0.5), 0);
}

TEST(Elementary, GivesTheSameForADoubleAsForAPackOnAnyVectorUnits) {
  std::vector<double> x = spread(-800, 800, 1001);
  for (const double special : {0.0, -0.0, 1.0, kInfinity, -kInfinity, kNan, 5e-324})
    x.push_back(special);
  std::vector<double> u = spread(0, 1, 1001);
  const auto check = [](const auto& function, const std::vector<double>& in) {
    const auto packs = by_packs(function, in);
    for (std::size_t i = 0; i < in.size(); ++i) {
      const double single = function(in[i]);
      ASSERT_TRUE(to_bits(single) == to_bits(packs[i]) ||
                  (std::isnan(single) && std::isnan(packs[i])))
          << in[i] << " " << single << " " << packs[i];
    }
  };
  for_each_vector_units([&](VectorUnits) {
    check(kExp, x);
    check(kExpm1, x);
    check(kLog, x);
    check(kLog1p, x);
    check(kCosTurns, u);
    check(kNormalQuantile, u);
  });
}

TEST(Floor, IsTheGreatestWholeNumberNotAbove) {
  for (const double x : {-1.5, -1.0, -0.5, 0.0, 0.5, 0.999, 1.0, 1e9 + 0.25})
    EXPECT_EQ(floor(x), std::floor(x)) << x;
  EXPECT_EQ(nearest(2.5), 2);
  EXPECT_EQ(nearest(-3.5), -4);
}

}  // namespace
}  // namespace panj::sim
