// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "panj/share/detail/release.h"
#include "panj/share/detail/version_table.h"
#include "panj/share/detail/write_session.h"
#include "panj/share/signed_version.h"
#include "panj/share/status.h"
#include "panj/share/stix_object.h"

namespace panj::share::detail {

/// Takes objects in, one by one: checks whose they are, stores them, has them released, and writes
/// the audit entry.
class Intake {
 public:
  enum class Outcome : std::uint8_t { stored, known, withdrawn, refused };
  struct Result {
    Outcome outcome = Outcome::refused;
    ObjectStatus status{};      ///< with a message when refused
    std::string recalled_by{};  ///< who recalled it and waits for a receipt; empty for nobody
  };

  explicit Intake(WriteSession& session) : session_(session), release_(session) {}

  /// A member's own object: of a member with a key, signed by it.
  Result post(const Json& json, MemberRow& poster);
  /// The node's own object, which the caller has just signed with its key.
  Result publish(const Json& json);
  /// An object that another node sent: its creator is who signed it. For one that nobody signed the
  /// member `answerer` answers; without one it is refused.
  Result receive(const Json& json, const std::string& source, MemberRow* answerer);

  /// Ends the object; see Release::recall().
  void end_object(const VersionRow& last, MemberRow& actor, std::int64_t except);
  void end_version(const ObjectRow& object, const VersionRow& version, const MemberRow& actor);
  void review(MemberRow& member, const std::string& actor);
  MemberLog& log() { return release_.log(); }
  /// A marking or a member's identity card.
  void keep_dependency(const Json& json, MemberRow& creator, MemberRow& bringer);

 private:
  struct Item;  ///< an object on its way in
  static Result refuse(Item& item, std::string message);
  static Result refuse(Item& item, const Problem& problem);
  std::optional<Result> read(Item& item);
  Result take(Item& item, MemberRow& poster);
  std::optional<Result> take_label(Item& item, MemberRow& bringer);
  bool is_kept(const Item& item);
  std::optional<Result> check_owner(Item& item, const MemberRow& poster);
  std::optional<Result> find_known(Item& item, const MemberRow& creator, const MemberRow& bringer);
  Label label_for(const StixObject& stix, const MemberRow& bringer);
  void open_up(const StixObject& stix, VersionRow version, const MemberRow& bringer);
  Result store(Item& item, MemberRow& creator, const MemberRow& bringer);
  Result receive_unsigned(Item& item, MemberRow* answerer);
  Result withdraw(Item& item, const MemberRow& signer, const std::string& source);
  MemberRow* holder_of(const PublicKey& key);
  void audit_version(const VersionRow& version, const std::string& actor);

  WriteSession& session_;
  Release release_;
};

}  // namespace panj::share::detail
