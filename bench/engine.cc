// SPDX-License-Identifier: Apache-2.0
// The simulation engine on one thread: SIR ensembles and filters, random
// numbers and counts.
#include <benchmark/benchmark.h>

#include <vector>

#include "panj/sim/filter.h"
#include "panj/sim/sir.h"
#include "panj/sim/summary.h"

namespace {

using namespace panj::sim;

void count_items(benchmark::State& state, double items) {
  state.counters["each"] = benchmark::Counter(items, benchmark::Counter::kIsIterationInvariantRate);
}

/// dust2's example, one step a day: 1,000 people, 10 ill, β 0.2, γ 0.1.
const Sir::Parameters kDaily{.step_days = 1, .steps = 100};

void sir_ensemble(benchmark::State& state) {
  const Sir model(kDaily);
  constexpr std::uint32_t kReplicates = 4096;
  for (auto _ : state) {
    Summary summary(model.outcomes());
    Sink* const sinks[] = {&summary};
    benchmark::DoNotOptimize(run_ensemble(
        model,
        {.replicates = kReplicates, .threads = 1, .progress = panj::Progress::Output::silent},
        sinks));
  }
  count_items(state, double{kReplicates} * kDaily.steps);
}
BENCHMARK(sir_ensemble)->Unit(benchmark::kMillisecond);

/// New cases of each day are Poisson about the model's.
struct Cases {
  std::vector<double> counts;
  double log_factorial(double n) const { return std::lgamma(n + 1); }

  std::size_t size() const { return counts.size(); }
  int steps_before(std::size_t t) const { return static_cast<int>(t) + 1; }
  void log_density(const Sir::State& state, const Lanes& lanes, std::size_t t,
                   std::span<double> row) const {
    const double seen = counts[t];
    const double constant = log_factorial(seen);
    const auto model = state.people.row(Sir::infected);
    with_vector_units([&]<class Pack>() PANJ_KERNEL {
      for (std::size_t lane = 0; lane < lanes.padded(); lane += kLanesIn<Pack>) {
        const Pack mean = load<Pack>(&model[lane]) + 1e-6;
        store(&row[lane], seen * log(mean) - mean - constant);
      }
    });
  }
};

void sir_filter(benchmark::State& state) {
  const Sir model(kDaily);
  Cases cases;
  auto truth = model.start({.seed = 99, .count = 1});
  for (int day = 0; day < kDaily.steps; ++day) {
    model.advance(truth, {.seed = 99, .count = 1}, day);
    cases.counts.push_back(truth.people.row(Sir::infected)[0]);
  }
  constexpr std::size_t kParticles = 4096;
  for (auto _ : state)
    benchmark::DoNotOptimize(filter(model, cases, {.particles = kParticles, .threads = 1}));
  count_items(state, static_cast<double>(kParticles * cases.size()));
}
BENCHMARK(sir_filter)->Unit(benchmark::kMillisecond);

constexpr Lanes kLanes{.seed = 1, .first = 0, .count = 256};

void uniform_pairs(benchmark::State& state) {
  std::vector<double> a(kLanes.count);
  std::vector<double> b(kLanes.count);
  for (auto _ : state) {
    fill_uniform_pair(kLanes, {}, a, b);
    benchmark::ClobberMemory();
  }
  count_items(state, 2.0 * kLanes.count);
}
BENCHMARK(uniform_pairs);

template <class Draw>
void draw_counts(benchmark::State& state, Draw draw) {
  std::vector<double> u(kLanes.count);
  std::vector<double> counts(kLanes.count);
  fill_uniform(kLanes, {}, u);
  for (auto _ : state) {
    with_vector_units([&]<class Pack>() PANJ_KERNEL {
      for (std::size_t lane = 0; lane < u.size(); lane += kLanesIn<Pack>)
        store(&counts[lane], draw(load<Pack>(&u[lane])));
    });
    benchmark::ClobberMemory();
  }
  count_items(state, kLanes.count);
}

/// The argument is a thousand times the mean.
void poisson(benchmark::State& state) {
  const double mean = static_cast<double>(state.range(0)) * 1e-3;
  draw_counts(state, [=]<class Pack>(Pack u)
                         PANJ_KERNEL { return poisson_quantile(u, broadcast<Pack>(mean)); });
}
BENCHMARK(poisson)->Arg(1)->Arg(100)->Arg(1000)->Arg(5000)->Arg(30000)->Arg(1000000);

void binomial(benchmark::State& state) {
  const double share = static_cast<double>(state.range(0)) * 1e-6;
  draw_counts(state, [=]<class Pack>(Pack u) PANJ_KERNEL {
    return binomial_quantile(u, broadcast<Pack>(1000), broadcast<Pack>(share));
  });
}
BENCHMARK(binomial)->Arg(1)->Arg(1000)->Arg(5000)->Arg(30000);

}  // namespace

BENCHMARK_MAIN();
