// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "panj/core/problem.h"
#include "panj/share/canonical.h"
#include "panj/share/detail/bytes.h"
#include "panj/share/detail/store_state.h"
#include "panj/share/marking.h"
#include "panj/share/tombstone.h"

namespace panj::share {

using detail::Database;
using detail::Intake;
using detail::MemberRow;
using detail::ObjectRow;
using detail::WriteSession;

namespace {

/// A UUID that says nothing of how many others there are.
std::string status_id(const SecretKey& secret, const MemberRow& member) {
  const auto code =
      secret.code(fmt::format("status\n{}\n{}", member.member.id, member.status_count));
  return id_from_digest("s", detail::text_of(code)).substr(3);
}

void keep_status(WriteSession& session, const MemberRow& member, const Status& status) {
  session.database().execute("INSERT INTO statuses VALUES ($1, $2, $3)", status.id, member.number,
                             canonical_json(status.to_json()));
}

std::vector<ObjectStatus> read_list(const Json& json, const char* field) {
  std::vector<ObjectStatus> objects;
  for (const Json& item : json.value(field, Json::array())) {
    objects.push_back(
        {.id = item["id"], .version = item["version"], .message = item.value("message", "")});
  }
  return objects;
}

/// What is left of an object when its version is taken away.
Json content_of(Json object) {
  object.erase("modified");
  object.erase("created");
  const auto extensions = object.find("extensions");
  if (extensions == object.end()) return object;
  extensions->erase(std::string(kSignatureExtension));
  if (extensions->empty()) object.erase(extensions);
  return object;
}

/// The next version of one of the node's own objects; nothing when it says the same as the last.
std::optional<Json> next_version(WriteSession& session, Json object) {
  const MemberRow& node = session.node();
  if (object.value("type", "") == "marking-definition") return object;
  object["created_by_ref"] = node.member.id;
  object["spec_version"] = "2.1";
  Database& database = session.database();
  const auto known = detail::find_object(database, object.value("id", ""), node.number);
  const Time now = std::chrono::floor<std::chrono::milliseconds>(session.time());
  Time modified = now;
  if (known) {
    const Json last = *parse_json(detail::read_body(database, known->current_version));
    if (content_of(last) == content_of(object)) return std::nullopt;
    object["created"] = last["created"];
    const auto before = parse_timestamp(last["modified"].get<std::string>());
    modified = std::max(now, *before + std::chrono::milliseconds(1));
  } else {
    object["created"] = to_millisecond_timestamp(now);
  }
  object["modified"] = to_stix_timestamp(modified);
  return sign_object(std::move(object), session.identity().key);
}

/// Throws InvalidInput with all that is wrong; nothing is stored then.
Status publish_all(WriteSession& session, std::span<const Json> objects) {
  Intake intake(session);
  Status status{.request = session.time()};
  Problems problems;
  for (const Json& object : objects) {
    if (!object.is_object()) {
      problems.add({.what = "is no STIX object"});
      continue;
    }
    const auto version = next_version(session, object);
    if (!version) {
      status.successes.push_back({.id = object.value("id", ""), .version = ""});
      continue;
    }
    const bool is_signed = version->value("type", Json()) != "marking-definition";
    const Intake::Result result =
        is_signed ? intake.publish(*version) : intake.post(*version, session.node());
    if (result.outcome == Intake::Outcome::refused) {
      problems.add({.field = result.status.id, .what = result.status.message});
    }
    status.successes.push_back(result.status);
  }
  problems.throw_if_any();
  return status;
}

/// In the log of who recalled the object: it goes there with the next exchange.
void issue_receipt(WriteSession& session, Intake& intake, const std::string& recalled,
                   const std::string& originator) {
  const SigningKey& key = session.identity().key;
  if (originator == identity_of(key.public_key())) return;
  const Json receipt = make_receipt(recalled, originator, session.time(), key);
  intake.post(label_marking(receipt_label(originator)), session.node());
  intake.post(receipt, session.node());
}

/// The markings first: only those that came before an object count for its label.
std::vector<const Json*> markings_first(std::span<const Json> objects) {
  std::vector<const Json*> ordered;
  ordered.reserve(objects.size());
  for (const Json& object : objects) ordered.push_back(&object);
  std::stable_partition(ordered.begin(), ordered.end(), [](const Json* object) {
    return object->is_object() && object->value("type", Json()) == "marking-definition";
  });
  return ordered;
}

/// By their numbers; those that are not there are left out.
std::map<std::int64_t, detail::VersionRow> named_versions(Database& database,
                                                          const ObjectRow& object,
                                                          const std::vector<std::string>& times) {
  std::map<std::int64_t, detail::VersionRow> versions;
  for (const std::string& text : times) {
    const auto time = parse_timestamp(text);
    if (!time) continue;
    const auto found = detail::find_version(database, object.number, detail::micros(*time));
    if (found) versions.emplace(found->number, *found);
  }
  return versions;
}

/// The node's own object as it is now.
Json own_object(WriteSession& session, const std::string& id) {
  const auto object = detail::find_object(session.database(), id, session.node().number);
  if (!object || object->kind != detail::Kind::by_label) {
    throw InvalidInput({.field = "id",
                        .what = id + " is no object of this node",
                        .why = "only who made an object may change or recall it"});
  }
  return *parse_json(detail::read_body(session.database(), object->current_version));
}

}  // namespace

Status Store::put(const std::string& member, std::span<const Json> objects) {
  return state_->write([&](WriteSession& session) {
    MemberRow* const poster = session.find(member);
    PANJ_EXPECT(poster != nullptr);
    Intake intake(session);
    ++poster->status_count;
    poster->is_changed = true;
    Status status{.id = status_id(state_->identity.secret, *poster), .request = session.time()};
    for (const Json* object : markings_first(objects)) {
      const Intake::Result result = intake.post(*object, *poster);
      const bool is_refused = result.outcome == Intake::Outcome::refused;
      (is_refused ? status.failures : status.successes).push_back(result.status);
    }
    keep_status(session, *poster, status);
    return status;
  });
}

std::optional<Status> Store::status(const std::string& member, const std::string& id) const {
  if (id.find('\0') != std::string::npos) return std::nullopt;
  return state_->on_connection([&](Database& database) -> std::optional<Status> {
    detail::Rows rows = database.query(
        "SELECT s.body FROM statuses s JOIN members m ON m.number = s.member "
        "WHERE s.id = $1 AND m.id = $2",
        id, member);
    if (!rows.next()) return std::nullopt;
    const Json json = *parse_json(rows.text(0));
    return Status{.id = id,
                  .request = *parse_timestamp(json["request_timestamp"].get<std::string>()),
                  .successes = read_list(json, "successes"),
                  .failures = read_list(json, "failures")};
  });
}

Status Store::publish(std::span<const Json> objects) {
  return state_->write([&](WriteSession& session) { return publish_all(session, objects); });
}

Received Store::receive(std::span<const Json> objects, const Delivery& delivery) {
  return state_->write([&](WriteSession& session) {
    Intake intake(session);
    MemberRow* const answerer = session.find(delivery.answerer);
    PANJ_EXPECT(delivery.answerer.empty() || (answerer != nullptr && !answerer->member.key));
    Received received;
    for (const Json* object : markings_first(objects)) {
      const Intake::Result result = intake.receive(*object, delivery.source, answerer);
      received.accepted += result.outcome == Intake::Outcome::stored ? 1 : 0;
      received.known += result.outcome == Intake::Outcome::known ? 1 : 0;
      received.withdrawn += result.outcome == Intake::Outcome::withdrawn ? 1 : 0;
      if (result.outcome == Intake::Outcome::refused) received.refused.push_back(result.status);
      if (result.recalled_by.empty()) continue;
      received.recalled.push_back(result.status.id);
      issue_receipt(session, intake, result.status.id, result.recalled_by);
    }
    const std::string& name = delivery.cursor_name.empty() ? delivery.source : delivery.cursor_name;
    session.database().execute(
        "INSERT INTO cursors VALUES ($1, $2) ON CONFLICT (source) DO UPDATE "
        "SET cursor = excluded.cursor",
        name, delivery.cursor);
    return received;
  });
}

std::string Store::cursor(const std::string& name) const {
  return state_->on_connection([&](Database& database) {
    detail::Rows rows = database.query("SELECT cursor FROM cursors WHERE source = $1", name);
    return rows.next() ? rows.text(0) : std::string();
  });
}

Erasure Store::erase(const std::string& member, const std::string& id,
                     const std::vector<std::string>& versions) {
  if (!has_object(member, id)) return Erasure::not_found;
  return state_->write([&](WriteSession& session) {
    MemberRow* const actor = session.find(member);
    PANJ_EXPECT(actor != nullptr);
    Database& database = session.database();
    const auto object = detail::find_object(database, id, actor->number);
    Intake intake(session);
    if (!object || object->kind != detail::Kind::by_label) return Erasure::forbidden;
    if (!intake.log().shows_object(*actor, object->number)) return Erasure::not_found;
    const auto named = named_versions(database, *object, versions);
    if (!versions.empty() && named.empty()) return Erasure::not_found;
    const auto shown = intake.log().shown_versions(*actor, object->number);
    const bool is_all = versions.empty() || std::ranges::all_of(shown, [&](std::int64_t version) {
                          return named.contains(version);
                        });
    if (is_all) {  // Others learn of an object's end, not of a version's.
      const auto last = detail::read_version(database, object->current_version);
      intake.end_object(last, *actor, actor->is_node() ? 0 : actor->number);
      return Erasure::erased;
    }
    for (const auto& [number, version] : named) intake.end_version(*object, version, *actor);
    return Erasure::erased;
  });
}

void Store::relabel(const std::string& id, const Label& label) {
  state_->write([&](WriteSession& session) {
    Json object = own_object(session, id);
    object["object_marking_refs"] = marking_refs(label);
    const std::vector<Json> objects = {label_marking(label), std::move(object)};
    return publish_all(session, objects);
  });
}

void Store::recall(const std::string& id) {
  state_->write([&](WriteSession& session) {
    own_object(session, id);
    const auto object = detail::find_object(session.database(), id, session.node().number);
    const auto last = detail::read_version(session.database(), object->current_version);
    if (last.revocation == detail::Revocation::none) {
      Intake(session).end_object(last, session.node(), 0);
    }
    return true;
  });
}

std::vector<OpenRecall> Store::open_recalls() const {
  return state_->on_connection([](Database& database) {
    detail::Rows rows = database.query(
        "SELECT o.id, m.id, r.since FROM recalls r JOIN objects o ON o.number = r.object "
        "JOIN members m ON m.number = r.member WHERE r.receipt = '' ORDER BY r.since, o.id, "
        "m.number");
    std::vector<OpenRecall> open;
    while (rows.next()) {
      open.push_back({.object = rows.text(0),
                      .member = rows.text(1),
                      .since = detail::time_of(rows.integer(2))});
    }
    return open;
  });
}

}  // namespace panj::share
