// SPDX-License-Identifier: Apache-2.0
// What went wrong in other programs, one test each.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "panj/core/problem.h"
#include "panj/share/detail/database.h"
#include "panj/share/marking.h"
#include "panj/share/tombstone.h"
#include "share/world.h"

namespace panj::share {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

class Lesson : public testing::Test {
 protected:
  World world_{"lesson"};
  Store& store() { return world_.store(); }

  std::string everything_seen_by(const std::string& member) {
    std::string text;
    const Page page = world_.page(member, {.query = {.versions = {"all"}}, .limit = 1000});
    for (const PageEntry& entry : page.entries) text += entry.body;
    return text;
  }
  static Json relationship(int number, const std::string& source, const std::string& target) {
    return draft(
        "relationship", number,
        {{"relationship_type", "related-to"}, {"source_ref", source}, {"target_ref", target}});
  }
};

TEST_F(Lesson, AHiddenRelationIsNotVisibleInADerivedView) {
  const Label all = world_.label({"KZ", "KG"});
  world_.publish(draft("incident", 1), all);
  world_.publish(draft("incident", 2), world_.label({"KG"}));
  world_.publish(relationship(1, id_of("incident", 1), id_of("incident", 2)), all);
  world_.publish(draft("grouping", 1,
                       {{"context", "unspecified"},
                        {"object_refs", {id_of("incident", 1), id_of("incident", 2)}}}),
                 all);
  EXPECT_THAT(world_.seen("KG"), SizeIs(4));
  EXPECT_THAT(world_.seen("KZ"), ElementsAre(id_of("incident", 1)));
  EXPECT_THAT(everything_seen_by("KZ"), Not(HasSubstr(id_of("incident", 2))));
}

TEST_F(Lesson, HistoryDoesNotRevealARedName) {
  world_.publish(draft("incident", 1, {{"name", "Source in Kunduz"}}), Label::originator_only());
  world_.pass(std::chrono::seconds(1));
  world_.publish(draft("incident", 1, {{"name", "Incident"}}), world_.label({"KZ"}));
  EXPECT_THAT(world_.seen("KZ", {.versions = {"all"}}), SizeIs(1));
  EXPECT_THAT(world_.seen("KZ", {.versions = {"first"}}), SizeIs(1));
  EXPECT_THAT(everything_seen_by("KZ"), Not(HasSubstr("Kunduz")));
}

TEST_F(Lesson, CountsAndPagesDoNotIncludeWhatIsRestricted) {
  const std::size_t before = world_.seen_ids("KZ").size();
  for (int i = 0; i < 50; ++i) world_.publish(draft("incident", i), world_.label({"KG"}));
  EXPECT_EQ(world_.seen_ids("KZ").size(), before);
  world_.publish(draft("incident", 51), world_.label({"KZ"}));
  const Page page = world_.page("KZ", {.query = {.types = {"incident"}}, .limit = 1});
  EXPECT_THAT(page.entries, SizeIs(1));
  EXPECT_FALSE(page.has_more);
  EXPECT_EQ(page.next, "");
}

TEST_F(Lesson, HoldingOneOfSeveralMarkingsDoesNotSuffice) {
  const Label one = world_.label({"KZ", "KG"});
  const Label other = world_.label({"KG"});
  Json object = draft("incident", 1);
  object["object_marking_refs"] = {marking_refs(one)[1], marking_refs(other)[1]};
  const std::vector<Json> objects = {label_marking(one), label_marking(other), object};
  store().publish(objects);
  EXPECT_THAT(world_.seen("KZ"), IsEmpty());
  EXPECT_THAT(world_.seen("KG"), SizeIs(1));
}

TEST_F(Lesson, NoFilterCorrelatesWithHiddenAttributes) {
  world_.publish(draft("incident", 1), world_.label({"KZ"}));
  const Time secret_time = world_.time() + std::chrono::seconds(5);
  world_.pass(std::chrono::seconds(5));
  world_.publish(draft("incident", 2), world_.label({"KG"}));
  world_.publish(
      draft("opinion", 1, {{"opinion", "disagree"}, {"object_refs", {id_of("incident", 1)}}}),
      world_.label({"KG"}));
  EXPECT_THAT(world_.seen("KZ", {.versions = {to_timestamp(secret_time)}}), IsEmpty());
  EXPECT_THAT(world_.seen("KZ", {.types = {"opinion"}}), IsEmpty());
  EXPECT_THAT(world_.seen("KZ", {.added_after = secret_time - std::chrono::seconds(1)}), IsEmpty());
  EXPECT_FALSE(store().has_object(world_.id("KZ"), id_of("incident", 2)));
  EXPECT_FALSE(store().has_object(world_.id("KZ"), id_of("incident", 3)));
}

TEST_F(Lesson, AForeignNextTokenIsNotTaken) {
  for (int i = 0; i < 5; ++i) world_.publish(draft("incident", i), world_.label({"KZ", "KG"}));
  const Page page = world_.page("KG", {.limit = 2});
  ASSERT_TRUE(page.has_more);
  EXPECT_THROW(world_.page("KZ", {.limit = 2, .next = page.next}), BadRequest);
  EXPECT_THROW(world_.page("KG", {.query = {.types = {"incident"}}, .limit = 2, .next = page.next}),
               BadRequest);
  EXPECT_THROW(world_.page("KG", {.limit = 2, .next = page.next, .content = Content::manifest}),
               BadRequest);
  EXPECT_THROW(world_.page("KG", {.limit = 2, .next = page.next + "A"}), BadRequest);
  EXPECT_NO_THROW(world_.page("KG", {.limit = 2, .next = page.next}));
  Member member = world_.member("KG");
  member.clearance = Level::green;
  store().change_member(member);
  EXPECT_THROW(world_.page("KG", {.limit = 2, .next = page.next}), BadRequest) << "rights changed";
}

TEST_F(Lesson, ARetriedPageSkipsNothing) {
  for (int i = 0; i < 9; ++i) world_.publish(draft("incident", i), world_.label({"KZ"}));
  std::vector<std::string> ids;
  PageRequest request{.query = {.types = {"incident"}}, .limit = 2};
  for (;;) {
    const Page page = world_.page("KZ", request);
    const Page again = world_.page("KZ", request);
    ASSERT_EQ(page.entries.size(), again.entries.size());
    ASSERT_EQ(page.next, again.next);
    for (const PageEntry& entry : page.entries) ids.push_back(entry.id);
    if (!page.has_more) break;
    request.next = page.next;
  }
  EXPECT_THAT(ids, SizeIs(9));
  EXPECT_THAT(std::set<std::string>(ids.begin(), ids.end()), SizeIs(9));
}

TEST_F(Lesson, AFailedBatchIsNotPartlyStored) {
  const Label label = world_.label({"KZ"});
  const Json good = draft("incident", 1, {{"object_marking_refs", marking_refs(label)}});
  const Json bad = draft("incident", 2, {{"object_marking_refs", "none"}});
  const std::vector<Json> batch = {label_marking(label), good, bad};
  EXPECT_THROW(store().publish(batch), InvalidInput);
  EXPECT_THAT(world_.seen("node"), IsEmpty());
  EXPECT_EQ(store().verify_audit(), std::nullopt);
}

TEST_F(Lesson, APostSaysOfEachObjectWhatBecameOfIt) {
  auto objects = world_.sent_by("TJ", draft("incident", 1), world_.label({"KZ"}));
  objects.push_back({{"id", "incident--x"}});
  const Status status = store().put(world_.id("TJ"), objects);
  EXPECT_THAT(status.successes, SizeIs(2));
  ASSERT_THAT(status.failures, SizeIs(1));
  EXPECT_EQ(status.failures[0].id, "incident--x");
  EXPECT_EQ(status.to_json()["total_count"], 3);
}

TEST_F(Lesson, NobodyOverwritesOrDeletesAnothersObject) {
  const Label label = world_.label({"KZ", "KG"});
  world_.post("TJ", draft("incident", 1), label);
  world_.pass(std::chrono::seconds(1));
  const Status status = world_.post("KZ", draft("incident", 1, {{"name", "Taken over"}}), label);
  EXPECT_THAT(status.failures, SizeIs(1));
  EXPECT_EQ(store().erase(world_.id("KZ"), id_of("incident", 1)), Erasure::forbidden);
  EXPECT_THAT(everything_seen_by("KG"), Not(HasSubstr("Taken over")));
  EXPECT_THROW(store().relabel(id_of("incident", 1), label), InvalidInput);
  EXPECT_THROW(store().recall(id_of("incident", 1)), InvalidInput);
}

TEST_F(Lesson, AGuessedIdOfAHiddenObjectNeitherBlocksNorTells) {
  world_.post("TJ", draft("incident", 1), world_.label({"KG"}));
  world_.pass(std::chrono::seconds(1));
  const Status status =
      world_.post("KZ", draft("incident", 1, {{"name", "By KZ"}}), world_.label({"TJ"}));
  EXPECT_THAT(status.failures, IsEmpty());
  EXPECT_THAT(world_.seen("KZ"), SizeIs(1));
  EXPECT_THAT(everything_seen_by("KG"), Not(HasSubstr("By KZ")));
  EXPECT_THAT(everything_seen_by("TJ"), Not(HasSubstr("By KZ"))) << "an id is whose it was first";
}

TEST_F(Lesson, EqualTimesNeitherLoseNorLoop) {
  constexpr int kObjects = 300;
  for (int i = 0; i < kObjects; ++i) world_.publish(draft("incident", i), world_.label({"KZ"}));
  std::vector<std::string> ids;
  Query query{.types = {"incident"}};
  for (int pages = 0; pages < kObjects; ++pages) {
    const Page page = world_.page("KZ", {.query = query, .limit = 7});
    if (page.entries.empty()) break;
    for (const PageEntry& entry : page.entries) ids.push_back(entry.id);
    query.added_after = page.entries.back().date_added;
  }
  EXPECT_THAT(ids, SizeIs(kObjects));
  EXPECT_THAT(std::set<std::string>(ids.begin(), ids.end()), SizeIs(kObjects));
}

TEST_F(Lesson, AClockThatGoesBackADayLosesNothing) {
  world_.publish(draft("incident", 1), world_.label({"KZ"}));
  const Time read_up_to = world_.page("KZ").entries.back().date_added;
  world_.pass(-std::chrono::hours(24));
  world_.publish(draft("incident", 2), world_.label({"KZ"}));
  EXPECT_THAT(world_.seen("KZ", {.added_after = read_up_to}), ElementsAre(id_of("incident", 2)));
}

TEST_F(Lesson, DeletionsAreSynchronised) {
  world_.post("TJ", draft("incident", 1), world_.label({"KZ"}));
  const Time read_up_to = world_.page("KZ").entries.back().date_added;
  world_.pass(std::chrono::seconds(1));
  store().erase(world_.id("TJ"), id_of("incident", 1));
  const Page page = world_.page("KZ", {.query = {.added_after = read_up_to}});
  ASSERT_THAT(page.entries, SizeIs(1));
  EXPECT_EQ((*parse_json(page.entries[0].body))["revoked"], true);
}

TEST_F(Lesson, AnOrganisationCannotBeSpoofed) {
  const Label label = world_.label({"KG"});
  Json spoofed = draft("incident", 1,
                       {{"created", "2026-01-01T00:00:00.000Z"},
                        {"modified", "2026-01-01T00:00:00.000Z"},
                        {"created_by_ref", world_.id("TJ")},
                        {"object_marking_refs", marking_refs(label)}});
  const std::vector<Json> by_field = {label_marking(label), sign_object(spoofed, key_of("KZ"))};
  EXPECT_THAT(store().put(world_.id("KZ"), by_field).failures, SizeIs(1));
  const std::vector<Json> by_relay = {label_marking(label), sign_object(spoofed, key_of("TJ"))};
  EXPECT_THAT(store().put(world_.id("KZ"), by_relay).failures, SizeIs(1)) << "not the sender's own";
  EXPECT_THAT(store().receive(by_field, {.source = "https://kz.example", .cursor = "1"}).refused,
              SizeIs(1));
  const Received received =
      store().receive(by_relay, {.source = "https://kz.example", .cursor = "2"});
  EXPECT_EQ(received.accepted, 1U) << "signed by TJ, whoever carries it";
  EXPECT_THAT(world_.seen("KG"), SizeIs(1));
}

/// What has another's id, and comes first, would be taken for the other's: an id is whose it was
/// first.
TEST_F(Lesson, AnIdentityOrMarkingOfAnotherIsNotSlippedIn) {
  const Label to_kg = world_.label({"KG"});
  const Label label = world_.label({"KG"}, Level::amber, {"border"});
  const std::string marking = marking_refs(label)[1];
  const std::vector<Json> forged = {
      draft("identity", 1,
            {{"id", world_.id("TJ")}, {"name", "forged"}, {"identity_class", "organization"}}),
      draft("marking-definition", 1,
            {{"id", marking},
             {"name", "forged"},
             {"definition_type", "statement"},
             {"definition", {{"statement", "forged"}}}}),
      draft("extension-definition", 1,
            {{"id", std::string(kReceiptExtension)},
             {"name", "forged"},
             {"schema", "forged"},
             {"version", "1.0"},
             {"extension_types", {"property-extension"}}})};
  for (const Json& object : forged) {
    EXPECT_THAT(world_.post("KZ", object, to_kg).failures, IsEmpty())
        << "who is a member is hidden";
  }
  world_.post("TJ", draft("incident", 1), label);
  EXPECT_THAT(everything_seen_by("KG"), Not(HasSubstr("forged")));
  EXPECT_THAT(world_.seen("KG"), ElementsAre(id_of("incident", 1)));
  const Page page = world_.page("KG", {.query = {.ids = {world_.id("TJ"), marking}}});
  ASSERT_THAT(page.entries, SizeIs(2));
  EXPECT_THAT(everything_seen_by("KG"), HasSubstr(label_marking(label)["name"].get<std::string>()));
  EXPECT_EQ(store().verify_audit(), std::nullopt);
}

/// Nothing is cut out of an object, as its signature would not hold: who may know less gets
/// another.
TEST_F(Lesson, ATearLineIsAnObjectOfItsOwn) {
  const Label all = world_.label({"KZ", "KG"});
  world_.publish(draft("incident", 1, {{"description", "by a source in Kunduz"}}),
                 world_.label({"KG"}));
  world_.publish(draft("incident", 2, {{"description", "by a partner"}}), all);
  world_.publish(draft("relationship", 1,
                       {{"relationship_type", "derived-from"},
                        {"source_ref", id_of("incident", 2)},
                        {"target_ref", id_of("incident", 1)}}),
                 all);
  EXPECT_THAT(world_.seen("KZ"), ElementsAre(id_of("incident", 2)));
  EXPECT_THAT(everything_seen_by("KZ"), Not(HasSubstr("Kunduz")));
  EXPECT_THAT(world_.seen("KG"), SizeIs(3));
  Json redacted = draft("incident", 3);
  redacted["granular_markings"] = {
      {{"marking_ref", marking_refs(all)[1]}, {"selectors", {"description"}}}};
  EXPECT_THROW(world_.publish(redacted, all), InvalidInput);
}

TEST_F(Lesson, OriginatorControlEndsAtTheFirstNode) {
  Label label = world_.label({"KG", "node"});
  label.onward = OnwardRelease::originator_only;
  const auto objects = world_.sent_by("TJ", draft("incident", 1), label);
  EXPECT_EQ(store().receive(objects, {.source = "https://tj.example", .cursor = "1"}).accepted, 1U);
  EXPECT_THAT(world_.seen("node"), SizeIs(1));
  EXPECT_THAT(world_.seen("KG"), IsEmpty());
}

TEST_F(Lesson, ARecallThroughARelayHoldsOnlyForWhatCameFromThere) {
  const auto objects = world_.sent_by("TJ", draft("incident", 1), world_.label({"KG"}));
  store().receive(objects, {.source = "https://relay.example", .cursor = "1"});
  Json tombstone = objects[1];
  tombstone["revoked"] = true;
  tombstone["modified"] = "2026-01-02T00:00:00.000Z";
  const std::vector<Json> forged = {sign_object(tombstone, key_of("KZ"))};
  EXPECT_THAT(
      store().receive(forged, {.source = "https://elsewhere.example", .cursor = "1"}).refused,
      SizeIs(1));
  EXPECT_EQ(store().receive(forged, {.source = "https://relay.example", .cursor = "2"}).withdrawn,
            1U);
}

/// A number that the reader takes in one form and not in the other would make the stored object,
/// and each page with it, unreadable for ever.
TEST_F(Lesson, NoNumberMakesAnObjectUnreadable) {
  Json object = draft("incident", 1);
  for (const double number : {1e16, -9.007199254740992e15, 9.9e20}) {
    object["x_number"] = number;
    EXPECT_THROW(world_.publish(object, world_.label({"KZ"})), InvalidInput) << number;
  }
  object["x_number"] = 1e21;
  world_.publish(object, world_.label({"KZ"}));
  Member member = world_.member("KG");
  store().change_member(member);
  const Page page = world_.page("KZ", {.query = {.types = {"incident"}}});
  ASSERT_THAT(page.entries, SizeIs(1));
  const auto read = parse_json(page.entries[0].body);
  ASSERT_TRUE(read);
  EXPECT_EQ((*read)["x_number"], 1e21);
}

TEST_F(Lesson, WhatIsPublishedIsTextThatEveryReaderTakes) {
  EXPECT_THROW(world_.publish(draft("incident", 1, {{"name", "\xFF"}}), world_.label({"KZ"})),
               InvalidInput);
  EXPECT_THAT(world_.seen("node"), IsEmpty());
}

/// Whoever can write to the store exchanges what a label means; then a member's rights are looked
/// at once more.
TEST_F(Lesson, AnExchangedLabelLetsNobodySeeMore) {
  world_.publish(draft("incident", 1), world_.label({"KZ"}));
  world_.publish(draft("incident", 2), world_.label({"KZ", "KG"}));
  const auto database = detail::open_database(world_.where());
  const auto label_of = [&](int incident) {
    detail::Rows rows = database->query("SELECT o.current_label FROM objects o WHERE o.id = $1",
                                        id_of("incident", incident));
    return rows.next() ? rows.text(0) : std::string();
  };
  const std::string narrow = label_of(1);
  const std::string wide = label_of(2);
  ASSERT_NE(narrow, wide);
  database->execute(
      "UPDATE labels SET marking = (SELECT w.marking FROM labels w WHERE w.id = $2) WHERE id = $1",
      narrow, wide);
  world_.reopen();
  store().change_member(world_.member("KG"));
  EXPECT_THAT(world_.seen("KG"), ElementsAre(id_of("incident", 2)));
  EXPECT_THAT(world_.seen("KZ"), ElementsAre(id_of("incident", 2))) << "nobody knows the label";
  EXPECT_TRUE(store().verify_audit());
}

TEST_F(Lesson, ADoubledMarkingIsNoSmugglingPath) {
  EXPECT_FALSE(parse_json(R"({"object_marking_refs":["a"],"object_marking_refs":["b"]})"));
}

}  // namespace
}  // namespace panj::share
