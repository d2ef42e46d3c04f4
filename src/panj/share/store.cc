// SPDX-License-Identifier: Apache-2.0
#include "panj/share/store.h"

#include <fmt/format.h>

#include <algorithm>
#include <mutex>

#include "panj/core/file.h"
#include "panj/core/problem.h"
#include "panj/share/canonical.h"
#include "panj/share/detail/audit_check.h"
#include "panj/share/detail/bytes.h"
#include "panj/share/detail/page_reader.h"
#include "panj/share/detail/schema.h"
#include "panj/share/detail/store_state.h"
#include "panj/share/extensions.h"
#include "panj/share/identity_card.h"
#include "panj/share/marking.h"

namespace panj::share {

using detail::Database;
using detail::Intake;
using detail::MemberRow;
using detail::WriteSession;

namespace {

/// "collection--UUID" without its type.
std::string collection_of(const PublicKey& key) {
  const std::string id = id_from_digest("c", sha256_bytes("panj-collection-1\n" + to_string(key)));
  return id.substr(3);
}

MemberRow& require_member(WriteSession& session, const std::string& id) {
  MemberRow* const row = session.find(id);
  PANJ_EXPECT(row != nullptr);
  return *row;
}

void check_new_member(WriteSession& session, const Member& member) {
  const auto is_fit = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '.' || c == '-' || c == '_';
  };
  constexpr std::size_t kLongestName = 64;
  if (member.name.empty() || member.name.size() > kLongestName ||
      !std::ranges::all_of(member.name, is_fit)) {
    throw InvalidInput({.field = "name",
                        .what = fmt::format("is '{}'", member.name),
                        .why = "must be 1 to 64 letters, digits, dots, dashes or underscores"});
  }
  for (const MemberRow& row : session.members()) {
    if (row.member.name == member.name || row.member.id == member.id) {
      throw InvalidInput({.field = row.member.name == member.name ? "name" : "key",
                          .what = "is " + row.member.name + "'s already",
                          .why = "names and keys belong to one member each"});
    }
  }
}

[[noreturn]] void refuse_empty_store() {
  throw InvalidInput({.field = "store",
                      .what = "is empty: its history is lost",
                      .why = "it held the node's members, objects and history, and a new one would "
                             "contradict what partners have of them",
                      .suggestion = "restore it from a copy, or name it in node.toml (store)"});
}

/// How the node introduces a member that handed over no card.
Json introduction(const WriteSession& session, const Member& member) {
  const std::string time = to_millisecond_timestamp(session.time());
  return sign_object({{"type", "identity"},
                      {"spec_version", "2.1"},
                      {"id", member.id},
                      {"created_by_ref", identity_of(session.identity().key.public_key())},
                      {"created", time},
                      {"modified", time},
                      {"name", member.name},
                      {"identity_class", "organization"}},
                     session.identity().key);
}

}  // namespace

Store::State::State(const std::string& where, NodeIdentity node, Clock given_clock,
                    Founding founding)
    : identity(std::move(node)), clock(std::move(given_clock)), connections(where) {
  detail::start_sodium();
  collection = collection_of(identity.key.public_key());
  const auto lease = connections.lease();
  {
    detail::WriteTransaction transaction(*lease);
    if (founding == Founding::forbidden && !detail::has_tables(*lease)) refuse_empty_store();
    detail::make_tables(*lease);
    transaction.commit();
  }
  if (lease->number("SELECT count(*) FROM members") == 0) {
    if (founding == Founding::forbidden) refuse_empty_store();
    WriteSession session(*lease, labels, identity, clock());
    if (session.members().empty()) found(session);
    session.finish();
  }
  // Only its own row: whoever verifies a store must be able to open it when others' are damaged.
  const std::string own_id = identity_of(identity.key.public_key());
  const auto own = detail::find_member(*lease, "id", own_id);
  if (!own || !own->is_node()) {
    detail::Rows rows = lease->query("SELECT name FROM members WHERE number = 1");
    const std::string name = rows.next() ? rows.text(0) : "nobody";
    throw InvalidInput({.what = "the store is another node's (" + name + ")",
                        .why = "a store belongs to the key that it was made with"});
  }
  self = own->member;
}

