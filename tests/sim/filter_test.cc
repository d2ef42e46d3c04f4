// SPDX-License-Identifier: Apache-2.0
#include "panj/sim/filter.h"

#include <gmock/gmock.h>

#include <cmath>
#include <numbers>
#include <set>
#include <vector>

#include "panj/core/number.h"
#include "panj/core/random.h"
#include "panj/sim/lane_random.h"
#include "panj/sim/lane_table.h"
#include "panj/sim/moments.h"

namespace panj::sim {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

/// x ← a x + s z, from x ~ N(0, 1).
struct Linear {
  double a = 0.9;
  double s = 0.5;

  struct State {
    LaneTable x;
  };
  OutcomeTable table{{}, {{.name = "x"}}};

  const OutcomeTable& outcomes() const { return table; }
  int steps() const { return 1000; }
  State start(const Lanes& lanes) const {
    State state{LaneTable(1, lanes)};
    fill_normal(lanes, {.step = 0, .kind = 1}, state.x.row(0));
    return state;
  }
  void advance(State& state, const Lanes& lanes, int step) const {
    std::vector<double> z(lanes.padded());
    fill_normal(lanes, {.step = step, .kind = 2}, z);
    for (std::size_t lane = 0; lane < z.size(); ++lane)
      state.x.row(0)[lane] = a * state.x.row(0)[lane] + s * z[lane];
  }
  void write_outcomes(const State&, const Lanes&, OutcomeBlock&) const {}
  void copy_lane(State& to, std::size_t lane, const State& from, std::size_t from_lane) const {
    to.x.copy_lane(lane, from.x, from_lane);
  }
};

/// y = x + r e, every `every` steps.
struct Noisy {
  std::vector<double> y;
  double r = 0.7;
  int every = 2;

