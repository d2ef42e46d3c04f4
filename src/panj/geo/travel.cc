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

/// Where one can walk on a grid.
class Ground {
 public:
  Ground(const Elevation& elevation, const std::function<bool(std::size_t cell)>& is_open)
      : elevation_(elevation), open_(elevation.metres.size()) {
    for (std::size_t cell = 0; cell < open_.size(); ++cell) {
      open_[cell] = !std::isnan(elevation.metres[cell]) && is_open(cell);
    }
  }

  /// Whether a move from a cell stays on the grid and enters and crosses only open cells.
  bool allows(int row, int column, Move move) const {
    if (!holds(row + move.rows, column + move.columns) ||
        !is_open(row + move.rows, column + move.columns)) {
      return false;
    }
    const int down = move.rows / 2;  // half a knight's move, along its longer side
    const int right = move.columns / 2;
    if (down != 0 || right != 0) {
      return is_open(row + down, column + right) &&
             is_open(row + move.rows - down, column + move.columns - right);
    }
    if (move.rows == 0 || move.columns == 0) return true;
    return is_open(row + move.rows, column) || is_open(row, column + move.columns);
  }

 private:
  bool holds(int row, int column) const {
    return row >= 0 && column >= 0 && row < static_cast<int>(elevation_.rows) &&
           column < static_cast<int>(elevation_.columns);
  }
  bool is_open(int row, int column) const {
    return open_[elevation_.cell(static_cast<std::size_t>(row), static_cast<std::size_t>(column))];
  }

  const Elevation& elevation_;
  std::vector<bool> open_;
};

}  // namespace

double walking_hours_per_km(double slope) {
  return std::exp(3.5 * std::abs(slope + 0.05)) / 6;
}

std::vector<double> walking_hours(const Elevation& elevation, LonLat from,
                                  const std::function<bool(std::size_t cell)>& is_open) {
  std::vector<double> hours(elevation.metres.size(), kInfinity);
  const auto lengths = move_lengths(elevation);
  const Ground ground(elevation, is_open);
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
      if (!ground.allows(row, column, kMoves[m])) continue;
      const int to_row = row + kMoves[m].rows;
      const int to_column = column + kMoves[m].columns;
      const std::size_t next =
          elevation.cell(static_cast<std::size_t>(to_row), static_cast<std::size_t>(to_column));
      const double rise = elevation.metres[next] - elevation.metres[cell];
      if (std::isnan(rise)) continue;
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
