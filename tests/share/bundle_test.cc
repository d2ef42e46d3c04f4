// SPDX-License-Identifier: Apache-2.0
#include "panj/share/bundle.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "panj/core/problem.h"
#include "panj/share/identity_card.h"
#include "panj/share/marking.h"
#include "share/world.h"

namespace panj::share {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

/// Two nodes that know each other.
class BundleTest : public testing::Test {
 protected:
  BundleTest() {
    for (auto [world, name] : {std::pair(&from_, "to"), std::pair(&to_, "from")}) {
      const SigningKey key = key_of(name);
      world->store().add_member({.name = name, .key = key.public_key(), .caveats = {"border"}},
                                make_identity_card(name, key, world->time()));
    }
    label_ = {.level = Level::green,
              .release_to = {to_.store().node().id},
              .onward = OnwardRelease::allowed};
  }
  std::string exported() { return make_bundle(from_.store(), to_.store().node().id); }
  Received take_in(const std::string& text) {
    return import_bundle(to_.store(), *read_bundle(text));
  }

  World from_{"bundle-from", "from"};
  World to_{"bundle-to", "to"};
  Label label_;
};

TEST_F(BundleTest, CarriesTheBytesThatWouldBePulled) {
  from_.publish(draft("incident", 1), label_);
  from_.publish(draft("incident", 2), Label::originator_only());
  const std::string text = exported();
  EXPECT_EQ(text, exported()) << "the same log gives the same bytes";
  const Page page = from_.store().read(to_.store().node().id, {.limit = 100});
  for (const PageEntry& entry : page.entries) EXPECT_THAT(text, HasSubstr(entry.body));
  EXPECT_THAT(text, testing::Not(HasSubstr(id_of("incident", 2))));
  const Received received = take_in(text);
  EXPECT_EQ(received.accepted, 1U);
  EXPECT_THAT(received.refused, IsEmpty());
  EXPECT_THAT(to_.seen("node"), testing::ElementsAre(id_of("incident", 1)));
  EXPECT_EQ(to_.store().verify_audit(), std::nullopt);
}

TEST_F(BundleTest, TwiceIsNoError) {
  from_.publish(draft("incident", 1), label_);
  take_in(exported());
  const Received again = take_in(exported());
  EXPECT_EQ(again.accepted, 0U);
  EXPECT_THAT(again.refused, IsEmpty());
  EXPECT_THAT(to_.seen("node"), SizeIs(1));
}

TEST_F(BundleTest, PagesTwiceOrInAnyOrderLoseAndDoubleNothing) {
  for (int i = 0; i < 30; ++i) {
    from_.pass(std::chrono::milliseconds(7));
    from_.publish(draft("incident", i % 20, {{"description", std::to_string(i)}}), label_);
  }
  std::vector<Json> objects = read_bundle(exported())->objects;
  std::mt19937 random(1);
  for (int round = 0; round < 6; ++round) {
    std::shuffle(objects.begin(), objects.end(), random);
    const auto half = static_cast<std::ptrdiff_t>(objects.size() / 2);
    to_.store().receive(std::vector<Json>(objects.begin(), objects.begin() + half),
                        {.source = "x", .cursor = "1"});
    if (round == 2) to_.reopen();
  }
  to_.store().receive(objects, {.source = "x", .cursor = "2"});
  EXPECT_EQ(to_.store().cursor("x"), "2");
  EXPECT_THAT(to_.seen("node"), SizeIs(20));
  EXPECT_THAT(to_.seen("node", {.versions = {"all"}}), SizeIs(30));
  const Page page = to_.page("node", {.query = {.ids = {id_of("incident", 5)}}});
  EXPECT_EQ((*parse_json(page.entries.at(0).body))["description"], "25");
  EXPECT_EQ(to_.store().verify_audit(), std::nullopt);
}

TEST_F(BundleTest, AMarkingThatComesAfterItsObjectCounts) {
  label_.release_to.insert(to_.id("KZ"));
  from_.publish(draft("incident", 1), label_);
  std::vector<Json> objects = read_bundle(exported())->objects;
  std::reverse(objects.begin(), objects.end());
  to_.store().receive(objects, {.source = "x"});
  EXPECT_THAT(to_.seen("KZ"), testing::ElementsAre(id_of("incident", 1)));
  EXPECT_EQ(to_.store().verify_audit(), std::nullopt);
}

TEST_F(BundleTest, AnObjectThatCameWithoutItsMarkingGetsItsLabelWhenItComesAgain) {
  label_.release_to.insert(to_.id("KZ"));
  from_.publish(draft("incident", 1), label_);
  from_.pass(std::chrono::seconds(1));
  from_.publish(draft("incident", 1, {{"description", "again"}}), label_);
  std::vector<Json> objects = read_bundle(exported())->objects;
  std::erase_if(objects, [](const Json& json) { return json["type"] == "marking-definition"; });
  to_.store().receive(objects, {.source = "x"});
  EXPECT_THAT(to_.seen("KZ"), IsEmpty());
  to_.store().receive(objects, {.source = "x"});
  EXPECT_THAT(to_.seen("KZ"), IsEmpty()) << "it is still not known what the label says";
  const Received received = take_in(exported());
  EXPECT_EQ(received.accepted, 0U);
  EXPECT_THAT(to_.seen("KZ", {.versions = {"all"}}), SizeIs(2));
  EXPECT_THAT(to_.seen("TJ"), IsEmpty());
  EXPECT_EQ(to_.store().verify_audit(), std::nullopt);
}

TEST_F(BundleTest, AMarkingThatOnlyLooksLikeALabelIsRefused) {
  Json marking = label_marking(label_);
  marking["id"] = id_of("marking-definition", 1);
  const Received received = to_.store().receive(std::vector<Json>{marking}, {.source = "x"});
  ASSERT_THAT(received.refused, SizeIs(1));
  EXPECT_THAT(received.refused[0].message, HasSubstr("not the marking that its label makes"));
  const Status status = to_.store().put(to_.id("KZ"), std::vector<Json>{marking});
  ASSERT_THAT(status.failures, SizeIs(1));
  EXPECT_EQ(status.failures[0].message, received.refused[0].message);
}

TEST_F(BundleTest, ChangedObjectsAreRefused) {
  from_.publish(draft("incident", 1), label_);
  std::string text = exported();
  std::vector<Json> objects = read_bundle(text)->objects;
  text.replace(text.find("Incident 1"), 10, "Incident 9");
  EXPECT_FALSE(read_bundle(text));
  for (Json& object : objects) {
    if (object["type"] == "incident") object["name"] = "Incident 9";
  }
  const Received received = to_.store().receive(objects, {.source = "x", .cursor = "1"});
  EXPECT_EQ(received.accepted, 0U);
  ASSERT_THAT(received.refused, SizeIs(1));
  EXPECT_THAT(received.refused[0].message, HasSubstr("signature"));
}

/// Each object on its own would be right.
TEST_F(BundleTest, ACutWidenedOrReorderedBundleIsRefused) {
  for (int i = 0; i < 3; ++i) from_.publish(draft("incident", i), label_);
  const Json whole = Json::parse(exported());
  ASSERT_TRUE(read_bundle(whole.dump()));
  Json cut = whole;
  cut["objects"].erase(cut["objects"].size() - 1);
  Json emptied = whole;
  emptied.erase("objects");
  Json widened = whole;
  widened["objects"].push_back(whole["objects"][0]);
  Json reordered = whole;
  std::swap(reordered["objects"][0], reordered["objects"][1]);
  for (const Json& bundle : {cut, emptied, widened, reordered}) {
    const auto read = read_bundle(bundle.dump());
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().field, "objects");
    EXPECT_THAT(read.error().what, HasSubstr("signed for"));
  }
}

