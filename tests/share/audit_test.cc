// SPDX-License-Identifier: Apache-2.0
#include "panj/share/audit.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "panj/core/problem.h"
#include "panj/share/canonical.h"
#include "panj/share/detail/database.h"
#include "panj/share/marking.h"
#include "panj/share/tombstone.h"
#include "share/world.h"

namespace panj::share {
namespace {

using testing::HasSubstr;

class AuditTest : public testing::Test {
 protected:
  AuditTest() {
    for (int i = 0; i < 4; ++i) {
      world_.publish(draft("incident", i), world_.label({"KZ", "KG"}));
      world_.pass(std::chrono::seconds(1));
    }
    world_.post("TJ", draft("incident", 10), world_.label({"KZ"}));
    world_.store().relabel(id_of("incident", 1), world_.label({"KG"}));
    world_.store().recall(id_of("incident", 2));
    last_ = database().number("SELECT max(sequence) FROM audit");
  }
  detail::Database& database() {
    if (!database_) database_ = detail::open_database(world_.where());
    return *database_;
  }
  /// What verifying says after the change.
  std::optional<AuditFault> after(const std::string& sql) {
    database().begin_write();
    database().run(sql);
    database().commit();
    const auto fault = world_.store().verify_audit(checkpoints_);
    return fault;
  }

