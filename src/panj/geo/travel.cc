// SPDX-License-Identifier: Apache-2.0
#include "panj/geo/travel.h"

#include <array>
#include <cmath>
#include <queue>

#include "panj/core/number.h"

namespace panj::geo {
namespace {

struct Move {
  int rows;
  int columns;
};
constexpr std::array<Move, 16> kMoves{{{-1, 0},
                                       {1, 0},
                                       {0, -1},
                                       {0, 1},
                                       {-1, -1},
                                       {-1, 1},
                                       {1, -1},
                                       {1, 1},
                                       {-2, -1},
                                       {-2, 1},
                                       {2, -1},
                                       {2, 1},
                                       {-1, -2},
                                       {-1, 2},
                                       {1, -2},
                                       {1, 2}}};

/// Kilometres of each move from each row.
std::vector<std::array<double, kMoves.size()>> move_lengths(const Elevation& elevation) {
  std::vector<std::array<double, kMoves.size()>> all(elevation.rows);
  for (std::size_t row = 0; row < elevation.rows; ++row) {
    const LonLat here = elevation.centre(row, 0);
    for (std::size_t m = 0; m < kMoves.size(); ++m) {
      all[row][m] = distance_km(here, {here.lon + kMoves[m].columns * elevation.step_lon,
                                       here.lat - kMoves[m].rows * elevation.step_lat});
    }
  }
  return all;
}

}  // namespace

double walking_hours_per_km(double slope) {
  return std::exp(3.5 * std::abs(slope + 0.05)) / 6;
}

std::vector<double> walking_hours(const Elevation& elevation, LonLat from,
                                  const std::function<bool(std::size_t cell)>& is_open) {
  std::vector<double> hours(elevation.metres.size(), kInfinity);
  const auto lengths = move_lengths(elevation);
  using Reached = std::pair<double, std::size_t>;
  std::priority_queue<Reached, std::vector<Reached>, std::greater<>> queue;
  const std::size_t start = elevation.cell_at(from);
  hours[start] = 0;
  queue.emplace(0.0, start);
  while (!queue.empty()) {
    const auto [reached, cell] = queue.top();
    queue.pop();
    if (reached > hours[cell]) continue;
    const auto row = static_cast<int>(cell / elevation.columns);
    const auto column = static_cast<int>(cell % elevation.columns);
    for (std::size_t m = 0; m < kMoves.size(); ++m) {
      const int to_row = row + kMoves[m].rows;
      const int to_column = column + kMoves[m].columns;
      if (to_row < 0 || to_column < 0 || to_row >= static_cast<int>(elevation.rows) ||
          to_column >= static_cast<int>(elevation.columns)) {
        continue;
      }
      const std::size_t next =
          elevation.cell(static_cast<std::size_t>(to_row), static_cast<std::size_t>(to_column));
      const double rise = elevation.metres[next] - elevation.metres[cell];
      if (std::isnan(rise) || !is_open(next)) continue;
      const double km = lengths[static_cast<std::size_t>(row)][m];
      const double sum = reached + km * walking_hours_per_km(rise / 1000 / km);
      if (sum >= hours[next]) continue;
      hours[next] = sum;
      queue.emplace(sum, next);
    }
  }
  return hours;
}

}  // namespace panj::geo
