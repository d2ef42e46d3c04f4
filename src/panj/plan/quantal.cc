// SPDX-License-Identifier: Apache-2.0
#include "panj/plan/quantal.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "panj/core/contract.h"

namespace panj::plan {
namespace {

/// w with w + ln w = y, which is W(e^y), without the overflow.
double lambert_of_exp(double y) {
  double w = y > 1 ? y - std::log(y) : std::exp(y - 1);
  constexpr int kSteps = 60;
  for (int step = 0; step < kSteps; ++step) {  // Newton from below on a concave function
    const double next = w - w * (w + std::log(w) - y) / (1 + w);
    if (!(std::abs(next - w) > 1e-16 * w)) break;
    w = next;
  }
  return w;
}

/// One stretch of the inner problem: e^{log_weight} e^{−βx} (D − r + αx).
struct Term {
  double log_weight;  ///< λ Uu, less the largest of all
  double beta;
  double alpha;
  double margin;  ///< Du − r

  double slope_at_0() const { return alpha - beta * margin; }

  /// The logarithm of the price from which on no patrol pays.
  double highest_log_price() const {
    const double at_0 = slope_at_0();
    return at_0 > 0 ? log_weight + std::log(at_0) : -std::numeric_limits<double>::infinity();
  }

  /// The x in [0, 1] where the slope falls to e^{log_price}.
  double best(double log_price) const {
    const double at_0 = slope_at_0();
    // The same sum as in solve_inner, not one turned round: at its highest price a stretch with a
    // constant slope would jump to 1 when rounding tips the comparison.
    if (at_0 <= 0 || highest_log_price() <= log_price) return 0;
    if (beta == 0) return 1;
    const double target = log_price - log_weight;  // e^{−βx} (slope_at_0 − βαx) = e^target
    double x = (std::log(at_0) - target) / beta;
    if (alpha > 0) {
      const double w = lambert_of_exp(target + at_0 / alpha - std::log(alpha));
      x = (at_0 - alpha * w) / (beta * alpha);
    }
    return std::clamp(x, 0.0, 1.0);
  }
};

std::vector<double> best_at(const std::vector<Term>& terms, double log_price) {
  std::vector<double> x(terms.size());
  std::ranges::transform(terms, x.begin(), [&](const Term& t) { return t.best(log_price); });
  return x;
}

double sum(const std::vector<double>& x) {
  return std::accumulate(x.begin(), x.end(), 0.0);
}

/// Maximises the inner problem under Σx ≤ resources.
std::vector<double> solve_inner(const std::vector<Term>& terms, double resources) {
  constexpr double kFree = -std::numeric_limits<double>::infinity();
  std::vector<double> many = best_at(terms, kFree);
  if (sum(many) <= resources) return many;
  double high = kFree;
  double low = std::numeric_limits<double>::infinity();
  for (const Term& t : terms) {
    if (t.slope_at_0() <= 0) continue;
    high = std::max(high, t.highest_log_price());
    low = std::min(low, t.log_weight - t.beta);
  }
  constexpr double kFarBelow = 80;  // e^-80 of the smallest weight: as good as free
  low = std::min(low - kFarBelow, high - kFarBelow);
  constexpr int kSteps = 110;
  for (int step = 0; step < kSteps; ++step) {  // at `high` coverage never exceeds the resources
    const double middle = low + 0.5 * (high - low);
    if (middle <= low || middle >= high) break;
    (sum(best_at(terms, middle)) > resources ? low : high) = middle;
  }
  // Stretches that jump at the price (their slope is constant) share what is left.
  many = best_at(terms, low);
  std::vector<double> x = best_at(terms, high);
  const double few_sum = sum(x);
  PANJ_EXPECT(few_sum <= resources);
  const double step = sum(many) - few_sum;
  const double share = step > 0 ? std::clamp((resources - few_sum) / step, 0.0, 1.0) : 0.0;
  for (std::size_t i = 0; i < x.size(); ++i) x[i] += share * (many[i] - x[i]);
  return x;
}

std::vector<Term> terms_of(const GeneralSumGame& game, double rationality, double r) {
  const double largest = *std::ranges::max_element(game.attacker_uncovered);
  std::vector<Term> terms;
  terms.reserve(game.size());
  for (std::size_t i = 0; i < game.size(); ++i) {
    terms.push_back({rationality * (game.attacker_uncovered[i] - largest),
                     rationality * (game.attacker_uncovered[i] - game.attacker_covered[i]),
                     game.defender_covered[i] - game.defender_uncovered[i],
                     game.defender_uncovered[i] - r});
  }
  return terms;
}

std::vector<double> attack_probabilities(const GeneralSumGame& game, double rationality,
                                         const std::vector<double>& coverage) {
  std::vector<double> p(game.size());
  for (std::size_t i = 0; i < p.size(); ++i)
    p[i] = rationality * game.attacker_gain(i, coverage[i]);
  const double largest = *std::ranges::max_element(p);
  for (double& one : p) one = std::exp(one - largest);
  const double all = sum(p);
  for (double& one : p) one /= all;
  return p;
}

}  // namespace

double quantal_value(const GeneralSumGame& game, double rationality,
                     const std::vector<double>& coverage) {
  const auto p = attack_probabilities(game, rationality, coverage);
  double value = 0;
  for (std::size_t i = 0; i < p.size(); ++i) value += p[i] * game.defender_gain(i, coverage[i]);
  return value;
}

QuantalPatrol solve_quantal(const GeneralSumGame& game, double rationality) {
  PANJ_EXPECT(game.size() > 0 && rationality >= 0);
  std::vector<double> coverage(game.size(), 0.0);
  double value = quantal_value(game, rationality, coverage);
  double bound = std::max(value, *std::ranges::max_element(game.defender_covered));
  constexpr int kMostSteps = 100;
  for (int step = 0; step < kMostSteps; ++step) {
    if (bound - value <= 1e-12 * std::max(1.0, std::abs(value))) break;
    const double r = value + 0.5 * (bound - value);
    std::vector<double> next = solve_inner(terms_of(game, rationality, r), game.resources);
    const double reached = quantal_value(game, rationality, next);
    if (reached <= r) bound = r;  // the inner maximum is not positive: nothing is worth more than r
    if (reached <= value) continue;
    value = reached;
    coverage = std::move(next);
  }
  std::vector<double> attacks = attack_probabilities(game, rationality, coverage);
  return {value, std::max(bound, value), std::move(coverage), std::move(attacks)};
}

}  // namespace panj::plan
