// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "panj/core/contract.h"
#include "panj/core/progress.h"
#include "panj/sim/model.h"

namespace panj::sim {

struct EnsembleOptions {
  std::uint32_t replicates = 1000;
  std::uint32_t first_replicate =
      0;  ///< lets several runs share out the replicates of one ensemble
  std::uint64_t seed = 1;
  unsigned threads = 0;     ///< 0: as many as the machine has
  std::size_t lanes = 128;  ///< replicates of a batch; fewer when the outcomes of a batch are large
  /// The first steps that are the same for all models, such as the years before any package bites:
  /// computed once with the first model. A promise of the caller.
  int shared_steps = 0;
  /// More failed replicates than this end the run with std::runtime_error.
  std::uint64_t failures_allowed = 1000;
  std::string task = "simulate";
  Progress::Output progress = Progress::Output::automatic;
};

/// Takes the outcomes of an ensemble, batch by batch, in the order of the replicates.
class Sink {
 public:
  Sink() = default;
  Sink(const Sink&) = delete;
  Sink& operator=(const Sink&) = delete;
  virtual ~Sink() = default;

  /// One block for each model, all of the same lanes. Never called by two threads at a time, though
  /// not always by the same one. Batches with failed replicates come in parts without those.
  virtual void take(std::span<const OutcomeBlock> blocks) = 0;
};

struct EnsembleResult {
  std::uint64_t replicates = 0;  ///< that reached the end, in every model
  std::vector<Failure> failures{};
  /// SHA-256 over the digests of the replicates, in order; each covers all outcomes of all models
  /// as 64-bit numbers. Independent of threads and batches, and of compiler and processor for
  /// models that use elementary.h.
  std::string digest{};
};

namespace detail {

/// Runs all models on one batch; `step` says how far it is when it throws.
using RunBatch = std::function<std::vector<OutcomeBlock>(const Lanes& lanes, int& step)>;

EnsembleResult run_batches(const EnsembleOptions& options, std::size_t cells, const RunBatch& run,
                           std::span<Sink* const> sinks);

template <Model M>
void advance_steps(const M& model, typename M::State& state, const Lanes& lanes, int& step,
                   int end) {
  for (; step < end; ++step) model.advance(state, lanes, step);
}

template <Model M>
std::vector<OutcomeBlock> run_batch(std::span<const M> models, int shared_steps, const Lanes& lanes,
                                    int& step) {
  step = -1;
  std::optional<typename M::State> shared;
  if (shared_steps > 0) {
    shared = models.front().start(lanes);
    step = 0;
    advance_steps(models.front(), *shared, lanes, step, shared_steps);
  }
  std::vector<OutcomeBlock> blocks;
  for (const M& model : models) {
    step = -1;
    auto state = shared ? *shared : model.start(lanes);
    step = shared_steps;
    advance_steps(model, state, lanes, step, model.steps());
    blocks.emplace_back(model.outcomes(), lanes);
    model.write_outcomes(state, lanes, blocks.back());
  }
  return blocks;
}

}  // namespace detail

/// Runs every replicate through every model, on the same random numbers: the differences between
/// models are paired. Models have the same number of steps.
///
///     Summary summary(model.outcomes());
///     Sink* const sinks[] = {&summary};
///     const EnsembleResult result = run_ensemble(model, {.replicates = 10000, .seed = 7}, sinks);
///
/// Memory does not grow with the replicates: each thread holds one batch, and sinks take batches in
/// order as they come. A replicate that throws in any model is left out of all and reported.
template <Model M>
EnsembleResult run_ensemble(std::span<const M> models, const EnsembleOptions& options,
                            std::span<Sink* const> sinks) {
  PANJ_EXPECT(!models.empty());
  std::size_t cells = 0;
  for (const M& model : models) {
    PANJ_EXPECT(model.steps() == models.front().steps());
    cells += model.outcomes().total_cells();
  }
  PANJ_EXPECT(options.shared_steps >= 0 && options.shared_steps <= models.front().steps());
  const auto run = [&](const Lanes& lanes, int& step) {
    return detail::run_batch(models, options.shared_steps, lanes, step);
  };
  return detail::run_batches(options, cells, run, sinks);
}

template <Model M>
EnsembleResult run_ensemble(const M& model, const EnsembleOptions& options,
                            std::span<Sink* const> sinks) {
  return run_ensemble(std::span(&model, 1), options, sinks);
}

}  // namespace panj::sim
