// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "panj/share/json.h"

namespace panj::share {

/// The one way to write a value (RFC 8785, JSON Canonicalization Scheme): no spaces, names ordered
/// by their UTF-16 code units, numbers as ECMAScript writes them, only what must be is escaped.
/// Signatures and digests are made over it. Numbers must be finite; strings must be UTF-8.
///
///     canonical_json(Json::parse(R"({"b": 1.50, "a": "\u20ac"})"))  // {"a":"€","b":1.5}
std::string canonical_json(const Json& value);

/// A finite number as ECMAScript's Number::toString writes it: the fewest digits that read back as
/// the same double, without exponent from 1e-6 up to below 1e21. -0 becomes "0".
std::string canonical_number(double value);

}  // namespace panj::share
