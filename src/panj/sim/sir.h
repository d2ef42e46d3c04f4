// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "panj/sim/count_quantile.h"
#include "panj/sim/elementary.h"
#include "panj/sim/lane_random.h"
#include "panj/sim/lane_table.h"
#include "panj/sim/model.h"
#include "panj/sim/vector_units.h"

namespace panj::sim {

/// Susceptible, infectious, recovered: the example of a model, with an exact answer for small
/// populations. In a step of length Δ each susceptible is infected with probability
/// 1 − exp(−β I/N Δ), and each infectious recovers with probability 1 − exp(−γ Δ), independently.
class Sir {
 public:
  struct Parameters {
    double population = 1000;
    double infectious = 10;      ///< at the start
    double contact_rate = 0.2;   ///< β, per day
    double recovery_rate = 0.1;  ///< γ, per day
    double step_days = 0.25;     ///< Δ
    int steps = 400;
  };

  struct State {
    LaneTable people;  ///< rows susceptible, infectious, recovered, infected in the last step
  };
  enum Row : std::size_t { susceptible, infectious, recovered, infected };

  explicit Sir(const Parameters& parameters) : parameters_(parameters) {}

  const Parameters& parameters() const { return parameters_; }
  const OutcomeTable& outcomes() const { return table_; }
  int steps() const { return parameters_.steps; }

  State start(const Lanes& lanes) const {
    State state{LaneTable(4, lanes)};
    state.people.set_row(susceptible, parameters_.population - parameters_.infectious);
    state.people.set_row(infectious, parameters_.infectious);
    return state;
  }

  void advance(State& state, const Lanes& lanes, int step) const {
    LaneTable luck(2, lanes);
    fill_uniform_pair(lanes, {.step = step}, luck.row(0), luck.row(1));
    const double infection =
        parameters_.contact_rate * parameters_.step_days / parameters_.population;
    const Chance recovery = chance_of(-expm1(-parameters_.recovery_rate * parameters_.step_days));
    with_vector_units([&]<class Pack>() PANJ_KERNEL {
      double* const s = state.people.row(susceptible).data();
      double* const i = state.people.row(infectious).data();
      double* const r = state.people.row(recovered).data();
      double* const n = state.people.row(infected).data();
      for (std::size_t lane = 0; lane < lanes.padded(); lane += kLanesIn<Pack>) {
        const Pack healthy = load<Pack>(s + lane);
        const Pack ill = load<Pack>(i + lane);
        const Pack falling_ill = binomial_quantile(load<Pack>(&luck.row(0)[lane]), healthy,
                                                   chance_of_hazard(infection * ill));
        const Pack recovering = binomial_quantile(load<Pack>(&luck.row(1)[lane]), ill, recovery);
        store(s + lane, healthy - falling_ill);
        store(i + lane, ill + falling_ill - recovering);
        store(r + lane, load<Pack>(r + lane) + recovering);
        store(n + lane, falling_ill);
      }
    });
  }

  void write_outcomes(const State& state, const Lanes&, OutcomeBlock& block) const {
    for (std::size_t row = susceptible; row <= recovered; ++row)
      std::ranges::copy(state.people.row(row), block.row(row).begin());
  }

  /// For the particle filter.
  void copy_lane(State& to, std::size_t lane, const State& from, std::size_t from_lane) const {
    to.people.copy_lane(lane, from.people, from_lane);
  }

 private:
  Parameters parameters_;
  OutcomeTable table_{{},
                      {{.name = "susceptible", .unit = "persons", .measure = Measure::count},
                       {.name = "infectious", .unit = "persons", .measure = Measure::count},
                       {.name = "recovered", .unit = "persons", .measure = Measure::count}}};
};

}  // namespace panj::sim
