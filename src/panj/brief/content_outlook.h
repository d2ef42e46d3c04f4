// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace panj::brief {

/// What the simulated border says, as data: years to the horizon, packages against the status quo,
/// and what makes the difference. Part of BriefContent; see content.h for the conventions.

struct YearQuantiles {
  int year = 0;
  double q05 = 0.0;
  double q25 = 0.0;
  double q50 = 0.0;
  double q75 = 0.0;
  double q95 = 0.0;
  double mean = 0.0;
};

struct YearValue {
  int year = 0;
  double value = 0.0;
};

/// One outcome by year: the record, the fan under the status quo, the mean under another package.
struct OutcomeSeries {
  std::string name{};  ///< "Reported armed incidents"
  std::string unit{};  ///< "a year"
  std::vector<YearValue> observed{};
  std::vector<YearQuantiles> status_quo{};
  std::vector<YearValue> package_mean{};  ///< of `SpilloverOutlook::best`
};

/// A package against the status quo on the same luck.
struct PackageEffect {
  std::string id{};
  std::string name{};
  double mean = 0.0;  ///< change of reported armed incidents a year, per cent of the status quo
  double low = 0.0;   ///< 90 % interval of the mean
  double high = 0.0;
  double low50 = 0.0;  ///< 50 % interval of the mean
  double high50 = 0.0;
  double better = 0.0;                ///< share of replicates with fewer
  std::optional<double> contained{};  ///< share of replicates contained; absent where undefined
  double contained_error = 0.0;       ///< Monte-Carlo error of that share
  double cost = 0.0;                  ///< M$ a year on top of the status quo
};

/// How much of a package's effect one lever brings, by the rate it acts on.
struct LeverShare {
  std::string lever{};
  std::string rate{};  ///< "chance of detection"
  double mean = 0.0;   ///< same unit as PackageEffect::mean
  double low = 0.0;
  double high = 0.0;
};

struct SpilloverOutlook {
  std::string window{};  ///< "2026–2030", to which effects and risks refer
  std::size_t replicates = 0;
  std::string best{};       ///< id of the best affordable package
  std::string best_name{};  ///< its name
  std::vector<OutcomeSeries> series{};
  std::vector<PackageEffect> packages{};  ///< without the status quo
  std::vector<LeverShare> drivers{};      ///< of the best package
};

}  // namespace panj::brief
