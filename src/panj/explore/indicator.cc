// SPDX-License-Identifier: Apache-2.0
#include "panj/explore/indicator.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "panj/core/number.h"
#include "panj/explore/detail/wording.h"

namespace panj::explore {
namespace {

/// A key that can be looked up, and the name of the list's entry that it stands in.
struct PlacedKey {
  std::string key;
  std::string entry{};
};

/// "threat.group.iskp.militants" → "threat.group.*.militants" and the group's name.
template <class Entry>
std::optional<PlacedKey> by_id(std::string_view key, std::string_view list,
                               const std::vector<Entry>& entries) {
  if (!key.starts_with(list)) return std::nullopt;
  const std::string_view rest = key.substr(list.size());
  for (const Entry& entry : entries) {
    if (!rest.starts_with(entry.id + ".")) continue;
    return PlacedKey{fmt::format("{}*{}", list, rest.substr(entry.id.size())), entry.name};
  }
  return std::nullopt;
}

/// "border.terrain[2].attractiveness" → "border.terrain[].attractiveness" and the landscape's name.
std::optional<PlacedKey> by_place(const theatre::Theatre& theatre, std::string_view key) {
  static constexpr std::string_view kList = "border.terrain[";
  const std::size_t close = key.find(']');
  if (!key.starts_with(kList) || close == std::string_view::npos) return std::nullopt;
  const auto place = parse_number<std::size_t>(key.substr(kList.size(), close - kList.size()));
  const auto& terrain = theatre.border.terrain;
  if (!place || *place == 0 || *place > terrain.size()) return std::nullopt;
  return PlacedKey{fmt::format("{}{}", kList, key.substr(close)), terrain[*place - 1].name};
}

PlacedKey placed(const theatre::Theatre& theatre, std::string_view key) {
  std::optional<PlacedKey> found = by_id(key, "alliance.member.", theatre.alliance.members);
  if (!found && theatre.threat) found = by_id(key, "threat.group.", theatre.threat->groups);
  if (!found && theatre.measures)
    found = by_id(key, "measures.programme.", theatre.measures->programmes);
  if (!found && theatre.surroundings)
    found = by_id(key, "surroundings.regime.", theatre.surroundings->regimes);
  if (!found) found = by_place(theatre, key);
  return found ? *std::move(found) : PlacedKey{std::string(key)};
}

/// A label of an assumption in words: a zone by its name.
std::string label_text(const theatre::Theatre& theatre, const std::string& label) {
  static constexpr auto kPlurals = std::to_array<std::pair<std::string_view, std::string_view>>(
      {{"attack", "attacks"},
       {"infiltration", "infiltrations"},
       {"fire", "fire across the border"},
       {"post", "posts"},
       {"sensor", "sensors"},
       {"mobile", "mobile teams"},
       {"air", "air systems"}});
  const auto plural =
      std::ranges::find(kPlurals, label, &std::pair<std::string_view, std::string_view>::first);
  if (plural != kPlurals.end()) return std::string(plural->second);
  if (!theatre.threat) return label;
  const auto zone = std::ranges::find(theatre.threat->zones, label, &theatre::Zone::id);
  return zone != theatre.threat->zones.end() ? zone->name : label;
}

/// Of a key without a wording: "threat.people.rest_days" → "rest days (people)".
std::string plain_subject(const PlacedKey& placed, const std::string& label) {
  std::string text = placed.key;
  std::ranges::replace(text, '_', ' ');
  const std::size_t dot = text.rfind('.');
  std::string subject = dot == std::string::npos ? text : text.substr(dot + 1);
  if (!label.empty()) subject += fmt::format(" of {}", label);
  if (!placed.entry.empty()) return fmt::format("{} ({})", subject, placed.entry);
  if (dot == std::string::npos || dot == 0) return subject;
  const std::size_t before = text.rfind('.', dot - 1);
  const std::size_t from = before == std::string::npos ? 0 : before + 1;
  return fmt::format("{} ({})", subject, text.substr(from, dot - from));
}

/// What a unit of a wording is a unit of.
Effect effect_of(std::string_view unit) {
  if (unit.starts_with(" times")) return Effect::factor;
  return unit.ends_with("from stated") ? Effect::shift : Effect::value;
}

/// The unit of a coordinate that moves all entries of an assumption.
void speak_of_all(Indicator& indicator, Effect effect) {
  indicator.scale = effect == Effect::place ? 100.0 : 1.0;
  indicator.unit = effect == Effect::factor  ? " times as stated"
                   : effect == Effect::shift ? " from stated"
                                             : " % of the way from low to high";
}

/// Three digits that matter, without an exponent.
std::string number_text(double value) {
  if (value == 0) return "0";
  const int digits = static_cast<int>(std::floor(std::log10(std::abs(value))));
  const int decimals = std::clamp(1 - digits, 0, 6);
  const double unit = std::pow(10.0, digits >= 2 ? digits - 1 : -decimals);
  return fmt::format("{:.{}f}", std::round(value / unit) * unit, decimals);
}

}  // namespace

std::string Indicator::amount(double value) const {
  return number_text(value * scale) + unit;
}

std::string Indicator::above(double value) const {
  return fmt::format("{} above {}", subject, amount(value));
}

std::string Indicator::below(double value) const {
  return fmt::format("{} below {}", subject, amount(value));
}

Indicator indicator_of(const theatre::Theatre& theatre, const FutureDimension& dimension) {
  const theatre::Assumption& assumption = theatre.assumptions[dimension.assumption];
  const bool has_label = !dimension.all_entries && assumption.values.size() > 1;
  const std::string label = has_label ? assumption.labels[dimension.entry] : std::string{};
  const std::string spoken = label_text(theatre, label);
  const PlacedKey key = placed(theatre, assumption.key);
  Indicator indicator;
  const detail::Wording* wording = detail::find_wording(key.key, label);
  if (wording == nullptr) {
    indicator.subject = plain_subject(key, spoken);
    if (!assumption.unit.empty()) indicator.unit = " " + assumption.unit;
  } else {
    indicator = {.subject = fmt::format(fmt::runtime(wording->subject), key.entry, spoken),
                 .unit = std::string(wording->unit),
                 .scale = wording->scale,
                 .is_observable = !wording->watch.empty(),
                 .watch = std::string(wording->watch)};
  }
  if (dimension.effect == Effect::value) return indicator;
  if (wording == nullptr || effect_of(wording->unit) != dimension.effect)
    speak_of_all(indicator, dimension.effect);
  return indicator;
}

}  // namespace panj::explore
