// SPDX-License-Identifier: Apache-2.0
#include "panj/explore/theatre_study.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "explore/tables.h"
#include "panj/core/file.h"
#include "panj/core/manifest.h"
#include "paths.h"

namespace panj::explore {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;

TheatreStudy study_with(const std::vector<std::string>& outcomes) {
  return {theatre::read_theatre(test::source_path("theatres/tajik-afghan/theatre.toml")),
          {.futures = 1, .replicates = 1, .packages = {"P0"}, .outcomes = outcomes}};
}

TEST(TheatreStudy, KeepsOutcomesByTimeTypeAndStretch) {
  const TheatreStudy study = study_with({"attempts", "stretch_reported", "worst_incident"});
  const auto& outcomes = study.experiment().outcomes;
  std::vector<std::string> seen;
  for (std::size_t o = outcomes.size() - 3; o < outcomes.size(); ++o) {
    std::string text = outcomes[o].name;
    for (const auto& dimension : outcomes[o].dimensions) text += " " + dimension.name;
    seen.push_back(text);
  }
  EXPECT_THAT(seen, ElementsAre("attempts time type", "stretch_reported stretch",
                                "worst_incident_by_time time"));
  EXPECT_THAT(outcomes.back().dimensions[0].coordinates,
              ElementsAre(2022, 2023, 2024, 2025, 2026, 2027, 2028, 2029, 2030));
  EXPECT_EQ(outcomes.back().cells(), 9U);
}

TEST(TheatreStudy, RefusesWhatIsAskedForTwiceOrUnknown) {
  EXPECT_THAT(problems_of([] {
                study_with({"attempts", "attempts"});
              }),
              HasSubstr("'attempts' is given twice"));
  EXPECT_THAT(problems_of([] { study_with({"attemps"}); }), HasSubstr("did you mean 'attempts'?"));
}

TEST(TheatreStudy, RefusesMoreRunsThanThereIsLuckFor) {
  const auto theatre =
      theatre::read_theatre(test::source_path("theatres/tajik-afghan/theatre.toml"));
  EXPECT_THAT(problems_of([&] {
                TheatreStudy(theatre, {.futures = (1U << 22) + 1, .replicates = 1U << 10});
              }),
              HasSubstr("of 1024 for each of 4194305 futures are too many"));
}

TEST(TheatreStudy, IsAnotherWhenABorderLineIsAnother) {
  const fs::path folder = fs::path(testing::TempDir()) / "theatre_study_border";
  fs::remove_all(folder);
  fs::copy(test::source_path("theatres/tajik-afghan"), folder, fs::copy_options::recursive);
  const auto identity = [&] {
    return TheatreStudy(theatre::read_theatre(folder), {.futures = 1, .replicates = 1})
        .experiment()
        .identity;
  };
  const std::string before = identity();
  EXPECT_EQ(identity(), before);
  EXPECT_THAT(before, HasSubstr(version()));
  const fs::path line = theatre::read_theatre(folder).border.line_files.front();
  write_file(line, read_file(line) + "\n");
  EXPECT_NE(identity(), before);
}

}  // namespace
}  // namespace panj::explore
