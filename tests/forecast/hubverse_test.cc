// SPDX-License-Identifier: Apache-2.0
#include "panj/forecast/hubverse.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace panj::forecast {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

PredictiveSample one_cell() {
  PredictiveSample sample({"A", "Bonaire, Saba"}, Month(2024, 2), {3, 3}, 3);
  sample.set(1, 3, std::vector<double>{0, 10, 4});
  return sample;
}

TEST(Hubverse, WritesQuantilesOfTheChosenUnits) {
  const std::size_t unit = 1;
  const std::string csv =
      to_hubverse_csv(one_cell(), {&unit, 1}, "deaths_sb", OutputType::quantile);
  EXPECT_THAT(csv,
              StartsWith("origin_date,location,target,horizon,output_type,output_type_id,value\n"
                         "2024-02-29,\"Bonaire, Saba\",deaths_sb,3,mean,NA,4.666666667\n"
                         "2024-02-29,\"Bonaire, Saba\",deaths_sb,3,quantile,0.01,0.08\n"));
  EXPECT_THAT(csv, HasSubstr("quantile,0.5,4\n"));
  EXPECT_EQ(static_cast<std::size_t>(std::ranges::count(csv, '\n')), 2 + kQuantileLevels.size());
}

TEST(Hubverse, WritesEveryDraw) {
  const std::size_t unit = 1;
  EXPECT_EQ(to_hubverse_csv(one_cell(), {&unit, 1}, "n", OutputType::sample),
            "origin_date,location,target,horizon,output_type,output_type_id,value\n"
            "2024-02-29,\"Bonaire, Saba\",n,3,sample,1,0\n"
            "2024-02-29,\"Bonaire, Saba\",n,3,sample,2,4\n"
            "2024-02-29,\"Bonaire, Saba\",n,3,sample,3,10\n");
}

TEST(Hubverse, WritesDrawsAsViewsNumbersThem) {
  const std::size_t unit = 1;
  EXPECT_EQ(to_views_csv(one_cell(), {&unit, 1}, "country_id"),
            "month_id,country_id,draw,outcome\n"
            "533,\"Bonaire, Saba\",0,0\n"
            "533,\"Bonaire, Saba\",1,4\n"
            "533,\"Bonaire, Saba\",2,10\n");
}

}  // namespace
}  // namespace panj::forecast
