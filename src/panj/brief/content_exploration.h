// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace panj::brief {

/// What holds over many plausible futures, as data. Part of BriefContent.

/// One package over all plausible futures.
struct PackageRange {
  std::string id{};
  std::string name{};
  double contained = 0.0;      ///< mean share of replicates contained
  double contained_low = 0.0;  ///< 5th percentile over futures
  double contained_high = 0.0;
  double expected = 0.0;     ///< the outcome, mean over futures
  double error = 0.0;        ///< its Monte-Carlo error
  double worst_tenth = 0.0;  ///< mean of the worst tenth of futures (CVaR 0.9)
  double regret = 0.0;       ///< the largest regret over futures
  double meets = 0.0;        ///< share of futures in which all thresholds hold
  double cost = 0.0;         ///< M$ a year, mean
};

/// How much of the outcome's variation one assumption explains.
struct Driver {
  std::string name{};
  double share = 0.0;  ///< how far it moves the outcome's distribution (PAWN), 0–1
  double low = 0.0;    ///< 90 % interval; equal to the share where none is known
  double high = 0.0;
};

/// One side of a failure box: the assumption lies between `low` and `high`, absent when open.
struct BoxLimit {
  std::string name{};
  std::string unit{};
  double from = 0.0;  ///< whole range explored
  double to = 0.0;
  std::optional<double> low{};
  std::optional<double> high{};
};

struct FailureBox {
  std::string package{};
  std::string fails{};    ///< what counts as failing, in words
  double share = 0.0;     ///< of futures in which the package fails
  double coverage = 0.0;  ///< share of failures inside the box
  double density = 0.0;   ///< share of the box's futures that fail
  std::vector<BoxLimit> limits{};
};

struct Tripwire {
  std::string indicator{};
  std::string now{};
  std::string threshold{};
  std::string watch{};  ///< the whole sentence
};

struct Exploration {
  std::size_t futures = 0;
  double passed = 0.0;    ///< share that reproduces the record
  std::string outcome{};  ///< "reported armed incidents a year, 2026–2030"
  std::vector<PackageRange> packages{};
  std::string driver_outcome{};  ///< what the drivers move
  double chance = 0.0;           ///< share that chance alone gives
  std::vector<Driver> drivers{};
  std::optional<FailureBox> box{};
  std::vector<Tripwire> tripwires{};
  std::vector<std::string> break_evens{};  ///< one sentence each
};

}  // namespace panj::brief
