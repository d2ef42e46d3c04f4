// SPDX-License-Identifier: Apache-2.0
#include "panj/plan/line_game.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "panj/core/contract.h"
#include "panj/plan/detail/linear_programme.h"

namespace panj::plan {
namespace {

using detail::kUnbounded;
using detail::LinearProgramme;

/// Windows of the given length, or nothing when there are more than `most`.
std::optional<std::vector<Window>> all_windows(LineGame game, std::size_t most) {
  std::vector<Window> windows;
  windows.reserve(static_cast<std::size_t>(game.nodes));
  for (int post = 0; post < game.nodes; ++post) windows.push_back({post});
  for (int step = 1; step < game.attack_duration; ++step) {
    std::vector<Window> longer;
    for (const Window& window : windows) {
      for (int next = window.back() - 1; next <= window.back() + 1; ++next) {
        if (next < 0 || next >= game.nodes) continue;
        longer.push_back(window);
        longer.back().push_back(next);
      }
    }
    windows = std::move(longer);
    if (windows.size() > most) return std::nullopt;
  }
  if (windows.size() > most) return std::nullopt;
  return windows;
}

Window mirrored(Window window, int nodes) {
  for (int& post : window) post = nodes - 1 - post;
  return window;
}

/// One of each pair of mirror images.
Window canonical(const Window& window, int nodes) {
  return std::min(window, mirrored(window, nodes));
}

struct Programme {
  LinearProgramme lp;
  std::vector<Window> columns;  ///< canonical windows; the value follows as the last column
};

Programme programme_of(LineGame game, const std::vector<Window>& windows) {
  std::map<Window, std::size_t> column;
  std::vector<Window> columns;
  for (const Window& window : windows) {
    if (canonical(window, game.nodes) != window) continue;
    column.emplace(window, columns.size());
    columns.push_back(window);
  }
  std::map<Window, std::map<std::size_t, double>> flow;  // by canonical overlap
  std::vector<std::map<std::size_t, double>> visits(static_cast<std::size_t>(game.nodes));
  for (const Window& window : windows) {  // each image carries half of the pair's share
    const std::size_t c = column.at(canonical(window, game.nodes));
    const double weight = mirrored(window, game.nodes) == window ? 1.0 : 0.5;
    for (const int post : std::set<int>(window.begin(), window.end())) {
      visits[static_cast<std::size_t>(post)][c] += weight;
    }
    const Window head(window.begin(), window.end() - 1);
    const Window tail(window.begin() + 1, window.end());
    if (canonical(head, game.nodes) == head) flow[head][c] += weight;
    if (canonical(tail, game.nodes) == tail) flow[tail][c] -= weight;
  }
  Programme programme{LinearProgramme(columns.size() + 1, 0, 1), std::move(columns)};
  const auto add = [&](const std::map<std::size_t, double>& sums, bool with_value) {
    std::vector<LinearProgramme::Entry> row;
    for (const auto& [c, value] : sums) {
      if (value != 0) row.push_back({c, value});
    }
    if (with_value) row.push_back({programme.columns.size(), -1});
    if (!row.empty()) programme.lp.add_row(row, 0, with_value ? kUnbounded : 0);
  };
  for (const auto& [overlap, sums] : flow) add(sums, false);
  for (const auto& sums : visits) add(sums, true);
  std::vector<LinearProgramme::Entry> all;
  for (std::size_t c = 0; c < programme.columns.size(); ++c) all.push_back({c, 1});
  programme.lp.add_row(all, 1, 1);
  programme.lp.set_cost(programme.columns.size(), -1);
  return programme;
}

LinePatrol patrol_by_formula(LineGame game) {
  const double value = line_game_formula(game);
  const double share = static_cast<double>(game.attack_duration) / game.nodes;
  const double most = line_game_formula_is_checked(game) ? value : std::min(1.0, share);
  return {value, std::max(value, most), "formula", {}};
}

/// Steps to either side with the same chance, or into the end of the line and back: it is at every
/// post for the same part of the time.
std::vector<WindowShare> even_walk(int nodes) {
  std::vector<WindowShare> windows;
  const double share = 0.5 / nodes;
  for (int post = 0; post < nodes; ++post) {
    windows.push_back({{post, std::max(0, post - 1)}, share});
    windows.push_back({{post, std::min(nodes - 1, post + 1)}, share});
  }
  return windows;
}

}  // namespace

double line_game_formula(LineGame game) {
  const double n = game.nodes;
  const double m = game.attack_duration;
  if (game.nodes == 1 || m >= 2 * (n - 1)) return 1;
  if (m >= n - 1) return m / (2 * (n - 1));
  if (game.attack_duration == 1) return 1 / n;
  if (game.attack_duration == 2) return 1 / std::ceil(n / 2);
  if (game.attack_duration == game.nodes - 2 && game.attack_duration % 2 == 0) return 0.5;
  return m / (n + m - 1);
}

bool line_game_formula_is_checked(LineGame game) {
  constexpr int kMostNodes = 8;
  constexpr int kLongestAttack = 9;
  return game.nodes <= kMostNodes && game.attack_duration <= kLongestAttack;
}

LinePatrol solve_line_game(LineGame game, std::size_t most_windows) {
  PANJ_EXPECT(game.nodes >= 1 && game.attack_duration >= 1);
  const auto windows = all_windows(game, most_windows);
  if (!windows) return patrol_by_formula(game);
  Programme programme = programme_of(game, *windows);
  const auto solution = programme.lp.minimise();
  PANJ_EXPECT(solution.has_value());
  LinePatrol patrol{-solution->value, -solution->value, "programme on windows", {}};
  if (game.attack_duration == 1) {
    patrol.windows = even_walk(game.nodes);
    return patrol;
  }
  constexpr double kNothing = 1e-12;
  for (const Window& window : *windows) {
    const Window one = canonical(window, game.nodes);
    const auto at = std::ranges::lower_bound(programme.columns, one);
    const double share = solution->x[static_cast<std::size_t>(at - programme.columns.begin())];
    const bool is_own_image = mirrored(window, game.nodes) == window;
    if (share > kNothing) patrol.windows.push_back({window, is_own_image ? share : share / 2});
  }
  return patrol;
}

}  // namespace panj::plan
