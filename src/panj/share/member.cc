// SPDX-License-Identifier: Apache-2.0
#include "panj/share/member.h"

#include <algorithm>
#include <array>

namespace panj::share {
namespace {

constexpr std::array<std::string_view, 4> kAccess = {"none", "read", "write", "read-write"};

}  // namespace

std::string_view name(Access access) {
  return kAccess.at(static_cast<std::size_t>(access));
}

std::optional<Access> parse_access(std::string_view text) {
  const auto* const found = std::ranges::find(kAccess, text);
  if (found == kAccess.end()) return std::nullopt;
  return static_cast<Access>(found - kAccess.begin());
}

}  // namespace panj::share
