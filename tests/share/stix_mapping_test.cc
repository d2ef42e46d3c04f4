// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "panj/share/assessment_stix.h"
#include "panj/share/canonical.h"
#include "panj/share/incident_stix.h"
#include "panj/share/stix_object.h"
#include "share/random_incident.h"

namespace panj::share {
namespace {

const SecretKey& ids() {
  static const SecretKey key = SecretKey::from_seed({7});
  return key;
}

Json through_the_wire(const Json& object) {
  return *parse_json(canonical_json(object));
}

TEST(IncidentStix, KeepsEverything) {
  std::mt19937 random(1);
  for (int i = 0; i < 2000; ++i) {
    const SharedIncident shared = random_incident(random);
    const std::vector<Json> objects = to_stix(shared, ids());
    const auto read = read_incident(through_the_wire(objects.back()));
    ASSERT_TRUE(read) << to_string(read.error()) << objects.back();
    ASSERT_EQ(*read, shared) << objects.back();
  }
}

TEST(IncidentStix, MapsCredibilityToConfidence) {
  EXPECT_EQ(confidence_of(1), 90);
  EXPECT_EQ(confidence_of(2), 70);
  EXPECT_EQ(confidence_of(3), 50);
  EXPECT_EQ(confidence_of(4), 30);
  EXPECT_EQ(confidence_of(5), 10);
  EXPECT_EQ(confidence_of(6), std::nullopt);
  EXPECT_EQ(confidence_of(std::nullopt), std::nullopt);
  SharedIncident shared{.incident = {.source = "panj", .source_id = "1", .credibility = 6}};
  EXPECT_FALSE(to_stix(shared, ids()).back().contains("confidence"));
  shared.incident.credibility = 2;
  shared.incident.reliability = 'B';
  const Json object = to_stix(shared, ids()).back();
  EXPECT_EQ(object["confidence"], 70);
  EXPECT_EQ(read_incident(object)->incident.reliability, 'B');
}

TEST(IncidentStix, IdsDependOnTheSourceAndTheSecret) {
  const SharedIncident one{.incident = {.source = "panj", .source_id = "1"}};
  SharedIncident revised = one;
  revised.incident.deaths.high = 5;
  const SharedIncident two{.incident = {.source = "panj", .source_id = "2"}};
  const auto id = [](const SharedIncident& shared, const SecretKey& key) {
    return to_stix(shared, key).back()["id"].get<std::string>();
  };
  EXPECT_EQ(id(one, ids()), id(revised, ids()));
  EXPECT_NE(id(one, ids()), id(two, ids()));
  EXPECT_NE(id(one, ids()), id(one, SecretKey::from_seed({8})));
  EXPECT_TRUE(is_stix_id(id(one, ids())));
}

TEST(IncidentStix, NamesTheFieldAtFault) {
  std::mt19937 random(2);
  const Json good = to_stix(random_incident(random), ids()).back();
  const std::string extension = good["extensions"].begin().key();
  const auto fault_after = [&](const char* field, const Json& value) {
    Json bad = good;
    bad["extensions"][extension][field] = value;
    const auto read = read_incident(bad);
    return read ? "" : read.error().field;
  };
  EXPECT_EQ(fault_after("first_day", "2024-02-30"), "first_day");
  EXPECT_EQ(fault_after("incident_type", "party"), "incident_type");
  EXPECT_EQ(fault_after("credibility", 1.5), "credibility");
  EXPECT_EQ(fault_after("reliability", "Z"), "reliability");
  EXPECT_EQ(fault_after("source_id", ""), "source_id");
  EXPECT_EQ(fault_after("deaths", Json::object()), "low");
  EXPECT_EQ(fault_after("place", 5), "place");
  EXPECT_FALSE(read_incident(Json::array()));
  EXPECT_FALSE(read_incident({{"type", "incident"}}));
}

TEST(ForecastStix, KeepsEverything) {
  const SharedForecast forecast{.unit = "Afghanistan",
                                .target = "deaths_best",
                                .model = "conflictology-12",
                                .origin = Month(2024, 4),
                                .lead = 3,
                                .quantiles = {{0.05, 0.0}, {0.5, 12.25}, {0.95, 1234.5}},
                                .chances = {{1, 0.875}, {25, 0.1}},
                                .mean = 0.1 + 0.2,
                                .note = "learnt from 191 countries",
                                .seed = 18'446'744'073'709'551'615U};
  const auto objects = to_stix(forecast, ids());
  const auto read = read_forecast(through_the_wire(objects.back()));
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_EQ(*read, forecast);
}

TEST(ForecastStix, KeepsEverythingOfAnyForecast) {
  std::mt19937 random(1);
  std::uniform_real_distribution<double> size(-30.0, 30.0);
  const auto any = [&] { return std::exp(size(random)); };
  for (int i = 0; i < 1000; ++i) {
    SharedForecast forecast{.unit = "Хатлон \"east\"",
                            .target = "deaths",
                            .model = "m",
                            .origin = Month(1990, 1) + static_cast<int>(random() % 600),
                            .lead = 1 + static_cast<int>(random() % 36),
                            .seed = random()};
    for (double level = 0.1, value = 0.0; level < 1.0; level += 0.1) {
      forecast.quantiles.emplace_back(level, value += any());
    }
    if (random() % 2 == 0) forecast.mean = any();
    const auto read = read_forecast(through_the_wire(to_stix(forecast, ids()).back()));
    ASSERT_TRUE(read) << to_string(read.error());
    ASSERT_EQ(*read, forecast);
  }
}

TEST(ForecastStix, NamesTheFieldAtFault) {
  const Json good = to_stix({.unit = "A", .target = "t", .model = "m"}, ids()).back();
  ASSERT_TRUE(read_forecast(good));
  const auto fault_after = [&](const char* field, const Json& value) {
    Json bad = good;
    (*bad["extensions"].begin())[field] = value;
    const auto read = read_forecast(bad);
    return read ? "" : read.error().field;
  };
  EXPECT_EQ(fault_after("quantiles", {{0.5, 2.0}, {0.4, 3.0}}), "quantiles");
  EXPECT_EQ(fault_after("quantiles", {{0.5, 2.0}, {0.6, 1.0}}), "quantiles");
  EXPECT_EQ(fault_after("quantiles", Json::parse("[[1.5, 2]]")), "quantiles");
  EXPECT_EQ(fault_after("quantiles", Json::parse("[[0.5]]")), "quantiles");
  EXPECT_EQ(fault_after("chances", {{1, 0.5}, {25, 0.6}}), "chances");
  EXPECT_EQ(fault_after("chances", Json::parse("[[1, 1.5]]")), "chances");
  EXPECT_EQ(fault_after("mean", "3"), "mean");
  EXPECT_EQ(fault_after("seed", "3x"), "seed");
  EXPECT_EQ(fault_after("lead", 1.5), "lead");
}

TEST(BriefStix, KeepsEverything) {
  const SharedBrief brief{.title = "Tajik–Afghan border",
                          .area = "Tajik–Afghan border",
                          .issued = make_date(2026, 5, 1),
                          .findings = {{.text = "Likely contained",
                                        .probability = 0.625,
                                        .low = 0.5,
                                        .high = 0.75,
                                        .confidence = "Moderate.",
                                        .definition = "At or below the mean."},
                                       {.text = "Unlikely a second", .probability = 0.25}}};
  std::vector<Json> objects;
  for (const Json& object : to_stix(brief, ids())) objects.push_back(through_the_wire(object));
  const auto read = read_brief(objects.back(), objects);
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_EQ(*read, brief);
}

TEST(OtherStix, WhatOthersAddIsReadByTheStrictReader) {
  const std::string incident = "incident--11111111-2222-4333-8444-555555555555";
  const Time time = Time(make_date(2026, 1, 1));
  for (const Json& object :
       {make_opinion(incident, Agreement::disagree, "Another place.", ids()),
        make_sighting(incident, time, time, 2, ids()), make_note({incident}, "Seen too.", ids()),
        make_relationship(incident, "related-to", incident, ids()),
        make_grouping("A night", {incident}, ids())}) {
    Json complete = object;
    complete["created"] = complete["modified"] = to_millisecond_timestamp(time);
    const auto stix = read_stix_object(complete);
    ASSERT_TRUE(stix) << to_string(stix.error());
    EXPECT_THAT(stix->refers_to, testing::ElementsAre(incident));
  }
}

}  // namespace
}  // namespace panj::share
