// SPDX-License-Identifier: Apache-2.0
#include "panj/forecast/panel_kind.h"

#include <array>
#include <utility>

namespace panj::forecast {
namespace {

using event::Measure;
using event::UnitKind;

/// Beginnings of names.
constexpr std::array kUnitColumns = {
    std::pair<std::string_view, UnitKind>{"country", UnitKind::country},
    std::pair<std::string_view, UnitKind>{"province", UnitKind::province},
    std::pair<std::string_view, UnitKind>{"admin1", UnitKind::province},
    std::pair<std::string_view, UnitKind>{"adm_1", UnitKind::province},
    std::pair<std::string_view, UnitKind>{"grid", UnitKind::grid},
    std::pair<std::string_view, UnitKind>{"priogrid", UnitKind::grid},
    std::pair<std::string_view, UnitKind>{"pg_id", UnitKind::grid},
    std::pair<std::string_view, UnitKind>{"stretch", UnitKind::stretch},
    std::pair<std::string_view, UnitKind>{"distance", UnitKind::distance}};

constexpr std::array kValueColumns = {
    std::pair<std::string_view, Measure>{"death", Measure::deaths},
    std::pair<std::string_view, Measure>{"fatalit", Measure::deaths},
    std::pair<std::string_view, Measure>{"count", Measure::count},
    std::pair<std::string_view, Measure>{"incident", Measure::count},
    std::pair<std::string_view, Measure>{"event", Measure::count}};

template <class Kind, std::size_t N>
std::optional<Kind> kind_in(const std::array<std::pair<std::string_view, Kind>, N>& kinds,
                            std::string_view column) {
  for (const auto& [beginning, kind] : kinds) {
    if (column.starts_with(beginning)) return kind;
  }
  return std::nullopt;
}

}  // namespace

std::optional<UnitKind> unit_kind_of(std::string_view column) {
  return kind_in(kUnitColumns, column);
}

std::optional<Measure> measure_of(std::string_view column) {
  return kind_in(kValueColumns, column);
}

std::string_view to_string(UnitKind kind) {
  constexpr std::array<std::string_view, 5> kNames = {"countries", "provinces", "grid cells",
                                                      "stretches", "distance bands"};
  return kNames.at(static_cast<std::size_t>(kind));
}

std::string_view to_string(Measure measure) {
  return measure == Measure::deaths ? "deaths" : "counts";
}

}  // namespace panj::forecast
