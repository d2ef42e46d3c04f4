// SPDX-License-Identifier: Apache-2.0
#include "panj/explore/true_spread.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <vector>

#include "panj/core/random.h"

namespace panj::explore {
namespace {

/// Shares of runs in each of `futures`, and their standard errors.
struct DrawnShares {
  std::vector<double> means;
  std::vector<double> errors;
};

/// `chance(u)`, with u evenly spread over futures, is the chance in a future.
template <class Chance>
DrawnShares drawn_shares(std::size_t futures, unsigned runs, Chance chance) {
  DrawnShares drawn;
  RandomStream random(7, {.replicate = 0, .kind = 1, .entity = 1});
  for (std::size_t f = 0; f < futures; ++f) {
    const double p = chance((static_cast<double>(f) + 0.5) / static_cast<double>(futures));
    unsigned hits = 0;
    for (unsigned r = 0; r < runs; ++r) hits += random.uniform() < p ? 1U : 0U;
    const double share = static_cast<double>(hits) / runs;
    drawn.means.push_back(share);
    drawn.errors.push_back(std::sqrt(share * (1 - share) / (runs - 1)));
  }
  return drawn;
}

constexpr Range kFiveToNinetyFive{0.05, 0.95};

// The raw range is 0.5 wide. The variance of the means is right within 4.5 % (one deviation), so
// more than 0.2 of that width is left with a chance of 1e-5 only.
TEST(TrueSpread, OfOneChanceInAllFuturesIsNarrow) {
  const auto drawn = drawn_shares(1000, 10, [](double) { return 0.34; });
  const std::vector<double> weights(1000, 1.0);
  const Range range = range_over_futures(drawn.means, drawn.errors, weights, kFiveToNinetyFive);
  EXPECT_LT(range.high - range.low, 0.2);
  EXPECT_NEAR((range.low + range.high) / 2, 0.34, 0.05);
}

// The quantiles of the chances are 0.14 and 0.86; shares of 20 runs are 0.05 apart, and two
// thousand futures place a quantile within 0.007 (one deviation): 0.06 is missed with a chance
// below 1e-3.
TEST(TrueSpread, OfChancesThatDifferStays) {
  const auto drawn = drawn_shares(2000, 20, [](double u) { return 0.1 + 0.8 * u; });
  const std::vector<double> weights(2000, 1.0);
  const Range range = range_over_futures(drawn.means, drawn.errors, weights, kFiveToNinetyFive);
  EXPECT_NEAR(range.low, 0.14, 0.06);
  EXPECT_NEAR(range.high, 0.86, 0.06);
}

TEST(TrueSpread, IsThatOfTheMeansWhereRunsAddNothing) {
  const std::vector<double> means{0.1, NAN, 0.5, 0.3};
  const std::vector<double> errors(4, 0.0);
  const std::vector<double> weights{1, 0, 1, 1};
  const Range range = range_over_futures(means, errors, weights, {0, 1});
  EXPECT_DOUBLE_EQ(range.low, 0.1);
  EXPECT_DOUBLE_EQ(range.high, 0.5);
  const std::vector<double> one{0, 0, 1, 0};
  EXPECT_EQ(range_over_futures(means, errors, one, {0.05, 0.95}).low, 0.5);
}

// B = 0.04, W = 0.03: half of the spread is left.
TEST(TrueSpread, LosesTheVarianceOfTheRuns) {
  const std::vector<double> means{0.2, 0.4, 0.6};
  const std::vector<double> errors(3, std::sqrt(0.03));
  const std::vector<double> weights(3, 2.0);
  const Range range = range_over_futures(means, errors, weights, {0, 1});
  EXPECT_NEAR(range.low, 0.3, 1e-12);
  EXPECT_NEAR(range.high, 0.5, 1e-12);
}

}  // namespace
}  // namespace panj::explore
