// SPDX-License-Identifier: Apache-2.0
#include "panj/brief/share_view.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "panj/share/assessment_stix.h"
#include "panj/share/incident_stix.h"
#include "panj/share/marking.h"
#include "panj/share/signed_version.h"

namespace panj::brief {
namespace {

using share::Json;
using share::Label;
using share::Level;
using share::SecretKey;
using share::SigningKey;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

/// The node TJ with the members KZ and KG, on 10 January 2026.
class ShareViewTest : public testing::Test {
 protected:
  ShareViewTest() {
    for (const auto& [name, key] : {std::pair("KZ", &kz_), std::pair("KG", &kg_)}) {
      ids_[name] = store_.add_member({.name = name, .key = key->public_key()}).id;
    }
    ids_["TJ"] = store_.node().id;
  }

  Label label(Level level, const std::vector<std::string>& members,
              std::set<std::string> caveats = {}) const {
    Label made{
        .level = level, .caveats = std::move(caveats), .onward = share::OnwardRelease::allowed};
    for (const std::string& member : members) made.release_to.insert(ids_.at(member));
    return made;
  }

  /// As KZ's node sends it.
  void receive(Json object, const std::optional<Label>& label) {
    object["created"] = object["modified"] = share::to_millisecond_timestamp(time_);
    object["created_by_ref"] = ids_["KZ"];
    std::vector<Json> objects;
    if (label) {
      object["object_marking_refs"] = share::marking_refs(*label);
      objects.push_back(share::label_marking(*label));
    }
    objects.push_back(share::sign_object(object, kz_));
    const auto received = store_.receive(objects, {.source = ids_["KZ"], .cursor = ""});
    ASSERT_THAT(received.refused, testing::IsEmpty());
  }
  static Json incident(int number, Date day = make_date(2025, 12, 24)) {
    return share::to_stix({.incident = {.source = "panj",
                                        .source_id = std::to_string(number),
                                        .type = event::IncidentType::infiltration,
                                        .first = day,
                                        .last = day,
                                        .place = {.name = "Shuroobod"},
                                        .deaths = {.low = 0, .best = 5, .high = 7},
                                        .note = "three crossed"}},
                          SecretKey::from_seed({1}))
        .back();
  }
  static Json finding() {
    return share::to_stix(
               {.title = "Brief",
                .area = "Border",
                .issued = make_date(2026, 1, 1),
                .findings =
                    {{.text = "It is contained", .probability = 0.7, .low = 0.6, .high = 0.8}}},
               SecretKey::from_seed({1}))
        .at(1);
  }
  SharedView view(Date issued = make_date(2026, 1, 10), std::size_t most = 100) {
    return shared_by_partners(store_, issued, most);
  }

