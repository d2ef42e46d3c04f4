// SPDX-License-Identifier: Apache-2.0
#include "panj/explore/lake.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <span>

#include "panj/core/contract.h"
#include "panj/core/problem.h"
#include "panj/explore/detail/lake_step.h"
#include "panj/sim/vector_units.h"

namespace panj::explore {
namespace {

struct Totals {
  sim::Pack state{};
  sim::Pack release{};
  sim::Pack steady{};
  sim::Pack reliable{};
};

/// In a fixed order.
double sum_of(const sim::Pack& pack) {
  double sum = 0;
  for (std::size_t lane = 0; lane < sim::kPackLanes; ++lane) sum += pack[lane];
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
    sim::with_vector_units([&]() PANJ_KERNEL {
      const double* inflow = this->inflow(year - 1);
      sim::Pack states{};
      sim::Pack releases{};
      sim::Pack steadies{};
      sim::Pack reliables{};
      for (std::size_t lane = 0; lane < width_; lane += sim::kPackLanes) {
        const sim::Pack weight = sim::load(&weight_[lane]);
        const sim::Pack now = sim::load(&state[lane]);
        const sim::Pack let_in = step.release(now);
        const sim::Pack next = step.next(now, let_in, sim::load(inflow + lane));
        const sim::Pack rise = let_in - sim::load(&release[lane]);
        sim::store(&state[lane], next);
        sim::store(&release[lane], let_in);
        states += weight * next;
        releases += weight * let_in;
        steadies += sim::select(sim::less(rise, detail::kSteady), weight, sim::Pack{});
        reliables += sim::select(sim::less(next, critical_), weight, sim::Pack{});
      }
      totals = {states, releases, steadies, reliables};
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
