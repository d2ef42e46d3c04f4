// SPDX-License-Identifier: Apache-2.0
#include "panj/share/store.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <span>

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
using testing::SizeIs;

class StoreTest : public testing::Test {
 protected:
  World world_{"store"};
  Store& store() { return world_.store(); }
  Json body_of(const std::string& member, const std::string& id) {
    const Page page = world_.page(member, {.query = {.ids = {id}}});
    return page.entries.empty() ? Json() : *parse_json(page.entries.back().body);
  }
};

TEST_F(StoreTest, ReleasesAnObjectToThoseItsLabelNames) {
  world_.publish(draft("incident", 1), world_.label({"KZ", "KG"}));
  world_.publish(draft("incident", 2), world_.label({"KG"}, Level::amber, {"border"}));
  world_.publish(draft("incident", 3), world_.label({"KZ", "KG"}, Level::green, {"finance"}));
  world_.publish(draft("incident", 4), Label::originator_only());
  EXPECT_THAT(world_.seen("KZ"), ElementsAre(id_of("incident", 1)));
  EXPECT_THAT(world_.seen("KG"), ElementsAre(id_of("incident", 1), id_of("incident", 2)));
  EXPECT_THAT(world_.seen("TJ"), IsEmpty());
  EXPECT_THAT(world_.seen("node"), SizeIs(4));
  EXPECT_EQ(store().verify_audit(), std::nullopt);
}

TEST_F(StoreTest, SendsTheMarkingAndTheOriginatorBeforeTheObject) {
  world_.publish(draft("incident", 1), world_.label({"KZ"}));
  const std::vector<std::string> ids = world_.seen_ids("KZ");
  ASSERT_THAT(ids, SizeIs(testing::Ge(4U)));
  EXPECT_EQ(ids.back(), id_of("incident", 1));
  for (const std::string& needed :
       {world_.id("node"), marking_refs(world_.label({"KZ"}))[1], tlp_marking_id(Level::green)}) {
    EXPECT_THAT(ids, testing::Contains(needed));
  }
}

TEST_F(StoreTest, ALaterVersionReplacesTheEarlierInWhatIsReadByDefault) {
  const Label label = world_.label({"KZ"});
  world_.publish(draft("incident", 1), label);
  world_.pass(std::chrono::seconds(1));
  world_.publish(draft("incident", 1, {{"name", "Corrected"}}), label);
  EXPECT_THAT(world_.seen("KZ"), ElementsAre(id_of("incident", 1)));
  EXPECT_EQ(body_of("KZ", id_of("incident", 1))["name"], "Corrected");
  EXPECT_THAT(world_.seen("KZ", {.versions = {"all"}}), SizeIs(2));
  const Page first =
      world_.page("KZ", {.query = {.ids = {id_of("incident", 1)}, .versions = {"first"}}});
  ASSERT_THAT(first.entries, SizeIs(1));
  EXPECT_EQ((*parse_json(first.entries[0].body))["name"], "Incident 1");
  const Page by_time = world_.page(
      "KZ",
      {.query = {.types = {"incident"}, .versions = {to_timestamp(first.entries[0].version)}}});
  ASSERT_THAT(by_time.entries, SizeIs(1));
}

TEST_F(StoreTest, PublishingTheSameAgainChangesNothing) {
  world_.publish(draft("incident", 1), world_.label({"KZ"}));
  const auto before = store().checkpoint(world_.id("KZ"));
  world_.pass(std::chrono::seconds(1));
  world_.publish(draft("incident", 1), world_.label({"KZ"}));
  EXPECT_EQ(store().checkpoint(world_.id("KZ")), before);
}

TEST_F(StoreTest, OneWrongObjectAndNothingIsPublished) {
  const Label label = world_.label({"KZ"});
  Json person = draft("identity", 1, {{"name", "Someone"}, {"identity_class", "individual"}});
  Json good = draft("incident", 1, {{"object_marking_refs", marking_refs(label)}});
  const std::vector<Json> objects = {label_marking(label), good, person};
  try {
    store().publish(objects);
    FAIL();
  } catch (const InvalidInput& error) {
    EXPECT_THAT(error.what(), HasSubstr("identity_class"));
  }
  EXPECT_THAT(world_.seen("node"), IsEmpty());
}

