// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "panj/theatre/assumption.h"

namespace panj::theatre {

/// Equipment kinds and attempt types, as the theatre file spells them.
inline constexpr std::array<std::string_view, 4> kEquipmentKinds{"post", "sensor", "mobile", "air"};
inline constexpr std::array<std::string_view, 4> kAttemptTypes{"attack", "infiltration",
                                                               "trafficking", "fire"};

/// A standing base that backs the border guards.
struct Base {
  std::string name;
  std::string member;  ///< whose it is
  Basis basis = Basis::article;
  std::string source;
};

/// What stands on the home bank and how well it stops attempts. Widths are swept kilometres per
/// unit, by means (guard and each equipment kind) × attempt type.
struct Defence {
  Assumption guards;                 ///< persons (G)
  Assumption equipment;              ///< units by kind (E⁰)
  Assumption equipment_loss;         ///< 1/yr by kind, net of maintenance (δ_E)
  Assumption detection_width;        ///< km (w_e)
  Assumption response_width;         ///< km (v_e)
  Assumption detection_scale;        ///< κ_d
  Assumption response_scale;         ///< κ_r
  Assumption intelligence_gain;      ///< on detection, by type (ι_e)
  Assumption intelligence_response;  ///< on response (ι_r)
  Assumption readiness_initial;      ///< R at the start
  Assumption readiness_floor;        ///< R_min
  Assumption readiness_decay;        ///< 1/yr (λ_R)
  Assumption exercise_gain;          ///< share of the missing readiness (α_X)
  Assumption pooled_share;           ///< of mobile and air, that patrol policy moves (φ_m)
  Assumption patrol_effect;          ///< by static, randomised, optimised (η_pat)
  Assumption belt_stop;              ///< chance at full cover (p_B)
  Assumption unit_price;             ///< M$ by kind (capex)
  Assumption guard_cost;             ///< M$/yr each
  Assumption exercise_cost;          ///< M$ each
  Assumption belt_cost;              ///< M$/km/yr at full cover
  Assumption sharing_cost;           ///< M$/yr per fully shared incoming link
  Assumption upkeep_share;           ///< of inventory price, 1/yr
  std::vector<Base> bases;
};

}  // namespace panj::theatre
