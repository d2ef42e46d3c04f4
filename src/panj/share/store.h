// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "panj/share/audit.h"
#include "panj/share/keys.h"
#include "panj/share/label.h"
#include "panj/share/member.h"
#include "panj/share/query.h"
#include "panj/share/status.h"
#include "panj/share/timestamp.h"

namespace panj::share {

/// Who a node is. `secret` makes ids and `next` tokens that nobody else can make.
struct NodeIdentity {
  std::string name;
  SigningKey key;
  SecretKey secret;
};

/// What erase() did. "Not yours to see" and "not there" are one.
enum class Erasure : std::uint8_t { erased, not_found, forbidden };

/// Whether opening a store that nothing is in yet makes it anew.
enum class Founding : std::uint8_t { allowed, forbidden };

/// How objects of another node came here.
struct Delivery {
  std::string source{};       ///< the node's identity, or the URL of a server that is no node
  std::string cursor{};       ///< how far it was received
  std::string cursor_name{};  ///< what the cursor is kept under; empty: the source
  /// A member without a key that answers for objects that nobody signed; empty: they are refused.
  std::string answerer{};
};

/// A recall that some recipients have not confirmed yet.
struct OpenRecall {
  std::string object{};
  std::string member{};  ///< identity of the recipient
  Time since{};
};

/// What a node holds, and who may see what of it.
///
/// **One enforcement point, at write time.** When a version comes in, the recipients are computed
/// from its label, and the version is appended to the log of each of them, with a release time that
/// rises strictly within the log. An object that refers to others waits until all of them are in
/// the recipient's log. Every read takes the recipient and reads that log alone; the label is
/// checked again on the way out. So whatever a member asks, in whatever order, the answer depends
/// on what was released to this member, and on nothing else.
///
///     Store store("node/store.db", {name, key, secret});
///     store.add_member({.name = "KZ", .key = kazakhstan_key, …});
///     store.publish(objects);                      // of this node, signed by it
///     Page page = store.read(kz.id, {.limit = 100});
///     while (page.has_more) page = store.read(kz.id, {.limit = 100, .next = page.next});
///
/// The first member is the node itself: its log holds everything.
///
/// Every change is one transaction with its entries in the audit chain: after a kill there is all
/// of it or nothing. Any number of threads may call; writes queue. Several processes may open the
/// same store.
///
/// Throws std::runtime_error when the store cannot be opened, is locked for more than 10 s, or the
/// disk is full (it is then as before), InvalidInput when it is damaged, is no store, or belongs to
/// another node.
class Store {
 public:
  /// `where` is the path of an SQLite file, made when it is not there, or a connection string of
  /// PostgreSQL ("postgresql://…"), whose database must be UTF-8. Throws InvalidInput when the
  /// store is empty and must not be founded: a store that was in use has lost its history then.
  Store(const std::string& where, NodeIdentity node, Clock clock = now,
        Founding founding = Founding::allowed);
  Store(Store&&) noexcept;
  ~Store();

  // Members. ------------------------------------------------------------------------------------

  const Member& node() const;
  /// The id of the node's one collection: a UUID made from its key.
  const std::string& collection_id() const;

  /// Fills in id and epoch. `card` is what the member handed over with its key (identity_card.h);
  /// without it the node introduces the member to others itself. What current labels permit the new
  /// member is released to it at once. Throws InvalidInput when the name or key is taken, or the
  /// name is not 1 to 64 letters, digits, dots, dashes or underscores.
  Member add_member(Member member, const Json& card = nullptr);
  /// By id. What its new clearance and caveats permit is released; what they no longer permit is
  /// withdrawn. Throws InvalidInput for the node itself.
  void change_member(const Member& member);
  std::vector<Member> members() const;
  std::optional<Member> find_member(std::string_view name) const;
  std::optional<Member> find_member_by_id(std::string_view id) const;

  // Writing. ------------------------------------------------------------------------------------

  /// A member's POST. All valid objects are stored, in one transaction, the others are failures.
  /// A member with a key signs what it sends, and `created_by_ref` is its own identity; one without
  /// sends unsigned objects. Whether another member holds an object with this id makes no
  /// difference. A version that is there already is a success; another one with the same `modified`
  /// is not.
  Status put(const std::string& member, std::span<const Json> objects);
  /// Of a POST by this member; nothing for another's.
  std::optional<Status> status(const std::string& member, const std::string& id) const;

  /// The node's own objects: each is signed and stored, or, when one is wrong, none (InvalidInput).
  Status publish(std::span<const Json> objects);

  /// What another node sent, by TAXII or as a bundle. Signatures must hold; creators must be
  /// members. The cursor, and receipts for recalls, are stored in the same transaction.
  Received receive(std::span<const Json> objects, const Delivery& delivery);
  /// Of the last delivery with this name; empty when there was none.
  std::string cursor(const std::string& name) const;

  /// Deletes this member's own object, all versions or those named (timestamps). When none is left,
  /// others get a tombstone; that one of several went, they are not told. `forbidden` when the
  /// member sees the object but did not make it.
  Erasure erase(const std::string& member, const std::string& id,
                const std::vector<std::string>& versions = {});

  /// Issues a version with another label of the node's own object. Recipients who may no longer see
  /// it get a tombstone. Throws InvalidInput when there is no such object.
  void relabel(const std::string& id, const Label& label);
  /// Recalls the node's own object: a signed tombstone goes to everyone who had it.
  void recall(const std::string& id);
  std::vector<OpenRecall> open_recalls() const;

  // Reading. ------------------------------------------------------------------------------------

  /// A page of this member's log. Throws BadRequest for a `next` that was not given to this member
  /// for this query, or since whose issue its rights changed.
  Page read(const std::string& member, const PageRequest& request) const;
  /// Whether anything with this id was released to the member and is still to be seen.
  bool has_object(const std::string& member, const std::string& id) const;

  // History. ------------------------------------------------------------------------------------

  /// With the node's key. The text begins with what it is, so that it is taken for nothing else.
  std::string sign(std::string_view text) const;
  /// Of this member's log as it is now.
  Checkpoint checkpoint(const std::string& member) const;
  void visit_audit(const std::function<void(const AuditEntry&)>& visit) const;
  /// Checks every entry, version and log against each other and against the checkpoints. Nothing
  /// when all is right.
  std::optional<AuditFault> verify_audit(std::span<const Checkpoint> checkpoints = {}) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace panj::share