/// Nor can a part pass for the whole, or go with another bundle's checkpoint.
TEST_F(BundleTest, WhatTheNodeSaysOfABundleIsOfThisBundleOnly) {
  from_.publish(draft("incident", 1), label_);
  const Json first = Json::parse(exported());
  from_.pass(std::chrono::seconds(1));
  const Time between = from_.time();
  from_.pass(std::chrono::seconds(1));
  from_.publish(draft("incident", 2), label_);
  const Json part = Json::parse(make_bundle(from_.store(), to_.store().node().id, between));
  EXPECT_EQ(part["panj_contents"]["since"], to_timestamp(between));
  ASSERT_TRUE(read_bundle(part.dump()));
  Json as_whole = part;
  as_whole["panj_contents"]["since"] = "";
  Json older = first;
  older["panj_checkpoint"] = part["panj_checkpoint"];
  Json unsigned_contents = first;
  unsigned_contents["panj_contents"].erase("signature");
  Json without = first;
  without.erase("panj_contents");
  for (const Json& bundle : {as_whole, older, unsigned_contents, without}) {
    const auto read = read_bundle(bundle.dump());
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().field, "panj_contents");
  }
}

TEST_F(BundleTest, ForAnotherOrFromAStrangerIsRefused) {
  from_.publish(draft("incident", 1), label_);
  const auto for_kz = read_bundle(make_bundle(from_.store(), from_.id("KZ")));
  EXPECT_THROW(import_bundle(to_.store(), *for_kz), InvalidInput);
  World stranger("bundle-stranger", "stranger");
  const SigningKey key = key_of("to");
  stranger.store().add_member({.name = "to", .key = key.public_key()});
  const auto bundle = read_bundle(make_bundle(stranger.store(), to_.store().node().id));
  EXPECT_THROW(import_bundle(to_.store(), *bundle), InvalidInput);
}

