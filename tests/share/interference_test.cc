// SPDX-License-Identifier: Apache-2.0
#include "share/interference.h"

#include <gtest/gtest.h>

namespace panj::share {
namespace {

/// More in `./run soak`.
TEST(NonInterference, AMemberSeesNothingOfWhatIsNotReleasableToIt) {
  constexpr std::uint64_t kPairs = 2000;
  for (std::uint64_t seed = 1; seed <= kPairs; ++seed) {
    ASSERT_EQ(first_difference(seed), "") << "seed " << seed;
  }
  EXPECT_GT(observations_made(), kPairs * 5);
  EXPECT_GT(hidden_actions_played(), kPairs * 2);
}

}  // namespace
}  // namespace panj::share
