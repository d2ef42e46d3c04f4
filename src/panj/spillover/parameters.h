// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "panj/spillover/kinds.h"
#include "panj/theatre/theatre.h"

namespace panj::spillover {

/// Ground that attracts attempts, in shares of the border from its west end.
struct GroundParameters {
  double from = 0.0;
  double to = 1.0;
  double attractiveness = 1.0;
};

/// A zone next door; its part of the border in shares from the west end.
struct ZoneParameters {
  std::string id;
  bool at_border = true;
  double from = 0.0;
  double to = 0.0;
  double supply_share = 0.0;   ///< s_z
  double arrival_share = 0.0;  ///< p_z
};

struct GroupParameters {
  std::string id;
  double militants = 0.0;            ///< M_g at the start
  double recruitment = 0.0;          ///< r_g
  double tolerance = 0.5;            ///< ā_g
  double arrival_share = 0.0;        ///< q_g
  std::vector<double> zone_share{};  ///< π_gz, sums to 1
  ByType<double> attempt_weight{};   ///< o_ge
};

struct MemberParameters {
  std::string id;
  std::vector<std::pair<double, double>> stance{};  ///< (year, s_m), straight lines between
  double weight = 0.0;                              ///< ω_m, sums to 1
  double intelligence = 0.0;                        ///< e_m