TEST_F(BundleTest, WhatIsNoBundleIsRefused) {
  from_.publish(draft("incident", 1), label_);
  std::string cut = exported();
  cut.resize(cut.size() / 2);
  std::string other_checkpoint = exported();
  const std::size_t at = other_checkpoint.find("\"sequence\":") + 11;
  other_checkpoint[at] = other_checkpoint[at] == '1' ? '2' : '1';
  for (const std::string& text : {std::string(), std::string("{}"),
                                  std::string(R"({"type":"bundle"})"), cut, other_checkpoint}) {
    EXPECT_FALSE(read_bundle(text));
  }
}

TEST_F(BundleTest, ARecallTravelsAndComesBackAsAReceipt) {
  from_.publish(draft("incident", 1), label_);
  take_in(exported());
  from_.pass(std::chrono::seconds(1));
  from_.store().recall(id_of("incident", 1));
  const Received received = take_in(exported());
  EXPECT_THAT(received.recalled, testing::ElementsAre(id_of("incident", 1)));
  EXPECT_EQ(received.withdrawn, 1U);
  EXPECT_EQ(received.accepted, 0U) << "a recall is nothing new to read";
  const Page page = to_.page("node", {.query = {.ids = {id_of("incident", 1)}}});
  ASSERT_THAT(page.entries, testing::Not(IsEmpty()));
  EXPECT_EQ((*parse_json(page.entries.back().body))["revoked"], true);
}

TEST_F(BundleTest, ALabelThatIsTakenBackWithdrawsWhatTheNodeHadSent) {
  from_.publish(draft("incident", 1), label_);
  take_in(exported());
  from_.pass(std::chrono::seconds(1));
  from_.store().relabel(id_of("incident", 1), Label::originator_only());
  take_in(exported());
  const Page page = to_.page("node", {.query = {.ids = {id_of("incident", 1)}}});
  ASSERT_THAT(page.entries, testing::Not(IsEmpty()));
  EXPECT_EQ((*parse_json(page.entries.back().body))["revoked"], true);
}

}  // namespace
}  // namespace panj::share
