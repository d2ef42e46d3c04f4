// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "panj/theatre/detail/parts.h"

namespace panj::theatre::detail {
namespace {

const std::vector<std::string> kAll = names(kAttemptTypes);
const std::vector<std::string> kArmed{"attack", "infiltration", "fire"};
const Shape kResponse{.bounds = kNonNegative};
const Shape kPersons{.unit = "persons", .bounds = kNonNegative};

Zone read_zone(TableReader& in) {
  Zone zone;
  zone.id = in.text("id");
  zone.name = in.text("name");
  zone.at_border = in.has("from_km") || in.has("to_km");
  if (!zone.at_border) return zone;
  zone.from_km = in.number("from_km", kChainage);
  zone.to_km = in.number("to_km", kChainage);
  zone.uncertainty_km = in.number("uncertainty_km", kChainage);
  if (zone.from_km >= zone.to_km) {
    in.problem("from_km", fmt::format("from {} to {}", zone.from_km, zone.to_km),
               "must run west to east");
  }
  return zone;
}

Group read_group(TableReader& in, const std::vector<std::string>& zones) {
  Group group;
  group.id = in.text("id");
  group.name = in.text("name");
  group.note = in.optional_text("note");
  group.militants = in.assumption("militants", kPersons);
  group.recruitment = in.assumption("recruitment", kPerYear);
  group.tolerance = in.assumption("tolerance", {.bounds = kShare});
  group.foreign_fighter_share = in.assumption("foreign_fighter_share", {.bounds = kShare});
  group.zone_share = read_shares(in, "zone_share", zones);
  group.attempt_weight = in.assumption("attempt_weight", {.bounds = kNonNegative, .rows = kArmed});
  return group;
}

People read_people(TableReader& in, const std::vector<std::string>& zones) {
  return {.crowding_level = in.assumption("crowding_level", kPersons),
          .attrition = in.assumption("attrition", kPerYear),
          .repression = in.assumption("repression", kPerYear),
          .unpaid_desertion = in.assumption("unpaid_desertion", kPerYear),
          .foreign_fighters =
              in.assumption("foreign_fighters", {.unit = "persons/yr", .bounds = kNonNegative}),
          .arrival_zone_share = read_shares(in, "arrival_zone_share", zones),
          .arrival_speed = in.assumption("arrival_speed", kPerYear),
          .arrival_noise = in.assumption("arrival_noise", kNoise),
          .relocation = in.assumption("relocation", kPerYear),
          .hardship_response = in.assumption("hardship_response", kResponse),
          .funds_response = in.assumption("funds_response", kResponse),
          .tolerance_response = in.assumption("tolerance_response", kResponse),
          .operations_funds = in.assumption("operations_funds", kResponse),
          .operations_tolerance = in.assumption("operations_tolerance", kResponse)};
}

Attempts read_attempts(TableReader& in) {
  const auto by = [](std::vector<std::string> rows, Bounds bounds = kNonNegative) {
    return Shape{.bounds = bounds, .rows = std::move(rows)};
  };
  return {
      .rate = in.assumption("rate", {.unit = "1/yr", .bounds = kNonNegative, .rows = kArmed}),
      .season_size = in.assumption("season_size", by(kAll, kShare)),
      .season_peak = in.assumption("season_peak", by(kAll, kShare)),
      .avoidance = in.assumption("avoidance", by(kAll)),
      .deterrence = in.assumption("deterrence", by(kAll)),
      .learning_time = in.assumption("learning_time", kYears),
      .excitation =
          in.assumption("excitation", {.bounds = kNonNegative, .rows = kArmed, .columns = kArmed}),
      .stopped_weight = in.assumption("stopped_weight", {.bounds = kShare}),
      .excitation_memory = in.assumption("excitation_memory", kYears),
      .excitation_reach = in.assumption("excitation_reach", {.unit = "km", .bounds = kNonNegative}),
      .excitation_cap = in.assumption("excitation_cap", kResponse),
      .severity_tail = in.assumption("severity_tail", {.bounds = {.low = 0.1, .high = 100.0}}),
      .severity_scale = in.assumption("severity_scale", by({"attack", "fire"})),
      .warning_gain = in.assumption("warning_gain", {.bounds = kShare}),
      .reporting = in.assumption("reporting", by({"breach", "stopped", "fire"}, kShare))};
}

}  // namespace

std::optional<Threat> read_threat(TableReader& root) {
  std::optional<Threat> read;
  root.optional_within("threat", [&](TableReader& in) {
    Threat& threat = read.emplace();
    threat.stated_groups =
        in.optional_assumption("stated_groups", {.unit = "groups", .bounds = kNonNegative});
    threat.stated_militants = in.optional_assumption("stated_militants", kPersons);
    in.each("zone", [&](TableReader& table) { threat.zones.push_back(read_zone(table)); });
    const std::vector<std::string> zones = ids(threat.zones);
    if (zones.empty()) {
      in.problem("zone", "is missing", "a threat has at least one zone");
    } else if (std::ranges::none_of(threat.zones, &Zone::at_border)) {
      in.problem("zone", "none lies at the border", "at least one needs from_km and to_km");
    }
    in.check_ids("zone");
    const std::size_t problems_before = in.log().problems.size();
    in.each("group",
            [&](TableReader& table) { threat.groups.push_back(read_group(table, zones)); });
    if (threat.groups.empty()) in.problem("group", "is missing", "a threat has at least one group");
    in.check_ids("group");
    std::vector<std::optional<Assumption>> arrivals;
    for (const Group& group : threat.groups) arrivals.emplace_back(group.foreign_fighter_share);
    if (in.log().problems.size() == problems_before)
      check_parts(in, "group.foreign_fighter_share", arrivals);
    in.within("people", [&](TableReader& table) { threat.people = read_people(table, zones); });
    in.within("attempts", [&](TableReader& table) { threat.attempts = read_attempts(table); });
  });
  return read;
}

}  // namespace panj::theatre::detail
