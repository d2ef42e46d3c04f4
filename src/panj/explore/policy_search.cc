// SPDX-License-Identifier: Apache-2.0
#include "panj/explore/policy_search.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "panj/core/parallel.h"
#include "panj/core/progress.h"
#include "panj/explore/headline.h"
#include "panj/explore/regret.h"
#include "panj/explore/summary.h"

namespace panj::explore {
namespace {

constexpr double kMostDelayYears = 3;
/// Thresholds of a release by rule: 0 to 4 incidents.
constexpr std::size_t kThresholds = 5;

/// What is tried: a package, and what its programme waits for.
struct Policy {
  theatre::Package package;
  std::optional<ReleaseRule> rule{};
};

/// Lever settings as coordinates; see `policy_of`.
std::vector<Dimension> levers_of(const theatre::Theatre& theatre, Release release) {
  const auto programmes = static_cast<double>(theatre.measures->programmes.size());
  std::vector<Dimension> levers{{"programme", {0, programmes + 1}},
                                {"delay", {0, kMostDelayYears + 1}},
                                {"guards", {1, 2}},
                                {"exercises", {0, 6}},
                                {"sharing", {0, 1}},
                                {"belt", {0, 1}},
                                {"patrol", {0, 3}},
                                {"relief", {0, 0.3}},
                                {"urging", {0, 1}}};
  if (release == Release::by_rule_too) levers.push_back({"release", {0, 2}});
  return levers;
}

double rounded(double value, double step) {
  return std::round(value / step) * step;
}

std::size_t level(double coordinate, std::size_t levels) {
  return std::min(static_cast<std::size_t>(coordinate), levels - 1);
}

theatre::Package package_of(const theatre::Theatre& theatre, std::span<const double> x) {
  theatre::Package package;
  package.id = "found";
  const auto& programmes = theatre.measures->programmes;
  const std::size_t programme = level(x[0], programmes.size() + 1);
  if (programme > 0) {
    package.programme = programmes[programme - 1].id;
    package.programme_delay_years =
        static_cast<int>(level(x[1], static_cast<std::size_t>(kMostDelayYears) + 1));
  }
  package.guards_factor = rounded(x[2], 0.05);
  package.exercises_per_year = rounded(x[3], 1);
  // Below a threshold a lever stays as practised: most good packages leave most levers alone.
  if (x[4] > 0.5) package.sharing = rounded(x[4], 0.05);
  if (x[5] > 0.1) package.belt_cover = rounded(x[5], 0.05);
  static constexpr auto kPolicies =
      std::to_array({theatre::PatrolPolicy::fixed, theatre::PatrolPolicy::randomised,
                     theatre::PatrolPolicy::optimised});
  package.patrol = kPolicies.at(level(x[6], kPolicies.size()));
  if (x[7] > 0.02) package.reserves_released_per_year = rounded(x[7], 0.01);
  package.urging = rounded(x[8], 0.05);
  return package;
}

/// The first half of the last coordinate leaves the programme as planned.
Policy policy_of(const theatre::Theatre& theatre, std::span<const double> x) {
  static constexpr std::size_t kRelease = 9;
  Policy policy{package_of(theatre, x)};
  if (x.size() <= kRelease || policy.package.programme.empty() || x[kRelease] < 1) return policy;
  policy.package.programme_delay_years = 0;
  const std::size_t threshold =
      level((x[kRelease] - 1) * static_cast<double>(kThresholds), kThresholds);
  policy.rule = ReleaseRule{static_cast<double>(threshold)};
  return policy;
}

/// A future that packages are run in; its place in the design names its luck.
struct CountedFuture {
  std::vector<spillover::Override> overrides;
  std::uint32_t first_replicate = 0;
};

CountedFuture future_of(const TheatreStudy& study, std::size_t index) {
  const Design& design = study.design();
  return {study.space().overrides(design.names, design.points.row(index)),
          static_cast<std::uint32_t>(index * study.options().replicates)};
}

/// The record of every future of the study under its first package, with the study's own luck.
HistoryMatch match_first_package(const TheatreStudy& study, const PolicyOptions& options) {
  Experiment practised = study.experiment();
  practised.packages.resize(1);
  practised.outcomes.resize(headlines().size());
  practised.run = [&](std::size_t future, std::span<double> values) {
    const auto [overrides, first] = future_of(study, future);
    const auto found = study.headlines_of(overrides, std::span(study.packages()).first(1), first,
                                          study.options().replicates);
    std::ranges::copy(found, values.begin());
  };
  Summary summary(practised, headlines().size());
  Progress progress("history", practised.futures, "futures");
  for (std::size_t i = 0; i < practised.chunks(); ++i) {
    summary.add(run_chunk(practised, i, options.threads, [&] { progress.advance(); }));
  }
  return match_history(history_band(study.theatre()), summary, options.history);
}

class PolicyEvaluator {
 public:
  PolicyEvaluator(const TheatreStudy& study, const PolicyOptions& options,
                  const HistoryMatch& history)
      : study_(study), options_(options), progress_("search", options.evaluations, "packages") {
    for (std::size_t f = 0; f < history.weights.size(); ++f) {
      if (history.weights[f] > 0) futures_.push_back(future_of(study, f));
    }
  }

  std::size_t counted() const { return futures_.size(); }

  void evaluate(const Matrix& settings, Matrix& objectives) {
    parallel_for(settings.rows(), options_.threads, [&](std::size_t i) {
      const auto figures = run(policy_of(study_.theatre(), settings.row(i)));
      std::ranges::copy(figures, objectives.row(i).begin());
      progress_.advance();
    });
  }

