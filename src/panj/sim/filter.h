// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <vector>

#include "panj/core/contract.h"
#include "panj/core/parallel.h"
#include "panj/sim/model.h"
#include "panj/sim/resampling.h"

namespace panj::sim {

/// A model whose replicates can be particles: one lane's state can be copied to another's place,
/// mostly with LaneTable::copy_lane.
template <class M>
concept Filterable = Model<M> && requires(const M model, typename M::State& to, std::size_t lane,
                                          const typename M::State& from) {
  model.copy_lane(to, lane, from, lane);
};

/// What was observed, and how likely it is in each particle's state.
template <class O, class M>
concept Observations = requires(const O observed, const typename M::State& state,
                                const Lanes& lanes, std::size_t t, std::span<double> row) {
  { observed.size() } -> std::convertible_to<std::size_t>;
  /// How many steps are done when observation `t` is made; never falling with t.
  { observed.steps_before(t) } -> std::convertible_to<int>;
  /// The log density of observation `t` given each lane's state; −∞ where it is impossible. Fills
  /// `lanes.padded()` places.
  observed.log_density(state, lanes, t, row);
};

/// Observations that also name a number of each particle to keep at each observation.
template <class O, class M>
concept Recorded = Observations<O, M> && requires(const O observed, const typename M::State& state,
                                                  const Lanes& lanes, std::span<double> row) {
  observed.record(state, lanes, row);
};

struct FilterOptions {
  std::size_t particles = 1000;
  std::uint64_t seed = 1;
  std::uint32_t first_replicate = 0;  ///< particle i has the random numbers of this replicate + i
  unsigned threads = 0;               ///< 0: as many as the machine has
  std::size_t lanes = 256;            ///< particles of a batch; the result does not depend on it
  bool trajectories = false;          ///< keep the ancestry: 12 bytes a particle and observation
};

/// The paths by which the particles that are left at the end came there.
class Trajectories {
 public:
  Trajectories() = default;
  Trajectories(std::size_t observations, std::size_t particles)
      : particles_(particles),
        ancestors_(observations * particles),
        values_(observations * particles) {}

  std::size_t size() const { return particles_; }
  std::span<std::uint32_t> ancestors(std::size_t t) {
    return std::span(ancestors_).subspan(t * particles_, particles_);
  }
  std::span<double> values(std::size_t t) {
    return std::span(values_).subspan(t * particles_, particles_);
  }
  /// What `record` gave along the path that ends in the i-th of the equally likely particles.
  std::vector<double> path(std::size_t i) const;

 private:
  std::size_t particles_ = 0;
  std::vector<std::uint32_t> ancestors_;
  std::vector<double> values_;
};

struct FilterResult {
  /// Log of an unbiased estimate of the likelihood of all observations; −∞ when no particle can
  /// explain one of them.
  double log_likelihood = 0;
  std::vector<double> increments{};      ///< its part for each observation
  std::vector<double> effective_size{};  ///< of the sample at each observation: 1 … particles
  Trajectories trajectories{};           ///< empty unless asked for
};

namespace detail {

/// The states of all particles, in batches.
template <class M>
struct Cloud {
  std::vector<Lanes> lanes;
  std::vector<typename M::State> states;
};

template <Filterable M>
Cloud<M> start_cloud(const M& model, const FilterOptions& options) {
  Cloud<M> cloud;
  for (std::size_t from = 0; from < options.particles; from += options.lanes) {
    cloud.lanes.push_back({options.seed, options.first_replicate + static_cast<std::uint32_t>(from),
                           std::min(options.lanes, options.particles - from)});
    cloud.states.push_back(model.start(cloud.lanes.back()));
  }
  return cloud;
}

/// One batch on to observation `t`: its particles from their ancestors, the steps, the weights.
template <Filterable M, Observations<M> O>
struct Propagation {
  const M& model;
  const O& observed;
  std::size_t width;  ///< lanes of a batch
  const Cloud<M>& from;
  Cloud<M>& to;
  std::span<const std::uint32_t> ancestors;  ///< empty: each its own
  std::span<double> log_weights;
  Trajectories* trajectories;

  void operator()(std::size_t batch, std::size_t t) const {
    const Lanes& lanes = to.lanes[batch];
    auto& state = to.states[batch];
    int step = t == 0 ? 0 : observed.steps_before(t - 1);
    try {
      inherit(batch, state, lanes);
      for (; step < observed.steps_before(t); ++step) model.advance(state, lanes, step);
      std::vector<double> row(lanes.padded());
      observed.log_density(state, lanes, t, row);
      std::copy_n(row.begin(), lanes.count, log_weights.begin() + offset(batch));
      if constexpr (Recorded<O, M>) {
        if (trajectories == nullptr) return;
        observed.record(state, lanes, row);
        std::copy_n(row.begin(), lanes.count, trajectories->values(t).begin() + offset(batch));
      }
    } catch (const ReplicateError& error) {
      throw std::runtime_error(
          to_string(Failure{lanes.replicate(error.lane()), step, error.entity(), error.what()}));
    }
  }

 private:
  std::ptrdiff_t offset(std::size_t batch) const {
    return static_cast<std::ptrdiff_t>(batch * width);
  }
  void inherit(std::size_t batch, typename M::State& state, const Lanes& lanes) const {
    if (ancestors.empty()) {
      state = from.states[batch];
      return;
    }
    for (std::size_t lane = 0; lane < lanes.count; ++lane) {
      const std::uint32_t ancestor = ancestors[batch * width + lane];
      model.copy_lane(state, lane, from.states[ancestor / width], ancestor % width);
    }
  }
};

}  // namespace detail

/// Bootstrap particle filter (Gordon, Salmond and Smith 1993) with systematic resampling at every
/// observation.
///
///     const FilterResult result = filter(Sir(parameters), cases, {.particles = 10000, .seed = 7});
///     result.log_likelihood
///
/// The same result for any number of threads and any batch size. A particle that throws ends the
/// filter with std::runtime_error that names replicate, step and entity.
template <Filterable M, Observations<M> O>
FilterResult filter(const M& model, const O& observed, FilterOptions options) {
  PANJ_EXPECT(options.particles > 0 && options.lanes >= kLineLanes);
  const std::size_t observations = observed.size();
  auto from = detail::start_cloud(model, options);
  auto to = from;
  FilterResult result;
  if (options.trajectories) result.trajectories = Trajectories(observations, options.particles);
  std::vector<double> log_weights(options.particles);
  std::vector<std::uint32_t> ancestors;
  for (std::size_t t = 0; t < observations; ++t) {
    const detail::Propagation<M, O> propagate{
        model, observed,  options.lanes, from,
        to,    ancestors, log_weights,   options.trajectories ? &result.trajectories : nullptr};
    parallel_for(to.lanes.size(), options.threads, [&](std::size_t batch) { propagate(batch, t); });
    const Weighing weighing = weigh(log_weights);
    result.increments.push_back(weighing.log_mean);
    result.effective_size.push_back(weighing.effective_size);
    result.log_likelihood += weighing.log_mean;
    if (weighing.total == 0) break;
    ancestors.resize(options.particles);
    resample_systematically(
        log_weights, resampling_uniform(options.seed, options.first_replicate, t), ancestors);
    if (options.trajectories)
      std::ranges::copy(ancestors, result.trajectories.ancestors(t).begin());
    std::swap(from, to);
  }
  return result;
}

}  // namespace panj::sim
