// SPDX-License-Identifier: Apache-2.0
#include "panj/sim/resampling.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <vector>

#include "panj/core/contract.h"
#include "panj/core/random.h"
#include "panj/sim/elementary.h"
#include "panj/sim/filter.h"
#include "panj/sim/vector_units.h"

namespace panj::sim {
namespace {

/// exp(x − greatest) for all, in place.
void exponentiate(std::span<double> values, double greatest) {
  const std::size_t whole = values.size() / kLineLanes * kLineLanes;
  with_vector_units([&]<class Pack>() PANJ_KERNEL {
    for (std::size_t i = 0; i < whole; i += kLanesIn<Pack>)
      store(&values[i], exp(load<Pack>(&values[i]) - greatest));
  });
  for (std::size_t i = whole; i < values.size(); ++i) values[i] = exp(values[i] - greatest);
}

}  // namespace

Weighing weigh(std::span<double> log_weights) {
  constexpr double kNone = -std::numeric_limits<double>::infinity();
  double greatest = kNone;
  for (const double weight : log_weights) {
    if (!(weight < std::numeric_limits<double>::infinity())) {
      throw std::runtime_error("a particle's log density is not a number below infinity");
    }
    greatest = std::max(greatest, weight);
  }
  if (greatest == kNone) {
    std::ranges::fill(log_weights, 0.0);
    return {.log_mean = kNone};
  }
  exponentiate(log_weights, greatest);
  double sum = 0;
  double squares = 0;
  for (const double weight : log_weights) {
    sum += weight;
    squares += weight * weight;
  }
  return {greatest + log(sum / static_cast<double>(log_weights.size())), sum * sum / squares, sum};
}

void resample_systematically(std::span<const double> weights, double uniform,
                             std::span<std::uint32_t> ancestors) {
  double total = 0;
  for (const double weight : weights) total += weight;
  PANJ_EXPECT(total > 0 && uniform > 0 && uniform < 1);
  const double spacing = total / static_cast<double>(ancestors.size());
  std::size_t place = 0;
  double reached = weights[0];
  for (std::size_t i = 0; i < ancestors.size(); ++i) {
    const double tick = (static_cast<double>(i) + uniform) * spacing;
    while (reached < tick && place + 1 < weights.size()) reached += weights[++place];
    ancestors[i] = static_cast<std::uint32_t>(place);
  }
}

double resampling_uniform(std::uint64_t seed, std::uint32_t first_replicate, std::size_t t) {
  RandomStream stream(seed, {.replicate = first_replicate,
                             .step = static_cast<std::uint16_t>(t),
                             .kind = kResamplingKind,
                             .entity = static_cast<std::uint32_t>(t >> 16)});
  return stream.uniform();
}

std::vector<double> Trajectories::path(std::size_t i) const {
  PANJ_EXPECT(i < particles_);
  const std::size_t observations = ancestors_.size() / particles_;
  std::vector<double> values(observations);
  for (std::size_t t = observations; t-- > 0;) {
    i = ancestors_[t * particles_ + i];
    values[t] = values_[t * particles_ + i];
  }
  return values;
}

}  // namespace panj::sim
