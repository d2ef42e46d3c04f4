// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

namespace panj::spillover {

/// Simplifications under which the model has answers in closed form: see limit_cases.h.
struct Idealisation {
  std::optional<double> detection{};     ///< p^d of every stretch and type
  std::optional<double> interception{};  ///< p^r of every stretch and type
  bool no_corruption = false;            ///< officials undo no stops
  bool people_frozen = false;            ///< militants stay as at the start
  bool tolerance_frozen = false;         ///< a_g stays ā_g
  bool no_losses = false;                ///< nobody is lost at the border
  bool uncapped_excitation = false;      ///< X̃ = X
  bool equipment_by_density = false;  ///< E_ij = E⁰ ℓ_i/L, not in whole units, and never lost

  bool operator==(const Idealisation&) const = default;
};

/// Whether each step is checked: a sixth of the time. Development builds do it by default.
enum class Invariants { checked, unchecked };
#ifdef NDEBUG
inline constexpr Invariants kInvariantsOfBuild = Invariants::unchecked;
#else
inline constexpr Invariants kInvariantsOfBuild = Invariants::checked;
#endif

/// What a run covers, apart from parameters and levers.
struct Settings {
  int first_year = 0;
  int last_year = 0;  ///< included
  int steps_per_year = 12;
  Idealisation ideal{};
  /// Operations next door by step, relative to the model's own rate; steps beyond the end are 1.
  /// One list for each sample; replicate r uses sample r mod size. Empty: 1 throughout.
  std::vector<std::vector<double>> operations{};
  /// Also keeps what each step comes to, on each stretch: see outcomes.h. In nine years on 24
  /// stretches that is 58,000 numbers more for each replicate, and another digest.
  bool by_step = false;
  Invariants invariants = kInvariantsOfBuild;

  int years() const { return last_year - first_year + 1; }
  int steps() const { return years() * steps_per_year; }
  double step_years() const { return 1.0 / steps_per_year; }
};

/// Throws InvalidInput for a step of 0, a horizon before the start, more steps than random keys
/// have room for, or negative operations.
void validate(const Settings& settings);

}  // namespace panj::spillover
