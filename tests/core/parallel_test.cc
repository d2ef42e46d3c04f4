// SPDX-License-Identifier: Apache-2.0
#include "panj/core/parallel.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <vector>

namespace panj {
namespace {

TEST(ParallelFor, CallsEveryIndexOnce) {
  for (const unsigned threads : {0U, 1U, 2U, 7U}) {
    for (const std::size_t count : {0U, 1U, 5U, 1000U}) {
      std::vector<int> calls(count, 0);
      parallel_for(count, threads, [&](std::size_t i) { ++calls[i]; });
      EXPECT_THAT(calls, testing::Each(1)) << threads << " threads";
    }
  }
}

TEST(ParallelFor, HandsOnAnErrorAndStartsNoMore) {
  std::atomic<int> calls = 0;
  const auto body = [&](std::size_t i) {
    ++calls;
    if (i == 3) throw std::runtime_error("number three");
  };
  EXPECT_THROW(parallel_for(1000, 1, body), std::runtime_error);
  EXPECT_EQ(calls, 4);
  EXPECT_THROW(parallel_for(1000, 4, body), std::runtime_error);
}

}  // namespace
}  // namespace panj
