// SPDX-License-Identifier: Apache-2.0
#include "panj/plan/placement_study.h"

#include <array>
#include <cmath>
#include <utility>

#include "panj/core/problem.h"

namespace panj::plan {
namespace {

double budget_of(const Ground& ground, const PlacementStudyOptions& options) {
  if (options.budget_musd_per_year) return *options.budget_musd_per_year;
  if (ground.theatre.measures->budget) return ground.theatre.measures->budget->value();
  throw InvalidInput(Problem{.file = ground.theatre.file.string(),
                             .field = "measures.budget",
                             .what = "is missing",
                             .why = "a plan needs to know what there is to spend",
                             .suggestion = "state it, or give --budget"});
}

/// As many futures count, in the mean, of those drawn for the plan and of fresh ones; this is for
/// chance.
constexpr double kSpare = 1.1;

class Study {
 public:
  Study(const Ground& ground, const PlacementStudyOptions& options)
      : ground_(ground), options_(options), placement_(ground, options.placement) {}

  PlacementStudy run() {
    study_.budget = placement_.yearly_budget(budget_of(ground_, options_));
    study_.plan = placement_.plan(study_.budget);
    study_.futures = study_.plan.instance.scenarios.size();
    study_.next = next_purchases(study_.plan.instance, study_.plan.result, options_.extra_budget);
    candidates_.push_back(status_quo());
    if (const auto rival = plain_programme(ground_.theatre)) stand_beside(*rival);
    candidates_.push_back(placement_.candidate("plan", "Plan within the budget", study_.plan));
    judge_in_fresh_futures();
    simulate();
    return std::move(study_);
  }

 private:
  void stand_beside(const std::string& id) {
    const Candidate rival = candidate_of(ground_, id);
    study_.rival = rival.id;
    study_.rival_name = rival.name;
    study_.rival_cost = placement_.cost_of(rival);
    study_.beside = placement_.plan(study_.rival_cost);
    candidates_.push_back(rival);
    candidates_.push_back(
        placement_.candidate("plan at " + id + "'s cost", "Plan at the same cost", *study_.beside));
  }

  void judge_in_fresh_futures() {
    FutureOptions options = fresh(options_.placement.futures);
    if (study_.beside) {
      constexpr std::array<std::size_t, 1> kRival{1};
      study_.regret = regret_over(draw_futures(ground_, candidates_, options), kRival, 2,
                                  options_.placement.harm);
    }
    if (options_.placement.goal != PlacementGoal::expected &&
        options_.placement.goal != PlacementGoal::cvar) {
      return;
    }
    options.futures = static_cast<std::size_t>(std::ceil(
        kSpare * static_cast<double>((options_.batches + kFreshPerFuture) * options.futures)));
    const FutureTables many = tables_over_futures(ground_, {candidates_.data(), 1}, options);
    study_.gap = sampling_gap(study_.plan.instance, study_.plan.result,
                              placement_.scenarios_of(many.tables.front()),
                              options_.placement.search, options_.batches);
  }

  void simulate() {
    const ResimulationOptions options{.replicates = options_.replicates,
                                      .seed = options_.placement.futures.seed,
                                      .threads = options_.placement.futures.threads};
    std::vector<Pairing> pairings;
    if (study_.beside) pairings.push_back({.rival = 1, .plan = 2});
    Resimulation result = resimulate(ground_, candidates_, pairings, options);
    study_.simulation = std::move(result.simulation);
    if (!study_.beside) return;
    study_.contest = result.contests.front();
    study_.verdict = verdict(*study_.contest, study_.rival, "at the same cost");
  }

  const Ground& ground_;
  const PlacementStudyOptions& options_;
  TheatrePlacement placement_;
  std::vector<Candidate> candidates_;
  PlacementStudy study_;
};

}  // namespace

PlacementStudy study_placement(const Ground& ground, const PlacementStudyOptions& options) {
  return Study(ground, options).run();
}

}  // namespace panj::plan
