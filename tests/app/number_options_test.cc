// SPDX-License-Identifier: Apache-2.0
// Numbers on the command line that are none, infinite, or beyond what the option can mean.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "app/program.h"

namespace panj::app {
namespace {

using testing::HasSubstr;

struct NumberOption {
  std::string command;
  std::string option;
};

/// Every option that is a number with a fraction.
const std::vector<NumberOption>& number_options() {
  static const std::vector<NumberOption> all{
      {"calibrate " + kTheatre, "--tolerance"},
      {"explore lake --search 100", "--decay"},
      {"explore lake --search 100", "--recycling"},
      {"explore prim --csv none.csv --outcome x", "--above"},
      {"explore prim --csv none.csv --outcome x", "--below"},
      {"explore prim --csv none.csv --outcome x", "--alpha"},
      {"explore prim --csv none.csv --outcome x", "--paste-alpha"},
      {"explore prim --csv none.csv --outcome x", "--minimum-mass"},
      {"explore sobol --function ishigami", "--level"},
      {"explore " + kTheatre, "--budget"},
      {"panel none --by stretch", "--stretch-km"},
      {"panel none --by stretch", "--within-km"},
      {"plan exercises " + kTheatre, "--budget"},
      {"plan interdict " + kTheatre, "--exposure"},
      {"plan interdict " + kTheatre, "--time-limit"},
      {"plan patrol " + kTheatre, "--reach"},
      {"plan placement " + kTheatre, "--alpha"},
      {"plan placement " + kTheatre, "--budget"},
      {"plan placement " + kTheatre, "--effort"},
      {"plan placement none.json", "--extra-budget"},
      {"plan placement none.json", "--time-limit"},
      {"plan solve none.json", "--time-limit"},
      {"simulate " + kTheatre, "--feedback"},
  };
  return all;
}

TEST(NumberOptions, AreFiniteNumbers) {
  for (const auto& [command, option] : number_options()) {
    for (const char* wrong : {"nan", "inf", "1e300"}) {
      const bool any = option == "--above" || option == "--below";
      if (any && std::string(wrong).ends_with("1e300")) continue;
      const ProgramRun run = panj(command + " " + option + "=" + wrong);
      EXPECT_EQ(run.exit_code, 2) << command << " " << option << " " << wrong << "\n" << run.err;
      EXPECT_THAT(run.err, HasSubstr(option + ": ")) << wrong;
      EXPECT_THAT(run.err, HasSubstr("is not a number from")) << wrong;
    }
  }
}

TEST(NumberOptions, SearchNoLongerThanSomebodyWaits) {
  for (const char* wrong : {"0", "-1", "1001"}) {
    const ProgramRun run = panj("plan placement none.json --effort=" + std::string(wrong));
    EXPECT_EQ(run.exit_code, 2) << run.err;
    EXPECT_THAT(run.err, HasSubstr("is not a number from 0.001 to 1000"));
  }
}

}  // namespace
}  // namespace panj::app
