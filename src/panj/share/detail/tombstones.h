// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "panj/share/detail/version_row.h"
#include "panj/share/detail/write_session.h"

namespace panj::share::detail {

/// A tombstone for what this member saw last of the object, signed by the node and stored.
VersionRow store_tombstone(WriteSession& session, const MemberRow& member, std::int64_t object);

/// That the member owes a receipt.
void note_recall(WriteSession& session, const MemberRow& member, std::int64_t object);

/// The member confirmed the recall of the object with this id.
void note_receipt(WriteSession& session, const MemberRow& member, const std::string& id,
                  const std::string& receipt);

}  // namespace panj::share::detail
