// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "panj/spillover/geometry.h"
#include "panj/spillover/levers.h"
#include "panj/spillover/parameters.h"
#include "panj/spillover/settings.h"

namespace panj::spillover {

/// How the members stand to those next door and to each other.
struct Standing {
  double mean = 0.0;        ///< s̄ = Σ ω_m s_m
  double divergence = 0.0;  ///< D = sqrt(Σ ω_m (s_m − s̄)²) / 0.5
};
Standing standing(const Parameters& parameters, const LeverSettings& levers, double year);

/// The values at the start under practised levers (superscript ⁰): fixed points of comparison that
/// no package changes. Lists run over stretches, zones or groups as the parameters do.
struct Reference {
  ByKind<std::vector<double>> equipment;       ///< units by stretch
  std::vector<double> guards;                  ///< by stretch
  std::vector<std::vector<double>> militants;  ///< M_gz: [group][zone], whole persons
  double cohesion = 0.0;                       ///< C⁰
  Standing standing;                           ///< s̄⁰, D⁰
  double leverage = 0.0;                       ///< V⁰ = u C⁰ s̄⁰
  double intelligence = 0.0;                   ///< I⁰
  std::vector<ByType<double>> stop;            ///< U⁰_ie by stretch
  std::vector<ByType<double>> inclusive;       ///< S⁰_ze by zone; 1 away from the border
  std::vector<ByType<double>> rate;            ///< μ⁰_ie: attempts a year by stretch, unexcited
  std::vector<ByType<double>> excitation;      ///< X_ie at its stationary mean, by stretch
  std::vector<double> donations;               ///< don_g, M$/yr
  double value_through = 0.0;                  ///< V_t⁰, M$/yr
  ByType<double> mean_stop{};                  ///< by length
};

/// Throws InvalidInput when follow-up attempts would multiply without end (spectral radius ≥ 1).
Reference reference_of(const Parameters& parameters, const Geometry& geometry,
                       const Idealisation& ideal = {});

/// The largest eigenvalue of the follow-up matrix A: how many events an event brings in the long
/// run.
double spectral_radius(const Parameters& parameters, const Geometry& geometry,
                       const Reference& reference);

}  // namespace panj::spillover