  double stance_in(double year) const;
};

struct PeopleParameters {
  double crowding_level = 0.0;        ///< K_M
  double attrition = 0.0;             ///< δ_0
  double repression = 0.0;            ///< δ_T
  double unpaid_desertion = 0.0;      ///< δ_U
  double foreign_fighters = 0.0;      ///< ν
  double arrival_speed = 1.0;         ///< κ_φ
  double arrival_noise = 0.0;         ///< σ_φ
  double relocation = 0.0;            ///< m_r
  double hardship_response = 0.0;     ///< γ_H
  double funds_response = 0.0;        ///< γ_F
  double tolerance_response = 0.0;    ///< γ_T
  double operations_funds = 0.0;      ///< γ_A
  double operations_tolerance = 0.0;  ///< γ_TA
};

struct AttemptParameters {
  ByType<double> rate{};                ///< β_e
  ByType<double> season_size{};         ///< A_e
  ByType<double> season_peak{};         ///< p_e
  ByType<double> avoidance{};           ///< λ_e
  ByType<double> deterrence{};          ///< d_e
  double learning_time = 1.0;           ///< τ_U
  ByType<ByType<double>> excitation{};  ///< n_ef: [receiving][source]
  double stopped_weight = 0.0;          ///< ξ
  double excitation_memory = 1.0;       ///< τ_X
  double excitation_reach = 1.0;        ///< d_X, km
  double excitation_cap = 1.0;          ///< X_max
  double severity_tail = 1.0;           ///< α
  ByType<double> severity_scale{};      ///< s_e
  double warning_gain = 0.0;            ///< warn
  double reported_breach = 1.0;
  double reported_stopped = 0.0;
  double reported_fire = 0.0;
};

struct DefenceParameters {
  double guards = 0.0;                    ///< G
  ByKind<double> equipment{};             ///< E⁰
  ByKind<double> equipment_loss{};        ///< δ_E
  ByType<double> guard_detection{};       ///< w_e of a guard
  ByKind<ByType<double>> detection{};     ///< w_e by kind
  ByType<double> guard_response{};        ///< v_e of a guard
  ByKind<ByType<double>> response{};      ///< v_e by kind
  double detection_scale = 1.0;           ///< κ_d
  double response_scale = 1.0;            ///< κ_r
  ByType<double> intelligence_gain{};     ///< ι_e
  double intelligence_response = 0.0;     ///< ι_r
  double readiness = 0.0;                 ///< R at the start
  double readiness_floor = 0.0;           ///< R_min
  double readiness_decay = 0.0;           ///< λ_R
  double exercise_gain = 0.0;             ///< α_X
  double pooled_share = 0.0;              ///< φ_m
  std::array<double, 3> patrol_effect{};  ///< η_pat: static, randomised, optimised
  double belt_stop = 0.0;                 ///< p_B
  ByKind<double> unit_price{};            ///< M$
  double guard_cost = 0.0;
  double exercise_cost = 0.0;
  double belt_cost = 0.0;
  double sharing_cost = 0.0;
  double upkeep_share = 0.0;
};

struct CohesionParameters {
  double initial = 0.5;            ///< C⁰
  double speed = 1.0;              ///< κ_C
  double noise = 0.0;              ///< σ_C
  double divergence_effect = 0.0;  ///< χ_D
  double rally = 0.0;              ///< χ_R
  double rally_fading = 1.0;       ///< τ_Y
};

struct EconomyParameters {
  double reserves = 0.0;        ///< bn$
  double hardship_speed = 1.0;  ///< κ_H
  double hardship_noise = 0.0;  ///< σ_H
  double relief_effect = 0.0;   ///< ε_R
  double relief_half = 1.0;     ///< L_h
  double relief_life = 1.0;     ///< τ_L
  double diversion = 0.0;       ///< div
};

struct FundsParameters {
  double upkeep = 1.0;   ///< u_m
  double cover = 1.0;    ///< τ_W
  double leakage = 0.0;  ///< λ_W
  double levy = 0.0;
};

struct TraffickingParameters {
  double price = 0.0;                ///< M$/t
  double supply = 0.0;               ///< F_0
  double stock_time = 1.0;           ///< τ_Q
  double hardship_response = 0.0;    ///< γ_S
  double supply_speed = 1.0;         ///< κ_ψ
  double supply_noise = 0.0;         ///< σ_ψ
  double corruption = 0.0;           ///< K⁰
  double corruption_response = 0.0;  ///< γ_K
  double corruption_speed = 0.0;     ///< κ_K
  double corruption_on_armed = 0.0;  ///< η_K
};

struct ToleranceParameters {
  double speed = 1.0;          ///< κ_b
  double noise = 0.0;          ///< σ_b
  double urging_effect = 0.0;  ///< ψ_u
};

struct RegimeParameters {
  std::string id;
  double hardship_shift = 0.0;  ///< ω_H
  double cohesion_shift = 0.0;  ///< ω_C
  double intelligence = 0.0;    ///< e_W
};

struct ProgrammeParameters {
  std::string id;
  int first_year = 0;
  int last_year = 0;
  ByKind<double> equipment{};
  double slippage = 0.5;  ///< τ_S, yr
};

/// What is practised where a package sets nothing.
struct PracticeParameters {
  double start_year = 0.0;  ///< t_P: levers bite from here
  double slippage = 0.5;    ///< τ_S, yr
  double exercises = 0.0;   ///< n_X
  double urging = 0.0;      ///< u
  std::size_t regime = 0;   ///< index of the outside regime in force
};

/// Every number of the model. Symbols are those of docs/methods/spillover.md.
struct Parameters {
  int start_year = 0;  ///< whose 1 January the initial values describe
  double border_km = 0.0;
  std::vector<GroundParameters> ground;
  std::vector<ZoneParameters> zones;
  std::vector<GroupParameters> groups;
  std::vector<MemberParameters> members;
  std::size_t exposed = 0;      ///< the member at the border
  std::vector<double> sharing;  ///< S, row member to column member
  PeopleParameters people;
  AttemptParameters attempts;
  DefenceParameters defence;
  CohesionParameters cohesion;
  EconomyParameters economy;
  FundsParameters funds;
  TraffickingParameters trafficking;
  ToleranceParameters tolerance;
  std::vector<RegimeParameters> regimes;
  std::vector<ProgrammeParameters> programmes;
  PracticeParameters practice;
  double feedback = 1.0;  ///< φ_fb: 1 with all feedbacks, 0 with none
};

/// One entry of one assumption, set to a drawn value: `index` counts in Assumption::values.
struct Override {
  std::string key;
  std::size_t index = 0;
  double value = 0.0;
};

/// The parameters of a theatre, some of them drawn anew: a future.
///
///     const Parameters base = parameters_of(theatre);
///     const Parameters future = parameters_of(theatre, {{{"defence.guards", 0, 4500.0}}});
///
/// Shares of a whole (zone shares, weights) are scaled to a sum of one after drawing. The border is
/// as long as the first stated length, or as the line where none is stated; chainages are scaled to
/// it. Throws InvalidInput, with all problems, when the theatre lacks a part that the model needs,
/// when a key is unknown (with the nearest) or a value lies outside the assumption's range.
Parameters parameters_of(const theatre::Theatre& theatre, std::span<const Override> overrides = {});

}  // namespace panj::spillover
