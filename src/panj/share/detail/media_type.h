// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace panj::share::detail {

/// TAXII 2.1's, as it is written in answers.
inline constexpr std::string_view kTaxiiType = "application/taxii+json;version=2.1";
inline constexpr std::string_view kStixType = "application/stix+json;version=2.1";

/// Whether an Accept header takes kTaxiiType: it names it with version 2.1 or none, or has
/// application/* or */*; not with a quality of 0. An empty header takes everything.
bool accepts_taxii(std::string_view accept);

/// Whether a Content-Type is kTaxiiType, with version 2.1 or none.
bool is_taxii(std::string_view content_type);

}  // namespace panj::share::detail
