// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "panj/core/date.h"
#include "panj/theatre/assumption.h"

namespace panj::theatre {

/// How a member's law treats those in power next door.
enum class Listing { unknown, listed, removed };

/// A state of the alliance.
struct Member {
  std::string id;  ///< short, used everywhere else: "TJ"
  std::string name;
  Listing listing = Listing::unknown;  ///< on the member's terrorist list
  std::string listing_note;
  /// Stance towards those in power next door, 0 hostile to 1 recognised; labels are dates, with
  /// straight lines between them and level before the first and after the last.
  std::optional<Assumption> stance;
  std::optional<Assumption> weight;        ///< in the alliance's common stance
  std::optional<Assumption> intelligence;  ///< chance that its own sources see preparation

  bool operator==(const Member& other) const { return id == other.id; }
  /// The stance on a day; the member must have one.
  double stance_on(Date date) const;
};

/// How well the alliance acts as one: a mean-reverting logit, pushed down by divergence of stances.
struct Cohesion {
  Assumption initial;            ///< share, in (0, 1)
  Assumption speed;              ///< 1/yr
  Assumption noise;              ///< yr^-1/2
  Assumption divergence_effect;  ///< logit per unit of divergence
  Assumption rally;              ///< logit per death
  Assumption rally_fading;       ///< yr
};

/// The alliance whose southern (or other) border this is.
struct Alliance {
  std::string name;
  std::string abbreviation;
  std::vector<Member> members;  ///< at least one
  std::string leader;           ///< member id; empty when nobody leads
  std::string exposed;          ///< member id: the one at the border
  /// Share of its intelligence that the row member passes to the column member, 0 to 1.
  std::optional<Assumption> sharing;
  std::optional<Cohesion> cohesion;

  const Member* find(std::string_view id) const;
};

}  // namespace panj::theatre
