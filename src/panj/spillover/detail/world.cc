// SPDX-License-Identifier: Apache-2.0
#include "panj/spillover/detail/world.h"

#include <algorithm>

namespace panj::spillover::detail {
namespace {

double log_mean(double speed, double noise) {
  return -noise * noise / (4 * speed);
}

}  // namespace

World::World(const Parameters& parameters, const Geometry& geometry, const Settings& settings)
    : p(parameters),
      g(geometry),
      s(settings),
      ref(reference_of(parameters, geometry, settings.ideal)),
      near(geometry, parameters.attempts.excitation_reach),
      dt(settings.step_years()),
      hardship(p.economy.hardship_speed, p.economy.hardship_noise, dt),
      arrivals(p.people.arrival_speed, p.people.arrival_noise, dt),
      supply(p.trafficking.supply_speed, p.trafficking.supply_noise, dt),
      cohesion(p.cohesion.speed, p.cohesion.noise, dt),
      tolerance(p.tolerance.speed, p.tolerance.noise, dt),
      arrivals_mean(log_mean(p.people.arrival_speed, p.people.arrival_noise)),
      supply_mean(log_mean(p.trafficking.supply_speed, p.trafficking.supply_noise)),
      memory_kept(sim::exp(-dt / p.attempts.excitation_memory)),
      learnt(1 - sim::exp(-dt / p.attempts.learning_time)),
      rally_kept(sim::exp(-dt / p.cohesion.rally_fading)),
      corruption_moved(1 - sim::exp(-p.trafficking.corruption_speed * dt)),
      funds_kept(sim::exp(-p.funds.leakage * dt)),
      smoothed(1 - sim::power(0.9, 12 * dt)),
      moved(sim::chance_of(chance(p.people.relocation, dt))) {
  segments_of.resize(p.zones.size());
  for (std::size_t k = 0; k < g.segments.size(); ++k) segments_of[g.segments[k].zone].push_back(k);
  for (std::size_t j = 0; j < kKinds; ++j) lost[j] = chance(p.defence.equipment_loss[j], dt);
  for (const GroupParameters& group : p.groups) {
    double rest = 1.0;
    for (const double share : group.zone_share) {
      settled.push_back(sim::chance_of(share >= rest ? 1.0 : share / rest));
      rest -= share;
    }
  }
  const double first = std::ceil(p.practice.start_year - s.first_year - 1e-6);
  effects_from = static_cast<std::size_t>(std::clamp(first, 0.0, s.years() - 1.0));
}

}  // namespace panj::spillover::detail
