// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace panj::plan {

/// The line patrol game: posts 1 to `nodes` in a row, a patroller who stays or moves one post a
/// step, an attack that takes `attack_duration` steps at one post and is caught when the patroller
/// comes by in one of them. Long horizon; the attacker knows the strategy, not the phase.
struct LineGame {
  int nodes = 1;
  int attack_duration = 1;
};

/// Where the patroller is over `attack_duration` consecutive steps, 0-based.
using Window = std::vector<int>;

struct WindowShare {
  Window posts;
  double share = 0;  ///< of the time at which the window starts
};

struct LinePatrol {
  double value = 0;    ///< chance that an attack is caught, wherever it comes
  double bound = 0;    ///< no patrol catches more: the value itself where it is proven or checked
  std::string method;  ///< "programme on windows" or "formula"
  /// The patroller's strategy as a Markov chain on windows (from the programme): windows with a
  /// positive share. A step leads from a window to those that continue it, in proportion to their
  /// shares; one may never leave a part of the line, which its start draws. For attacks of one step
  /// windows of two, as one post does not say where a step leads. Empty when the formula was used.
  std::vector<WindowShare> windows;
};

/// The value as a fraction where it is known: 1 for m ≥ 2(n−1); m/(2(n−1)) for n−1 ≤ m; 1/n for
/// m = 1; 1/⌈n/2⌉ for m = 2; 1/2 for m = n−2 even; else m/(n+m−1) (Papadaki, Alpern, Lidbetter and
/// Morton 2016, "Patrolling a border"; checked against the programme for n ≤ 8, m ≤ 9).
double line_game_formula(LineGame game);

/// Whether the formula was checked against the programme for this game.
bool line_game_formula_is_checked(LineGame game);

/// The exact value. Up to `most_windows` windows (about n·3^(m−1)) by a linear programme: a flow on
/// windows, as much out of every overlap of m−1 steps as into it, that maximises the least time
/// share at which a post is visited; windows that mirror each other share alike. Beyond, by the
/// formula, and where that is not checked the bound is min(1, m/n): an attacker who draws the post
/// meets a patroller who sees at most m of n in time. nodes ≥ 1, attack_duration ≥ 1.
LinePatrol solve_line_game(LineGame game, std::size_t most_windows = 4000);

}  // namespace panj::plan
