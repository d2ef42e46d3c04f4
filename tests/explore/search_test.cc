// SPDX-License-Identifier: Apache-2.0
#include "panj/explore/search.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <span>
#include <vector>

#include "panj/explore/pareto.h"

namespace panj::explore {
namespace {

/// ZDT1 (Zitzler, Deb & Thiele 2000): the best front is f2 = 1 − √f1, all levers but the first at
/// 0.
SearchProblem zdt1(std::size_t levers) {
  SearchProblem problem{.levers = {}, .epsilons = {0.01, 0.01}, .evaluate = {}};
  for (std::size_t d = 0; d < levers; ++d) {
    problem.levers.push_back({"x" + std::to_string(d), {0, 1}});
  }
  problem.evaluate = [levers](const Matrix& settings, Matrix& objectives) {
    for (std::size_t i = 0; i < settings.rows(); ++i) {
      double sum = 0;
      for (std::size_t d = 1; d < levers; ++d) sum += settings(i, d);
      const double g = 1 + 9 * sum / static_cast<double>(levers - 1);
      objectives(i, 0) = settings(i, 0);
      objectives(i, 1) = g * (1 - std::sqrt(settings(i, 0) / g));
    }
  };
  return problem;
}

TEST(Search, FindsTheFrontOfZdt1) {
  const SearchResult found = search(
      zdt1(10), {.evaluations = 20000, .hypervolume_reference = {1.1, 1.1}, .record_every = 2000});
  // The whole front dominates 1.1² − ∫(1 − √x) − 0.1 · 0 = 0.8767 of [0, 1.1]².
  EXPECT_GT(found.record.back().hypervolume, 0.86);
  EXPECT_LT(found.record.back().hypervolume, 0.8767);
  EXPECT_EQ(found.record.back().evaluations, 20000U);
  for (std::size_t i = 0; i < found.objectives.rows(); ++i) {
    EXPECT_NEAR(found.objectives(i, 1), 1 - std::sqrt(found.objectives(i, 0)), 0.03);
  }
}

TEST(Search, RecordsThatTheHypervolumeNeverShrinks) {
  const SearchResult found = search(
      zdt1(5), {.evaluations = 3000, .hypervolume_reference = {1.1, 1.1}, .record_every = 100});
  ASSERT_GT(found.record.size(), 10U);
  for (std::size_t i = 1; i < found.record.size(); ++i) {
    // A box keeps the point nearest its corner, so a sliver below ε² can be lost.
    EXPECT_GE(found.record[i].hypervolume, found.record[i - 1].hypervolume - 0.01);
  }
}

TEST(Search, KeepsNoPointThatAnotherDominates) {
  const SearchResult found = search(zdt1(5), {.evaluations = 2000, .seed = 4});
  EXPECT_EQ(pareto_set(found.objectives).size(), found.objectives.rows());
}

/// The boxes of size ε that hold a point, without those that another box dominates.
std::set<std::vector<double>> best_boxes(const Matrix& objectives,
                                         std::span<const double> epsilons) {
  Matrix boxes(0, epsilons.size());
  for (std::size_t i = 0; i < objectives.rows(); ++i) {
    std::vector<double> box;
    for (std::size_t k = 0; k < epsilons.size(); ++k) {
      box.push_back(std::floor(objectives(i, k) / epsilons[k]));
    }
    boxes.push_row(box);
  }
  std::set<std::vector<double>> best;
  for (const std::size_t i : pareto_set(boxes)) {
    best.insert({boxes.row(i).begin(), boxes.row(i).end()});
  }
  return best;
}

TEST(Search, KeepsOnePointOfEachBoxThatNoOtherBoxDominatesOfAllThatItTried) {
  SearchProblem problem = zdt1(3);
  problem.epsilons = {0.05, 0.08};
  Matrix tried(0, 2);
  const auto evaluate = problem.evaluate;
  problem.evaluate = [&](const Matrix& settings, Matrix& objectives) {
    evaluate(settings, objectives);
    for (std::size_t i = 0; i < objectives.rows(); ++i) tried.push_row(objectives.row(i));
  };
  const SearchResult found = search(problem, {.evaluations = 1500, .seed = 3});
  ASSERT_EQ(tried.rows(), 1500U);
  const auto best = best_boxes(tried, problem.epsilons);
  EXPECT_EQ(found.objectives.rows(), best.size());
  EXPECT_EQ(best_boxes(found.objectives, problem.epsilons), best);
}

TEST(Search, BelongsToItsSeed) {
  const SearchResult one = search(zdt1(4), {.evaluations = 1000, .seed = 4});
  EXPECT_EQ(search(zdt1(4), {.evaluations = 1000, .seed = 4}).settings, one.settings);
  EXPECT_NE(search(zdt1(4), {.evaluations = 1000, .seed = 5}).settings, one.settings);
}

TEST(Search, KeepsToTheRangesAndTheNumberOfEvaluations) {
  std::size_t evaluated = 0;
  SearchProblem problem{.levers = {{"x", {2, 5}}}, .epsilons = {0.1, 0.1}, .evaluate = {}};
  problem.evaluate = [&](const Matrix& settings, Matrix& objectives) {
    for (std::size_t i = 0; i < settings.rows(); ++i, ++evaluated) {
      EXPECT_GE(settings(i, 0), 2);
      EXPECT_LE(settings(i, 0), 5);
      objectives(i, 0) = settings(i, 0);
      objectives(i, 1) = -settings(i, 0);
    }
  };
  const SearchResult found = search(problem, {.evaluations = 777, .population = 20});
  EXPECT_EQ(evaluated, 777U);
  EXPECT_GT(found.objectives.rows(), 25U);  // thirty boxes of 0.1 lie on the front
}

}  // namespace
}  // namespace panj::explore
