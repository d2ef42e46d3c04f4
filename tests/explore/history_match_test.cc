// SPDX-License-Identifier: Apache-2.0
#include "panj/explore/history_match.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "explore/tables.h"
#include "panj/explore/headline.h"
#include "paths.h"

namespace panj::explore {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

/// Futures with given incidents in the reference years and militants at their end.
struct RecordedFutures {
  Experiment experiment;
  Summary summary;

  explicit RecordedFutures(const std::vector<std::pair<double, double>>& futures)
      : experiment(experiment_of(futures)), summary(experiment, headlines().size()) {
    for (std::size_t i = 0; i < experiment.chunks(); ++i) summary.add(run_chunk(experiment, i, 1));
  }

  static Experiment experiment_of(const std::vector<std::pair<double, double>>& futures) {
    Experiment experiment;
    experiment.futures = futures.size();
    experiment.packages = {"P0"};
    experiment.replicates = 1;
    for (const Headline& headline : headlines()) experiment.outcomes.push_back({headline.name});
    experiment.run = [futures](std::size_t future, std::span<double> values) {
      std::ranges::fill(values, 0.0);
      values[find_headline("record_incidents")] = futures[future].first;
      values[find_headline("record_militants")] = futures[future].second;
    };
    return experiment;
  }
};

const HistoryBand kBand{{4, 13}, {12000, 19000}};

TEST(HistoryMatch, CountsFuturesWithinTheBandAndReportsTheirShare) {
  const RecordedFutures record(
      {{7, 15000}, {3.9, 15000}, {13, 12000}, {14, 15000}, {7, 19001}, {4, 19000}, {0, 0}, {8, 1}});
  const HistoryMatch match = match_history(kBand, record.summary, HistoryUse::filter);
  EXPECT_THAT(match.weights, ElementsAre(1, 0, 1, 0, 0, 1, 0, 0));
  EXPECT_DOUBLE_EQ(match.passed.value, 3.0 / 8);
  const HistoryMatch all = match_history(kBand, record.summary, HistoryUse::ignore);
  EXPECT_THAT(all.weights, ElementsAre(1, 1, 1, 1, 1, 1, 1, 1));
  EXPECT_DOUBLE_EQ(all.passed.value, 3.0 / 8);  // told all the same
}

TEST(HistoryMatch, SaysWhenNoFutureReproducesTheRecord) {
  const RecordedFutures record({{30, 15000}, {7, 30000}});
  EXPECT_THAT(
      problems_of([&] { match_history(kBand, record.summary, HistoryUse::filter); }),
      HasSubstr("none of 2 futures has 4 to 13 reported incidents and 12000 to 19000 militants"));
  EXPECT_NO_THROW(match_history(kBand, record.summary, HistoryUse::ignore));
}

TEST(HistoryBand, IsTheTheatresOrWhatItsRecordSupports) {
  theatre::Theatre theatre =
      theatre::read_theatre(test::source_path("theatres/tajik-afghan/theatre.toml"));
  const HistoryBand stated = history_band(theatre);
  EXPECT_EQ(stated.incidents, (Range{4, 13}));
  EXPECT_EQ(stated.militants, (Range{12000, 19000}));
  theatre.history.reset();
  // Seven incidents are dated 2022 to 2025: the 5 % and 95 % quantiles of a gamma distribution of
  // shape 7.5 (Jeffreys) are 3.63 and 12.50, upwards.
  const HistoryBand supported = history_band(theatre);
  EXPECT_EQ(supported.incidents, (Range{4, 13}));
  EXPECT_EQ(supported.militants, (Range{12000, 23000}));
}

}  // namespace
}  // namespace panj::explore
