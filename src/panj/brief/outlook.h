// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "panj/brief/content.h"
#include "panj/event/panel.h"
#include "panj/forecast/backtest.h"
#include "panj/forecast/incident_rate.h"
#include "panj/forecast/model.h"
#include "panj/forecast/predictive_sample.h"

namespace panj::brief {

/// What the forecasts say, as parts of a brief's content.

/// Each unit of the panel from its first known month on.
std::vector<Country> records_of(const event::Panel& panel);

struct FanOptions {
  int observed_months = 26;  ///< shown before the origin
  int past_months = 24;      ///< with the interval that was forecast one month ahead
};

/// The fan of one unit, with what the same model had forecast one month ahead for each of the last
/// months. Throws InvalidInput when the sample has no such unit.
Forecast fan_of(const event::Panel& panel, const forecast::Model& model,
                const forecast::PredictiveSample& sample, const std::string& unit,
                std::uint64_t seed, const FanOptions& options = {});

/// CRPS and coverage of each model in each window.
Skill skill_of(const forecast::Backtest& backtest, const std::string& issued_model,
               const std::string& panel_name);

/// What the incident statements rest on: the reference years' reported armed incidents.
struct IncidentRecord {
  std::int64_t armed = 0;
  int first_year = 0;
  int last_year = 0;
  std::string window{};  ///< the twelve months spoken of: "January to December 2026"

  int years() const { return last_year - first_year + 1; }
};

/// Two statements: at least one incident; more than the yearly mean of the reference years.
std::vector<Statement> incident_statements(const IncidentRecord& record);

/// "`unit` records `threshold` or more state-based deaths in <month of lead>". The interval is
/// Jeffreys' for a share among as many draws as the sample has: a model that looks back twelve
/// months knows twelve values.
Statement deaths_statement(const forecast::PredictiveSample& sample, const std::string& unit,
                           int lead, double threshold);

/// Widens the statement's interval, where past chances near its own came true more or less often
/// than they said, to hold Jeffreys' interval of how often they did, and says so.
void widen_by_record(Statement& statement, const Reliability& record);

}  // namespace panj::brief