TEST_F(StoreTest, ALabelOfAPublicationThatFailedIsStoredByTheNext) {
  const Label label = world_.label({"KZ"});
  std::vector<Json> objects = {label_marking(label), draft("incident", 1),
                               draft("incident", 2, {{"authors", {"A. Person"}}})};
  for (Json& object : std::span(objects).subspan(1)) {
    object["object_marking_refs"] = marking_refs(label);
  }
  EXPECT_THROW(store().publish(objects), InvalidInput);
  world_.publish(draft("incident", 1), label);
  world_.reopen();
  EXPECT_THAT(world_.seen("KZ"), ElementsAre(id_of("incident", 1)));
}

TEST_F(StoreTest, FindsOneObjectAmongMany) {
  for (int i = 0; i < 20; ++i) {
    world_.publish(draft("incident", i), world_.label({"KZ"}));
    world_.pass(std::chrono::seconds(1));
    world_.publish(draft("incident", i, {{"name", "Corrected"}}), world_.label({"KZ"}));
  }
  const Query two{.ids = {id_of("incident", 7), id_of("incident", 3)}, .versions = {"all"}};
  PageRequest request{.query = two, .limit = 3};
  const Page first = world_.page("KZ", request);
  ASSERT_THAT(first.entries, SizeIs(3));
  EXPECT_EQ(first.entries[0].id, id_of("incident", 3)) << "in the order of their release";
  EXPECT_EQ(first.entries[2].id, id_of("incident", 7));
  ASSERT_TRUE(first.has_more);
  request.next = first.next;
  const Page second = world_.page("KZ", request);
  ASSERT_THAT(second.entries, SizeIs(1));
  EXPECT_FALSE(second.has_more);
}

/// A connection keeps a bounded number of statements; the one that is being read must not end when
/// a label that the reader does not know yet needs another.
TEST_F(StoreTest, HoweverManyFiltersWereAskedForAPageIsReadToItsEnd) {
  constexpr int kFirst = 108;
  for (int filters = kFirst; filters < 132; ++filters) {
    Store reader(world_.where(), world_.identity(), [this] { return world_.time(); });
    for (int i = 0; i < filters; ++i) {
      PageRequest request;
      request.query.ids.assign(static_cast<std::size_t>(i % 100) + 1, id_of("note", 1));
      if (i >= 100) request.query.types = {"note"};
      EXPECT_THAT(reader.read(world_.id("KZ"), request).entries, IsEmpty());
    }
    const int number = 1000 + filters;
    Label label = world_.label({"KZ"});
    label.release_to.insert(id_of("identity", number));
    world_.publish(draft("incident", number), label);
    const Page page = reader.read(world_.id("KZ"), {.query = {.types = {"incident"}}});
    EXPECT_THAT(page.entries, SizeIs(filters - kFirst + 1)) << filters;
  }
}

TEST_F(StoreTest, ANewMemberReceivesWhatWasReleasedToItBefore) {
  const SigningKey key = key_of("AM");
  Label label = world_.label({"KZ"});
  label.release_to.insert(identity_of(key.public_key()));
  world_.publish(draft("incident", 1), label);
  const Member armenia = store().add_member({.name = "AM", .key = key.public_key()});
  const Page page = store().read(armenia.id, {.query = {.types = {"incident"}}});
  EXPECT_THAT(page.entries, SizeIs(1));
}

TEST_F(StoreTest, RightsThatAreTakenAwayWithdrawAndGivenBackRestore) {
  world_.publish(draft("incident", 1), world_.label({"KZ"}, Level::amber, {"border"}));
  Member member = world_.member("KZ");
  member.caveats.clear();
  store().change_member(member);
  EXPECT_THAT(world_.seen("KZ"), IsEmpty());
  member.caveats = {"border"};
  store().change_member(member);
  EXPECT_THAT(world_.seen("KZ"), ElementsAre(id_of("incident", 1)));
  EXPECT_EQ(store().verify_audit(), std::nullopt);
}

/// As though the log had been written by a node that decided otherwise.
TEST_F(StoreTest, TheLabelIsCheckedAgainOnTheWayOut) {
  for (int i = 0; i < 5; ++i) {
    world_.publish(draft("incident", i), world_.label({"KZ"}, Level::amber));
  }
  world_.publish(draft("incident", 5), world_.label({"KZ"}, Level::green));
  detail::open_database(world_.where())->run("UPDATE members SET clearance = 1 WHERE name = 'KZ'");
  std::vector<std::string> ids;
  PageRequest request{.query = {.types = {"incident"}}, .limit = 2};
  for (int pages = 0; pages < 9; ++pages) {
    const Page page = world_.page("KZ", request);
    for (const PageEntry& entry : page.entries) ids.push_back(entry.id);
    if (!page.has_more) break;
    request.next = page.next;
  }
  EXPECT_THAT(ids, ElementsAre(id_of("incident", 5))) << "and nothing behind the others is lost";
}

