// SPDX-License-Identifier: Apache-2.0
#include "panj/explore/lake.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include "panj/core/contract.h"
#include "panj/core/problem.h"
#include "panj/explore/detail/lake_step.h"
#include "panj/sim/vector_units.h"

namespace panj::explore {
namespace {

/// A sum over samples, lane by lane of a cache line: the same in whatever packs it is taken.
using LineOfSums = std::array<double, sim::kLineLanes>;

struct Totals {
  LineOfSums state{};
  LineOfSums release{};
  LineOfSums steady{};
  LineOfSums reliable{};
};

template <sim::PackType Pack>
PANJ_INLINE void add(LineOfSums& line, std::size_t part, Pack pack) {
  sim::store(&line[part], sim::load<Pack>(&line[part]) + pack);
}

/// In a fixed order.
double sum_of(const LineOfSums& line) {
  double sum = 0;
  for (const double lane : line) sum += lane;
  return sum;
}

}  // namespace

double critical_level(double decay, double recycling) {
  const auto excess = [&](double x) {
    const double power = std::pow(x, recycling);
    return power / (1 + power) - decay * x;
  };
  double low = 0.01;
  double high = 1.5;
  if (!(excess(low) < 0 && excess(high) > 0)) {
    throw InvalidInput({.field = "decay",
                        .what = fmt::format("is {} with recycling {}", decay, recycling),
                        .why = "the lake then has no critical level between 0.01 and 1.5"});
  }
  for (int i = 0; i < 100; ++i) {
    const double middle = (low + high) / 2;
    (excess(middle) < 0 ? low : high) = middle;
  }
  return (low + high) / 2;
}

Lake::Lake(const LakeSettings& settings)
    : settings_(settings), critical_(critical_level(settings.decay, settings.recycling)) {
  PANJ_EXPECT(settings.samples >= 1 && settings.years >= 1 && settings.years <= 65536);
  width_ = sim::Lanes{settings.seed, 0, settings.samples}.padded();
  weight_.assign(width_, 0.0);
  std::fill_n(weight_.begin(), settings.samples, 1.0);
  inflow_.resize(settings.years * width_);
  discount_.resize(settings.years);
  double discount = settings.benefit;
  for (std::size_t year = 0; year < settings.years; ++year, discount *= settings.discount) {
    discount_[year] = discount;
    detail::fill_inflow({settings.seed, 0, settings.samples}, settings, static_cast<int>(year),
                        std::span(inflow_).subspan(year * width_, width_));
  }
}

LakeOutcome Lake::evaluate(const LakePolicy& policy) const {
  PANJ_EXPECT(policy.r1 != 0 && policy.r2 != 0);
  const detail::LakeStep step(settings_, policy);
  const auto samples = static_cast<double>(settings_.samples);
  std::vector<double> state(width_, 0.0);
  std::vector<double> release(width_, detail::kFirstRelease);
  LakeOutcome outcome;
  outcome.utility = discount_[0] * detail::kFirstRelease * samples;
  double steady = 0;
  double reliable = samples;  // the lake starts clean
  for (std::size_t year = 1; year < settings_.years; ++year) {
    Totals totals;
    sim::with_vector_units([&]<class Pack>() PANJ_KERNEL {
      const double* inflow = this->inflow(year - 1);
      for (std::size_t line = 0; line < width_; line += sim::kLineLanes) {
        for (std::size_t part = 0; part < sim::kLineLanes; part += sim::kLanesIn<Pack>) {
          const std::size_t lane = line + part;
          const Pack weight = sim::load<Pack>(&weight_[lane]);
          const Pack now = sim::load<Pack>(&state[lane]);
          const Pack let_in = step.release(now);
          const Pack next = step.next(now, let_in, sim::load<Pack>(inflow + lane));
          const Pack rise = let_in - sim::load<Pack>(&release[lane]);
          sim::store(&state[lane], next);
          sim::store(&release[lane], let_in);
          add(totals.state, part, weight * next);
          add(totals.release, part, weight * let_in);
          add(totals.steady, part, sim::select(sim::less(rise, detail::kSteady), weight, Pack{}));
          add(totals.reliable, part, sim::select(sim::less(next, critical_), weight, Pack{}));
        }
      }
    });
    outcome.max_p = std::max(outcome.max_p, sum_of(totals.state) / samples);
    outcome.utility += discount_[year] * sum_of(totals.release);
    steady += sum_of(totals.steady);
    reliable += sum_of(totals.reliable);
  }
  const double sample_years = samples * static_cast<double>(settings_.years);
  outcome.utility /= samples;
  outcome.inertia = steady / sample_years;
  outcome.reliability = reliable / sample_years;
  return outcome;
}

}  // namespace panj::explore