  World world_{"audit"};
  std::unique_ptr<detail::Database> database_;
  std::vector<Checkpoint> checkpoints_;
  std::int64_t last_ = 0;
};

TEST_F(AuditTest, FindsNothingWhenNothingWasTouched) {
  EXPECT_EQ(world_.store().verify_audit(), std::nullopt);
  EXPECT_GT(last_, 15);
}

/// It goes to the log of who brings it, and no object comes after it.
TEST_F(AuditTest, TellsOfAKnownLabelThatAnotherBringsAlone) {
  const std::vector<Json> marking = {label_marking(world_.label({"KZ"}))};
  ASSERT_THAT(world_.store().put(world_.id("KG"), marking).failures, testing::IsEmpty());
  EXPECT_EQ(world_.store().verify_audit(), std::nullopt);
}

/// A server goes on writing while its history is read.
TEST_F(AuditTest, ReadsTheHistoryAsItWasWhenItBegan) {
  std::int64_t read = 0;
  world_.store().visit_audit([&](const AuditEntry&) {
    if (++read % 10 == 1)
      world_.publish(draft("incident", 100 + static_cast<int>(read)), world_.label({"KZ"}));
  });
  EXPECT_EQ(read, last_);
  EXPECT_GT(database().number("SELECT max(sequence) FROM audit"), last_);
  EXPECT_EQ(world_.store().verify_audit(), std::nullopt);
}

TEST_F(AuditTest, NamesAnEntryWhoseDetailWasChanged) {
  const auto fault =
      after(fmt::format("UPDATE audit SET detail = replace(detail, 'incident', 'accident') "
                        "WHERE sequence = {}",
                        last_));
  ASSERT_TRUE(fault);
  EXPECT_EQ(fault->sequence, last_);
  EXPECT_THAT(fault->what, HasSubstr("changed"));
}

TEST_F(AuditTest, NamesAnEntryOfWhichAnyColumnWasChanged) {
  for (const char* change :
       {"time = time + 1", "actor = 'x'", "action = 'x'", "detail = detail || ' '", "hash = 'x'"}) {
    World world("audit-column");
    world.publish(draft("incident", 1), world.label({"KZ"}));
    const auto other = detail::open_database(world.where());
    other->run(fmt::format("UPDATE audit SET {} WHERE sequence = 7", change));
    const auto fault = world.store().verify_audit();
    ASSERT_TRUE(fault) << change;
    EXPECT_EQ(fault->sequence, 7) << change;
  }
}

TEST_F(AuditTest, NamesADroppedEntry) {
  const auto fault = after("DELETE FROM audit WHERE sequence = 9");
  ASSERT_TRUE(fault);
  EXPECT_EQ(fault->sequence, 9);
  EXPECT_THAT(fault->what, HasSubstr("missing"));
}

TEST_F(AuditTest, NamesSwappedEntries) {
  const auto fault = after(
      "UPDATE audit SET sequence = -1 WHERE sequence = 9; "
      "UPDATE audit SET sequence = 9 WHERE sequence = 10; "
      "UPDATE audit SET sequence = 10 WHERE sequence = -1");
  ASSERT_TRUE(fault);
  EXPECT_EQ(fault->sequence, 9);
}

TEST_F(AuditTest, FindsAnEndThatWasCutOff) {
  const auto fault = after(fmt::format("DELETE FROM audit WHERE sequence >= {}", last_ - 1));
  ASSERT_TRUE(fault);
  EXPECT_EQ(fault->sequence, last_ - 1);
}

TEST_F(AuditTest, FindsAVersionThatWasChangedOrRemoved) {
  const auto fault = after("UPDATE versions SET body = replace(body, 'Incident 0', 'Incident 9')");
  ASSERT_TRUE(fault);
  EXPECT_THAT(fault->what, HasSubstr("version"));
}

TEST_F(AuditTest, FindsALogThatWasChanged) {
  for (const char* change :
       {"UPDATE log SET withdrawn = 1 - withdrawn WHERE member = 2 AND sequence = 9",
        "UPDATE log SET date_added = date_added + 1 WHERE member = 3 AND sequence = 3",
        "DELETE FROM log WHERE member = 2 AND sequence = 5",
        "UPDATE members SET clearance = 4 - clearance, caveats = '[]' WHERE number = 2",
        "UPDATE members SET last_sequence = last_sequence - 1 WHERE number = 2",
        "UPDATE members SET last_added = last_added + 31536000000000 WHERE number = 2",
        "UPDATE members SET last_added = 0 WHERE number = 3",
        "UPDATE members SET last_sequence = last_sequence + 1 WHERE number = 4",
        "UPDATE members SET status_count = status_count - 1 WHERE number = 2",
        "DELETE FROM statuses", "UPDATE log SET is_last = 0 WHERE member = 2 AND sequence > 5",
        "UPDATE log SET is_first = 0 WHERE member = 3 AND sequence = 2"}) {
    World world("audit-log");
    for (int i = 0; i < 3; ++i) world.publish(draft("incident", i), world.label({"KZ", "KG"}));
    world.post("KZ", draft("incident", 4), world.label({"KG"}));
    ASSERT_EQ(world.store().verify_audit(), std::nullopt);
    detail::open_database(world.where())->run(change);
    EXPECT_TRUE(world.store().verify_audit()) << change;
  }
}

TEST_F(AuditTest, FindsWhenWhatDecidesWhoSeesAVersionWasChanged) {
  for (const char* change :
       {("UPDATE versions SET label = (SELECT label FROM versions WHERE number = 1) "
         "WHERE type = 'incident'"),
        "UPDATE versions SET type = 'note' WHERE type = 'incident'",
        "UPDATE versions SET revoked = 2 WHERE type = 'incident'",
        "UPDATE versions SET relayed = 1 WHERE type = 'incident'",
        "UPDATE versions SET relayed = 2 WHERE type = 'incident'",
        "UPDATE versions SET source = 'x' WHERE type = 'incident'",
        "UPDATE objects SET kind = 1 WHERE id LIKE 'incident--%'",
        "UPDATE objects SET kind = 0 WHERE id LIKE 'identity--%'",
        "UPDATE objects SET creator = 3 WHERE id LIKE 'incident--%'",
        ("UPDATE objects SET current_label = (SELECT label FROM versions WHERE number = 1) "
         "WHERE id LIKE 'incident--%'"),
        "UPDATE objects SET current_version = 1 WHERE id LIKE 'incident--%'"}) {
    World world("audit-version");
    world.publish(draft("incident", 1), world.label({"KZ", "KG"}));
    ASSERT_EQ(world.store().verify_audit(), std::nullopt);
    detail::open_database(world.where())->run(change);
    EXPECT_TRUE(world.store().verify_audit()) << change;
  }
}

/// Another good marking under a label's id would let others see what has this label.
TEST_F(AuditTest, FindsALabelThatWasExchangedOrRemoved) {
  for (const char* change :
       {("UPDATE labels SET marking = (SELECT w.marking FROM labels w WHERE w.id <> labels.id "
         "ORDER BY w.id LIMIT 1)"),
        "UPDATE labels SET marking = marking || ' '", "UPDATE labels SET marking = '{}'",
        "UPDATE labels SET id = id || 'x'", "DELETE FROM labels"}) {
    World world("audit-label");
    world.publish(draft("incident", 1), world.label({"KZ"}));
    world.publish(draft("incident", 2), world.label({"KZ", "KG"}));
    ASSERT_EQ(world.store().verify_audit(), std::nullopt);
    detail::open_database(world.where())->run(change);
    const auto fault = world.store().verify_audit();
    ASSERT_TRUE(fault) << change;
    EXPECT_THAT(fault->what, HasSubstr("label")) << change;
  }
}

/// Of a receipt the last entry tells, and nothing after it.
TEST_F(AuditTest, FindsAReceiptThatWasCutOffOrMadeUp) {
  const Label to_node{.level = Level::amber, .release_to = {world_.id("node")}};
  const std::vector<Json> receipt = {
      label_marking(to_node),
      make_receipt(id_of("incident", 2), world_.id("node"), world_.time(), key_of("KZ"))};
  ASSERT_THAT(world_.store().put(world_.id("KZ"), receipt).failures, testing::IsEmpty());
  ASSERT_EQ(world_.store().verify_audit(), std::nullopt);
  EXPECT_TRUE(after("UPDATE recalls SET receipt = 'made up' WHERE receipt = ''"));
  ASSERT_EQ(after("UPDATE recalls SET receipt = '' WHERE receipt = 'made up'"), std::nullopt);
  const auto fault = after(
      "UPDATE recalls SET receipt = ''; "
      "DELETE FROM audit WHERE sequence = (SELECT max(sequence) FROM audit)");
  ASSERT_TRUE(fault);
  EXPECT_THAT(fault->what, HasSubstr("cut off"));
}

/// Values that no node writes are named, too, also when the store is opened anew.
TEST_F(AuditTest, NamesTheEntryOfAMemberWhoseRowIsDamaged) {
  for (const char* change : {"access = 9", "access = -1", "clearance = 5", "caveats = '['",
                             "caveats = '{}'", "caveats = '[1]'", "public_key = 'x'"}) {
    World world("audit-member");
    std::int64_t entry = 0;
    world.store().visit_audit([&](const AuditEntry& told) {
      if (told.action == "member" && told.detail["name"] == "KZ") entry = told.sequence;
    });
    detail::open_database(world.where())
        ->run(fmt::format("UPDATE members SET {} WHERE number = 2", change));
    world.reopen();
    const auto fault = world.store().verify_audit();
    ASSERT_TRUE(fault) << change;
    EXPECT_EQ(fault->sequence, entry) << change;
    EXPECT_THAT(fault->what, HasSubstr("member KZ was changed")) << change;
    EXPECT_THROW(world.store().members(), InvalidInput) << change;
  }
}

/// Who still owes a receipt, and since when.
TEST_F(AuditTest, FindsARecallThatWasChangedRemovedOrMadeUp) {
  for (const char* change :
       {"DELETE FROM recalls", "UPDATE recalls SET since = since + 1",
        "UPDATE recalls SET object = object + 1", "UPDATE recalls SET member = 4",
        "UPDATE recalls SET receipt = (SELECT hash FROM versions WHERE number = 1)",
        "INSERT INTO recalls VALUES (1, 4, 0, '')"}) {
    World world("audit-recall");
    world.publish(draft("incident", 1), world.label({"KZ"}));
    world.store().recall(id_of("incident", 1));
    ASSERT_EQ(world.store().verify_audit(), std::nullopt);
    detail::open_database(world.where())->run(change);
    EXPECT_TRUE(world.store().verify_audit()) << change;
  }
}

/// What waits is released without another look at its label.
TEST_F(AuditTest, FindsWhatIsMadeToWaitOrNoLongerToWait) {
  const Json note = draft("note", 1, {{"object_refs", {id_of("incident", 1)}}});
  for (const char* change :
       {"INSERT INTO waiting SELECT 4, number, object FROM versions WHERE type = 'note'",
        "INSERT INTO waiting SELECT 2, number, object FROM versions WHERE type = 'incident'",
        "INSERT INTO waiting VALUES (2, 1000, 1000)", "UPDATE waiting SET object = object - 1",
        "INSERT INTO waiting_for VALUES (2, 'incident--x', 1)",
        "INSERT INTO waiting_for SELECT member, 'incident--x', version FROM waiting",
        "DELETE FROM waiting", "DELETE FROM waiting_for",
        "UPDATE waiting SET member = 4; UPDATE waiting_for SET member = 4"}) {
    World world("audit-waiting");
    world.publish(draft("incident", 1), world.label({"KG"}));
    world.publish(note, world.label({"KZ", "KG"}));
    const auto other = detail::open_database(world.where());
    ASSERT_EQ(other->number("SELECT count(*) FROM waiting WHERE member = 2"), 1) << change;
    ASSERT_EQ(world.store().verify_audit(), std::nullopt);
    other->run(change);
    EXPECT_TRUE(world.store().verify_audit()) << change;
  }
}

/// As of the first review of a new member, when there are very many objects.
TEST_F(AuditTest, ALongEntryIsReadToItsEnd) {
  AuditEntry last;
  world_.store().visit_audit([&](const AuditEntry& entry) { last = entry; });
  AuditEntry entry{.sequence = last.sequence + 1,
                   .time = last.time,
                   .actor = last.actor,
                   .action = "review",
                   .detail = {{"released", Json::array()}, {"long", Json::array()}}};
  constexpr std::size_t kValues = 1'100'000;
  entry.detail["long"] = std::vector<int>(kValues, 1);
  database().execute("INSERT INTO audit VALUES ($1, $2, $3, $4, $5, $6)", entry.sequence,
                     entry.time.time_since_epoch().count(), entry.actor, entry.action,
                     canonical_json(entry.detail), audit_hash(last.hash, entry));
  EXPECT_EQ(world_.store().verify_audit(), std::nullopt);
}

/// Nodes of before told neither of kinds, sources and revocations nor of recalls.
TEST_F(AuditTest, WhatANodeOfBeforeWroteIsVerifiedForWhatItTells) {
  std::vector<AuditEntry> entries;
  world_.store().visit_audit([&](const AuditEntry& entry) { entries.push_back(entry); });
  std::string before;
  for (AuditEntry& entry : entries) {
    for (const char* field : {"kind", "revoked", "relayed", "source", "recalls"}) {
      entry.detail.erase(field);
    }
    before = audit_hash(before, entry);
    database().execute("UPDATE audit SET detail = $2, hash = $3 WHERE sequence = $1",
                       entry.sequence, canonical_json(entry.detail), before);
  }
  EXPECT_EQ(world_.store().verify_audit(), std::nullopt);
  world_.publish(draft("incident", 20), world_.label({"KZ", "KG"}));
  world_.store().recall(id_of("incident", 0));
  EXPECT_EQ(world_.store().verify_audit(), std::nullopt);
  EXPECT_TRUE(after("UPDATE versions SET label = 'x' WHERE type = 'incident'"));
}

/// With the chain made anew over it: the hashes are right, and what it says is not.
TEST_F(AuditTest, NamesAnEntryThatNoNodeWrites) {
  AuditEntry last;
  std::string before;
  world_.store().visit_audit([&](const AuditEntry& entry) {
    before = last.hash;
    last = entry;
  });
  last.detail = {{"hash", 5}, {"released", "all"}};
  const auto fault =
      after(fmt::format("UPDATE audit SET detail = '{}', hash = '{}' WHERE sequence = {}",
                        canonical_json(last.detail), audit_hash(before, last), last.sequence));
  ASSERT_TRUE(fault);
  EXPECT_EQ(fault->sequence, last.sequence);
}

/// Whoever can write to the store can also cut logs, versions and audit together; a checkpoint in
/// other hands shows it.
TEST_F(AuditTest, ACheckpointShowsAHistoryThatWasReplacedAsAWhole) {
  checkpoints_ = {world_.store().checkpoint(world_.id("KZ")),
                  world_.store().checkpoint(world_.id("KG"))};
  EXPECT_EQ(world_.store().verify_audit(checkpoints_), std::nullopt);
  World other("audit-other");
  other.publish(draft("incident", 0), other.label({"KZ", "KG"}));
  ASSERT_EQ(other.store().verify_audit(), std::nullopt);
  const auto fault = other.store().verify_audit(checkpoints_);
  ASSERT_TRUE(fault);
  EXPECT_THAT(fault->what, HasSubstr("cut off"));
}

TEST_F(AuditTest, CheckpointsAreSignedByTheirNode) {
  const Checkpoint checkpoint = world_.store().checkpoint(world_.id("KZ"));
  const auto read = read_checkpoint(checkpoint.to_json());
  ASSERT_TRUE(read);
  EXPECT_EQ(*read, checkpoint);
  Json changed = checkpoint.to_json();
  changed["sequence"] = checkpoint.sequence - 1;
  EXPECT_FALSE(read_checkpoint(changed));
  Json other_node = sign_checkpoint(checkpoint, key_of("KZ")).to_json();
  EXPECT_FALSE(read_checkpoint(other_node));
  EXPECT_FALSE(read_checkpoint(Json::array()));
}

TEST_F(AuditTest, ACheckpointTellsNothingOfOthersLogs) {
  const Checkpoint before = world_.store().checkpoint(world_.id("TJ"));
  world_.publish(draft("incident", 77), world_.label({"KZ"}));
  EXPECT_EQ(world_.store().checkpoint(world_.id("TJ")), before);
}

}  // namespace
}  // namespace panj::share
