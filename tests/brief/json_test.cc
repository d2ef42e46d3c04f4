// SPDX-License-Identifier: Apache-2.0
#include "panj/brief/json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "panj/core/problem.h"

namespace panj::brief {
namespace {

BriefContent example() {
  BriefContent content;
  content.meta.title = "A border";
  content.incidents.push_back({.id = "I1", .date = "2024-11", .deaths = std::nullopt});
  content.incidents.push_back({.id = "I2", .km = 12.5, .deaths = 0, .at = Position{69.5, 37.5}});
  content.records.push_back({.name = "X", .first = "2024-01", .deaths = {0.0, std::nullopt, 2.0}});
  content.label = {.text = "TLP:RED", .level = "red", .release_to = {"identity--1"}};
  content.skill.windows.push_back({.year = 2021, .scores = {{"zero", {1.5, 0.9}}}});
  content.skill.calibration = Calibration{.cells = 12,
                                          .reference = "conflictology-12",
                                          .reliability = {{25, {{0.1, 0.0, 12}}}},
                                          .pit = {1, 1}};
  content.skill.by_lead = {{.lead = 1, .cells = 12, .skill = 5.5, .low = -1, .high = 9},
                           {.lead = 2, .cells = 11, .skill = 4, .low = {}, .high = {}}};
  content.moves.push_back({.unit = "X", .first = "2024-05", .median_now = 2.5});
  return content;
}

TEST(BriefJson, ReadsBackWhatItWrote) {
  const auto json = to_json(example());
  EXPECT_EQ(to_json(read_brief(json.dump())), json);
}

TEST(BriefJson, NamesMembersAsTheSchemaDoes) {
  BriefContent content = example();
  content.bottom_line = {{.text = "It rains.", .probability = 0.68, .low = 0.57, .high = 0.78}};
  const auto json = to_json(content);
  EXPECT_EQ(json.at("bottomLine")[0], (nlohmann::json{{"text", "It rains."},
                                                      {"p", 0.68},
                                                      {"lo", 0.57},
                                                      {"hi", 0.78},
                                                      {"conf", ""},
                                                      {"def", ""},
                                                      {"word", "likely"}}));
  EXPECT_TRUE(json.at("meta").contains("lengthKm"));
  EXPECT_EQ(json.at("label").at("releaseTo")[0], "identity--1");
  EXPECT_EQ(json.at("skill").at("byLead")[1],
            (nlohmann::json{
                {"lead", 2}, {"cells", 11}, {"skill", 4.0}, {"low", nullptr}, {"high", nullptr}}));
  EXPECT_TRUE(json.at("skill").at("windows")[0].at("scores").contains("zero"));
}

TEST(BriefJson, KeepsUnknownApartFromZero) {
  const auto json = to_json(example());
  EXPECT_TRUE(json.at("incidents")[0].at("deaths").is_null());
  EXPECT_EQ(json.at("incidents")[1].at("deaths"), 0);
  EXPECT_TRUE(json.at("records")[0].at("deaths")[1].is_null());
  EXPECT_EQ(json.at("schema"), "panj.brief/1");
}

TEST(BriefJson, NamesTheOtherSchema) {
  auto json = to_json(example());
  json["meta"]["schema"] = "panj.brief/9";
  try {
    read_brief(json.dump());
    FAIL();
  } catch (const InvalidInput& error) {
    EXPECT_THAT(error.what(), testing::HasSubstr("panj.brief/9"));
  }
}

TEST(BriefJson, NamesTheMissingMember) {
  auto json = to_json(example());
  json.erase("stretches");
  try {
    read_brief(json.dump());
    FAIL();
  } catch (const InvalidInput& error) {
    EXPECT_THAT(error.what(), testing::HasSubstr("stretches"));
  }
  EXPECT_THROW(read_brief("{"), InvalidInput);
}

}  // namespace
}  // namespace panj::brief
