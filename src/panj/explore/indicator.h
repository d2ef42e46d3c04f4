// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "panj/explore/future_space.h"
#include "panj/theatre/theatre.h"

namespace panj::explore {

/// How one unknown shows itself, in words and in units that a reader watches.
///
///     "foreign fighters arriving" " a month", a twelfth of the assumption's number a year
struct Indicator {
  std::string subject{};
  std::string unit{};          ///< with the space before it; empty for pure numbers
  double scale = 1.0;          ///< shown number / the assumption's number
  bool is_observable = false;  ///< can be watched while it happens, not only estimated afterwards
  std::string watch{};         ///< what to look at; empty unless observable

  /// "foreign fighters arriving above 90 a month"
  std::string above(double value) const;
  std::string below(double value) const;
  /// "90 a month"
  std::string amount(double value) const;
};

/// The indicator of a coordinate of futures: its wording, with the names that the theatre gives to
/// groups, members, zones and so on. What has no wording is named by the words of its key.
Indicator indicator_of(const theatre::Theatre& theatre, const FutureDimension& dimension);

}  // namespace panj::explore
