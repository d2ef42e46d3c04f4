// SPDX-License-Identifier: Apache-2.0
#include "panj/share/detail/intake.h"

#include <fmt/format.h>

#include "panj/core/text.h"
#include "panj/share/canonical.h"
#include "panj/share/detail/tombstones.h"
#include "panj/share/marking.h"
#include "panj/share/tombstone.h"

namespace panj::share::detail {
namespace {

constexpr std::size_t kLargestObject = std::size_t{1} << 20;

std::string shown_field(const Json& json, const char* field) {
  if (!json.is_object()) return {};
  const auto found = json.find(field);
  if (found == json.end() || !found->is_string()) return {};
  constexpr std::size_t kLongest = 300;
  return printable(found->get_ref<const std::string&>(), kLongest);
}

bool claims_to_be_label(const Json& json) {
  if (json.value("type", Json()) != "marking-definition") return false;
  const auto extensions = json.find("extensions");
  return extensions != json.end() && extensions->contains(std::string(kLabelExtension));
}

}  // namespace

struct Intake::Item {
  const Json& json;
  StixObject stix{};
  std::string body{};
  Signature signature{};
  bool is_relayed = false;
  std::string source{};
  Result result{};
};

Intake::Result Intake::refuse(Item& item, std::string message) {
  item.result.outcome = Outcome::refused;
  item.result.status.message = std::move(message);
  return item.result;
}

Intake::Result Intake::refuse(Item& item, const Problem& problem) {
  return refuse(item, to_string(problem));
}

/// Nothing when the object can be read, or why not.
std::optional<Intake::Result> Intake::read(Item& item) {
  item.result.status.id = shown_field(item.json, "id");
  item.result.status.version = shown_field(item.json, "modified");
  if (item.result.status.version.empty()) {
    item.result.status.version = shown_field(item.json, "created");
  }
  auto stix = read_stix_object(item.json);
  if (!stix) return refuse(item, stix.error());
  item.stix = std::move(stix).value();
  if (item.body.empty()) item.body = canonical_json(item.json);
  if (item.body.size() > kLargestObject) {
    return refuse(item, fmt::format("the object has {} bytes (at most {})", item.body.size(),
                                    kLargestObject));
  }
  if (item.signature.state == SignatureState::none) item.signature = check_signature(item.json);
  if (item.signature.state == SignatureState::invalid) {
    return refuse(item, "the signature is wrong: the object was changed after it was signed");
  }
  return std::nullopt;
}

/// Labels belong to nobody: their id says what they are. What only looks like a label is none, and
/// whoever sent it would take its objects for released.
std::optional<Intake::Result> Intake::take_label(Item& item, MemberRow& bringer) {
  const auto label = label_of_marking(item.json);
  if (!label) {
    if (!claims_to_be_label(item.json)) return std::nullopt;
    return refuse(item, "is not the marking that its label makes (or its label is not known here)");
  }
  session_.labels().keep(session_.database(), *label);
  keep_dependency(item.json, bringer, bringer);
  item.result.outcome = Outcome::known;
  return item.result;
}

void Intake::keep_dependency(const Json& json, MemberRow& creator, MemberRow& bringer) {
  const auto stix = read_stix_object(json);
  const auto known = find_dependency(session_.database(), stix->id);
  if (known) {
    if (release_.log().has_id(bringer, stix->id)) return;
    const VersionRow version = read_version(session_.database(), known->current_version);
    release_.admit_dependency(version, bringer);
    return audit_version(version, bringer.member.id);
  }
  const VersionRow version = insert_version(
      session_, {.stix = *stix,
                 .body = canonical_json(json),
                 .label = session_.labels().keep(session_.database(), Label::originator_only()),
                 .kind = Kind::with_what_needs_it,
                 .creator = creator.number});
  release_.admit_dependency(version, bringer);
  audit_version(version, bringer.member.id);
}

std::optional<Intake::Result> Intake::check_owner(Item& item, const MemberRow& poster) {
  const Member& member = poster.member;
  if (member.key && item.signature.state == SignatureState::none) {
    return refuse(item, "is not signed (a member with a key signs what it sends)");
  }
  if (!member.key && item.signature.state != SignatureState::none) {
    return refuse(item, "is signed, but the node knows no key of yours");
  }
  if (member.key && item.signature.key != *member.key) {
    return refuse(item, "is signed by another than you (only who made an object may send it)");
  }
  const bool may_be_left_out = !member.key && item.stix.created_by.empty();
  if (item.stix.created_by != member.id && !may_be_left_out) {
    return refuse(item, fmt::format("created_by_ref: is not you (must be {})", member.id));
  }
  if (release_.log().has_rival(poster, {.object = 0, .id = item.stix.id}) &&
      !find_object(session_.database(), item.stix.id, poster.number)) {
    return refuse(item, "id: is of another's object (add an opinion, a note or a sighting)");
  }
  return std::nullopt;
}

/// The version when it is there already, or another in its place.
std::optional<Intake::Result> Intake::find_known(Item& item, const MemberRow& creator,
                                                 const MemberRow& bringer) {
  const auto object = find_object(session_.database(), item.stix.id, creator.number);
  if (!object) return std::nullopt;
  const auto same = find_version(session_.database(), object->number, micros(item.stix.modified));
  if (same && same->hash == version_hash(item.body)) {
    open_up(item.stix, *same, bringer);
    item.result.outcome = Outcome::known;
    return item.result;
  }
  if (same) return refuse(item, "modified: another version has this time (versions never change)");
  const auto current = parse_json(read_body(session_.database(), object->current_version));
  if (shown_field(*current, "created") != shown_field(item.json, "created")) {
    return refuse(item, "created: differs from that of the versions before");
  }
  return std::nullopt;
}

/// A marking counts when whoever brought the object could see it: an object's label must not depend
/// on what others hold.
Label Intake::label_for(const StixObject& stix, const MemberRow& bringer) {
  return label_of_markings(stix.markings, [&](const std::string& id) -> std::optional<Label> {
    if (!release_.log().has_id(bringer, id)) return std::nullopt;
    return session_.labels().find(session_.database(), id);
  });
}

/// A version that came before its marking was kept closed. When it comes again, and the marking is
/// known, it gets the label that it should have had.
void Intake::open_up(const StixObject& stix, VersionRow version, const MemberRow& bringer) {
  static const std::string closed = marking_refs(Label::originator_only()).back();
  if (version.label != closed || version.revocation == Revocation::by_node) return;
  version.label = session_.labels().keep(session_.database(), label_for(stix, bringer));
  if (version.label == closed) return;
  change_label(session_.database(), version);
  release_.reconsider(version.object);
  audit_version(version, bringer.member.id);
}

Intake::Result Intake::store(Item& item, MemberRow& creator, const MemberRow& bringer) {
  const Label label = label_for(item.stix, bringer);
  const VersionRow version = insert_version(
      session_, {.stix = item.stix,
                 .body = std::move(item.body),
                 .label = session_.labels().keep(session_.database(), label),
                 .creator = creator.number,
                 .is_relayed = item.is_relayed,
                 .revocation = item.stix.is_revoked ? Revocation::by_creator : Revocation::none,
                 .source = item.source});
  release_.admit(version);
  audit_version(version, bringer.member.id);
  if (const auto recalled = receipt_for(item.json)) {
    note_receipt(session_, creator, *recalled, version.hash);
  }
  item.result.outcome =
      version.revocation == Revocation::none ? Outcome::stored : Outcome::withdrawn;
  return item.result;
}

Intake::Result Intake::post(const Json& json, MemberRow& poster) {
  Item item{.json = json};
  return take(item, poster);
}

/// What the node itself made came by no strict reader: it must be readable for its recipients.
Intake::Result Intake::publish(const Json& json) {
  Item item{
      .json = json,
      .body = canonical_json(json),
      .signature = {.state = SignatureState::valid, .key = session_.identity().key.public_key()}};
  item.result.status.id = shown_field(json, "id");
  const auto readable = parse_json(item.body);
  if (!readable) return refuse(item, readable.error());
  return take(item, session_.node());
}

Intake::Result Intake::take(Item& item, MemberRow& poster) {
  if (auto refused = read(item)) return *refused;
  if (auto taken = take_label(item, poster)) return *taken;
  if (auto refused = check_owner(item, poster)) return *refused;
  if (release_.log().has_id(poster, item.stix.id) && is_kept(item)) {
    item.result.outcome = Outcome::known;
    return item.result;
  }
  if (auto known = find_known(item, poster, poster)) return *known;
  return store(item, poster, poster);
}

/// Whether it is, to the byte, a marking, identity or definition that the node has already.
bool Intake::is_kept(const Item& item) {
  const auto known = find_dependency(session_.database(), item.stix.id);
  return known &&
         read_version(session_.database(), known->current_version).hash == version_hash(item.body);
}

/// Whatever its fields say, it is the answerer's. A field must not name who could have signed.
Intake::Result Intake::receive_unsigned(Item& item, MemberRow* answerer) {
  if (answerer == nullptr) return refuse(item, "is not signed: nobody answers for it");
  const MemberRow* const named = session_.find(item.stix.created_by);
  if (named != nullptr && named->member.key) {
    return refuse(item,
                  fmt::format("created_by_ref: names {}, who did not sign it", named->member.name));
  }
  if (find_dependency(session_.database(), item.stix.id)) {
    return refuse(item, "id: is of an identity that was handed over with its key");
  }
  if (auto known = find_known(item, *answerer, session_.node())) return *known;
  item.is_relayed = true;
  return store(item, *answerer, session_.node());
}

Intake::Result Intake::receive(const Json& json, const std::string& source, MemberRow* answerer) {
  Item item{.json = json, .source = source};
  if (auto refused = read(item)) return *refused;
  MemberRow& node = session_.node();
  if (auto taken = take_label(item, node)) return *taken;
  if (item.stix.type == "marking-definition" || is_kept(item)) {
    item.result.outcome = Outcome::known;
    return item.result;
  }
  if (item.signature.state != SignatureState::valid) return receive_unsigned(item, answerer);
  MemberRow* const signer = holder_of(item.signature.key);
  if (signer == nullptr) {
    return refuse(item, fmt::format("is signed by a key that is no member's ({})",
                                    fingerprint(item.signature.key)));
  }
  if (item.stix.created_by != signer->member.id) {
    if (item.stix.is_revoked) return withdraw(item, *signer, source);
    return refuse(item, "created_by_ref: is not who signed it");
  }
  if (find_dependency(session_.database(), item.stix.id)) {
    return refuse(item, "id: is of an identity that was handed over with its key");
  }
  if (auto known = find_known(item, *signer, node)) return *known;
  item.is_relayed = !signer->is_node();
  if (item.stix.is_revoked) item.result.recalled_by = signer->member.id;
  return store(item, *signer, node);
}

/// A node takes back what it had sent itself: it could as well have withheld it.
Intake::Result Intake::withdraw(Item& item, const MemberRow& signer, const std::string& source) {
  Database& database = session_.database();
  std::int64_t object = 0;
  {
    Rows rows = database.query(
        "SELECT o.number FROM objects o JOIN versions v ON v.number = o.current_version JOIN "
        "members m ON m.number = o.creator WHERE o.id = $1 AND m.id = $2 AND v.source = $3",
        item.stix.id, item.stix.created_by, source);
    if (rows.next()) object = rows.integer(0);
  }
  const bool is_from_there = !is_stix_id(source) || source == signer.member.id;
  if (object == 0 || !is_from_there) {
    return refuse(item, "recalls an object that did not come from there");
  }
  const VersionRow current = read_version(database, read_object(database, object).current_version);
  if (current.revocation != Revocation::none || current.modified >= micros(item.stix.modified)) {
    item.result.outcome = Outcome::known;
    return item.result;
  }
  const VersionRow tombstone = insert_version(session_, {.stix = item.stix,
                                                         .body = item.body,
                                                         .label = current.label,
                                                         .creator = current.creator,
                                                         .is_relayed = true,
                                                         .revocation = Revocation::by_node,
                                                         .source = source});
  release_.admit(tombstone);
  audit_version(tombstone, session_.node().member.id);
  item.result.outcome = Outcome::withdrawn;
  item.result.recalled_by = signer.member.id;
  return item.result;
}

MemberRow* Intake::holder_of(const PublicKey& key) {
  return session_.find(identity_of(key));
}

void Intake::end_object(const VersionRow& last, MemberRow& actor, std::int64_t except) {
  const Json tombstone = make_tombstone(*parse_json(read_body(session_.database(), last.number)),
                                        session_.time(), session_.identity().key);
  const auto stix = read_stored_object(tombstone);
  const VersionRow version = insert_version(session_, {.stix = *stix,
                                                       .body = canonical_json(tombstone),
                                                       .label = last.label,
                                                       .creator = last.creator,
                                                       .revocation = Revocation::by_node});
  release_.recall(version, except);
  audit_version(version, actor.member.id);
}

void Intake::end_version(const ObjectRow& object, const VersionRow& version,
                         const MemberRow& actor) {
  release_.hide_version(object.number, version.number);
  Json detail = release_.log().take_steps();
  detail["hash"] = version.hash;
  session_.audit(actor.member.id, "hide", std::move(detail));
}

void Intake::review(MemberRow& member, const std::string& actor) {
  release_.review(member);
  Json detail = release_.log().take_steps();
  if (!detail.empty()) session_.audit(actor, "review", std::move(detail));
}

void Intake::audit_version(const VersionRow& version, const std::string& actor) {
  Json detail = release_.log().take_steps();
  detail["id"] = version.id;
  detail["hash"] = version.hash;
  detail["creator"] = version.creator;
  detail["label"] = version.label;
  detail["kind"] = static_cast<int>(version.kind);
  detail["revoked"] = static_cast<int>(version.revocation);
  detail["relayed"] = version.is_relayed;
  detail["source"] = version.source;
  session_.audit(actor, "put", std::move(detail));
}

}  // namespace panj::share::detail
