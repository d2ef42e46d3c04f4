// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "panj/share/keys.h"
#include "panj/share/member.h"
#include "panj/share/query.h"

namespace panj::share::detail {

/// The position after which the next page starts, with a code that binds it to the member, its
/// rights as they are, and the query. The same request always gives the same token.
std::string make_next_token(const SecretKey& key, const Member& member, const PageRequest& request,
                            std::int64_t sequence);

/// Nothing when it is not one that was made for this member and query.
std::optional<std::int64_t> read_next_token(const SecretKey& key, const Member& member,
                                            const PageRequest& request);

}  // namespace panj::share::detail
