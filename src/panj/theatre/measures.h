// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "panj/core/date.h"
#include "panj/theatre/assumption.h"

namespace panj::theatre {

/// A stage of the real programme, as announced.
struct ProgrammeStage {
  std::string name;
  int from_year = 0;
  int to_year = 0;
};

/// Equipment to be delivered in equal yearly tranches, spread along the border by length.
struct Programme {
  std::string id;
  std::string name;
  int first_year = 0;  ///< of the tranches
  int last_year = 0;
  Assumption equipment;  ///< units in all, by kind
  Assumption slippage;   ///< yr between schedule and arrival (τ_S)
};

/// What can be done, before it is bundled into packages.
struct Measures {
  Date start{};                ///< levers bite from here
  Assumption slippage;         ///< yr, of deliveries outside a programme
  Assumption exercises;        ///< 1/yr as practised (n_X)
  Assumption urging;           ///< effort as practised, 0 to 1 (u)
  std::string current_regime;  ///< outside regime in force
  /// M$/yr on top of the status quo: what a package may cost to be affordable. None: no limit.
  std::optional<Assumption> budget;
  std::vector<ProgrammeStage> stages;
  std::vector<Programme> programmes;
};

}  // namespace panj::theatre
