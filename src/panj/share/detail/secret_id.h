// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "panj/share/detail/bytes.h"
#include "panj/share/keys.h"

namespace panj::share::detail {

/// The id of what has this key within the type: always the same, and only who has `ids` can make
/// it.
inline std::string secret_id(const SecretKey& ids, const std::string& type,
                             const std::string& key) {
  return id_from_digest(type, text_of(ids.code("id\n" + type + "\n" + key)));
}

}  // namespace panj::share::detail
