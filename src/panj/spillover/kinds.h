// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>

#include "panj/theatre/defence.h"

namespace panj::spillover {

/// Attempt types, in the order of theatre::kAttemptTypes.
enum Type : std::size_t { kAttack, kInfiltration, kTrafficking, kFire };
inline constexpr std::size_t kTypes = 4;
/// Types whose attempts are single events with marks; trafficking runs are loads.
inline constexpr std::array<Type, 3> kArmedAttempts{kAttack, kInfiltration, kFire};

/// Equipment kinds, in the order of theatre::kEquipmentKinds.
enum Kind : std::size_t { kPost, kSensor, kMobile, kAir };
inline constexpr std::size_t kKinds = 4;
/// Kinds that move, each patrolling on its own.
inline constexpr std::array<Kind, 2> kTeams{kMobile, kAir};

template <class T>
using ByType = std::array<T, kTypes>;
template <class T>
using ByKind = std::array<T, kKinds>;

static_assert(theatre::kAttemptTypes.size() == kTypes && theatre::kEquipmentKinds.size() == kKinds);

}  // namespace panj::spillover
