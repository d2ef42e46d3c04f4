// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "panj/theatre/assumption.h"

namespace panj::theatre {

/// The economy next door: hardship drives recruitment, relief eases it.
struct Economy {
  Assumption reserves;          ///< bn$ frozen
  Assumption hardship_speed;    ///< 1/yr (κ_H)
  Assumption hardship_noise;    ///< yr^-1/2 (σ_H)
  Assumption relief_effect;     ///< on log hardship (ε_R)
  Assumption relief_half;       ///< bn$ of usable reserves at half the effect (L_h)
  Assumption relief_life;       ///< yr that released money stays usable (τ_L)
  Assumption relief_diversion;  ///< share of releases that reaches groups (div)
};

/// What groups live on.
struct Funds {
  Assumption upkeep;   ///< M$/yr per militant (u_m)
  Assumption cover;    ///< yr of upkeep held at the start (τ_W)
  Assumption leakage;  ///< 1/yr (λ_W)
  Assumption levy;     ///< groups' cut of trafficking (levy)
};

/// Drugs, arms and what they do to officials.
struct Trafficking {
  Assumption price;                ///< M$/t
  Assumption supply;               ///< t/yr reaching the border (F_0)
  Assumption zone_share;           ///< by border zone (s_z)
  Assumption stock_time;           ///< yr (τ_Q)
  Assumption hardship_response;    ///< γ_S
  Assumption supply_speed;         ///< 1/yr (κ_ψ)
  Assumption supply_noise;         ///< yr^-1/2 (σ_ψ)
  Assumption corruption_initial;   ///< share of stops undone (K⁰)
  Assumption corruption_response;  ///< γ_K
  Assumption corruption_speed;     ///< 1/yr (κ_K)
  Assumption corruption_on_armed;  ///< how much of it holds for attacks and infiltration (η_K)
};

/// Those in power next door: how they treat the groups, and what pressure changes.
struct HostAuthority {
  std::string name;
  std::string since;  ///< month or day, ISO 8601
  std::string conduct;
  Assumption tolerance_speed;  ///< 1/yr (κ_b)
  Assumption tolerance_noise;  ///< yr^-1/2 (σ_b)
  Assumption urging_effect;    ///< logit per unit of leverage (ψ_u)
};

/// One way outside powers may engage.
struct OutsideRegime {
  std::string id;  ///< "competing", "absent", "coordinated", …
  std::string name;
  Assumption hardship_shift;  ///< ω_H
  Assumption cohesion_shift;  ///< ω_C
  Assumption intelligence;    ///< chance that its sources see preparation, shared (e_W); 0 for none
};

/// Everything around the border that pushes on it.
struct Surroundings {
  Economy economy;
  Funds funds;
  Trafficking trafficking;
  HostAuthority host;
  std::vector<OutsideRegime> regimes;
};

}  // namespace panj::theatre
