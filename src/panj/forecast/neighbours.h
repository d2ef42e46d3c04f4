// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace panj::forecast {

/// Which units lie next to each other. Symmetric; no unit is its own neighbour. Units that are not
/// named have none, and names that a panel does not hold do no harm.
class Neighbours {
 public:
  Neighbours() = default;

  /// Countries that share a land border, by the names that UCDP and VIEWS use. From Natural Earth
  /// 1:50m (public domain) by `scripts/neighbours/make.js`; borders as they are now.
  static const Neighbours& of_countries();

  /// Reads a CSV file whose first two columns name a pair in each row after the header. Throws
  /// InvalidInput with every bad row.
  static Neighbours from_csv(const std::filesystem::path& path);

  /// Each unit beside the next, as stretches of a line and bands of distance lie.
  static Neighbours of_chain(std::span<const std::string> units);

  /// PRIO-GRID cells that share an edge or a corner, by their ids, also over the 180° meridian.
  /// Units that are no id have no neighbours.
  static Neighbours of_grid(std::span<const std::string> cells);

  void add(std::string_view one, std::string_view other);
  bool are(std::string_view one, std::string_view other) const;
  std::size_t pairs() const;

  /// For each of `units` the places of its neighbours in `units`, ascending.
  std::vector<std::vector<std::size_t>> among(std::span<const std::string> units) const;

 private:
  std::map<std::string, std::set<std::string, std::less<>>, std::less<>> of_;
};

}  // namespace panj::forecast