  /// Share of the runs in which the rule releases the programme.
  double released(const Policy& policy) const {
    const std::size_t replicates = study_.options().replicates;
    std::vector<std::size_t> counts(futures_.size());
    parallel_for(futures_.size(), options_.threads, [&](std::size_t f) {
      const RuledRun run =
          study_.headlines_under(futures_[f].overrides, policy.package, *policy.rule,
                                 futures_[f].first_replicate, replicates);
      const auto never = std::ranges::count(run.released, 0);
      counts[f] = replicates - static_cast<std::size_t>(never);
    });
    double sum = 0;
    for (const std::size_t count : counts) sum += static_cast<double>(count);
    return sum / static_cast<double>(futures_.size() * replicates);
  }

 private:
  std::vector<double> headlines_in(const CountedFuture& future, const Policy& policy) const {
    const std::size_t replicates = study_.options().replicates;
    if (!policy.rule) {
      return study_.headlines_of(future.overrides, std::span(&policy.package, 1),
                                 future.first_replicate, replicates);
    }
    return study_
        .headlines_under(future.overrides, policy.package, *policy.rule, future.first_replicate,
                         replicates)
        .values;
  }

  std::array<double, 3> run(const Policy& policy) const {
    static const std::size_t breaches = find_headline("breaches_per_year");
    static const std::size_t cost = find_headline("cost_musd_per_year");
    const std::size_t replicates = study_.options().replicates;
    std::vector<double> of_future;
    double money = 0;
    for (const CountedFuture& future : futures_) {
      const auto values = headlines_in(future, policy);
      const auto mean = [&](std::size_t headline) {
        double sum = 0;
        for (std::size_t r = 0; r < replicates; ++r) sum += values[headline * replicates + r];
        return sum / static_cast<double>(replicates);
      };
      const double breach_rate = mean(breaches);
      if (std::isnan(breach_rate)) continue;  // the future contradicts the model
      of_future.push_back(breach_rate);
      money += mean(cost);
    }
    const std::vector<double> equal(of_future.size(), 1.0);
    double sum = 0;
    for (const double value : of_future) sum += value;
    const auto count = static_cast<double>(std::max<std::size_t>(1, of_future.size()));
    return {sum / count,
            conditional_value_at_risk(of_future, equal, Direction::lower_is_better, options_.tail),
            money / count};
  }

  const TheatreStudy& study_;
  const PolicyOptions& options_;
  std::vector<CountedFuture> futures_;
  Progress progress_;
};

}  // namespace

PolicySearch search_policies(const TheatreStudy& study, const PolicyOptions& options) {
  const HistoryMatch history = match_first_package(study, options);
  PolicyEvaluator evaluator(study, options, history);
  SearchProblem problem{.levers = levers_of(study.theatre(), options.release),
                        .epsilons = {0.02, 0.05, 1.0},
                        .evaluate = [&](const Matrix& settings, Matrix& objectives) {
                          evaluator.evaluate(settings, objectives);
                        }};
  // Practice alone, and a little: the point that every useful package must beat.
  Matrix practice(1, problem.levers.size());
  Matrix figures(1, 3);
  practice.row(0)[2] = 1;
  evaluator.evaluate(practice, figures);
  const std::vector<double> reference{1.2 * figures(0, 0), 1.2 * figures(0, 1), 4 * figures(0, 2)};
  const SearchResult found = search(problem, {.evaluations = options.evaluations,
                                              .population = options.population,
                                              .seed = options.seed,
                                              .hypervolume_reference = reference,
                                              .record_every = options.evaluations / 20 + 1});
  PolicySearch result{.policies = {},
                      .record = found.record,
                      .reference = reference,
                      .futures = history.weights.size(),
                      .counted = evaluator.counted(),
                      .passed = history.passed};
  for (std::size_t i = 0; i < found.settings.rows(); ++i) {
    Policy policy = policy_of(study.theatre(), found.settings.row(i));
    policy.package.id = fmt::format("S{}", i + 1);
    policy.package.name = describe(policy.package, policy.rule);
    const double released = policy.rule ? evaluator.released(policy) : 0.0;
    result.policies.push_back({std::move(policy.package), policy.rule, released,
                               found.objectives(i, 0), found.objectives(i, 1),
                               found.objectives(i, 2)});
  }
  std::ranges::stable_sort(result.policies, {}, &FoundPolicy::cost_musd_per_year);
  return result;
}

std::string describe(const theatre::Package& package, const std::optional<ReleaseRule>& rule) {
  std::vector<std::string> parts;
  if (!package.programme.empty()) {
    parts.push_back("programme " + package.programme);
    if (rule) {
      parts.back() +=
          fmt::format(" once a year has more than {:.3g} reported incidents", rule->incidents);
    } else if (package.programme_delay_years > 0) {
      parts.back() += fmt::format(" {} years late", package.programme_delay_years);
    }
  }
  if (package.guards_factor != 1)
    parts.push_back(fmt::format("guards × {:.3g}", package.guards_factor));
  if (package.exercises_per_year)
    parts.push_back(fmt::format("{} exercises a year", *package.exercises_per_year));
  if (package.sharing) parts.push_back(fmt::format("sharing {:.2g}", *package.sharing));
  if (package.belt_cover > 0) parts.push_back(fmt::format("belt {:.2g}", package.belt_cover));
  if (package.patrol == theatre::PatrolPolicy::randomised) parts.emplace_back("randomised patrols");
  if (package.patrol == theatre::PatrolPolicy::optimised) parts.emplace_back("optimised patrols");
  if (package.reserves_released_per_year > 0) {
    parts.push_back(
        fmt::format("relief {:.0f} % a year", 100 * package.reserves_released_per_year));
  }
  if (package.urging) parts.push_back(fmt::format("urging {:.2g}", *package.urging));
  return fmt::format("{}", fmt::join(parts, ", "));
}

}  // namespace panj::explore
