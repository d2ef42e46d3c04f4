// SPDX-License-Identifier: Apache-2.0
#include "panj/spillover/parameters.h"

#include <algorithm>
#include <numeric>

#include "panj/core/problem.h"
#include "panj/spillover/detail/drawn_values.h"

namespace panj::spillover {
namespace {

using detail::DrawnValues;
using theatre::Theatre;

/// 2025-07-02 as 2025.4986…
double year_of(Date date) {
  const int year = Month::of(date).year();
  const Date first = make_date(year, 1, 1);
  const auto days = static_cast<double>((make_date(year + 1, 1, 1) - first).count());
  return year + static_cast<double>((date - first).count()) / days;
}

void scale_to_one(std::vector<double>& shares) {
  const double sum = std::accumulate(shares.begin(), shares.end(), 0.0);
  if (sum <= 0) return;
  for (double& share : shares) share /= sum;
}

template <class Things, class Field>
void scale_to_one(Things& things, Field field) {
  double sum = 0;
  for (const auto& thing : things) sum += thing.*field;
  if (sum <= 0) return;
  for (auto& thing : things) thing.*field /= sum;
}

void read_ground(const Theatre& theatre, const DrawnValues& drawn, Parameters& p) {
  const double line_km = theatre.border.line().length_km();
  const auto& stated = theatre.border.stated_lengths;
  p.border_km = stated.empty() ? line_km : stated.front().km;
  for (const theatre::Terrain& terrain : theatre.border.terrain) {
    if (!terrain.attractiveness) continue;
    p.ground.push_back({terrain.from_km / line_km, terrain.to_km / line_km,
                        drawn.number(*terrain.attractiveness)});
  }
  if (p.ground.empty()) p.ground.push_back({});
}

void read_zones(const Theatre& theatre, const DrawnValues& drawn, Parameters& p) {
  const double line_km = theatre.border.line().length_km();
  for (const theatre::Zone& zone : theatre.threat->zones) {
    const double supply =
        drawn.label_or(theatre.surroundings->trafficking.zone_share, zone.id, 0.0);
    p.zones.push_back({zone.id, zone.at_border, zone.from_km / line_km, zone.to_km / line_km,
                       zone.at_border ? supply : 0.0,
                       drawn.label_or(theatre.threat->people.arrival_zone_share, zone.id, 0.0)});
  }
  scale_to_one(p.zones, &ZoneParameters::supply_share);
  scale_to_one(p.zones, &ZoneParameters::arrival_share);
}

void read_groups(const Theatre& theatre, const DrawnValues& drawn, Parameters& p) {
  for (const theatre::Group& group : theatre.threat->groups) {
    GroupParameters g{group.id, drawn.number(group.militants), drawn.number(group.recruitment),
                      drawn.number(group.tolerance), drawn.number(group.foreign_fighter_share)};
    for (const ZoneParameters& zone : p.zones) {
      g.zone_share.push_back(drawn.label_or(group.zone_share, zone.id, 0.0));
    }
    scale_to_one(g.zone_share);
    g.attempt_weight = drawn.by_type(group.attempt_weight);
    p.groups.push_back(std::move(g));
  }
  scale_to_one(p.groups, &GroupParameters::arrival_share);
}

void read_members(const theatre::Alliance& alliance, const DrawnValues& drawn, Parameters& p) {
  for (const theatre::Member& member : alliance.members) {
    MemberParameters m{
        member.id, {}, drawn.number(*member.weight), drawn.number(*member.intelligence)};
    const std::vector<double>& path = drawn.all(*member.stance);
    for (std::size_t i = 0; i < path.size(); ++i) {
      m.stance.emplace_back(year_of(*parse_date(member.stance->labels[i])), path[i]);
    }
    if (member.id == alliance.exposed) p.exposed = p.members.size();
    p.members.push_back(std::move(m));
  }
  scale_to_one(p.members, &MemberParameters::weight);
  for (const MemberParameters& from : p.members) {
    for (const MemberParameters& to : p.members) {
      p.sharing.push_back(drawn.label(*alliance.sharing, from.id + "." + to.id));
    }
  }
  const theatre::Cohesion& c = *alliance.cohesion;
  p.cohesion = {drawn.number(c.initial), drawn.number(c.speed),
                drawn.number(c.noise),   drawn.number(c.divergence_effect),
                drawn.number(c.rally),   drawn.number(c.rally_fading)};
}

PeopleParameters people_of(const theatre::People& people, const DrawnValues& drawn) {
  return {.crowding_level = drawn.number(people.crowding_level),
          .attrition = drawn.number(people.attrition),
          .repression = drawn.number(people.repression),
          .unpaid_desertion = drawn.number(people.unpaid_desertion),
          .foreign_fighters = drawn.number(people.foreign_fighters),
          .arrival_speed = drawn.number(people.arrival_speed),
          .arrival_noise = drawn.number(people.arrival_noise),
          .relocation = drawn.number(people.relocation),
          .hardship_response = drawn.number(people.hardship_response),
          .funds_response = drawn.number(people.funds_response),
          .tolerance_response = drawn.number(people.tolerance_response),
          .operations_funds = drawn.number(people.operations_funds),
          .operations_tolerance = drawn.number(people.operations_tolerance)};
}

AttemptParameters attempts_of(const theatre::Attempts& attempts, const DrawnValues& drawn) {
  AttemptParameters a{.rate = drawn.by_type(attempts.rate),
                      .season_size = drawn.by_type(attempts.season_size),
                      .season_peak = drawn.by_type(attempts.season_peak),
                      .avoidance = drawn.by_type(attempts.avoidance),
                      .deterrence = drawn.by_type(attempts.deterrence),
                      .learning_time = drawn.number(attempts.learning_time),
                      .stopped_weight = drawn.number(attempts.stopped_weight),
                      .excitation_memory = drawn.number(attempts.excitation_memory),
                      .excitation_reach = drawn.number(attempts.excitation_reach),
                      .excitation_cap = drawn.number(attempts.excitation_cap),
                      .severity_tail = drawn.number(attempts.severity_tail),
                      .severity_scale = drawn.by_type(attempts.severity_scale),
                      .warning_gain = drawn.number(attempts.warning_gain),
                      .reported_breach = drawn.label(attempts.reporting, "breach"),
                      .reported_stopped = drawn.label(attempts.reporting, "stopped"),
                      .reported_fire = drawn.label(attempts.reporting, "fire")};
  for (const Type receiving : kArmedAttempts) {
    a.excitation[receiving] =
        drawn.row_by_type(attempts.excitation, theatre::kAttemptTypes[receiving]);
  }
  return a;
}

DefenceParameters defence_of(const theatre::Defence& defence, const DrawnValues& drawn) {
  DefenceParameters d{.guards = drawn.number(defence.guards),
                      .equipment = drawn.by_kind(defence.equipment),
                      .equipment_loss = drawn.by_kind(defence.equipment_loss),
                      .guard_detection = drawn.row_by_type(defence.detection_width, "guard"),
                      .guard_response = drawn.row_by_type(defence.response_width, "guard"),
                      .detection_scale = drawn.number(defence.detection_scale),
                      .response_scale = drawn.number(defence.response_scale),
                      .intelligence_gain = drawn.by_type(defence.intelligence_gain),
                      .intelligence_response = drawn.number(defence.intelligence_response),
                      .readiness = drawn.number(defence.readiness_initial),
                      .readiness_floor = drawn.number(defence.readiness_floor),
                      .readiness_decay = drawn.number(defence.readiness_decay),
                      .exercise_gain = drawn.number(defence.exercise_gain),
                      .pooled_share = drawn.number(defence.pooled_share),
                      .patrol_effect = {drawn.label(defence.patrol_effect, "static"),
                                        drawn.label(defence.patrol_effect, "randomised"),
                                        drawn.label(defence.patrol_effect, "optimised")},
                      .belt_stop = drawn.number(defence.belt_stop),
                      .unit_price = drawn.by_kind(defence.unit_price),
                      .guard_cost = drawn.number(defence.guard_cost),
                      .exercise_cost = drawn.number(defence.exercise_cost),
                      .belt_cost = drawn.number(defence.belt_cost),
                      .sharing_cost = drawn.number(defence.sharing_cost),
                      .upkeep_share = drawn.number(defence.upkeep_share)};
  for (std::size_t kind = 0; kind < kKinds; ++kind) {
    d.detection[kind] = drawn.row_by_type(defence.detection_width, theatre::kEquipmentKinds[kind]);
    d.response[kind] = drawn.row_by_type(defence.response_width, theatre::kEquipmentKinds[kind]);
  }
  return d;
}

void read_surroundings(const theatre::Surroundings& around, const DrawnValues& drawn,
                       Parameters& p) {
  const theatre::Economy& e = around.economy;
  p.economy = {drawn.number(e.reserves),        drawn.number(e.hardship_speed),
               drawn.number(e.hardship_noise),  drawn.number(e.relief_effect),
               drawn.number(e.relief_half),     drawn.number(e.relief_life),
               drawn.number(e.relief_diversion)};
  p.funds = {drawn.number(around.funds.upkeep), drawn.number(around.funds.cover),
             drawn.number(around.funds.leakage), drawn.number(around.funds.levy)};
  const theatre::Trafficking& t = around.trafficking;
  p.trafficking = {drawn.number(t.price),
                   drawn.number(t.supply),
                   drawn.number(t.stock_time),
                   drawn.number(t.hardship_response),
                   drawn.number(t.supply_speed),
                   drawn.number(t.supply_noise),
                   drawn.number(t.corruption_initial),
                   drawn.number(t.corruption_response),
                   drawn.number(t.corruption_speed),
                   drawn.number(t.corruption_on_armed)};
  p.tolerance = {drawn.number(around.host.tolerance_speed),
                 drawn.number(around.host.tolerance_noise),
                 drawn.number(around.host.urging_effect)};
  for (const theatre::OutsideRegime& regime : around.regimes) {
    p.regimes.push_back({regime.id, drawn.number(regime.hardship_shift),
                         drawn.number(regime.cohesion_shift), drawn.number(regime.intelligence)});
  }
}

void read_measures(const theatre::Measures& measures, const DrawnValues& drawn, Parameters& p) {
  for (const theatre::Programme& programme : measures.programmes) {
    p.programmes.push_back({programme.id, programme.first_year, programme.last_year,
                            drawn.by_kind(programme.equipment), drawn.number(programme.slippage)});
  }
  const auto current = std::ranges::find(p.regimes, measures.current_regime, &RegimeParameters::id);
  p.practice = {
      year_of(measures.start), drawn.number(measures.slippage), drawn.number(measures.exercises),
      drawn.number(measures.urging),
      current == p.regimes.end() ? 0 : static_cast<std::size_t>(current - p.regimes.begin())};
}

void check_complete(const Theatre& theatre) {
  Problems problems;
  const auto need = [&](bool there, const std::string& what) {
    if (there) return;
    problems.add({.file = theatre.file.string(),
                  .field = what,
                  .what = "is missing",
                  .why = "the simulation needs it",
                  .suggestion = "see docs/guide/theatre-file.md"});
  };
  need(theatre.threat.has_value(), "threat");
  need(theatre.defence.has_value(), "defence");
  need(theatre.surroundings.has_value(), "surroundings");
  need(theatre.measures.has_value(), "measures");
  need(theatre.alliance.sharing.has_value(), "alliance.sharing");
  need(theatre.alliance.cohesion.has_value(), "alliance.cohesion");
  need(!theatre.alliance.exposed.empty(), "alliance.exposed");
  for (const theatre::Member& member : theatre.alliance.members) {
    const std::string key = "alliance.member[" + member.id + "]";
    need(member.stance.has_value(), key + ".stance");
    need(member.weight.has_value(), key + ".weight");
    need(member.intelligence.has_value(), key + ".intelligence");
  }
  problems.throw_if_any();
}

}  // namespace

double MemberParameters::stance_in(double year) const {
  const auto after =
      std::ranges::find_if(stance, [year](const auto& point) { return point.first >= year; });
  if (after == stance.begin()) return stance.front().second;
  if (after == stance.end()) return stance.back().second;
  const auto& [from, low] = *(after - 1);
  const auto& [to, high] = *after;
  return low + (high - low) * (year - from) / (to - from);
}

Parameters parameters_of(const Theatre& theatre, std::span<const Override> overrides) {
  check_complete(theatre);
  const DrawnValues drawn(theatre, overrides);
  Parameters p;
  p.start_year = theatre.reference_years.first;
  read_ground(theatre, drawn, p);
  read_zones(theatre, drawn, p);
  read_groups(theatre, drawn, p);
  read_members(theatre.alliance, drawn, p);
  p.people = people_of(theatre.threat->people, drawn);
  p.attempts = attempts_of(theatre.threat->attempts, drawn);
  p.defence = defence_of(*theatre.defence, drawn);
  read_surroundings(*theatre.surroundings, drawn, p);
  read_measures(*theatre.measures, drawn, p);
  return p;
}

}  // namespace panj::spillover