/// The node is its own first member.
void Store::State::found(WriteSession& session) {
  const PublicKey& key = identity.key.public_key();
  MemberRow& row =
      session.add({.member = {.id = identity_of(key), .name = identity.name, .key = key}});
  row.is_changed = true;
  session.audit(row.member.id, "member", member_json(row));
  Intake intake(session);
  intake.keep_dependency(make_identity_card(identity.name, identity.key, session.time()), row, row);
  for (const Level level :
       {Level::clear, Level::green, Level::amber, Level::amber_strict, Level::red}) {
    intake.keep_dependency(tlp_marking(level), row, row);
  }
  for (const Json& definition : extension_definitions()) {
    intake.keep_dependency(definition, row, row);
  }
}

Store::Store(const std::string& where, NodeIdentity node, Clock clock, Founding founding)
    : state_(std::make_unique<State>(where, std::move(node), std::move(clock), founding)) {}
Store::Store(Store&&) noexcept = default;
Store::~Store() = default;

const Member& Store::node() const {
  return state_->self;
}

const std::string& Store::collection_id() const {
  return state_->collection;
}

Member Store::add_member(Member member, const Json& card) {
  return state_->write([&](WriteSession& session) {
    member.epoch = 1;
    member.id = member.key
                    ? identity_of(*member.key)
                    : id_from_digest(
                          "identity",
                          detail::text_of(state_->identity.secret.code("member\n" + member.name)));
    check_new_member(session, member);
    MemberRow& row = session.add({.member = member});
    row.is_changed = true;
    session.audit(session.node().member.id, "member", member_json(row));
    Intake intake(session);
    intake.keep_dependency(card.is_null() ? introduction(session, member) : card, row, row);
    intake.review(row, session.node().member.id);
    return member;
  });
}

void Store::change_member(const Member& member) {
  state_->write([&](WriteSession& session) {
    MemberRow& row = require_member(session, member.id);
    if (row.is_node()) {
      throw InvalidInput({.field = "name",
                          .what = member.name + " is this node itself",
                          .why = "it sees everything, and nobody logs in as it"});
    }
    const std::int64_t epoch = row.member.epoch + 1;
    const auto key = row.member.key;
    row.member = member;
    row.member.key = key;
    row.member.epoch = epoch;
    row.is_changed = true;
    session.audit(session.node().member.id, "member", member_json(row));
    Intake(session).review(row, session.node().member.id);
    return true;
  });
}

std::vector<Member> Store::members() const {
  return state_->on_connection([](Database& database) {
    std::vector<Member> members;
    for (MemberRow& row : detail::read_members(database)) members.push_back(std::move(row.member));
    return members;
  });
}

std::optional<Member> Store::find_member(std::string_view name) const {
  return state_->find("name", name);
}

std::optional<Member> Store::find_member_by_id(std::string_view id) const {
  return state_->find("id", id);
}

std::optional<Member> Store::State::find(const char* column, std::string_view value) {
  if (value.find('\0') != std::string_view::npos) return std::nullopt;
  return on_connection([&](Database& database) -> std::optional<Member> {
    auto row = detail::find_member(database, column, value);
    if (!row) return std::nullopt;
    return std::move(row->member);
  });
}

Page Store::read(const std::string& member, const PageRequest& request) const {
  return state_->read([&](Database& database) {
    const auto row = detail::find_member(database, "id", member);
    PANJ_EXPECT(row.has_value());
    return detail::PageReader(database, state_->labels, state_->identity.secret)
        .read(*row, request);
  });
}

bool Store::has_object(const std::string& member, const std::string& id) const {
  PageRequest request{
      .query = {.ids = {id}, .versions = {"all"}}, .limit = 1, .content = Content::manifest};
  return !read(member, request).entries.empty();
}

std::string Store::sign(std::string_view text) const {
  return state_->identity.key.sign(text);
}

Checkpoint Store::checkpoint(const std::string& member) const {
  return state_->on_connection([&](Database& database) {
    const auto row = detail::find_member(database, "id", member);
    PANJ_EXPECT(row.has_value());
    return sign_checkpoint({.node = state_->self.id,
                            .member = row->member.id,
                            .sequence = row->last_sequence,
                            .chain = row->chain},
                           state_->identity.key);
  });
}

void Store::visit_audit(const std::function<void(const AuditEntry&)>& visit) const {
  state_->read([&](Database& database) {
    detail::visit_entries(database, [&](const detail::StoredEntry& stored) {
      visit(stored.entry);
      return true;
    });
    return true;
  });
}

std::optional<AuditFault> Store::verify_audit(std::span<const Checkpoint> checkpoints) const {
  return state_->read([&](Database& database) {
    return detail::AuditCheck(database, state_->self.id).run(checkpoints);
  });
}

}  // namespace panj::share
