// SPDX-License-Identifier: Apache-2.0
#include "panj/sim/sir.h"

#include <gmock/gmock.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <vector>

#include "panj/sim/summary.h"
#include "sim/sinks.h"
#include "sim/vectors.h"

namespace panj::sim {
namespace {

std::vector<double> binomial_masses(int n, double p) {
  std::vector<double> masses(static_cast<std::size_t>(n) + 1);
  for (int k = 0; k <= n; ++k) {
    masses[static_cast<std::size_t>(k)] =
        std::exp(std::lgamma(n + 1.0) - std::lgamma(k + 1.0) - std::lgamma(n - k + 1.0)) *
        std::pow(p, k) * std::pow(1 - p, n - k);
  }
  return masses;
}

struct MeanVariance {
  double mean = 0;
  double variance = 0;
  double fourth = 0;  ///< fourth central moment
};

/// The chance of each (susceptible, infectious) in a population of n.
class Chances {
 public:
  explicit Chances(int n)
      : n_(n), size_(static_cast<std::size_t>(n) + 1), chance_(size_ * size_, 0.0) {}

  double& at(int s, int i) {
    return chance_[static_cast<std::size_t>(s) * size_ + static_cast<std::size_t>(i)];
  }
  /// Calls visit(s, i, chance) for each state.
  void each(const auto& visit) {
    for (int s = 0; s <= n_; ++s) {
      for (int i = 0; s + i <= n_; ++i) visit(s, i, at(s, i));
    }
  }

 private:
  int n_;
  std::size_t size_;
  std::vector<double> chance_;
};

Chances after_a_step(Chances& before, int n, const Sir::Parameters& p) {
  Chances after(n);
  const double recovery = 1 - std::exp(-p.recovery_rate * p.step_days);
  before.each([&](int s, int i, double here) {
    if (here == 0) return;
    const auto ill =
        binomial_masses(s, 1 - std::exp(-p.contact_rate * i / p.population * p.step_days));
    const auto well = binomial_masses(i, recovery);
    for (int a = 0; a <= s; ++a) {
      for (int b = 0; b <= i; ++b) {
        after.at(s - a, i + a - b) +=
            here * ill[static_cast<std::size_t>(a)] * well[static_cast<std::size_t>(b)];
      }
    }
  });
  return after;
}

/// The recovered at the end, from the exact Markov chain over (susceptible, infectious).
MeanVariance exact_recovered(const Sir::Parameters& p) {
  const int n = static_cast<int>(p.population);
  const int first = static_cast<int>(p.infectious);
  Chances chances(n);
  chances.at(n - first, first) = 1;
  for (int step = 0; step < p.steps; ++step) chances = after_a_step(chances, n, p);
  MeanVariance result;
  const auto each = [&](const auto& add) {
    chances.each([&](int s, int i, double mass) { add(n - s - i, mass); });
  };
  each([&](int r, double mass) { result.mean += r * mass; });
  each([&](int r, double mass) {
    const double off = r - result.mean;
    result.variance += off * off * mass;
    result.fourth += off * off * off * off * mass;
  });
  return result;
}

/// Five standard errors: a right program fails with probability below 1e-6 for each figure.
TEST(Sir, HasTheMeanAndVarianceOfTheExactMarkovChain) {
  for (const double contact_rate : {0.3, 1.5}) {
    const Sir::Parameters parameters{.population = 12,
                                     .infectious = 2,
                                     .contact_rate = contact_rate,
                                     .recovery_rate = 0.4,
                                     .step_days = 0.5,
                                     .steps = 12};
    const MeanVariance exact = exact_recovered(parameters);
    const Sir model(parameters);
    Summary summary(model.outcomes());
    run_with(model, {.replicates = 200000, .seed = 11}, summary);
    const Moments& recovered = summary.moments("recovered");
    const double n = 200000;
    EXPECT_NEAR(recovered.mean(), exact.mean, 5 * std::sqrt(exact.variance / n));
    EXPECT_NEAR(recovered.variance(), exact.variance,
                5 * std::sqrt((exact.fourth - exact.variance * exact.variance) / n));
    EXPECT_NEAR(recovered.error(), std::sqrt(exact.variance / n), 1e-2 * recovered.error());
  }
}

TEST(Sir, KeepsItsPeople) {
  const Sir model(Sir::Parameters{.steps = 100});
  Everything everything;
  run_with(model, {.replicates = 50}, everything);
  for (const auto& cells : everything.values[0]) {
    EXPECT_EQ(cells[0] + cells[1] + cells[2], 1000);
    for (const double cell : cells) EXPECT_GE(cell, 0);
  }
}

/// The digest was made by g++ 12 at -O2; any compiler, optimisation and processor must come to it.
TEST(Sir, HasTheSameDigestEverywhere) {
  const Sir model(
      Sir::Parameters{.population = 500, .infectious = 5, .contact_rate = 0.6, .steps = 60});
  const auto digest = [&](unsigned threads, std::size_t lanes) {
    return run_ensemble(model, {.replicates = 300, .seed = 7, .threads = threads, .lanes = lanes},
                        {})
        .digest;
  };
  const std::string golden = digest(1, 128);
  EXPECT_EQ(golden, "9cfa9f75bbd62458a4fba0ea9215cb9c2bf262fb9aa9b9150689201f7e9c8951");
  for (const unsigned threads : {1U, 2U, 3U}) {
    for (const std::size_t lanes : {8U, 64U, 256U}) EXPECT_EQ(digest(threads, lanes), golden);
  }
  for_each_vector_units(
      [&](VectorUnits units) { EXPECT_EQ(digest(2, 128), golden) << to_string(units); });
}

}  // namespace
}  // namespace panj::sim
