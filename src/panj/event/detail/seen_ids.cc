// SPDX-License-Identifier: Apache-2.0
#include "panj/event/detail/seen_ids.h"

#include <functional>

namespace panj::event::detail {
namespace {

constexpr std::size_t kFirstSlots = 1024;  ///< always a power of two

}  // namespace

SeenIds::Seen SeenIds::insert(std::string_view source, std::string_view id, Seen seen) {
  if (2 * (entries_.size() + 1) > slots_.size()) grow();
  const std::size_t begin = keys_.size();
  keys_.append(source).append(1, '\0').append(id);
  const std::string_view added = std::string_view(keys_).substr(begin);
  const std::size_t hash = std::hash<std::string_view>{}(added);
  std::uint32_t& slot = slot_of(hash, added);
  if (slot != 0) {
    keys_.resize(begin);
    return entries_[slot - 1].seen;
  }
  entries_.push_back({hash, keys_.size(), seen});
  slot = static_cast<std::uint32_t>(entries_.size());
  return seen;
}

std::string_view SeenIds::key(std::size_t entry) const {
  const std::size_t begin = entry == 0 ? 0 : entries_[entry - 1].key_end;
  return std::string_view(keys_).substr(begin, entries_[entry].key_end - begin);
}

/// Where the key stands, or may be put.
std::uint32_t& SeenIds::slot_of(std::size_t hash, std::string_view wanted) {
  std::size_t at = hash & (slots_.size() - 1);
  for (; slots_[at] != 0; at = (at + 1) & (slots_.size() - 1)) {
    const std::size_t entry = slots_[at] - 1;
    if (entries_[entry].hash == hash && key(entry) == wanted) break;
  }
  return slots_[at];
}

void SeenIds::grow() {
  slots_.assign(slots_.empty() ? kFirstSlots : 2 * slots_.size(), 0);
  for (std::size_t entry = 0; entry < entries_.size(); ++entry) {
    std::size_t at = entries_[entry].hash & (slots_.size() - 1);
    while (slots_[at] != 0) at = (at + 1) & (slots_.size() - 1);
    slots_[at] = static_cast<std::uint32_t>(entry + 1);
  }
}

}  // namespace panj::event::detail
