// SPDX-License-Identifier: Apache-2.0
#include "panj/plan/future_regret.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "panj/core/contract.h"
#include "panj/sim/moments.h"

namespace panj::plan {
namespace {

constexpr double kNoise = 1e-9;  ///< what differs by less differs by rounding

double regret_of(double harm, double least) {
  if (harm <= least * (1 + kNoise)) return 0;
  return least > 0 ? harm / least - 1 : std::numeric_limits<double>::infinity();
}

}  // namespace

FutureRegret regret_over(const FutureTables& tables, std::span<const std::size_t> rivals,
                         std::size_t plan, const spillover::ByType<double>& harm) {
  constexpr double kHalf95 = 1.959964;
  PANJ_EXPECT(!rivals.empty());
  FutureRegret regret{.futures = tables.tables[plan].size()};
  sim::Moments over_futures;
  for (std::size_t f = 0; f < regret.futures; ++f) {
    const double left = harm_of(tables.tables[plan][f], harm);
    double least = std::numeric_limits<double>::infinity();
    for (const std::size_t rival : rivals) {
      least = std::min(least, harm_of(tables.tables[rival][f], harm));
    }
    if (left < least * (1 - kNoise)) ++regret.better;
    const double here = regret_of(left, least);
    over_futures.add(here);
    regret.largest = std::max(regret.largest, here);
  }
  if (regret.futures == 0) return regret;
  regret.mean = over_futures.mean();
  regret.error = kHalf95 * over_futures.error();
  return regret;
}

std::string in_words(const FutureRegret& regret, const std::string& rivals) {
  if (regret.futures == 0) {
    return "Its regret is not known: none of the futures drawn comes through the record.";
  }
  const std::string where = regret.better == regret.futures
                                ? fmt::format("all {}", regret.futures)
                                : fmt::format("{} of {}", regret.better, regret.futures);
  const std::string less = fmt::format("In {} fresh futures it leaves less harm; ", where);
  if (regret.largest == 0) return less + fmt::format("it has no regret against {}.", rivals);
  const std::string mean = regret.futures == 1 ? ""
                                               : fmt::format(" (mean {:.1f} ± {:.1f} %)",
                                                             100 * regret.mean, 100 * regret.error);
  return less + fmt::format("its largest regret against {} is {:.1f} % more harm{}.", rivals,
                            100 * regret.largest, mean);
}

}  // namespace panj::plan
