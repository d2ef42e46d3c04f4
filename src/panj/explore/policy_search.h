// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "panj/explore/history_match.h"
#include "panj/explore/search.h"
#include "panj/explore/theatre_study.h"

namespace panj::explore {

/// Whether a programme may wait for what is seen.
enum class Release {
  as_planned,
  by_rule_too,  ///< also "once a year has more than n reported incidents", n from 0 to 4
};

struct PolicyOptions {
  std::size_t evaluations = 1000;  ///< packages tried
  std::size_t population = 40;
  HistoryUse history = HistoryUse::filter;
  double tail = 0.25;  ///< a package is judged by the worst share of the futures that count
  Release release = Release::as_planned;
  std::uint64_t seed = 1;
  unsigned threads = 0;
};

/// A package that no other found is better than.
struct FoundPolicy {
  theatre::Package package;
  std::optional<ReleaseRule> rule{};  ///< what its programme waits for
  double released = 0.0;              ///< share of runs in which the rule releases it
  double breaches_per_year = 0.0;     ///< mean over futures
  double tail_breaches = 0.0;         ///< mean over the worst share of futures
  double cost_musd_per_year = 0.0;
};

struct PolicySearch {
  std::vector<FoundPolicy> policies;  ///< the cheapest first
  std::vector<SearchRecord> record;   ///< how the hypervolume grew
  std::vector<double> reference;      ///< of the hypervolume
  std::size_t futures = 0;            ///< of the study
  std::size_t counted = 0;            ///< of them, those that packages were run in
  Estimate passed{};                  ///< share of futures that reproduce the record
};

/// Searches lever settings for packages that trade cost against armed breaches, on average and in
/// the worst futures: programme (none or one, with its delay), guards, exercises, sharing, belt,
/// patrols, relief, urging; by rule too, also whether the programme waits for incidents. Each is
/// run with the study's replicates, on the same luck, under every future of its design that counts:
/// with the filter those that reproduce the record under the study's first package. Throws
/// InvalidInput when none does.
PolicySearch search_policies(const TheatreStudy& study, const PolicyOptions& options = {});

/// "programme full, guards × 1.4, belt 0.3": the settings that differ from practice; "programme
/// full once a year has more than 2 reported incidents" with a rule.
std::string describe(const theatre::Package& package, const std::optional<ReleaseRule>& rule = {});

}  // namespace panj::explore
