// SPDX-License-Identifier: Apache-2.0
// Sharing, long: more pairs of worlds, more kills.
#include <gtest/gtest.h>

#include "panj/core/parallel.h"
#include "share/faults.h"
#include "share/interference.h"

namespace panj::share {
namespace {

TEST(ShareSoak, AMemberSeesNothingOfWhatIsNotReleasableToIt) {
  constexpr std::size_t kPairs = 100'000;
  constexpr std::uint64_t kFirstSeed = 1'000'000;
  parallel_for(kPairs, 0, [](std::size_t i) {
    const std::string difference = first_difference(kFirstSeed + i);
    if (!difference.empty()) {
      throw std::runtime_error("seed " + std::to_string(kFirstSeed + i) + ": " + difference);
    }
  });
  EXPECT_GT(observations_made(), kPairs * 5);
}

TEST(ShareSoak, KilledPublicationsAreThereWholeOrNotAtAll) {
  EXPECT_GT(publish_under_kills(200, 2), 0);
}

TEST(ShareSoak, KilledPullsLoseAndDoubleNothing) {
  EXPECT_GT(receive_under_kills(200, 2), 0);
}

TEST(ShareSoak, KilledServersAndClientsLoseAndDoubleNothing) {
  EXPECT_GT(exchange_under_kills(200, 2), 0);
}

}  // namespace
}  // namespace panj::share