  share::Time time_ = share::Time(make_date(2026, 1, 10)) + std::chrono::hours(12);
  SigningKey kz_ = SigningKey::from_seed({2});
  SigningKey kg_ = SigningKey::from_seed({3});
  share::Store store_{
      ":memory:", {"TJ", SigningKey::from_seed({4}), SecretKey::from_seed({5})}, [this] {
        return time_;
      }};
  std::map<std::string, std::string> ids_;
};

TEST_F(ShareViewTest, EveryLineHasItsOriginatorAndLabelAndTheBriefTheirJoin) {
  receive(incident(1), label(Level::amber, {"TJ", "KG"}));
  receive(finding(), label(Level::green, {"TJ"}, {"border"}));
  const SharedView found = view();
  ASSERT_THAT(found.items, SizeIs(2));
  EXPECT_EQ(found.items[0].date, "2026-01-10");
  EXPECT_EQ(found.items[0].originator, "KZ");
  EXPECT_EQ(found.items[0].label, "TLP:GREEN//border//REL TJ");
  EXPECT_EQ(found.items[0].text, "It is contained: 70% (90% interval 60–80%)");
  EXPECT_EQ(found.items[1].date, "2025-12-24");
  EXPECT_EQ(found.items[1].originator, "KZ");
  EXPECT_EQ(found.items[1].label, "TLP:AMBER//REL KG, TJ");
  EXPECT_EQ(found.items[1].text, "Infiltration, Shuroobod, 5 killed: three crossed");
  ASSERT_TRUE(found.label);
  EXPECT_EQ(found.label->text, "TLP:AMBER//border//REL TJ");
  EXPECT_EQ(label_of(*found.label), label(Level::amber, {"TJ"}, {"border"}));
}

TEST_F(ShareViewTest, WhatHasNoLabelIsForNobodyElse) {
  receive(incident(1), label(Level::clear, {"TJ", "KG"}));
  receive(incident(2), std::nullopt);
  const SharedView found = view();
  ASSERT_TRUE(found.label);
  EXPECT_EQ(label_of(*found.label), Label::originator_only());
  EXPECT_EQ(found.label->text, "TLP:RED//NO RELEASE//ORCON");
}

TEST_F(ShareViewTest, ShowsNothingOfItsOwnNothingRecalledAndNothingLater) {
  const Label green = label(Level::green, {"TJ", "KZ"});
  Json own = incident(9);
  own["object_marking_refs"] = share::marking_refs(green);
  store_.publish(std::vector<Json>{share::label_marking(green), own});
  EXPECT_THAT(view().items, testing::IsEmpty());
  EXPECT_FALSE(view().label);

  receive(incident(1), green);
  EXPECT_THAT(view().items, SizeIs(1));
  EXPECT_THAT(view(make_date(2026, 1, 9)).items, testing::IsEmpty()) << "not there yet";
  Json recalled = incident(1);
  time_ += std::chrono::seconds(1);
  recalled["revoked"] = true;
  recalled["created"] = share::to_millisecond_timestamp(time_ - std::chrono::seconds(1));
  recalled["modified"] = share::to_millisecond_timestamp(time_);
  recalled["created_by_ref"] = ids_["KZ"];
  recalled["object_marking_refs"] = share::marking_refs(green);
  store_.receive(std::vector<Json>{share::sign_object(recalled, kz_)},
                 {.source = ids_["KZ"], .cursor = ""});
  EXPECT_THAT(view().items, testing::IsEmpty());
}

TEST_F(ShareViewTest, ShowsTheNewestAndSaysHowManyItLeavesOut) {
  receive(incident(1, make_date(2025, 1, 1)), label(Level::red, {"TJ"}));
  receive(incident(2, make_date(2025, 3, 1)), label(Level::green, {"TJ", "KG"}));
  receive(incident(3, make_date(2025, 2, 1)), label(Level::amber, {"TJ", "KG"}));
  const SharedView found = view(make_date(2026, 1, 10), 2);
  EXPECT_THAT(found.items, ElementsAre(testing::Field(&SharedItem::date, "2025-03-01"),
                                       testing::Field(&SharedItem::date, "2025-02-01")));
  EXPECT_EQ(found.left_out, 1U);
  EXPECT_EQ(found.label->text, "TLP:AMBER//REL KG, TJ") << "of what is shown";
}

TEST_F(ShareViewTest, ALineHasTheLabelOfWhatItNames) {
  receive(incident(1), label(Level::amber, {"TJ", "KG"}, {"border"}));
  receive(share::make_opinion(incident(1)["id"], share::Agreement::agree, "",
                              SecretKey::from_seed({1})),
          label(Level::green, {"TJ", "KZ", "KG"}));
  const SharedView found = view(make_date(2026, 1, 10), 1);
  ASSERT_THAT(found.items, SizeIs(1));
  EXPECT_THAT(found.items[0].text, HasSubstr("Opinion on Infiltration, Shuroobod"));
  EXPECT_EQ(found.items[0].label, "TLP:AMBER//border//REL KG, TJ");
  EXPECT_EQ(found.label->text, "TLP:AMBER//border//REL KG, TJ");
}

TEST_F(ShareViewTest, ShowsAnObjectAsItWasOnTheDayOfIssue) {
  const Label green = label(Level::green, {"TJ"});
  receive(incident(1), green);
  Json corrected = incident(1);
  corrected["name"] = "Corrected";
  (*corrected["extensions"].begin())["deaths"]["best"] = 6;
  corrected["created"] = share::to_millisecond_timestamp(time_);
  time_ += std::chrono::days(5);
  corrected["modified"] = share::to_millisecond_timestamp(time_);
  corrected["created_by_ref"] = ids_["KZ"];
  corrected["object_marking_refs"] = share::marking_refs(green);
  const auto received = store_.receive(std::vector<Json>{share::sign_object(corrected, kz_)},
                                       {.source = ids_["KZ"], .cursor = ""});
  ASSERT_EQ(received.accepted, 1U);
  ASSERT_THAT(view(make_date(2026, 1, 12)).items, SizeIs(1));
  EXPECT_THAT(view(make_date(2026, 1, 12)).items[0].text, HasSubstr("5 killed"));
  ASSERT_THAT(view(make_date(2026, 1, 15)).items, SizeIs(1));
  EXPECT_THAT(view(make_date(2026, 1, 15)).items[0].text, HasSubstr("6 killed"));
}

TEST_F(ShareViewTest, SaysWhatOthersMadeOfAnObject) {
  const Label green = label(Level::green, {"TJ", "KG"});
  receive(incident(1), green);
  const std::string about = incident(1)["id"];
  receive(share::make_opinion(about, share::Agreement::disagree, "Another day.",
                              SecretKey::from_seed({1})),
          green);
  receive(share::to_stix({.unit = "Afghanistan",
                          .target = "deaths",
                          .model = "m",
                          .origin = Month(2025, 12),
                          .lead = 2,
                          .quantiles = {{0.05, 0}, {0.5, 12}, {0.95, 60}}},
                         SecretKey::from_seed({1}))
              .back(),
          green);
  std::string all;
  for (const SharedItem& item : view().items) all += item.text + "\n";
  EXPECT_THAT(all,
              HasSubstr("Opinion on Infiltration, Shuroobod, 2025-12-24: disagree. Another day."));
  EXPECT_THAT(all,
              HasSubstr("Forecast of deaths, Afghanistan, February 2026: median 12, 90% from 0 "
                        "to 60 (m, from December 2025)"));
}

}  // namespace
}  // namespace panj::brief
