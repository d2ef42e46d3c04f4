// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "panj/forecast/backtest.h"

namespace panj::app {

/// The place of conflictology-12 among the models, when it is one of them.
std::optional<std::size_t> backtest_reference(const forecast::Backtest& result);

/// Scores of every window, their means, and the skill over the reference, in per cent, with
/// intervals. `seed` is that of the intervals.
std::string backtest_json(const forecast::Backtest& result, std::uint64_t seed);
std::string backtest_table(const forecast::Backtest& result);

/// All of backtest_json, and for each model its scores by lead and kind of cell, its skill by lead,
/// its reliability and its PIT histogram; for each window its scores by kind of cell.
std::string backtest_report(const forecast::Backtest& result, std::uint64_t seed);

}  // namespace panj::app
