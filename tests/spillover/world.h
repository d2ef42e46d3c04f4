// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "panj/spillover/model.h"
#include "panj/spillover/reference_world.h"
#include "panj/spillover/simulate.h"
#include "panj/theatre/theatre.h"
#include "paths.h"

namespace panj::spillover {

inline const theatre::Theatre& tajik_afghan() {
  static const theatre::Theatre theatre =
      theatre::read_theatre(test::source_path("theatres/tajik-afghan"));
  return theatre;
}

inline Settings nine_years() {
  return {.first_year = 2022, .last_year = 2030};
}

/// Runs one batch to the end.
inline State run(const SpilloverModel& model, const sim::Lanes& lanes) {
  State state = model.start(lanes);
  for (int step = 0; step < model.steps(); ++step) model.advance(state, lanes, step);
  return state;
}

}  // namespace panj::spillover
