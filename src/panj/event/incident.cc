// SPDX-License-Identifier: Apache-2.0
#include "panj/event/incident.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <span>

namespace panj::event {
namespace {

constexpr std::array<std::string_view, 9> kTypes = {
    "state_based",     "non_state",         "one_sided",    "armed_attack", "infiltration",
    "trafficking_run", "cross_border_fire", "displacement", "other"};
constexpr std::array<std::string_view, 5> kDatePrecisions = {"day", "few_days", "week", "month",
                                                             "year"};
constexpr std::array<std::string_view, 7> kPlacePrecisions = {
    "exact", "near", "admin2", "admin1", "area", "country", "sea_or_air"};

template <class Enum>
std::optional<Enum> parse(std::string_view text, std::span<const std::string_view> names) {
  const auto found = std::ranges::find(names, text);
  if (found == names.end()) return std::nullopt;
  return static_cast<Enum>(found - names.begin());
}

__extension__ using Wide = unsigned __int128;

/// Mixes eight bytes at a time; the multiply-and-fold step of wyhash.
class Digest {
 public:
  void add(std::uint64_t value) {
    const Wide product =
        static_cast<Wide>(state_ ^ value ^ 0x9E3779B97F4A7C15U) * 0xD6E8FEB86659FD93U;
    state_ = static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
    state_ += 0xA0761D6478BD642FU;
  }
  void add(std::string_view text) {
    add(std::uint64_t{text.size()});
    for (std::size_t at = 0; at < text.size(); at += 8) {
      std::uint64_t word = 0;
      std::memcpy(&word, text.data() + at, std::min<std::size_t>(8, text.size() - at));
      add(word);
    }
  }
  void add(const std::optional<std::int32_t>& value) {
    add(value ? static_cast<std::uint64_t>(static_cast<std::int64_t>(*value)) : ~std::uint64_t{0});
  }
  std::uint64_t value() const { return state_; }

 private:
  std::uint64_t state_ = 0;
};

std::uint64_t days(Date date) {
  return static_cast<std::uint64_t>(date.time_since_epoch().count());
}

}  // namespace

std::string_view name(IncidentType type) {
  return kTypes.at(static_cast<std::size_t>(type));
}
std::string_view name(DatePrecision precision) {
  return kDatePrecisions.at(static_cast<std::size_t>(precision));
}
std::string_view name(PlacePrecision precision) {
  return kPlacePrecisions.at(static_cast<std::size_t>(precision));
}
std::optional<IncidentType> parse_incident_type(std::string_view text) {
  return parse<IncidentType>(text, kTypes);
}
std::optional<DatePrecision> parse_date_precision(std::string_view text) {
  return parse<DatePrecision>(text, kDatePrecisions);
}
std::optional<PlacePrecision> parse_place_precision(std::string_view text) {
  return parse<PlacePrecision>(text, kPlacePrecisions);
}

Date earliest_day(const Incident& incident) {
  constexpr std::chrono::days kLongestFewDays{6};
  const Month month = Month::of(incident.first);
  switch (incident.date_precision) {
    case DatePrecision::day:
      break;
    case DatePrecision::few_days:
    case DatePrecision::week:
      return incident.first - kLongestFewDays;
    case DatePrecision::month:
      return month.first_day();
    case DatePrecision::year:
      return make_date(month.year(), 1, 1);
  }
  return incident.first;
}

Date earliest_end(const Incident& incident) {
  return incident.date_precision == DatePrecision::day ? incident.last : earliest_day(incident);
}

std::uint64_t digest(const Incident& incident) {
  Digest digest;
  const Place& place = incident.place;
  for (const std::string* text :
       {&incident.source, &incident.source_id, &place.name, &place.admin1, &place.admin2,
        &place.country, &incident.actor_a, &incident.actor_b, &incident.actor_a_state,
        &incident.actor_b_state, &incident.conflict, &incident.note}) {
    digest.add(std::string_view(*text));
  }
  const std::uint64_t kinds = static_cast<std::uint64_t>(incident.type) |
                              static_cast<std::uint64_t>(incident.date_precision) << 8 |
                              static_cast<std::uint64_t>(place.precision) << 16 |
                              static_cast<std::uint64_t>(place.coordinates.has_value()) << 24;
  digest.add(kinds);
  const geo::LonLat at = place.coordinates.value_or(geo::LonLat{});
  digest.add(std::bit_cast<std::uint64_t>(at.lon));
  digest.add(std::bit_cast<std::uint64_t>(at.lat));
  digest.add(days(incident.first));
  digest.add(days(incident.last));
  const Deaths& deaths = incident.deaths;
  const auto reliability =
      incident.reliability ? std::optional<std::int32_t>(*incident.reliability) : std::nullopt;
  for (const std::optional<std::int32_t>& value :
       {std::optional(deaths.low), std::optional(deaths.best), std::optional(deaths.high),
        deaths.side_a, deaths.side_b, deaths.civilians, deaths.unknown, place.country_id,
        reliability, incident.credibility, incident.clarity, incident.source_count}) {
    digest.add(value);
  }
  return digest.value();
}

}  // namespace panj::event
