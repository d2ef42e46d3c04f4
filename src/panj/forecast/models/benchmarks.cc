// SPDX-License-Identifier: Apache-2.0
#include "panj/forecast/models/benchmarks.h"

#include <algorithm>
#include <vector>

#include "panj/core/random.h"
#include "panj/forecast/model.h"

namespace panj::forecast {
namespace {

using Leads = PredictiveSample::Leads;

enum class DrawKind : std::uint16_t { last_poisson = 1, bootstrap = 2 };

/// A unit's numbers depend on its own place in the panel, not on which other units are known.
RandomStream stream(std::uint64_t seed, DrawKind kind, Month origin, event::UnitId unit, int lead) {
  return {seed,
          {.replicate = static_cast<std::uint32_t>(origin.id()),
           .step = static_cast<std::uint16_t>(lead),
           .kind = static_cast<std::uint16_t>(kind),
           .entity = unit.value}};
}

/// Fills every unit and lead by kDraws calls of `distribution_of(unit)(random)`.
template <class DistributionOf>
PredictiveSample draw_all(const History& history, Leads leads, std::uint64_t seed, DrawKind kind,
                          DistributionOf distribution_of) {
  PredictiveSample sample(history.unit_names(), history.origin(), leads, kDraws);
  std::vector<double> values(kDraws);
  for (std::size_t i = 0; i < history.units().size(); ++i) {
    const event::UnitId unit = history.units()[i];
    const auto draw = distribution_of(unit);
    for (int lead = leads.first; lead <= leads.last; ++lead) {
      RandomStream random = stream(seed, kind, history.origin(), unit, lead);
      std::ranges::generate(values, [&] { return draw(random); });
      sample.set(i, lead, values);
    }
  }
  return sample;
}

}  // namespace

PredictiveSample predict_zero(const History& history, Leads leads, std::uint64_t) {
  return {history.unit_names(), history.origin(), leads, 1};
}

PredictiveSample predict_last_poisson(const History& history, Leads leads, std::uint64_t seed) {
  const auto poisson_around_last = [&history](event::UnitId unit) {
    return [mean = history.last_known(unit, 1).front()](RandomStream& random) {
      return static_cast<double>(draw_poisson(random, mean));
    };
  };
  return draw_all(history, leads, seed, DrawKind::last_poisson, poisson_around_last);
}

PredictiveSample Conflictology::operator()(const History& history, Leads leads,
                                           std::uint64_t) const {
  PredictiveSample sample(history.unit_names(), history.origin(), leads, months);
  std::vector<double> values(months);
  for (std::size_t i = 0; i < history.units().size(); ++i) {
    const std::vector<double> known = history.last_known(history.units()[i], months);
    for (std::size_t d = 0; d < months; ++d) values[d] = known[known.size() - 1 - d % known.size()];
    for (int lead = leads.first; lead <= leads.last; ++lead) sample.set(i, lead, values);
  }
  return sample;
}

PredictiveSample Bootstrap::operator()(const History& history, Leads leads,
                                       std::uint64_t seed) const {
  std::vector<double> pool;
  for (const event::UnitId unit : history.units()) {
    const std::vector<double> known = history.last_known(unit, months);
    pool.insert(pool.end(), known.begin(), known.end());
  }
  const auto anything_of_the_pool = [&pool](event::UnitId) {
    return [&pool](RandomStream& random) {
      const double position = random.uniform() * static_cast<double>(pool.size());
      return pool[std::min(static_cast<std::size_t>(position), pool.size() - 1)];
    };
  };
  return draw_all(history, leads, seed, DrawKind::bootstrap, anything_of_the_pool);
}

}  // namespace panj::forecast
