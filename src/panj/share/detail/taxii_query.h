// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "panj/share/detail/taxii_route.h"
#include "panj/share/query.h"

namespace panj::share::detail {

/// Reads the URL parameters of an endpoint. Throws BadRequest for one that the endpoint does not
/// have, one that stands twice, and a wrong value: a filter that is not understood must not become
/// "everything". `limit` is cut to `most`.
PageRequest read_query(Endpoint endpoint, std::string_view method,
                       const std::vector<std::pair<std::string, std::string>>& parameters,
                       std::size_t most);

}  // namespace panj::share::detail
