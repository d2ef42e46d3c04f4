// SPDX-License-Identifier: Apache-2.0
#include "panj/forecast/neighbours.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "panj/core/csv.h"
#include "panj/core/number.h"
#include "panj/core/problem.h"
#include "panj/forecast/detail/country_borders.h"

namespace panj::forecast {
namespace {

constexpr int kGridColumns = 720;  ///< of half a degree, counted from 180° west
constexpr int kGridCells = kGridColumns * 360;

/// Cuts `text` at the first `separator`; what follows stays in `text`.
std::string_view take_until(std::string_view& text, std::string_view separator) {
  const std::size_t at = std::min(text.find(separator), text.size());
  const std::string_view head = text.substr(0, at);
  text.remove_prefix(std::min(at + separator.size(), text.size()));
  return head;
}

Neighbours parse_borders(std::string_view table) {
  Neighbours neighbours;
  while (!table.empty()) {
    std::string_view others = take_until(table, "\n");
    const std::string_view country = take_until(others, ": ");
    while (!others.empty()) neighbours.add(country, take_until(others, "; "));
  }
  return neighbours;
}

}  // namespace

const Neighbours& Neighbours::of_countries() {
  static const Neighbours neighbours = parse_borders(detail::kCountryBorders);
  return neighbours;
}

Neighbours Neighbours::from_csv(const std::filesystem::path& path) {
  CsvReader csv(path);
  Problems problems;
  Neighbours neighbours;
  for (bool header = true; csv.next(); header = false) {
    const auto bad = [&](std::string what) {
      problems.add({.file = path.string(),
                    .line = csv.line(),
                    .field = {},
                    .what = std::move(what),
                    .why = "a row must name two units that lie next to each other",
                    .suggestion = {}});
    };
    if (csv.fault() != CsvFault::none) {
      bad(std::string(describe(csv.fault())));
    } else if (csv.size() < 2 || csv.field(0).empty() || csv.field(1).empty()) {
      bad(fmt::format("{} column{}", csv.size(), csv.size() == 1 ? "" : "s, or an empty name"));
    } else if (!header && csv.field(0) == csv.field(1)) {
      bad(fmt::format("'{}' beside itself", csv.field(0)));
    } else if (!header) {
      neighbours.add(csv.field(0), csv.field(1));
    }
  }
  problems.throw_if_any();
  return neighbours;
}

Neighbours Neighbours::of_chain(std::span<const std::string> units) {
  Neighbours neighbours;
  for (std::size_t i = 1; i < units.size(); ++i) neighbours.add(units[i - 1], units[i]);
  return neighbours;
}

Neighbours Neighbours::of_grid(std::span<const std::string> cells) {
  Neighbours neighbours;
  std::map<int, std::string_view> name_of;
  for (const std::string& cell : cells) {
    const auto gid = parse_number<int>(cell);
    if (gid && 1 <= *gid && *gid <= kGridCells) name_of.emplace(*gid, cell);
  }
  for (const auto& [gid, name] : name_of) {
    const int column = (gid - 1) % kGridColumns;
    for (const int row : {gid - 1 - column, gid - 1 - column + kGridColumns}) {
      for (const int step : {kGridColumns - 1, 0, 1}) {
        const auto beside = name_of.find(row + (column + step) % kGridColumns + 1);
        if (beside != name_of.end()) neighbours.add(name, beside->second);
      }
    }
  }
  return neighbours;
}

void Neighbours::add(std::string_view one, std::string_view other) {
  if (one == other) return;
  of_[std::string(one)].emplace(other);
  of_[std::string(other)].emplace(one);
}

bool Neighbours::are(std::string_view one, std::string_view other) const {
  const auto found = of_.find(one);
  return found != of_.end() && found->second.contains(other);
}

std::size_t Neighbours::pairs() const {
  std::size_t ends = 0;
  for (const auto& [unit, others] : of_) ends += others.size();
  return ends / 2;
}

std::vector<std::vector<std::size_t>> Neighbours::among(std::span<const std::string> units) const {
  std::unordered_map<std::string_view, std::size_t> place;
  for (std::size_t i = 0; i < units.size(); ++i) place.emplace(units[i], i);
  std::vector<std::vector<std::size_t>> among(units.size());
  for (std::size_t i = 0; i < units.size(); ++i) {
    const auto found = of_.find(units[i]);
    if (found == of_.end()) continue;
    for (const std::string& other : found->second) {
      if (const auto at = place.find(other); at != place.end()) among[i].push_back(at->second);
    }
    std::ranges::sort(among[i]);
  }
  return among;
}

}  // namespace panj::forecast