TEST_F(StoreTest, AStoreOfAnotherVersionIsRefusedByName) {
  world_.close();
  detail::open_database(world_.where())
      ->run("UPDATE settings SET value = 'panj.share/0' WHERE name = 'schema'");
  try {
    const Store other(world_.where(), world_.identity());
    FAIL();
  } catch (const InvalidInput& error) {
    EXPECT_THAT(error.what(), HasSubstr("panj.share/0"));
  }
}

/// As stores were made at first.
TEST_F(StoreTest, AStoreWhoseLogIsATableWithRowidsIsOpened) {
  world_.publish(draft("incident", 1), world_.label({"KZ"}));
  world_.close();
  const auto database = detail::open_database(world_.where());
  if (database->backend() != detail::Backend::sqlite) GTEST_SKIP() << "has none of the other kind";
  database->run(
      "ALTER TABLE log RENAME TO later; CREATE TABLE log (member INTEGER NOT NULL, sequence "
      "INTEGER NOT NULL, version INTEGER NOT NULL, object INTEGER NOT NULL, modified INTEGER NOT "
      "NULL, date_added INTEGER NOT NULL, is_first INTEGER NOT NULL, is_last INTEGER NOT NULL, "
      "withdrawn INTEGER NOT NULL, chain TEXT NOT NULL, PRIMARY KEY (member, sequence)); "
      "INSERT INTO log SELECT * FROM later; DROP TABLE later; "
      "CREATE INDEX log_object ON log (member, object); "
      "CREATE INDEX log_last ON log (member, sequence) WHERE is_last = 1");
  world_.reopen();
  world_.publish(draft("incident", 2), world_.label({"KZ"}));
  EXPECT_THAT(world_.seen("KZ"), ElementsAre(id_of("incident", 1), id_of("incident", 2)));
  EXPECT_EQ(store().verify_audit(), std::nullopt);
}

/// Else each publication would read the whole log, and the check of an audit its square.
TEST_F(StoreTest, AnObjectInAMembersLogIsFoundByTheObject) {
  world_.publish(draft("incident", 1), world_.label({"KZ"}));
  world_.close();
  const auto database = detail::open_database(world_.where());
  if (database->backend() != detail::Backend::sqlite) GTEST_SKIP() << "PostgreSQL counts by itself";
  for (const std::string search :
       {"SELECT version FROM log WHERE member = 2 AND object = 1 AND withdrawn = 0",
        "SELECT 1 FROM log l WHERE EXISTS (SELECT 1 FROM log o WHERE o.member = l.member AND "
        "o.object = l.object AND o.withdrawn = 0 AND o.modified < l.modified)"}) {
    detail::Rows steps = database->query("EXPLAIN QUERY PLAN " + search);
    std::string plan;
    constexpr int kDetail = 3;
    while (steps.next()) plan += steps.text(kDetail) + "\n";
    EXPECT_THAT(plan, HasSubstr("log_object (member=? AND object=?)"));
  }
}

TEST_F(StoreTest, NobodyIsLetInAsTheNodeItself) {
  Member node = store().node();
  node.password_hash = "a hash";
  EXPECT_THROW(store().change_member(node), InvalidInput);
}

TEST_F(StoreTest, RefusesNamesAndKeysTwice) {
  EXPECT_THROW(store().add_member({.name = "KZ"}), InvalidInput);
  EXPECT_THROW(store().add_member({.name = "KZ2", .key = key_of("KZ").public_key()}), InvalidInput);
  EXPECT_THROW(store().add_member({.name = "a b"}), InvalidInput);
}

TEST_F(StoreTest, ARelabelToFewerSendsTheOthersATombstone) {
  world_.publish(draft("incident", 1), world_.label({"KZ", "KG"}));
  world_.pass(std::chrono::seconds(1));
  store().relabel(id_of("incident", 1), world_.label({"KG"}));
  EXPECT_FALSE(body_of("KG", id_of("incident", 1)).value("revoked", false));
  const Json tombstone = body_of("KZ", id_of("incident", 1));
  EXPECT_EQ(tombstone["revoked"], true);
  EXPECT_EQ(tombstone["name"], "(recalled)");
  EXPECT_THAT(world_.seen("KZ", {.versions = {"all"}}), SizeIs(1)) << "history is withdrawn too";
  EXPECT_EQ(store().verify_audit(), std::nullopt);
}

