// SPDX-License-Identifier: Apache-2.0
#include "panj/explore/indicator.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string_view>

namespace panj::explore {
namespace {

struct Wording {
  std::string_view key;  ///< with "[]" for any place in a list
  std::string_view subject;
  std::string_view unit;
  double scale;
  std::string_view watch;  ///< empty: cannot be watched
};

/// {} stands for the name of the list's entry.
constexpr auto kWordings = std::to_array<Wording>({
    {"threat.people.foreign_fighters", "foreign fighters arriving", " a month", 1.0 / 12,
     "arrivals in intelligence and UN monitoring reports"},
    {"threat.people.crowding_level", "militants for whom there is room", "", 1, ""},
    {"threat.people.repression", "arrests and killings of groups not tolerated", " % a year", 100,
     "reported operations of the authorities next door"},
    {"threat.people.relocation", "militants moving between zones", " % a year", 100,
     "movements in intelligence reports"},
    {"threat.group[].militants", "{} at the start", " militants", 1, ""},
    {"threat.group[].tolerance", "tolerance of {} by the authorities next door", " %", 100,
     "arrests, statements and safe houses in UN monitoring reports"},
    {"threat.group[].recruitment", "recruits of {}", " % a year", 100,
     "group strengths in successive UN monitoring reports"},
    {"threat.attempts.rate.attack", "attacks tried, for each 1,000 militants near the border",
     " a year", 1, "attacks reported, stopped or not, against group strengths"},
    {"threat.attempts.rate.fire", "fire across the border, for each 1,000 militants near it",
     " a year", 1, "incidents of fire reported against group strengths"},
    {"threat.attempts.rate.infiltration", "infiltrations for each 1,000 militants near the border",
     " a year", 1, "infiltrations found against group strengths"},
    {"threat.attempts.excitation", "attacks that follow an attack", " times as stated", 1,
     "incidents within three months and 80 km of another"},
    {"threat.attempts.severity_scale", "deaths in an attack", " times as stated", 1,
     "deaths of reported incidents"},
    {"threat.attempts.severity_tail", "the tail exponent of deaths", "", 1, ""},
    {"threat.attempts.learning_time", "the time attackers take to learn where guards are",
     " months", 12, ""},
    {"defence.guards", "guards on this border", "", 1, "strength returns of the border guard"},
    {"defence.equipment", "equipment in place at the start", " times as stated", 1,
     "inventory of the border guard"},
    {"defence.equipment_loss", "equipment lost to wear", " times as stated", 1,
     "equipment out of service in maintenance returns"},
    {"defence.readiness_decay", "readiness lost", " % a year without exercises", 100,
     "results of successive exercises"},
    {"defence.readiness_floor", "readiness without exercises", " %", 100,
     "results of unannounced inspections"},
    {"defence.exercise_gain", "readiness won in an exercise", " % of what was missing", 100,
     "inspections before and after exercises"},
    {"defence.belt_stop", "attempts that a full belt stops", " %", 100,
     "what the belt's posts stop of known attempts"},
    {"defence.detection_width", "what guards and equipment detect", " times as stated", 1,
     "exercises with mock crossings"},
    {"defence.response_width", "what guards and equipment stop once detected", " times as stated",
     1, "exercises with mock crossings"},
    {"defence.detection_scale", "the scale of detection", "", 1, ""},
    {"defence.response_scale", "the scale of response", "", 1, ""},
    {"alliance.cohesion.initial", "cohesion of the alliance at the start", " %", 100,
     "joint decisions carried out on time"},
    {"alliance.cohesion.divergence_effect", "the effect of diverging stances on cohesion", "", 1,
     ""},
    {"alliance.member[].stance", "the stance of {} towards those in power next door",
     " from stated", 1, "recognition, listings, visits"},
    {"alliance.sharing", "intelligence shared by members", " times as stated", 1,
     "warnings received from members against those they had"},
    {"surroundings.economy.relief_diversion", "the share of released reserves that reaches groups",
     " %", 100, "audits of the released reserves"},
    {"surroundings.economy.relief_effect", "the easing of hardship by relief", "", 1,
     "prices and wages after releases"},
    {"surroundings.funds.levy", "the groups' cut of trafficking", " %", 100,
     "seized accounts and testimony"},
    {"surroundings.funds.upkeep", "the upkeep of a militant", " USD a year", 1e6,
     "pay named in testimony"},
    {"surroundings.trafficking.supply", "drugs that reach the border", " t a year", 1,
     "cultivation surveys and seizures"},
    {"surroundings.trafficking.price", "the price of drugs", " M$ a tonne", 1,
     "street and wholesale prices"},
    {"surroundings.trafficking.corruption_initial", "stops undone by corruption at the start", " %",
     100, "releases without charge after seizures"},
    {"surroundings.host.urging_effect", "the response of those in power to urging", "", 1, ""},
    {"measures.slippage", "deliveries slipping", " months", 12,
     "delivery dates against the contract"},
    {"measures.programme[].slippage", "deliveries of the programme slipping", " months", 12,
     "delivery dates against the contract"},
    {"measures.programme[].equipment", "equipment of the programme", " times as planned", 1,
     "units contracted and delivered"},
});

/// "threat.group[3].militants" → "threat.group[].militants" and 3.
std::pair<std::string, std::size_t> without_place(std::string_view name) {
  const std::size_t open = name.find('[');
  const std::size_t close = name.find(']');
  if (open == std::string_view::npos || close == std::string_view::npos)
    return {std::string(name), 0};
  std::size_t place = 0;
  std::from_chars(name.data() + open + 1, name.data() + close, place);
  return {std::string(name.substr(0, open + 1)) + std::string(name.substr(close)), place};
}

std::string name_of_entry(const theatre::Theatre& theatre, std::string_view key,
                          std::size_t place) {
  if (place == 0) return "";
  if (key.starts_with("threat.group[")) return theatre.threat->groups[place - 1].name;
  if (key.starts_with("alliance.member[")) return theatre.alliance.members[place - 1].name;
  return "";
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
  const auto [key, place] = without_place(dimension.dimension.name);
  const auto found = std::ranges::find(kWordings, key, &Wording::key);
  if (found == kWordings.end()) {
    const std::string& unit = theatre.assumptions[dimension.assumption].unit;
    const bool is_plain = dimension.effect == Effect::value && !unit.empty();
    return {.subject = dimension.dimension.name, .unit = is_plain ? " " + unit : "", .watch = ""};
  }
  return {.subject = fmt::format(fmt::runtime(found->subject), name_of_entry(theatre, key, place)),
          .unit = std::string(found->unit),
          .scale = found->scale,
          .is_observable = !found->watch.empty(),
          .watch = std::string(found->watch)};
}

}  // namespace panj::explore
