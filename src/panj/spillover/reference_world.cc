// SPDX-License-Identifier: Apache-2.0
#include "panj/spillover/reference_world.h"

namespace panj::spillover {
namespace {

std::vector<ZoneParameters> zones() {
  return {{"z1", true, 0.00, 0.04, 0.05, 0.05},
          {"z2", true, 0.04, 0.17, 0.30, 0.10},
          {"z3", true, 0.17, 0.30, 0.40, 0.08},
          {"z4", true, 0.30, 1.00, 0.25, 0.12},
          {"interior", false, 0.0, 0.0, 0.0, 0.65}};
}

/// Weights of attack, infiltration and fire.
ByType<double> weights(double attack, double infiltration, double fire) {
  return {attack, infiltration, 0.0, fire};
}

std::vector<GroupParameters> groups() {
  return {{"g1", 2800, .365, .15, .40, {.05, .13, .07, .10, .65}, weights(1, 1, .8)},
          {"g2", 400, .275, .40, .08, {.04, .16, .18, .22, .40}, weights(1.2, 1.5, 1)},
          {"g3", 700, .275, .60, .14, {.03, .10, .15, .47, .25}, weights(.8, 1.2, .6)},
          {"g4", 400, .255, .80, .06, {.03, .06, .06, .10, .75}, weights(.4, .6, .3)},
          {"g5", 4700, .245, .80, .07, {.02, .03, .02, .05, .88}, weights(.15, .3, .2)},
          {"g6", 3500, .255, .50, .25, {.05, .12, .10, .18, .55}, weights(.5, .8, 1)}};
}

std::vector<MemberParameters> members() {
  const auto path = [](double before, double after) {
    return std::vector<std::pair<double, double>>{{2023.9, before}, {2025.5, after}};
  };
  return {{"m1", path(.35, .80), .35, .50}, {"m2", path(.45, .60), .08, .05},
          {"m3", path(.35, .70), .17, .20}, {"m4", path(.30, .60), .12, .15},
          {"m5", path(.15, .15), .20, .30}, {"m6", path(.30, .35), .08, .03}};
}

/// Only the links into the exposed member, the fifth, matter at one border.
std::vector<double> sharing() {
  const std::array<double, 6> into{.5, .2, .35, .35, 1.0, .2};
  std::vector<double> matrix;
  for (std::size_t from = 0; from < into.size(); ++from) {
    for (std::size_t to = 0; to < into.size(); ++to) {
      matrix.push_back(from == to ? 1.0 : into[from]);
    }
  }
  return matrix;
}

AttemptParameters attempts() {
  AttemptParameters a{.rate = {.30, 6.0, 0.0, .235},
                      .season_size = {.30, .40, .35, .20},
                      .season_peak = {.75, .70, .70, .75},
                      .avoidance = {4, 5, 6, 2},
                      .deterrence = {.3, .4, .2, .2},
                      .learning_time = .5,
                      .stopped_weight = .5,
                      .excitation_memory = .25,
                      .excitation_reach = 80,
                      .excitation_cap = 25,
                      .severity_tail = 1.6,
                      .severity_scale = {1.5, 0, 0, .8},
                      .warning_gain = .4,
                      .reported_breach = .95,
                      .reported_stopped = .35,
                      .reported_fire = .60};
  a.excitation[kAttack] = {.15, .012, 0, .08};
  a.excitation[kInfiltration] = {.05, .10, 0, .02};
  a.excitation[kFire] = {.10, .006, 0, .12};
  return a;
}

DefenceParameters defence() {
  return {.guards = 6000,
          .equipment = {72, 24, 24, 6},
          .equipment_loss = {.006, .02, .012, .024},
          .guard_detection = {.03, .03, .02, .03},
          .detection = {{{2.5, 2, 1.5, 2}, {2, 3, 2, 1}, {4, 4, 3, 2}, {8, 8, 6, 6}}},
          .guard_response = {.03, .03, .02, .005},
          .response = {{{3, 3, 2, .5}, {0, 0, 0, 0}, {12, 12, 8, 2}, {10, 6, 4, 4}}},
          .detection_scale = .77,
          .response_scale = .75,
          .intelligence_gain = {2, 1.6, 1.2, 1},
          .intelligence_response = .8,
          .readiness = .55,
          .readiness_floor = .30,
          .readiness_decay = .6,
          .exercise_gain = .25,
          .pooled_share = .6,
          .patrol_effect = {.8, 1, .9},
          .belt_stop = .25,
          .unit_price = {1, .15, .4, .8},
          .guard_cost = .004,
          .exercise_cost = 3,
          .belt_cost = .04,
          .sharing_cost = 1.5,
          .upkeep_share = .10};
}

}  // namespace

Parameters reference_world() {
  Parameters p;
  p.start_year = 2022;
  p.border_km = 1344;
  p.ground = {{0.0, 0.7, 1.0}, {0.7, 1.0, 0.35}};
  p.zones = zones();
  p.groups = groups();
  p.members = members();
  p.exposed = 4;
  p.sharing = sharing();
  p.people = {30000, .08, .11, .05, 600, .8, .4, .5, 1.5, .5, 1.0, .4, 1.2};
  p.attempts = attempts();
  p.defence = defence();
  p.cohesion = {.6, 1, .3, 2, .04, .5};
  p.economy = {9.4, .7, .12, .6, 3, 3, .0005};
  p.funds = {.002, 1, 1, .08};
  p.trafficking = {4, 60, .25, .5, .5, .3, .30, .8, .5, .35};
  p.tolerance = {.5, .4, 2};
  p.regimes = {{"competing", 0, 0, 0}, {"absent", .08, .15, 0}, {"coordinated", -.08, .05, .15}};
  p.programmes = {{"full", 2026, 2030, {36, 144, 36, 12}, .25},
                  {"sensors", 2026, 2030, {0, 544, 0, 0}, .25}};
  p.practice = {2026, .5, 2, .3, 0};
  return p;
}

}  // namespace panj::spillover
