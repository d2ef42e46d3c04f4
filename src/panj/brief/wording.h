// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace panj::brief {

/// Whole per cent; certainty is never claimed: "<1%", "37%", ">99%".
std::string percent(double probability);

/// "57–78%"; "<1% to >99%" where an end is not a number of its own; one number when both agree.
std::string percent_range(double low, double high);

/// "about 7 in 10"; below 0.05 "fewer than 1 in 20", from 0.95 "more than 19 in 20".
std::string frequency(double probability);

/// "1,234", "−5": rounded to the nearest integer.
std::string count(double value);

/// "3 incidents", "1 incident".
std::string counted(double value, std::string_view singular, std::string_view plural);

/// An amount of what comes in whole pieces or means of them: "24", "2.1", "0".
std::string amount(double value);

/// A change with its sign: "+4%", "−22%".
std::string change(double percent);

/// "−22 to −7%", for the ends of an interval of a change.
std::string change_range(double low, double high);

/// Money in M$: "0.6", "12".
std::string millions(double value);

/// "12.3", "0.46", "1,234": as many digits as a score deserves.
std::string score(double value);

/// "2024-11-18" → "18 November 2024", "2024-11" → "November 2024", "2024" → "2024". Text that is
/// no date stays as it is.
std::string long_date(std::string_view date);

/// "Likely": for the start of a sentence.
std::string capitalised(std::string_view text);

}  // namespace panj::brief
