// SPDX-License-Identifier: Apache-2.0
#include "panj/sim/summary.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include "panj/sim/sir.h"
#include "sim/sinks.h"

namespace panj::sim {
namespace {

constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();

/// The value at rank ⌈p n⌉.
double exact_quantile(std::vector<double> values, double p) {
  std::ranges::sort(values);
  const auto n = static_cast<double>(values.size());
  return values[static_cast<std::size_t>(std::max(1.0, std::ceil(p * n))) - 1];
}

LogHistogram histogram_of(const std::vector<double>& values) {
  LogHistogram histogram;
  for (const double value : values) histogram.add(value);
  return histogram;
}

constexpr double kShares[] = {0, 0.001, 0.05, 0.25, 0.5, 0.77, 0.95, 0.999, 1};

TEST(LogHistogram, IsExactForWholeNumbersBelow256) {
  std::mt19937_64 random(1);
  std::vector<double> values;
  for (int i = 0; i < 5000; ++i)
    values.push_back(static_cast<double>(random() % 256) - (i % 4 == 0 ? 255.0 : 0.0));
  const auto histogram = histogram_of(values);
  for (const double p : kShares)
    EXPECT_EQ(histogram.quantile(p, Measure::count), exact_quantile(values, p)) << p;
  for (const double threshold : {-300.0, -17.0, -1.0, 0.0, 1.0, 3.0, 200.0, 255.0, 256.0}) {
    const auto above = std::ranges::count_if(values, [&](double x) { return x >= threshold; });
    EXPECT_EQ(histogram.share_at_least(threshold), static_cast<double>(above) / 5000) << threshold;
  }
}

TEST(LogHistogram, IsWithinFourTenthsOfAPercent) {
  std::mt19937_64 random(2);
  std::lognormal_distribution<double> wide(0, 8);
  std::vector<double> values;
  for (int i = 0; i < 5000; ++i) values.push_back(wide(random) * (i % 3 == 0 ? -1 : 1));
  const auto histogram = histogram_of(values);
  for (const double p : kShares) {
    const double exact = exact_quantile(values, p);
    EXPECT_NEAR(histogram.quantile(p), exact, 0.004 * std::abs(exact)) << p;
  }
}

TEST(LogHistogram, KnowsZeroOneValueAndNone) {
  EXPECT_TRUE(std::isnan(LogHistogram{}.quantile(0.5)));
  EXPECT_EQ(histogram_of({0.123456}).quantile(0.5), 0.123456);
  EXPECT_EQ(histogram_of({0, -0.0, 0}).quantile(0.5), 0);
  EXPECT_EQ(histogram_of({7.77, 7.77, 7.77, 7.77}).quantile(0.5), 7.77);
  const double infinity = std::numeric_limits<double>::infinity();
  EXPECT_EQ(histogram_of({1, infinity, infinity, infinity}).quantile(0.6), infinity);
}

TEST(Moments, AreThoseOfTheValues) {
  Moments moments;
  for (const double value : {1e9 + 1, 1e9 + 2, 1e9 + 4}) moments.add(value);
  EXPECT_DOUBLE_EQ(moments.mean(), 1e9 + 7.0 / 3);
  EXPECT_NEAR(moments.variance(), 7.0 / 3, 1e-12);
  EXPECT_NEAR(moments.error(), std::sqrt(7.0 / 9), 1e-12);
  EXPECT_TRUE(std::isnan(Moments{}.mean()));
  Moments single;
  single.add(4);
  EXPECT_EQ(single.mean(), 4);
  EXPECT_TRUE(std::isnan(single.error())) << "one value does not tell it";
}

const OutcomeTable& small_table() {
  static const OutcomeTable table({{.name = "year", .labels = {"2022", "2023"}}},
                                  {{.name = "a", .dimensions = {"year"}}, {.name = "b"}});
  return table;
}

OutcomeBlock block_of(const std::vector<std::vector<double>>& rows) {
  OutcomeBlock block(small_table(), {.count = rows.front().size()});
  for (std::size_t cell = 0; cell < rows.size(); ++cell)
    std::ranges::copy(rows[cell], block.cell_row(cell).begin());
  return block;
}

TEST(Summary, KeepsCellsApartAndLeavesOutWhatIsNoNumber) {
  Summary summary(small_table(), 0, 1);
  const std::vector<OutcomeBlock> blocks{block_of({{1, 2, 3}, {4, kUndefined, 8}, {7, 7, 7}})};
  summary.take(blocks);
  summary.take(blocks);
  EXPECT_EQ(summary.moments("a", 0).mean(), 2);
  EXPECT_EQ(summary.moments("a", 1).mean(), 6);
  EXPECT_EQ(summary.moments("a", 1).count(), 4U);
  EXPECT_EQ(summary.moments("b").variance(), 0);
  EXPECT_FALSE(summary.has_quantiles("a"));
  EXPECT_EQ(summary.quantile("b", 0, 0.5), 7);
  EXPECT_EQ(summary.share_at_least("b", 0, 7), 1);
}

TEST(PairedSummary, PairsReplicateByReplicate) {
  PairedSummary paired(small_table(), 2);
  const std::vector<OutcomeBlock> blocks{block_of({{1, 2, 3}, {4, kUndefined, 8}, {7, 7, 7}}),
                                         block_of({{0, 2, 1}, {5, 5, kUndefined}, {7, 9, 8}})};
  paired.take(blocks);
  const auto first = paired.difference(1, "a", 0);
  EXPECT_EQ(first.moments.mean(), -1);
  EXPECT_DOUBLE_EQ(first.share_below, 2.0 / 3);
  EXPECT_DOUBLE_EQ(first.share_equal, 1.0 / 3);
  EXPECT_EQ(paired.difference(1, "a", 1).moments.count(), 1U);
  EXPECT_DOUBLE_EQ(paired.difference(1, "b").share_above, 2.0 / 3);
}

/// Common random numbers: the difference is far surer than the two levels.
TEST(PairedSummary, GainsFromTheSameLuck) {
  const std::vector<Sir> models{Sir({.contact_rate = 0.20}), Sir({.contact_rate = 0.21})};
  Summary first(models[0].outcomes(), 0);
  Summary second(models[1].outcomes(), 1);
  PairedSummary paired(models[0].outcomes(), 2);
  Sink* const sinks[] = {&first, &second, &paired};
  run_ensemble(std::span<const Sir>(models), {.replicates = 400}, sinks);
  const auto difference = paired.difference(1, "recovered");
  const Moments& a = first.moments("recovered");
  const Moments& b = second.moments("recovered");
  EXPECT_NEAR(difference.moments.mean(), b.mean() - a.mean(), 1e-9);
  EXPECT_LT(difference.moments.variance(), 0.5 * (a.variance() + b.variance()));
  EXPECT_GT(difference.share_above, 0.9);
  EXPECT_NEAR(difference.share_below + difference.share_equal + difference.share_above, 1, 1e-12);
}

}  // namespace
}  // namespace panj::sim
