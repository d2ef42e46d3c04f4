// SPDX-License-Identifier: Apache-2.0
#include "panj/explore/lake_search.h"

#include "panj/core/parallel.h"

namespace panj::explore {

SearchResult search_lake(const Lake& lake, std::size_t evaluations, std::uint64_t seed,
                         unsigned threads) {
  const SearchProblem problem{
      .levers =
          {{"c1", {-2, 2}}, {"c2", {-2, 2}}, {"r1", {1e-8, 2}}, {"r2", {1e-8, 2}}, {"w1", {0, 1}}},
      .epsilons = {0.05, 0.05, 0.05, 0.05},
      .evaluate = [&](const Matrix& settings, Matrix& objectives) {
        parallel_for(settings.rows(), threads, [&](std::size_t i) {
          const auto x = settings.row(i);
          const LakeOutcome outcome = lake.evaluate({x[0], x[1], x[2], x[3], x[4]});
          const auto row = objectives.row(i);
          row[0] = outcome.max_p;
          row[1] = -outcome.utility;
          row[2] = -outcome.inertia;
          row[3] = -outcome.reliability;
        });
      }};
  return search(problem, {.evaluations = evaluations,
                          .population = 100,
                          .seed = seed,
                          .hypervolume_reference = {3, 0, 0, 0},
                          .record_every = evaluations / 20 + 1});
}

}  // namespace panj::explore
