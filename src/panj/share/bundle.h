// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "panj/share/audit.h"
#include "panj/share/json.h"
#include "panj/share/store.h"

namespace panj::share {

/// What one node carries to another without a network: a STIX bundle of the very bytes that the
/// recipient would pull, the node's checkpoint of the recipient's log, and its signature over which
/// objects these are: none can be taken out, put in or changed on the way.
struct Bundle {
  std::vector<Json> objects{};
  Checkpoint checkpoint{};  ///< says from whom and for whom it is
};

/// Everything that was released to the member after `added_after`, in the order of its release.
/// The same log gives the same bytes.
std::string make_bundle(const Store& store, const std::string& member,
                        const std::optional<Time>& added_after = {});

/// Refused when it is no STIX bundle, has no checkpoint, is larger than 256 MiB, or its objects are
/// not those that the node signed for. Each object is checked when it is received.
Result<Bundle> read_bundle(std::string_view text);

/// Takes in a bundle that is for this node, whole or not at all. Throws InvalidInput when it is for
/// another, or from a node that is no member.
Received import_bundle(Store& store, const Bundle& bundle);

}  // namespace panj::share
