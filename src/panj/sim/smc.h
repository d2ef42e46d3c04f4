// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "panj/core/progress.h"

namespace panj::sim {

/// Runs the model with one draw of its assumptions and says how far each
/// replicate lies from what was observed: 0 is the same. `place` holds one
/// number in [0, 1] for each assumption. `run` is another number for each call,
/// for independent random numbers; the result must depend on nothing else, and
/// have the same size for each call. Called from several threads.
using Distances =
    std::function<std::vector<double>(std::span<const double> place, std::uint32_t run)>;

struct SmcOptions {
  std::size_t particles = 256;
  std::uint64_t seed = 1;
  unsigned threads = 0;
  double target = 0;  ///< the tolerance at which to stop
  double keep = 0.6;  ///< share of the effective size that a narrower tolerance must leave
  int moves = 2;      ///< attempts to move each particle, for each tolerance
  int most_tolerances = 30;
  double least_accepted = 0.02;  ///< stop below this share of accepted moves
  std::string task = "calibrate";
  Progress::Output progress = Progress::Output::automatic;
};

/// One tolerance of the sequence.
struct SmcStage {
  double tolerance = 0;
  double effective_size = 0;  ///< of the weighted particles, before they were drawn anew
  double accepted = 0;        ///< share of moves
};

struct SmcResult {
  std::vector<std::vector<double>> places{};     ///< by particle: equally likely draws
  std::vector<std::vector<double>> distances{};  ///< by particle, of its replicates
  std::vector<SmcStage> stages{};
  std::uint64_t runs = 0;  ///< calls of the model
  bool reached_target = false;
};

/// Draws assumptions, uniform on the unit cube before, given that replicates
/// come as near to what was observed as a tolerance that shrinks: approximate
/// Bayesian computation by sequential Monte Carlo with several replicates for
/// each draw (Del Moral, Doucet and Jasra 2012, Statistics and Computing 22,
/// 1009–1020).
///
/// A particle weighs as many of its replicates as lie within the tolerance. The
/// next tolerance is the smallest that leaves `keep` of the effective size;
/// then particles are resampled, and each is moved by Metropolis–Hastings steps
/// that draw a random part of its coordinates anew. The same result for any
/// number of threads.
SmcResult narrow(std::size_t dimensions, const Distances& distances, const SmcOptions& options);

/// What a sample says about one assumption that was uniform on [0, 1] before.
struct Narrowing {
  double q05 = 0.05;
  double q50 = 0.5;
  double q95 = 0.95;
  double width_ratio = 1;     ///< of the central 90 % interval, after over before
  double width_error = 0;     ///< Monte-Carlo error of that
  double distance = 0;        ///< Kolmogorov–Smirnov, from the uniform
  double threshold = 1;       ///< what it exceeds with 5 % probability by chance in any assumption
  double effective_size = 0;  ///< of distinct values
  bool narrowed = false;      ///< distance > threshold: the data say something about it
};

/// For each dimension; values that several particles share count once, with
/// their weight.
std::vector<Narrowing> narrowing_of(const std::vector<std::vector<double>>& places);

}  // namespace panj::sim
