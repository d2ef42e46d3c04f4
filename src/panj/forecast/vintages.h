// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "panj/event/panel.h"
#include "panj/forecast/history.h"
#include "panj/forecast/model.h"
#include "panj/forecast/revision.h"

namespace panj::forecast {

/// What a forecaster on the last day of a month had to go by.
struct Record {
  History history;                  ///< to the origin, or to the last month that was known then
  PredictiveSample::Leads leads{};  ///< those asked for, counted from `history.origin()`
  RevisionModel revision{};         ///< from the vintages up to that day
  Revision since{};                 ///< of the record, to the latest vintage

  /// Months between the record's end and the origin; a lead counts so many more from the record.
  int behind = 0;

  /// The forecast for `leads`, widened by what first figures had become, where enough was revised.
  PredictiveSample forecast(const Forecaster& fitted, std::uint64_t seed) const;
};

/// A panel to test forecasts on: what came, and what was known at each origin.
///
///     const Vintages vintages(read_vintages());  // oldest first
///     const Record record = vintages.at(Month(2020, 10), {3, 14});
///     const auto sample = record.forecast(*model.fit(record.history, record.leads), seed);
///     sample.at(unit, 3 + record.behind);  // January 2021
///
/// It must outlive its records.
class Vintages {
 public:
  /// One panel, whose values of today were known at every origin.
  explicit Vintages(event::Panel today);
  /// As known on each day, oldest first, at least one; the last is what came.
  explicit Vintages(std::vector<Vintage> vintages);

  /// What came: the panel as it is known now.
  const event::Panel& latest() const { return vintages_.back().panel; }
  /// Whether origins see what was known then, and not the values of today.
  bool are_as_known() const { return as_known_; }

  /// The record at the end of `origin`: the last vintage up to that day. Where it ends before
  /// `origin`, as a release does that takes weeks, forecasts reach further. Throws InvalidInput
  /// when nothing was known then, or the leads would reach beyond kLongestLead.
  Record at(Month origin, PredictiveSample::Leads leads) const;

 private:
  const event::Panel& known_at(Month origin, std::span<const Vintage> then) const;

  std::vector<Vintage> vintages_;
  bool as_known_ = true;
};

}  // namespace panj::forecast
