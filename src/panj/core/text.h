// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace panj {

/// Where the first byte stands that is not valid UTF-8 (RFC 3629: no overlong forms, no surrogates,
/// nothing above U+10FFFF); nothing when all is valid. ASCII is checked eight bytes at a time.
std::optional<std::size_t> find_invalid_utf8(std::string_view text);

/// Each byte of ISO 8859-1 as the character it stands for.
std::string latin1_to_utf8(std::string_view text);

/// At most `limit` bytes of `text` fit for a message or a database: bytes that are not UTF-8, and
/// control characters, are written as "\xE9"; "…" marks what was cut off.
std::string printable(std::string_view text, std::size_t limit);

/// Without the spaces and tabs around it.
std::string_view trimmed(std::string_view text);

/// "1 stretch", "2 stretches".
std::string counted(std::size_t number, std::string_view singular, std::string_view plural);

}  // namespace panj
