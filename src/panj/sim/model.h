// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>

#include "panj/sim/lanes.h"
#include "panj/sim/outcome.h"

namespace panj::sim {

/// What a type must offer to be run by the engine. The engine owns replicates, threads, batches,
/// sinks and progress; a model knows one step of one batch.
///
///     struct Walk {                        // a random walk with 120 steps
///       struct State { LaneTable place; };
///       OutcomeTable table{{}, {{"end", "km"}}};
///
///       const OutcomeTable& outcomes() const { return table; }
///       int steps() const { return 120; }
///       State start(const Lanes& lanes) const { return {LaneTable(1, lanes)}; }
///       void advance(State& state, const Lanes& lanes, int step) const {
///         std::vector<double> z(lanes.padded());
///         fill_normal(lanes, {.step = step, .kind = 0}, z);
///         for (std::size_t lane = 0; lane < z.size(); ++lane) state.place.row(0)[lane] += z[lane];
///       }
///       void write_outcomes(const State& state, const Lanes&, OutcomeBlock& block) const {
///         std::ranges::copy(state.place.row(0), block.row(0).begin());
///       }
///     };
///
/// The rules that keep results the same for any number of threads and any batch size, and pair the
/// luck of two models:
/// - all members are const and depend on nothing but the model and their arguments;
/// - a lane's state depends on no other lane;
/// - every random number is keyed by (seed, replicate, step, kind, entity): see lane_random.h.
/// Never
///   draw from a shared stream.
///
/// Kernels run over whole packs (pack.h) of `lanes.padded()` lanes inside `with_vector_units`
/// (vector_units.h), which picks the machine's vector instructions and changes no result.
///
/// A replicate that cannot go on throws: ReplicateError with its lane, or any other exception. The
/// engine finds the replicates that throw, reports each with replicate, step, entity and reason,
/// and keeps the others; so `advance` may leave `state` half done when it throws. Check only the
/// lanes below `lanes.count`.
template <class M>
concept Model = std::copyable<typename M::State> &&
    requires(const M model, typename M::State& state, const typename M::State& done,
             const Lanes& lanes, int step, OutcomeBlock& block) {
  /// Must live as long as the model.
  { model.outcomes() } -> std::same_as<const OutcomeTable&>;
  /// At most 65,536: a step is part of the key of random numbers.
  { model.steps() } -> std::convertible_to<int>;
  /// The state before step 0.
  { model.start(lanes) } -> std::same_as<typename M::State>;
  model.advance(state, lanes, step);
  /// After the last step.
  model.write_outcomes(done, lanes, block);
};

/// Thrown by a model for one replicate: the others of the batch are run again without it.
class ReplicateError : public std::runtime_error {
 public:
  /// `entity` in words: "stretch 7", "ISKP in Kunduz".
  ReplicateError(std::size_t lane, std::string entity, const std::string& what)
      : std::runtime_error(what), lane_(lane), entity_(std::move(entity)) {}

  std::size_t lane() const { return lane_; }
  const std::string& entity() const { return entity_; }

 private:
  std::size_t lane_;
  std::string entity_;
};

/// A replicate that the engine left out.
struct Failure {
  std::uint32_t replicate = 0;
  int step = 0;        ///< -1 at the start; the number of steps when writing outcomes
  std::string entity;  ///< empty when the model named none
  std::string what;

  bool operator==(const Failure&) const = default;
};

/// "replicate 17, step 3, stretch 7: funds are not finite"
std::string to_string(const Failure& failure);

}  // namespace panj::sim
