// SPDX-License-Identifier: Apache-2.0
#include "panj/core/progress.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "panj/core/parallel.h"

namespace panj {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Progress, TellsShareRateAndTimeLeft) {
  const Progress progress("ingest", 200, "rows", Progress::Output::silent);
  const std::string line = progress.line(50, 5, true);
  EXPECT_THAT(line, HasSubstr("ingest  [######                  ]  25%"));
  EXPECT_THAT(line, HasSubstr("10 rows/s"));
  EXPECT_THAT(line, HasSubstr("0:15 left"));
  EXPECT_THAT(progress.line(50, 5, false), Not(HasSubstr("[")));
}

TEST(Progress, PromisesNoTimeWhenItCannotKnow) {
  const Progress unknown("ingest", 0, "rows", Progress::Output::silent);
  EXPECT_THAT(unknown.line(50, 5, true), Not(HasSubstr("left")));
  EXPECT_THAT(unknown.line(50, 5, true), HasSubstr("50 rows"));
  const Progress known("ingest", 200, "rows", Progress::Output::silent);
  EXPECT_THAT(known.line(0, 0, true), Not(HasSubstr("left")));
  EXPECT_THAT(known.line(200, 5, true), Not(HasSubstr("left")));
}

TEST(Progress, NeverPassesAHundredPercent) {
  const Progress progress("ingest", 200, "rows", Progress::Output::silent);
  EXPECT_THAT(progress.line(500, 5, true), HasSubstr("100%"));
}

TEST(Progress, SaysNothingOnShortWork) {
  testing::internal::CaptureStderr();
  {
    Progress progress("short", 1000, "steps", Progress::Output::lines);
    parallel_for(1000, 4, [&](std::size_t) { progress.advance(); });
  }
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

}  // namespace
}  // namespace panj
