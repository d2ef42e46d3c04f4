// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "panj/sim/outcome.h"

namespace panj::explore {

/// One result of every replicate: a number, or an array over dimensions of its own.
struct StoredOutcome {
  std::string name{};  ///< a CF variable name
  std::string unit = "1";
  std::string description{};
  std::vector<sim::Dimension> dimensions{};  ///< the last runs fastest

  std::size_t cells() const;
};

/// Futures × packages × replicates of any model.
///
/// `run` fills the values of one future: for each package, and each cell of each outcome in turn,
/// one number for each replicate; NaN marks a replicate that failed. It is called from several
/// threads, and must give the same whatever was called before. That packages see the same luck is
/// its business too.
struct Experiment {
  std::size_t futures = 0;
  std::vector<std::string> packages{};
  std::size_t replicates = 0;
  std::vector<StoredOutcome> outcomes{};
  std::function<void(std::size_t future, std::span<double> values)> run;
  /// Whatever decides the results, as text: two experiments with one identity are the same.
  std::string identity{};
  /// Futures that are run, stored and resumed together. Changes no number.
  std::size_t futures_per_chunk = 8;

  std::size_t cells() const;  ///< of all outcomes
  /// The first cell of an outcome, which must exist.
  std::size_t cell(std::string_view outcome) const;
  std::size_t chunks() const { return (futures + futures_per_chunk - 1) / futures_per_chunk; }
};

/// The values of consecutive futures, by future, package, cell and replicate.
struct Chunk {
  std::size_t index = 0;
  std::size_t first_future = 0;
  std::size_t futures = 0;
  std::vector<double> values{};

  /// One number for each replicate; `future` counts from the chunk's first.
  std::span<const double> of(const Experiment& experiment, std::size_t future, std::size_t package,
                             std::size_t cell) const;
};

/// Runs one chunk on `threads` threads (0: as many as the machine has). `ran` is called after each
/// future, from any thread.
Chunk run_chunk(
    const Experiment& experiment, std::size_t index, unsigned threads,
    const std::function<void()>& ran = [] {});

}  // namespace panj::explore
