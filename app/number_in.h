// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>

namespace panj::app {

/// More than any sum of money that a plan is about, and little enough to reckon with.
inline constexpr double kMostMoney = 1e12;

/// A number from `low` to `high`. Refuses nan, which the ranges of CLI11 let through, for they ask
/// whether it lies outside:
///
///     command.add_option("--effort", effort, "…")->check(number_in(0.001, 1000));
CLI::Validator number_in(double low, double high);

}  // namespace panj::app
