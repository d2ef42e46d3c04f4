// SPDX-License-Identifier: Apache-2.0
#include "panj/core/result.h"

#include <gtest/gtest.h>

#include <memory>
#include <utility>

namespace panj {
namespace {

TEST(Result, IsAValueOrAnError) {
  const Result<int> good = 5;
  ASSERT_TRUE(good);
  EXPECT_EQ(*good, 5);
  const Result<int> bad = Problem{.what = "is wrong"};
  ASSERT_FALSE(bad);
  EXPECT_EQ(bad.error().what, "is wrong");
}

TEST(Result, RefusesToGiveWhatItIsNot) {
  const Result<int> good = 5;
  const Result<int> bad = Problem{};
  EXPECT_THROW((void)good.error(), ContractError);
  EXPECT_THROW((void)bad.value(), ContractError);
}

TEST(Result, GivesUpItsValue) {
  Result<std::unique_ptr<int>> owner = std::make_unique<int>(7);
  const std::unique_ptr<int> taken = std::move(owner).value();
  EXPECT_EQ(*taken, 7);
}

}  // namespace
}  // namespace panj
