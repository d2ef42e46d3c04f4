// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "panj/spillover/parameters.h"
#include "panj/theatre/package.h"

namespace panj::spillover {

/// Equipment that is scheduled for 1 January of a year and spread over the stretches in proportion
/// to `weights`, in whole units that add up.
struct Tranche {
  int year = 0;
  ByKind<double> units{};         ///< whole numbers
  std::vector<double> weights{};  ///< one for each stretch; empty: by length
};

/// A joint exercise that does more on some stretches than on others.
struct HeldExercise {
  double time = 0.0;           ///< in years; counts in the step that holds it
  std::vector<double> lift{};  ///< by stretch, share of the missing readiness that it closes
  double cost = 0.0;           ///< M$

  bool operator==(const HeldExercise&) const = default;
};

/// What decision-makers can set, each acting on one named quantity of the model.
///
///     LeverSettings levers = practised_levers(parameters);
///     levers.belt_cover = 0.6;
///     levers.deliveries = {{2026, {0, 10, 0, 0}, {0, 0, 1, 1}}};   // 5 sensors each on two
///     stretches
struct LeverSettings {
  std::vector<Tranche> deliveries{};  ///< D_j(y)
  double slippage_years = 0.5;        ///< τ_S
  double guards_factor = 1.0;         ///< G_i
  double exercises_per_year = 0.0;    ///< n_X, evenly spread and everywhere alike
  /// These and no others, in place of n_X. Each stretch then has a readiness of its own.
  std::optional<std::vector<HeldExercise>> calendar{};
  std::vector<double> sharing{};  ///< S, row member to column member
  double belt_cover = 0.0;        ///< B_e
  theatre::PatrolPolicy patrol = theatre::PatrolPolicy::fixed;
  /// Shares of the pooled mobile and air teams by stretch, in place of what the policy would do;
  /// attackers see them. Empty: by policy.
  std::vector<double> patrol_shares{};
  double reserves_released_per_year = 0.0;      ///< q(t), share of what was frozen
  std::vector<std::optional<double>> stance{};  ///< s_m; nothing keeps the member's path
  double urging = 0.0;                          ///< u
  std::size_t regime = 0;                       ///< ω_H, ω_C, e_W

  bool operator==(const LeverSettings&) const = default;
};
bool operator==(const Tranche& a, const Tranche& b);

/// Levers as practised, before and without any package.
LeverSettings practised_levers(const Parameters& parameters);

/// The levers of a package of the theatre. Programmes come in yearly tranches, equal unless the
/// package gives their shares.
LeverSettings levers_of(const Parameters& parameters, const theatre::Package& package);

/// Throws InvalidInput with everything in the settings that cannot be: negative or broken units,
/// weights of the wrong number, shares outside [0, 1], …; `of` names the package in messages.
void validate(const LeverSettings& levers, const Parameters& parameters, std::size_t stretches,
              std::string_view of);

/// Names of the levers, as --explain shows them, with how to take one from other settings.
struct Lever {
  std::string_view name;
  std::string_view acts_on;
  bool (*differs)(const LeverSettings&, const LeverSettings&);
  void (*take)(LeverSettings& into, const LeverSettings& from);
};
const std::vector<Lever>& all_levers();

/// Whole units for each part: n_i = ⌊T c_i + ϕ⌋ − ⌊T c_{i−1} + ϕ⌋ with cumulative shares c. Merging
/// neighbours gives the sum of their units.
std::vector<double> cumulative_rounding(double total, const std::vector<double>& weights,
                                        double offset);

}  // namespace panj::spillover
