// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "panj/core/date.h"
#include "panj/plan/shift_plan.h"

namespace panj::plan {

/// The stretch of a crew in each shift; nothing when it rests.
using Tour = std::vector<std::optional<std::size_t>>;

/// True with chance heads/(heads + tails).
using Coin = std::function<bool(std::int64_t heads, std::int64_t tails)>;

/// Draws what each crew does in `shifts` shifts, exactly with the plan's chances: dependent
/// rounding of its flow (Gandhi, Khuller, Parthasarathy and Srinivasan 2006). There is a tour for
/// each crew, and every shift has ⌊Σx⌋ or ⌈Σx⌉ crews on a stretch. The order in which stretches are
/// settled is random by `order_seed`, as in daily rosters; chance is the coin's alone.
std::vector<Tour> draw_tours(const ShiftPlan& plan, std::size_t shifts, std::uint64_t order_seed,
                             const Coin& coin);
/// The same with a coin of the seed: whoever knows it knows every tour.
std::vector<Tour> draw_tours(const ShiftPlan& plan, std::size_t shifts, std::uint64_t seed);

/// When tours begin, and how many shifts a day has, of equal length from midnight.
struct ShiftTimes {
  Date first{};
  int per_day = 1;
};
/// date,shift,crew,stretch — one row for each crew on a stretch; shifts and crews count from 1.
std::string tours_csv(std::span<const Tour> tours, const ShiftTimes& times,
                      std::span<const std::string> names);
/// In local time, whatever the zone of who opens it.
std::string tours_icalendar(std::span<const Tour> tours, const ShiftTimes& times,
                            std::span<const std::string> names);

}  // namespace panj::plan
