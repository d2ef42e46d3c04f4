// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace panj {

/// An index that cannot be mixed up with an index of another kind.
///
///     using UnitId = StrongId<struct UnitTag>;
///     panel.series(UnitId{3});
template <class Tag, class Value = std::uint32_t>
struct StrongId {
  Value value{};

  constexpr StrongId() = default;
  constexpr explicit StrongId(Value v) : value(v) {}
  constexpr auto operator<=>(const StrongId&) const = default;
};

}  // namespace panj

template <class Tag, class Value>
struct std::hash<panj::StrongId<Tag, Value>> {
  std::size_t operator()(panj::StrongId<Tag, Value> id) const noexcept {
    return std::hash<Value>{}(id.value);
  }
};
