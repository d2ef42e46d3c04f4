// SPDX-License-Identifier: Apache-2.0
#include "panj/spillover/reference.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "panj/core/problem.h"
#include "panj/spillover/intelligence.h"
#include "panj/spillover/stop_chance.h"

namespace panj::spillover {
namespace {

std::vector<double> lengths(const Geometry& geometry) {
  std::vector<double> all;
  for (const geo::Stretch& stretch : geometry.stretches) all.push_back(stretch.length_km());
  return all;
}

void place_defence(const Parameters& p, const Geometry& g, const Idealisation& ideal,
                   Reference& ref) {
  const std::vector<double> length = lengths(g);
  for (const double km : length) ref.guards.push_back(p.defence.guards * km / g.length_km);
  for (std::size_t j = 0; j < kKinds; ++j) {
    if (ideal.equipment_by_density) {
      for (const double km : length) {
        ref.equipment[j].push_back(p.defence.equipment[j] * km / g.length_km);
      }
    } else {
      ref.equipment[j] = cumulative_rounding(std::round(p.defence.equipment[j]), length, 0.5);
    }
  }
}

void place_people(const Parameters& p, Reference& ref) {
  for (const GroupParameters& group : p.groups) {
    ref.militants.push_back(
        cumulative_rounding(std::round(group.militants), group.zone_share, 0.5));
  }
}

double stop_at_start(const Parameters& p, const Geometry& g, const Idealisation& ideal,
                     const Reference& ref, std::pair<std::size_t, std::size_t> at) {
  const auto [i, e] = at;
  const DefenceParameters& d = p.defence;
  Guarding guarding{.length_km = g.stretches[i].length_km(), .guards = ref.guards[i]};
  for (std::size_t j = 0; j < kKinds; ++j) guarding.units[j] = ref.equipment[j][i];
  const StopChance stop =
      stop_chance(p, static_cast<Type>(e), guarding,
                  {.readiness = d.readiness,
                   .patrol_effect = d.patrol_effect[0],
                   .intelligence = ref.intelligence,
                   .corruption = ideal.no_corruption ? 0.0 : p.trafficking.corruption});
  return ideal.detection.value_or(stop.seen) * ideal.interception.value_or(stop.met) * stop.honest;
}

void set_stops(const Parameters& p, const Geometry& g, const Idealisation& ideal, Reference& ref) {
  ref.stop.resize(g.size());
  for (std::size_t i = 0; i < g.size(); ++i) {
    for (std::size_t e = 0; e < kTypes; ++e) {
      ref.stop[i][e] = stop_at_start(p, g, ideal, ref, {i, e});
      ref.mean_stop[e] += ref.stop[i][e] * g.stretches[i].length_km() / g.length_km;
    }
  }
}

/// β_e Σ_g o_ge M_gz/1000.
double zone_pressure(const Parameters& p, const Reference& ref, std::size_t z, std::size_t e) {
  double weighted = 0;
  for (std::size_t k = 0; k < p.groups.size(); ++k) {
    weighted += p.groups[k].attempt_weight[e] * ref.militants[k][z] / 1000.0;
  }
  return p.attempts.rate[e] * weighted;
}

void set_choice(const Parameters& p, const Geometry& g, Reference& ref) {
  ref.inclusive.assign(p.zones.size(), {1, 1, 1, 1});
  ref.rate.assign(g.size(), {});
  for (std::size_t e = 0; e < kTypes; ++e) {
    std::vector<double> sums(p.zones.size(), 0.0);
    const auto pull = [&](const Segment& s) {
      return s.weight * std::exp(-p.attempts.avoidance[e] * ref.stop[s.stretch][e]);
    };
    for (const Segment& s : g.segments) sums[s.zone] += pull(s);
    for (std::size_t z = 0; z < p.zones.size(); ++z) {
      if (g.zone_weight[z] > 0) ref.inclusive[z][e] = sums[z] / g.zone_weight[z];
    }
    if (e == kTrafficking) continue;
    for (const Segment& s : g.segments) {
      ref.rate[s.stretch][e] += pull(s) / sums[s.zone] * zone_pressure(p, ref, s.zone, e);
    }
  }
}

/// One sum m ← μ⁰ + A m of the follow-ups of all types.
std::vector<ByType<double>> with_follow_ups(const Parameters& p, const Neighbourhood& near,
                                            const Reference& ref,
                                            const std::vector<ByType<double>>& events) {
  std::vector<ByType<double>> sum(near.size());
  std::vector<double> weighted(near.size());
  for (const Type source : kArmedAttempts) {
    for (std::size_t j = 0; j < near.size(); ++j) {
      weighted[j] = events[j][source] * (1 - (1 - p.attempts.stopped_weight) * ref.stop[j][source]);
    }
    const std::vector<double> spread = near.apply(weighted);
    for (const Type receiving : kArmedAttempts) {
      const double follow_ups = p.feedback * p.attempts.excitation[receiving][source];
      for (std::size_t i = 0; i < near.size(); ++i) sum[i][receiving] += follow_ups * spread[i];
    }
  }
  return sum;
}

double total(const std::vector<ByType<double>>& events) {
  double sum = 0;
  for (const auto& by_type : events) {
    for (const Type e : kArmedAttempts) sum += by_type[e];
  }
  return sum;
}

void set_excitation(const Parameters& p, const Geometry& g, Reference& ref) {
  const Neighbourhood near(g, p.attempts.excitation_reach);
  std::vector<ByType<double>> mean = ref.rate;
  std::vector<ByType<double>> generation = ref.rate;
  constexpr int kMostGenerations = 5000;
  for (int k = 0; total(generation) > 1e-15 * total(mean); ++k) {
    if (k == kMostGenerations || total(mean) > 1e9) {
      throw InvalidInput(Problem{.field = "threat.attempts.excitation",
                                 .what = "makes follow-up attempts multiply without end",
                                 .why = "each attempt must bring less than one other on average",
                                 .suggestion = "lower its entries"});
    }
    generation = with_follow_ups(p, near, ref, generation);
    for (std::size_t i = 0; i < g.size(); ++i) {
      for (const Type e : kArmedAttempts) mean[i][e] += generation[i][e];
    }
  }
  ref.excitation.assign(g.size(), {});
  for (std::size_t i = 0; i < g.size(); ++i) {
    for (const Type e : kArmedAttempts) {
      if (ref.rate[i][e] > 0) ref.excitation[i][e] = mean[i][e] / ref.rate[i][e] - 1;
    }
  }
}

/// What outside donors must give for the books to close at the start.
void set_money(const Parameters& p, Reference& ref) {
  const double through = 1 - ref.mean_stop[kTrafficking];
  ref.value_through = p.trafficking.supply * p.trafficking.price * through;
  for (std::size_t k = 0; k < p.groups.size(); ++k) {
    double levy = 0;
    double head_count = 0;
    for (std::size_t z = 0; z < p.zones.size(); ++z) {
      double in_zone = 0;
      for (const auto& group : ref.militants) in_zone += group[z];
      head_count += ref.militants[k][z];
      if (in_zone <= 0) continue;
      levy += p.funds.levy * ref.value_through * p.zones[z].supply_share * ref.militants[k][z] /
              in_zone;
    }
    const double needed = p.funds.upkeep * head_count * (1 + p.funds.leakage * p.funds.cover);
    ref.donations.push_back(std::max(0.0, needed - levy));
  }
}

}  // namespace

Standing standing(const Parameters& p, const LeverSettings& levers, double year) {
  std::vector<double> stances;
  Standing result;
  for (std::size_t m = 0; m < p.members.size(); ++m) {
    const bool set = m < levers.stance.size() && levers.stance[m].has_value();
    stances.push_back(set ? *levers.stance[m] : p.members[m].stance_in(year));
    result.mean += p.members[m].weight * stances.back();
  }
  double variance = 0;
  for (std::size_t m = 0; m < p.members.size(); ++m) {
    variance += p.members[m].weight * (stances[m] - result.mean) * (stances[m] - result.mean);
  }
  result.divergence = std::sqrt(variance) / 0.5;
  return result;
}

double spectral_radius(const Parameters& p, const Geometry& g, const Reference& ref) {
  const Neighbourhood near(g, p.attempts.excitation_reach);
  std::vector<ByType<double>> generation = ref.rate;
  double radius = 0;
  for (int k = 0; k < 400; ++k) {
    const double before = total(generation);
    if (before <= 0) return 0;
    generation = with_follow_ups(p, near, ref, generation);
    radius = total(generation) / before;
    for (auto& by_type : generation) {
      for (double& x : by_type) x /= std::max(radius, 1e-300);
    }
  }
  return radius;
}

Reference reference_of(const Parameters& p, const Geometry& g, const Idealisation& ideal) {
  const LeverSettings practised = practised_levers(p);
  Reference ref;
  ref.cohesion = p.cohesion.initial;
  ref.standing = standing(p, practised, p.start_year);
  ref.leverage = practised.urging * ref.cohesion * ref.standing.mean;
  ref.intelligence = Sources(p, practised).seen(ref.cohesion);
  place_defence(p, g, ideal, ref);
  place_people(p, ref);
  set_stops(p, g, ideal, ref);
  set_choice(p, g, ref);
  set_excitation(p, g, ref);
  set_money(p, ref);
  return ref;
}

}  // namespace panj::spillover
