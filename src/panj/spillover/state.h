// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "panj/sim/lane_table.h"
#include "panj/spillover/kinds.h"

namespace panj::spillover {

/// What one step works out and the next does not need. Rows as in State.
struct Workings {
  sim::LaneTable cohesion_noise;        ///< standard normal, drawn with the economy's
  sim::LaneTable intelligence;          ///< I
  sim::LaneTable leverage;              ///< V
  sim::LaneTable tolerance;             ///< a_g by group
  sim::LaneTable cover;                 ///< f_g by group, newest
  sim::LaneTable turnover;              ///< of a group: who came less who left and was lost
  std::array<sim::LaneTable, 2> teams;  ///< mobile and air by stretch, as patrols place them
  std::array<sim::LaneTable, 2> gain;   ///< of one more mobile or air team, by stretch
  sim::LaneTable roster;                ///< weights of a random roster, by stretch
  ByType<sim::LaneTable> detection;     ///< p^d by stretch
  ByType<sim::LaneTable> interception;  ///< p^r k_e by stretch
  ByType<sim::LaneTable> stop;          ///< U_ie by stretch
  ByType<sim::LaneTable> pull;          ///< w_iz e^{−λ_e Ũ_ie} by segment
  ByType<sim::LaneTable> pull_sum;      ///< the same, summed by zone
  ByType<sim::LaneTable> deterred;      ///< (S_ze/S⁰_ze)^{d_e} by zone
  ByType<sim::LaneTable> pressure;      ///< attempts a year by zone, before choice of place
  ByType<sim::LaneTable> excited;       ///< 1 + X̃_ie by stretch
  ByType<sim::LaneTable> rate;          ///< Λ_ie by stretch, attempts a year
  ByType<sim::LaneTable> attempts;      ///< in the step, by stretch; trafficking: runs
  ByType<sim::LaneTable> detected;
  ByType<sim::LaneTable> stopped;
  ByType<sim::LaneTable> breaches;
  ByType<sim::LaneTable> intercepted;  ///< stopped at the line; only where invariants are checked
  sim::LaneTable deaths;               ///< by stretch
  sim::LaneTable reported;             ///< by stretch
  sim::LaneTable toll;                 ///< incidents with at least kTollSteps deaths
  ByType<sim::LaneTable> spread;       ///< of events along the border, by stretch
  sim::LaneTable worst;                ///< deaths in the worst incident of the step
  sim::LaneTable lost;                 ///< militants lost at the border, by zone
  sim::LaneTable entering;             ///< loads by zone
  sim::LaneTable seized;               ///< loads by zone
  sim::LaneTable through;              ///< loads by zone
  sim::LaneTable cost;                 ///< M$ in the step
};

/// The state of a batch of replicates: one row for each stretch, group, zone, or group × zone, one
/// column for each lane. Counts are whole numbers held as doubles.
struct State {
  ByKind<sim::LaneTable> equipment;   ///< E_ij by stretch
  ByKind<sim::LaneTable> backlog;     ///< B_ij by stretch
  ByKind<sim::LaneTable> delivered;   ///< since the start, by stretch
  ByType<sim::LaneTable> perceived;   ///< Ũ_ie by stretch
  ByType<sim::LaneTable> excitation;  ///< X_ie by stretch
  ByType<sim::LaneTable> smoothed;    ///< r̂_ie by stretch
  sim::LaneTable stock;               ///< Q_z, loads
  sim::LaneTable militants;           ///< M_gz, row g · zones + z
  sim::LaneTable funds;               ///< W_g, M$
  sim::LaneTable tolerance;           ///< b_g
  sim::LaneTable hardship;            ///< y = log H
  sim::LaneTable arrivals;            ///< φ
  sim::LaneTable supply;              ///< ψ
  sim::LaneTable corruption;          ///< K
  sim::LaneTable cohesion;            ///< c, logit of C
  sim::LaneTable rally;               ///< Y
  sim::LaneTable record;              ///< sums for the outcomes: see record.h
  Workings now;
};

}  // namespace panj::spillover
