// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "panj/core/result.h"

namespace panj::share {

using Json = nlohmann::json;

struct JsonLimits {
  std::size_t max_bytes = std::size_t{16} << 20;
  std::size_t max_depth = 64;          ///< arrays and objects within one another
  std::size_t max_values = 1'000'000;  ///< bounds the memory: at most some 100 bytes for each
};

/// Reads one JSON text (RFC 8259) as every other reader would read it, or not at all.
///
/// What two readers may take differently is refused: a name twice in an object (also when one of
/// them is written with escapes), a lone surrogate, invalid UTF-8, a byte-order mark, anything
/// after the value, a number outside of a double's range, and whole numbers beyond ±(2⁵³ - 1),
/// which some readers round (I-JSON, RFC 7493), in whatever form they are written up to 10²¹, from
/// where on canonical JSON has an exponent. So the canonical JSON of what was read can be read.
/// Whole numbers come out as integers, others as doubles.
///
///     const Result<Json> bundle = parse_json(text);
///     if (!bundle) refuse(bundle.error());  // "at byte 17: the name 'id' stands twice"
///
/// Never throws for what the text holds; time and memory are linear in its size.
Result<Json> parse_json(std::string_view text, const JsonLimits& limits = {});

/// The text in a field of an object; empty when it is absent or something else.
std::string text_field(const Json& object, const char* field);

}  // namespace panj::share
