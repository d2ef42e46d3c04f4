// SPDX-License-Identifier: Apache-2.0
#include "panj/plan/placement_study.h"

#include <gtest/gtest.h>

#include <cmath>
#include <memory>
#include <numeric>

#include "panj/core/problem.h"
#include "panj/plan/placement_evaluate.h"
#include "panj/plan/placement_instance.h"
#include "paths.h"

namespace panj::plan {
namespace {

/// The reference theatre in eight long stretches, to be quick.
theatre::Theatre reference_theatre() {
  theatre::Theatre theatre = theatre::read_theatre(test::source_path("theatres/tajik-afghan"));
  theatre.border.stretches = geo::stretches_by_count(theatre.border.line().length_km(), 8);
  return theatre;
}

PlacementStudyOptions quick(unsigned threads = 0) {
  PlacementStudyOptions options;
  options.placement.futures = {.futures = 12, .replicates = 2, .seed = 3, .threads = threads};
  options.placement.search.effort = 0.02;
  options.placement.search.threads = threads;
  options.replicates = 200;
  options.batches = 0;
  return options;
}

double total(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

// Parts of one test, as a study takes seconds.

/// With little effort: exchanges of whole paths find them; single units left 3 %.
void expect_plans_near_their_bounds(const PlacementStudy& study) {
  for (const TheatrePlan* plan : {&study.plan, &*study.beside}) {
    EXPECT_LT(plan->result.value - plan->result.bound, 0.002 * plan->result.value);
  }
}

void expect_judged_on_many_more_futures(const PlacementStudy& study) {
  EXPECT_GT(study.gap.judged, 10 * study.futures);
  EXPECT_FALSE(study.gap.lower.has_value());  // no batches are asked for
}

/// What the plan says.
void expect_bought_in_the_simulator(const PlacementStudy& study) {
  const auto& plan = study.plan;
  const auto deliveries = deliveries_of(plan.instance, plan.result.plan.front());
  double units = 0;
  for (const auto& tranche : deliveries)
    units += total({tranche.units.begin(), tranche.units.end()});
  double bought = 0;
  for (std::size_t i = 0; i < plan.instance.stretches.size(); ++i) {
    for (std::size_t k = 0; k < plan.instance.kinds.size(); ++k) {
      for (std::size_t t = 0; t < plan.instance.years.size(); ++t) {
        bought += plan.result.plan.front().at(i, k, t);
      }
    }
  }
  EXPECT_EQ(units, bought);
}

/// As it is.
void expect_instance_reads_back(const PlacementStudy& study) {
  const auto& instance = study.plan.instance;
  const auto read =
      read_placement(parse_instance(to_json(instance).dump(), "instance.json")).instance;
  EXPECT_EQ(evaluate(read, study.plan.result.plan).value,
            evaluate(instance, study.plan.result.plan).value);
  EXPECT_EQ(read.kinds.size(), instance.kinds.size());
  EXPECT_EQ(read.kinds[1].max_per_stretch, instance.kinds[1].max_per_stretch);
}

class PlacementStudyTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    reference = std::make_unique<theatre::Theatre>(reference_theatre());
    ground = std::make_unique<Ground>(*reference);
    study = std::make_unique<PlacementStudy>(study_placement(*ground, quick(1)));
  }
  static void TearDownTestSuite() {
    study.reset();
    ground.reset();
    reference.reset();
  }
  static inline std::unique_ptr<theatre::Theatre> reference;
  static inline std::unique_ptr<Ground> ground;
  static inline std::unique_ptr<PlacementStudy> study;
};

TEST_F(PlacementStudyTest, KeepsToTheTheatresBudget) {
  const auto& plan = study->plan;
  EXPECT_EQ(study->budget, std::vector<double>(5, 30.0));
  EXPECT_EQ(plan.instance.years, (std::vector<int>{2026, 2027, 2028, 2029, 2030}));
  const auto evaluation = evaluate(plan.instance, plan.result.plan);
  EXPECT_TRUE(evaluation.violations.empty());
  EXPECT_LE(total(evaluation.spend[0]), 150 + 1e-9);
  EXPECT_GT(total(evaluation.spend[0]), 149);
}

TEST_F(PlacementStudyTest, IsProvenJudgedSimulatedAndWrittenAsItIs) {
  expect_plans_near_their_bounds(*study);
  expect_judged_on_many_more_futures(*study);
  expect_bought_in_the_simulator(*study);
  expect_instance_reads_back(*study);
}

TEST_F(PlacementStudyTest, BeatsTheProgrammeAtItsCostInTheSimulator) {
  EXPECT_EQ(study->rival, "P1");
  // Equal tranches of 16.32 M$ of which a tenth a year is upkeep, as MODEL states the programme.
  EXPECT_NEAR(study->rival_cost.front(), 16.3 * 1.1, 0.7);
  EXPECT_NEAR(total(study->rival_cost), 81.6 + 0.1 * 81.6 / 5 * 15, 1e-9);
  const auto evaluation = evaluate(study->beside->instance, study->beside->result.plan);
  EXPECT_LE(total(evaluation.spend[0]), total(study->rival_cost) + 1e-9);
  ASSERT_TRUE(study->contest.has_value());
  EXPECT_LT(study->contest->high, -0.1);  // a plan of sensors alone has 2 % fewer incidents
  ASSERT_TRUE(study->regret.has_value());
  EXPECT_GT(study->regret->futures, 0U);
  EXPECT_EQ(study->regret->better, study->regret->futures);
  EXPECT_EQ(study->regret->largest, 0.0);
  EXPECT_NE(study->verdict.find("beats P1 at the same cost"), std::string::npos);
  // And the simulator charges no more for it.
  const auto& packages = study->simulation.packages;
  ASSERT_EQ(packages.size(), 4U);
  EXPECT_LT(packages[2].of("cost_musd").mean, 1.01 * packages[1].of("cost_musd").mean);
}

/// Shares hold near the plan, and what is bought works together.
TEST_F(PlacementStudyTest, LeavesWhatTheLawOfAStopLeaves) {
  for (const TheatrePlan* plan : {&study->plan, &*study->beside}) {
    EXPECT_NEAR(plan->harm_by_law, plan->result.value, 0.05 * plan->result.value);
  }
  EXPECT_LT(study->plan.harm_by_law, study->beside->harm_by_law);  // it may spend more
}

TEST(Resimulation, TellsTwoCandidatesApartAsIfTheyWereAlone) {
  const theatre::Theatre theatre = reference_theatre();
  const Ground ground(theatre);
  const std::vector<Candidate> candidates{status_quo(), candidate_of(ground, "P1"),
                                          candidate_of(ground, "P3")};
  const ResimulationOptions options{.replicates = 200, .seed = 3};
  const std::vector<Pairing> pairings{{.rival = 1, .plan = 2}, {.rival = 0, .plan = 1}};
  const Resimulation all = resimulate(ground, candidates, pairings, options);
  const Contest alone =
      contest_of(resimulate(ground, std::span(candidates).subspan(1, 2), options), 1);
  EXPECT_NEAR(all.contests[0].mean, alone.mean, 1e-12);
  EXPECT_NEAR(all.contests[0].low, alone.low, 1e-12);
  EXPECT_NEAR(all.contests[0].high, alone.high, 1e-12);
  EXPECT_NEAR(all.contests[1].high, contest_of(all.simulation, 1).high, 1e-12);
}

TEST_F(PlacementStudyTest, SaysTheSameForAnyNumberOfThreads) {
  const PlacementStudy again = study_placement(*ground, quick(3));
  EXPECT_EQ(again.plan.result.plan, study->plan.result.plan);
  EXPECT_EQ(again.simulation.digest, study->simulation.digest);
  EXPECT_EQ(again.gap.out_of_sample.value, study->gap.out_of_sample.value);
}

TEST(PlacementOfTheatre, NeedsABudget) {
  theatre::Theatre theatre = reference_theatre();
  theatre.measures->budget.reset();
  const Ground ground(theatre);
  try {
    study_placement(ground, quick());
    FAIL();
  } catch (const InvalidInput& error) {
    EXPECT_EQ(error.problems().front().field, "measures.budget");
  }
}

TEST(PlacementOfTheatre, DoesNotTakeAPackageWithOtherMeasuresForAPlainProgramme) {
  theatre::Theatre theatre = reference_theatre();
  EXPECT_EQ(plain_programme(theatre), "P1");
  std::erase_if(theatre.packages, [](const auto& package) { return package.id != "P3"; });
  EXPECT_EQ(plain_programme(theatre), std::nullopt);
}

TEST(Verdict, SaysWhatTheIntervalSays) {
  EXPECT_NE(verdict({-0.1, -0.12, -0.08}, "P1", "at the same cost").find("beats P1"),
            std::string::npos);
  EXPECT_NE(verdict({0.1, 0.08, 0.12}, "P1", "").find("does not beat"), std::string::npos);
  EXPECT_NE(verdict({-0.01, -0.02, 0.01}, "P1", "").find("cannot be told apart"),
            std::string::npos);
}

}  // namespace
}  // namespace panj::plan
