// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>

namespace panj::share {

/// The Traffic Light Protocol 2.0 (FIRST), in ascending order.
enum class Level : std::uint8_t { clear, green, amber, amber_strict, red };

/// "clear", "green", "amber", "amber+strict", "red".
std::string_view name(Level level);
std::optional<Level> parse_level(std::string_view text);

/// Whether who receives something may pass it on to others on its release list.
enum class OnwardRelease : std::uint8_t { allowed, originator_only };

/// Who may receive something.
struct Recipient {
  std::string id;  ///< STIX identity
  Level clearance = Level::red;
  std::set<std::string> caveats{};  ///< those that the recipient is cleared for
};

/// Who may see an object: a level, all of the caveats, one of the release list, and whether the
/// originator keeps control over its passing on.
///
///     const Label label{.level = Level::amber, .caveats = {"border"}, .release_to = {kazakhstan}};
///     label.permits({.id = kazakhstan, .caveats = {"border", "finance"}});  // true
///     join(label, Label::originator_only()).permits(…);                    // false for everyone
///
/// STIX does not say how several markings combine. Here they join, and so do the labels of what a
/// product was derived from. The join is the least upper bound of an order in which a greater label
/// lets fewer recipients see: commutative, associative and idempotent. The originator itself is not
/// a recipient and needs no permission.
struct Label {
  Level level = Level::red;
  std::set<std::string> caveats{};
  std::set<std::string> release_to{};  ///< STIX identities; empty: nobody but the originator
  OnwardRelease onward = OnwardRelease::originator_only;

  bool operator==(const Label&) const = default;

  /// What holds for an object with an unknown marking or with none. The greatest label but for
  /// caveats.
  static Label originator_only() { return {}; }

  /// Level within the clearance, all caveats held, and on the release list.
  bool permits(const Recipient& recipient) const;

  /// Whether everyone whom `other` permits is permitted by this, too: this label is at most as
  /// strict, part by part.
  bool is_at_most(const Label& other) const;
};

/// The higher level, all caveats of both, those on both release lists; the originator's control if
/// either has it.
Label join(const Label& a, const Label& b);
/// Of none: nothing.
std::optional<Label> join(std::span<const Label> labels);

/// "TLP:AMBER+STRICT//border//REL identity--…//ORCON": for people to read.
std::string to_string(const Label& label);
/// The same with what `name_of` calls each member of the release list.
std::string to_string(const Label& label,
                      const std::function<std::string(const std::string& id)>& name_of);

}  // namespace panj::share
