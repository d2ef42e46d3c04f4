// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "panj/theatre/assumption.h"

namespace panj::theatre {

/// An area on the other side; one without border lies in the interior.
struct Zone {
  std::string id;
  std::string name;
  bool at_border = true;
  double from_km = 0.0;  ///< chainage on the theatre's line; 0 and 0 for the interior
  double to_km = 0.0;
  double uncertainty_km = 0.0;  ///< how far either end may lie off
};

/// An armed group, or several small ones pooled. Symbols are those of the reference model.
struct Group {
  std::string id;
  std::string name;
  std::string note;
  Assumption militants;              ///< persons at the start (M_g)
  Assumption recruitment;            ///< 1/yr per head (r_g)
  Assumption tolerance;              ///< by those in power, 0 to 1 (a_g)
  Assumption foreign_fighter_share;  ///< of arrivals (q_g)
  Assumption zone_share;             ///< by zone (π_gz)
  Assumption attempt_weight;         ///< by attack, infiltration, fire (o_ge)
};

/// How many people the groups have: come, go, move.
struct People {
  Assumption crowding_level;        ///< persons at which recruitment ends (K_M)
  Assumption attrition;             ///< 1/yr (δ_0)
  Assumption repression;            ///< 1/yr more when not tolerated (δ_T)
  Assumption unpaid_desertion;      ///< 1/yr more when unpaid (δ_U)
  Assumption foreign_fighters;      ///< persons/yr (ν)
  Assumption arrival_zone_share;    ///< by zone (p_z)
  Assumption arrival_speed;         ///< 1/yr (κ_φ)
  Assumption arrival_noise;         ///< yr^-1/2 (σ_φ)
  Assumption relocation;            ///< 1/yr (m_r)
  Assumption hardship_response;     ///< of recruitment (γ_H)
  Assumption funds_response;        ///< of recruitment (γ_F)
  Assumption tolerance_response;    ///< of recruitment (γ_T)
  Assumption operations_funds;      ///< response of attempts to funds (γ_A)
  Assumption operations_tolerance;  ///< response of attempts to tolerance (γ_TA)
};

/// What groups try at the border. Lists by type hold attack, infiltration, trafficking and fire, or
/// those of the four that apply.
struct Attempts {
  Assumption rate;               ///< 1/yr per 1,000 weighted militants in border zones (β_e)
  Assumption season_size;        ///< A_e
  Assumption season_peak;        ///< fraction of the year (p_e)
  Assumption avoidance;          ///< response to the stop probability (λ_e)
  Assumption deterrence;         ///< share given up rather than moved elsewhere (d_e)
  Assumption learning_time;      ///< yr (τ_U)
  Assumption excitation;         ///< follow-ups by receiving type × source type (n_ef)
  Assumption stopped_weight;     ///< of stopped events in excitation (ξ)
  Assumption excitation_memory;  ///< yr (τ_X)
  Assumption excitation_reach;   ///< km (d_X)
  Assumption excitation_cap;     ///< X_max
  Assumption severity_tail;      ///< α
  Assumption severity_scale;     ///< by attack, fire (s_e)
  Assumption warning_gain;       ///< less severe when seen coming (warn)
  Assumption reporting;          ///< chance of a public report, by breach, stopped, fire
};

/// Who is on the other side and what they attempt.
struct Threat {
  std::optional<Assumption> stated_groups;     ///< how many groups are said to be there
  std::optional<Assumption> stated_militants;  ///< how many militants, all groups
  std::vector<Zone> zones;
  std::vector<Group> groups;
  People people;
  Attempts attempts;
};

}  // namespace panj::theatre