TEST_F(StoreTest, ALaterDowngradeStillArrivesAfterWhatWasReadBefore) {
  world_.publish(draft("incident", 1), Label::originator_only());
  world_.pass(std::chrono::seconds(1));
  world_.publish(draft("incident", 2), world_.label({"KZ"}));
  const Time read_up_to = world_.page("KZ").entries.back().date_added;
  world_.pass(std::chrono::seconds(1));
  store().relabel(id_of("incident", 1), world_.label({"KZ"}));
  EXPECT_THAT(world_.seen("KZ", {.added_after = read_up_to}), ElementsAre(id_of("incident", 1)));
}

TEST_F(StoreTest, ARecallReachesThoseWhoHadTheObjectAndAsksForAReceipt) {
  world_.publish(draft("incident", 1), world_.label({"KZ"}));
  store().recall(id_of("incident", 1));
  EXPECT_EQ(body_of("KZ", id_of("incident", 1))["revoked"], true);
  EXPECT_THAT(world_.seen("KG"), IsEmpty());
  ASSERT_THAT(store().open_recalls(), SizeIs(1));
  EXPECT_EQ(store().open_recalls()[0].member, world_.id("KZ"));

  const Label to_node = Label{.level = Level::amber, .release_to = {world_.id("node")}};
  const std::vector<Json> receipt = {
      label_marking(to_node),
      make_receipt(id_of("incident", 1), world_.id("node"), world_.time(), key_of("KZ"))};
  EXPECT_THAT(store().put(world_.id("KZ"), receipt).failures, IsEmpty());
  EXPECT_THAT(store().open_recalls(), IsEmpty());
  EXPECT_EQ(store().verify_audit(), std::nullopt);
}

TEST_F(StoreTest, HoldsBackWhatRefersToSomethingThatIsNotReleased) {
  world_.publish(draft("location", 1, {{"region", "central-asia"}}), Label::originator_only());
  world_.publish(draft("incident", 1), world_.label({"KZ"}));
  world_.publish(draft("relationship", 1,
                       {{"relationship_type", "located-at"},
                        {"source_ref", id_of("incident", 1)},
                        {"target_ref", id_of("location", 1)}}),
                 world_.label({"KZ"}));
  EXPECT_THAT(world_.seen("KZ"), ElementsAre(id_of("incident", 1)));
  store().relabel(id_of("location", 1), world_.label({"KZ"}));
  EXPECT_THAT(world_.seen("KZ"),
              ElementsAre(id_of("incident", 1), id_of("location", 1), id_of("relationship", 1)));
}

TEST_F(StoreTest, ObjectsThatReferToEachOtherAreReleasedTogether) {
  const Label label = world_.label({"KZ"});
  world_.publish(draft("note", 1, {{"object_refs", {id_of("note", 2)}}}), label);
  world_.publish(draft("note", 2, {{"object_refs", {id_of("note", 1), id_of("note", 3)}}}), label);
  EXPECT_THAT(world_.seen("KZ"), IsEmpty());
  world_.publish(draft("note", 3, {{"object_refs", {id_of("note", 1)}}}), label);
  EXPECT_THAT(world_.seen("KZ"), SizeIs(3));
}

TEST_F(StoreTest, AMembersObjectGoesToThoseItNames) {
  const Status status = world_.post("TJ", draft("incident", 1), world_.label({"KZ"}));
  EXPECT_THAT(status.failures, IsEmpty());
  EXPECT_THAT(status.successes, SizeIs(2));
  EXPECT_THAT(world_.seen("KZ"), ElementsAre(id_of("incident", 1)));
  EXPECT_THAT(world_.seen("TJ"), ElementsAre(id_of("incident", 1)));
  EXPECT_THAT(world_.seen("KG"), IsEmpty());
}

TEST_F(StoreTest, AStatusIsItsPostersOnly) {
  const Status status = world_.post("TJ", draft("incident", 1), world_.label({"KZ"}));
  const auto found = store().status(world_.id("TJ"), status.id);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->to_json(), status.to_json());
  EXPECT_EQ(store().status(world_.id("KZ"), status.id), std::nullopt);
  EXPECT_EQ(store().status(world_.id("TJ"), "00000000-0000-4000-8000-000000000000"), std::nullopt);
}