  std::size_t size() const { return y.size(); }
  int steps_before(std::size_t t) const { return every * static_cast<int>(t + 1); }
  void log_density(const Linear::State& state, const Lanes&, std::size_t t,
                   std::span<double> row) const {
    for (std::size_t lane = 0; lane < row.size(); ++lane) {
      const double off = (y[t] - state.x.row(0)[lane]) / r;
      row[lane] = -0.5 * (off * off + std::log(2 * std::numbers::pi * r * r));
    }
  }
  void record(const Linear::State& state, const Lanes&, std::span<double> row) const {
    std::ranges::copy(state.x.row(0), row.begin());
  }
};

Noisy observed(std::size_t count) {
  RandomStream random(99, {});
  const Linear model;
  Noisy noisy;
  double x = draw_normal(random);
  for (std::size_t t = 0; t < count; ++t) {
    for (int step = 0; step < noisy.every; ++step) x = model.a * x + model.s * draw_normal(random);
    noisy.y.push_back(x + noisy.r * draw_normal(random));
  }
  return noisy;
}

struct Kalman {
  double log_likelihood = 0;
  double mean = 0;
  double variance = 1;
};

Kalman kalman(const Linear& model, const Noisy& noisy) {
  Kalman k;
  for (const double y : noisy.y) {
    for (int step = 0; step < noisy.every; ++step) {
      k.mean *= model.a;
      k.variance = model.a * model.a * k.variance + model.s * model.s;
    }
    const double spread = k.variance + noisy.r * noisy.r;
    const double off = y - k.mean;
    k.log_likelihood -= 0.5 * (off * off / spread + std::log(2 * std::numbers::pi * spread));
    k.mean += k.variance / spread * off;
    k.variance *= 1 - k.variance / spread;
  }
  return k;
}

TEST(Filter, HasTheLikelihoodOfTheKalmanFilter) {
  const Linear model;
  const Noisy noisy = observed(50);
  const double exact = kalman(model, noisy).log_likelihood;
  const auto result = filter(model, noisy, {.particles = 30000, .seed = 3});
  EXPECT_NEAR(result.log_likelihood, exact, 0.1);  // five standard deviations
  EXPECT_THAT(result.increments, SizeIs(50));
  // Unbiased: the mean of the estimates over the exact likelihood is 1, within five errors.
  Moments ratio;
  for (std::uint64_t seed = 0; seed < 200; ++seed)
    ratio.add(std::exp(
        filter(model, noisy, {.particles = 300, .seed = seed, .threads = 1}).log_likelihood -
        exact));
  EXPECT_NEAR(ratio.mean(), 1, 5 * ratio.error());
  EXPECT_LT(ratio.error(), 0.1);
}

TEST(Filter, EndsWithTheMeanOfTheKalmanFilter) {
  const Linear model;
  const Noisy noisy = observed(20);
  const Kalman exact = kalman(model, noisy);
  const auto result = filter(model, noisy, {.particles = 20000, .seed = 5, .trajectories = true});
  Moments last;
  for (std::size_t i = 0; i < result.trajectories.size(); ++i)
    last.add(result.trajectories.path(i).back());
  EXPECT_NEAR(last.mean(), exact.mean, 0.03);
  EXPECT_NEAR(last.variance(), exact.variance, 0.03);
}

TEST(Filter, TracesPathsThroughTheAncestors) {
  const Noisy noisy = observed(30);
  const auto result = filter(Linear{}, noisy, {.particles = 200, .seed = 5, .trajectories = true});
  std::set<double> first;
  std::set<double> last;
  for (std::size_t i = 0; i < 200; ++i) {
    const auto path = result.trajectories.path(i);
    ASSERT_THAT(path, SizeIs(30));
    first.insert(path.front());
    last.insert(path.back());
  }
  EXPECT_LT(first.size(), 60U);  // few are ancestors of all
  EXPECT_GT(last.size(), 2 * first.size());
}

TEST(Filter, IsTheSameForAnyThreadsAndBatches) {
  const Noisy noisy = observed(10);
  const auto run = [&](unsigned threads, std::size_t lanes) {
    const auto result = filter(
        Linear{}, noisy,
        {.particles = 1001, .seed = 2, .threads = threads, .lanes = lanes, .trajectories = true});
    auto numbers = result.increments;
    const auto path = result.trajectories.path(777);
    numbers.insert(numbers.end(), path.begin(), path.end());
    return numbers;
  };
  const auto one = run(1, 256);
  EXPECT_EQ(run(2, 256), one);
  EXPECT_EQ(run(3, 8), one);
  EXPECT_EQ(run(3, 2048), one);
}

TEST(Filter, SaysWhenNothingExplainsAnObservation) {
  struct Impossible : Noisy {
    void log_density(const Linear::State&, const Lanes&, std::size_t t,
                     std::span<double> row) const {
      std::ranges::fill(row, 0.0);
      if (t == 2) std::ranges::fill(row, -kInfinity);
    }
  };
  Impossible impossible;
  impossible.y.resize(5);
  const auto result = filter(Linear{}, impossible, {.particles = 64});
  EXPECT_EQ(result.log_likelihood, -kInfinity);
  EXPECT_THAT(result.increments, ElementsAre(0, 0, -kInfinity));
}

TEST(Weigh, SumsWhatOverflows) {
  std::vector<double> weights{1000, 1000 + std::log(3), -kInfinity, -2000};
  const Weighing weighing = weigh(weights);
  EXPECT_NEAR(weighing.log_mean, 1000, 1e-12);  // log of (1 + 3) / 4
  EXPECT_NEAR(weighing.effective_size, 16.0 / 10, 1e-12);
  std::vector<double> broken{0, std::nan("")};
  EXPECT_THROW(weigh(broken), std::runtime_error);
}

TEST(SystematicResampling, TakesEachAsOftenAsItsWeightSays) {
  const std::vector<double> weights{0, 2, 1, 0, 1, 0};
  std::vector<std::uint32_t> ancestors(8);
  for (const double uniform : {1e-9, 0.3, 0.5, 1 - 1e-9}) {
    resample_systematically(weights, uniform, ancestors);
    EXPECT_THAT(ancestors, ElementsAre(1, 1, 1, 1, 2, 2, 4, 4)) << uniform;
  }
  std::vector<double> mean(2);
  std::vector<std::uint32_t> three(3);
  for (int i = 0; i < 1000; ++i) {
    resample_systematically(std::vector<double>{0.45, 0.55}, (i + 0.5) / 1000, three);
    for (const auto place : three) mean[place] += 1e-3;
  }
  EXPECT_NEAR(mean[0], 3 * 0.45, 2e-3);
}

}  // namespace
}  // namespace panj::sim
