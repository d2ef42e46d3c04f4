// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace panj::share {

/// A moment in UTC, to the microsecond.
using Time = std::chrono::sys_time<std::chrono::microseconds>;

/// Where a node takes the time from; fixed in tests.
using Clock = std::function<Time()>;

Time now();

/// Reads "2024-11-18T09:30:00Z" with any number of digits after the second, or none. Nothing when
/// it is no such moment, when the day does not exist, or when it is finer than a microsecond: two
/// moments that differ must not become one.
std::optional<Time> parse_timestamp(std::string_view text);

/// With six digits after the second: "2024-11-18T09:30:00.000000Z", as TAXII's date_added.
std::string to_timestamp(Time time);
/// With three, or as many more as it takes: as STIX's created and modified.
std::string to_stix_timestamp(Time time);
/// With three, cut off.
std::string to_millisecond_timestamp(Time time);

}  // namespace panj::share