TEST_F(StoreTest, ADuplicateIsNoErrorAndAnotherContentAtTheSameTimeIs) {
  const Label label = world_.label({"KZ"});
  world_.post("TJ", draft("incident", 1), label);
  EXPECT_THAT(world_.post("TJ", draft("incident", 1), label).failures, IsEmpty());
  const Status other = world_.post("TJ", draft("incident", 1, {{"name", "Another"}}), label);
  ASSERT_THAT(other.failures, SizeIs(1));
  EXPECT_THAT(other.failures[0].message, HasSubstr("modified"));
  EXPECT_EQ(body_of("KZ", id_of("incident", 1))["name"], "Incident 1");
}

TEST_F(StoreTest, AMemberWithoutAKeySendsPlainObjects) {
  const Member plain = store().add_member({.name = "plain"});
  const Json object =
      draft("incident", 1,
            {{"created", "2026-01-01T00:00:00.000Z"}, {"modified", "2026-01-01T00:00:00.000Z"}});
  const std::vector<Json> objects = {object};
  EXPECT_THAT(store().put(plain.id, objects).failures, IsEmpty());
  EXPECT_TRUE(store().has_object(plain.id, id_of("incident", 1)));
  EXPECT_THAT(world_.seen("KZ"), IsEmpty()) << "no marking: nobody but the originator";
}

TEST_F(StoreTest, DeletingNeedsToBeTheOriginator) {
  world_.post("TJ", draft("incident", 1), world_.label({"KZ"}));
  EXPECT_EQ(store().erase(world_.id("KG"), id_of("incident", 1)), Erasure::not_found);
  EXPECT_EQ(store().erase(world_.id("KZ"), id_of("incident", 1)), Erasure::forbidden);
  EXPECT_EQ(store().erase(world_.id("TJ"), id_of("incident", 1)), Erasure::erased);
  EXPECT_EQ(store().erase(world_.id("TJ"), id_of("incident", 1)), Erasure::not_found);
  EXPECT_FALSE(store().has_object(world_.id("TJ"), id_of("incident", 1)));
  EXPECT_EQ(body_of("KZ", id_of("incident", 1))["revoked"], true);
  EXPECT_EQ(store().verify_audit(), std::nullopt);
}

TEST_F(StoreTest, OneVersionCanBeDeleted) {
  const Label label = world_.label({"KZ"});
  world_.post("TJ", draft("incident", 1), label);
  const std::string first = to_millisecond_timestamp(world_.time());
  world_.pass(std::chrono::seconds(1));
  world_.post("TJ",
              draft("incident", 1,
                    {{"name", "Second"},
                     {"created", first},
                     {"modified", to_millisecond_timestamp(world_.time())}}),
              label);
  EXPECT_EQ(store().erase(world_.id("TJ"), id_of("incident", 1), {first}), Erasure::erased);
  EXPECT_THAT(world_.seen("KZ", {.versions = {"all"}}), SizeIs(1));
  EXPECT_EQ(body_of("KZ", id_of("incident", 1))["name"], "Second");
  EXPECT_EQ(store().verify_audit(), std::nullopt);
}

TEST_F(StoreTest, KeepsEverythingOverARestart) {
  world_.publish(draft("incident", 1), world_.label({"KZ"}));
  const Page before = world_.page("KZ");
  world_.reopen();
  const Page after = world_.page("KZ");
  ASSERT_EQ(after.entries.size(), before.entries.size());
  EXPECT_EQ(after.entries.back().body, before.entries.back().body);
  EXPECT_EQ(world_.store().verify_audit(), std::nullopt);
}

TEST_F(StoreTest, BelongsToItsNodesKey) {
  NodeIdentity other{.name = "other", .key = key_of("other"), .secret = SecretKey::generate()};
  EXPECT_THROW(Store(world_.where(), std::move(other)), InvalidInput);
}

TEST_F(StoreTest, IsNotFoundedAnewWhenItsMembersAreGone) {
  const auto open = [&] { Store(world_.where(), world_.identity(), now, Founding::forbidden); };
  world_.close();
  EXPECT_NO_THROW(open());
  detail::open_database(world_.where())->run("DELETE FROM members");
  EXPECT_THROW(open(), InvalidInput);
}

}  // namespace
}  // namespace panj::share
