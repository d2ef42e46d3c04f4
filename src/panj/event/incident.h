// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "panj/core/date.h"
#include "panj/geo/lonlat.h"

namespace panj::event {

enum class IncidentType : std::uint8_t {
  state_based,
  non_state,
  one_sided,
  armed_attack,
  infiltration,
  trafficking_run,
  cross_border_fire,
  displacement,
  other
};

/// How well the day is known. UCDP date_prec 1–5 in this order.
enum class DatePrecision : std::uint8_t { day, few_days, week, month, year };

/// How well the place is known. UCDP where_prec 1–7 in this order: 1 the place itself, 2 within
/// some 25 km of it, 3 district, 4 province, 5 a line or area, 6 country, 7 sea or air.
enum class PlacePrecision : std::uint8_t { exact, near, admin2, admin1, area, country, sea_or_air };

/// "state_based", "few_days", "admin2": as in Panj's CSV, the store and the command line.
std::string_view name(IncidentType type);
std::string_view name(DatePrecision precision);
std::string_view name(PlacePrecision precision);
std::optional<IncidentType> parse_incident_type(std::string_view text);
std::optional<DatePrecision> parse_date_precision(std::string_view text);
std::optional<PlacePrecision> parse_place_precision(std::string_view text);

struct Place {
  std::optional<geo::LonLat> coordinates{};
  PlacePrecision precision = PlacePrecision::exact;
  std::string name{};
  std::string admin1{};  ///< province
  std::string admin2{};  ///< district
  std::string country{};
  std::optional<std::int32_t> country_id{};  ///< Gleditsch and Ward

  bool operator==(const Place&) const = default;
  /// Whether the coordinates say where it happened. Those of a whole country, or of sea or air, are
  /// centroids: such incidents are put on no cell, stretch or distance band.
  bool is_located() const { return coordinates.has_value() && precision < PlacePrecision::country; }
};

/// low ≤ best ≤ high. The shares by side, where given in full, add up to best.
struct Deaths {
  std::int32_t low = 0;
  std::int32_t best = 0;
  std::int32_t high = 0;
  std::optional<std::int32_t> side_a{};
  std::optional<std::int32_t> side_b{};
  std::optional<std::int32_t> civilians{};
  std::optional<std::int32_t> unknown{};
  bool operator==(const Deaths&) const = default;
};

/// One thing that happened: dated, located, typed, with low, best and high deaths. The one model
/// for all sources. Texts are UTF-8 and empty when not given.
struct Incident {
  std::string source{};     ///< whose ids these are: "ucdp", or as a border agency names itself
  std::string source_id{};  ///< within the source, the same across its releases
  IncidentType type = IncidentType::other;
  Date first{};  ///< first day
  Date last{};   ///< last day, first ≤ last
  DatePrecision date_precision = DatePrecision::day;
  Place place{};
  std::string actor_a{};
  std::string actor_b{};
  std::string
      actor_a_state{};  ///< Gleditsch and Ward numbers, as the source gives them; UCDP gwnoa
  std::string actor_b_state{};
  std::string conflict{};  ///< conflict or dyad
  Deaths deaths{};
  std::optional<char> reliability{};           ///< of the source, Admiralty code A–F
  std::optional<std::int32_t> credibility{};   ///< of the report, Admiralty code 1–6
  std::optional<std::int32_t> clarity{};       ///< UCDP: 1 one event, 2 a sum over several
  std::optional<std::int32_t> source_count{};  ///< how many sources report it
  std::string note{};

  bool operator==(const Incident&) const = default;
};

/// The first day on which it can have begun: `first`, or earlier where the day is not known. A few
/// days and a week reach six days back, a month and a year to their beginning.
Date earliest_day(const Incident& incident);

/// The first day on which it can have ended: `last` where the day is known, else earliest_day().
Date earliest_end(const Incident& incident);

/// A number that is the same for equal incidents and, but for 1 in 2^64, differs for others.
/// Stored, so it must not change between versions of the program.
std::uint64_t digest(const Incident& incident);

}  // namespace panj::event
