// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "panj/share/json.h"
#include "panj/share/keys.h"
#include "panj/share/label.h"
#include "panj/share/timestamp.h"

namespace panj::share {

/// The STIX extension of a receipt.
inline constexpr std::string_view kReceiptExtension =
    "extension-definition--6f2f3c0e-5a0b-4d0e-9c1f-2b1d7a7d5e03";

/// The version that recalls an object: `revoked`, with the id, the times and the markings of the
/// version `last` that the recipient saw, and none of its content. What STIX demands of the type is
/// filled in: texts say "(recalled)", references stay. Its `modified` is `time`, or a millisecond
/// after that of `last` when this is later. Signed.
Json make_tombstone(const Json& last, Time time, const SigningKey& key);

/// The label of a receipt.
Label receipt_label(const std::string& originator);
/// The signed note by which a recipient confirms a recall to the originator, and to nobody else.
Json make_receipt(const std::string& recalled, const std::string& originator, Time time,
                  const SigningKey& key);
/// The id of the recalled object, when this is a receipt.
std::optional<std::string> receipt_for(const Json& object);

}  // namespace panj::share
