// SPDX-License-Identifier: Apache-2.0
#include "panj/share/detail/tombstones.h"

#include "panj/share/canonical.h"
#include "panj/share/detail/version_table.h"
#include "panj/share/signed_version.h"
#include "panj/share/tombstone.h"

namespace panj::share::detail {

VersionRow store_tombstone(WriteSession& session, const MemberRow& member, std::int64_t object) {
  Database& database = session.database();
  const std::int64_t seen =
      database.number("SELECT version FROM log WHERE member = $1 AND object = $2 AND is_last = 1",
                      member.number, object);
  const VersionRow last = read_version(database, seen);
  const Json tombstone = make_tombstone(*parse_json(read_body(database, seen)), session.time(),
                                        session.identity().key);
  const std::string body = canonical_json(tombstone);
  const std::int64_t same = database.number(
      "SELECT number FROM versions WHERE object = $1 AND hash = $2", object, version_hash(body));
  if (same != 0) return read_version(database, same);
  return insert_withdrawal(session, last, body);
}

void note_recall(WriteSession& session, const MemberRow& member, std::int64_t object) {
  session.database().execute(
      "INSERT INTO recalls VALUES ($1, $2, $3, '') ON CONFLICT (object, member) "
      "DO UPDATE SET since = excluded.since, receipt = ''",
      object, member.number, micros(session.time()));
}

void note_receipt(WriteSession& session, const MemberRow& member, const std::string& id,
                  const std::string& receipt) {
  session.database().execute(
      "UPDATE recalls SET receipt = $3 WHERE member = $1 AND object IN "
      "(SELECT number FROM objects WHERE id = $2)",
      member.number, id, receipt);
  session.audit(member.member.id, "receipt", {{"recalled", id}, {"receipt", receipt}});
}

}  // namespace panj::share::detail
