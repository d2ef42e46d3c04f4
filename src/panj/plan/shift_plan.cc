// SPDX-License-Identifier: Apache-2.0
#include "panj/plan/shift_plan.h"

#include <algorithm>
#include <cmath>

#include "panj/core/contract.h"

namespace panj::plan {
namespace {

using boost::multiprecision::cpp_int;

constexpr std::int64_t kFinest = std::int64_t{1} << 50;

/// A common denominator of all, so fine that small moves are seen; or the finest we count in.
std::int64_t unit_of(std::span<const Fraction> coverage) {
  cpp_int unit = 1;
  for (const Fraction& x : coverage) {
    unit = boost::multiprecision::lcm(unit, denominator(x));
    if (unit > kFinest) return kFinest;
  }
  while (unit <= kFinest / 2) unit *= 2;
  return unit.convert_to<std::int64_t>();
}

std::int64_t parts_of(const Fraction& x, std::int64_t unit) {
  return cpp_int(numerator(x) * unit / denominator(x)).convert_to<std::int64_t>();
}

/// Symmetric scaling: factors a with aᵢ Σⱼ aⱼ = weightᵢ over the j within reach of i.
std::vector<double> scaled(const std::vector<double>& weight,
                           const std::vector<std::vector<std::uint32_t>>& within_reach) {
  constexpr int kMostPasses = 300;
  constexpr double kCloseEnough = 1e-7;
  std::vector<double> factor(weight.size());
  std::ranges::transform(weight, factor.begin(), [](double w) { return std::sqrt(w); });
  std::vector<double> next(factor.size());
  for (int pass = 0; pass < kMostPasses; ++pass) {
    double worst = 0;
    for (std::size_t i = 0; i < factor.size(); ++i) {
      double sum = 0;
      for (const std::uint32_t j : within_reach[i]) sum += factor[j];
      const double ratio = weight[i] / (factor[i] * sum);
      worst = std::max(worst, std::abs(ratio - 1));
      next[i] = factor[i] * std::sqrt(ratio);
    }
    factor.swap(next);
    if (worst < kCloseEnough) break;
  }
  return factor;
}

}  // namespace

ShiftPlan::ShiftPlan(std::span<const Fraction> coverage, ShiftRules rules)
    : rules_(std::move(rules)), unit_(unit_of(coverage)) {
  PANJ_EXPECT(!coverage.empty() && rules_.place.size() == coverage.size());
  PANJ_EXPECT(rules_.crews >= 1 && rules_.reach >= 0);
  place_crews(coverage);
  spread_moves();
}

void ShiftPlan::place_crews(std::span<const Fraction> coverage) {
  std::int64_t free = static_cast<std::int64_t>(rules_.crews) * unit_;
  for (std::size_t i = 0; i < coverage.size(); ++i) {
    PANJ_EXPECT(coverage[i] >= 0 && coverage[i] <= 1);
    const std::int64_t amount = parts_of(coverage[i], unit_);
    free -= amount;
    if (amount > 0) posts_.push_back({i, false, amount});
  }
  PANJ_EXPECT(free >= 0);
  if (free > 0) posts_.push_back({place_of_rest(), true, free});
}

bool ShiftPlan::is_within_reach(std::size_t from, std::size_t to) const {
  constexpr double kSlack = 1e-9;  // of the distance, for rounding
  return std::abs(rules_.place[from] - rules_.place[to]) <= rules_.reach * (1 + kSlack);
}

std::size_t ShiftPlan::place_of_rest() const {
  std::size_t place = 0;
  std::int64_t most = 0;
  for (const Post& centre : posts_) {
    std::int64_t near = 0;
    for (const Post& post : posts_) {
      if (is_within_reach(centre.stretch, post.stretch)) near += post.amount;
    }
    if (near > most) place = centre.stretch;
    most = std::max(most, near);
  }
  return place;
}

void ShiftPlan::spread_moves() {
  std::vector<std::vector<std::uint32_t>> within_reach(posts_.size());
  std::vector<double> weight;
  for (std::uint32_t p = 0; p < posts_.size(); ++p) {
    weight.push_back(static_cast<double>(posts_[p].amount) / static_cast<double>(unit_));
    for (std::uint32_t q = 0; q < posts_.size(); ++q) {
      if (is_within_reach(posts_[p].stretch, posts_[q].stretch)) within_reach[p].push_back(q);
    }
  }
  const std::vector<double> factor = scaled(weight, within_reach);
  constexpr double kSlack = 1e-9;  // of an amount, for rounding
  std::vector<double> shrink(posts_.size(),
                             1.0);  // where scaling is not done: never leave too much
  for (std::uint32_t p = 0; p < posts_.size(); ++p) {
    double sum = 0;
    for (const std::uint32_t q : within_reach[p]) sum += factor[p] * factor[q];
    shrink[p] = std::min(1.0, weight[p] / sum) * (1 - kSlack);
  }
  std::vector<std::int64_t> stays;
  for (const Post& post : posts_) stays.push_back(post.amount);
  for (std::uint32_t p = 0; p < posts_.size(); ++p) {
    for (const std::uint32_t q : within_reach[p]) {
      if (q == p) continue;
      const double share = factor[p] * factor[q] * std::min(shrink[p], shrink[q]);
      const auto amount = static_cast<std::int64_t>(share * static_cast<double>(unit_));
      if (amount == 0) continue;
      moves_.push_back({p, q, amount});
      stays[p] -= amount;
    }
    PANJ_EXPECT(stays[p] >= 0);
    if (stays[p] > 0) moves_.push_back({p, p, stays[p]});
  }
}

std::vector<Fraction> ShiftPlan::coverage() const {
  std::vector<Fraction> coverage(rules_.place.size(), Fraction(0));
  for (const Post& post : posts_) {
    if (!post.rests) coverage[post.stretch] = Fraction(post.amount) / unit_;
  }
  return coverage;
}

double ShiftPlan::chance_to_guess() const {
  std::vector<std::int64_t> most(posts_.size(), 0);
  for (const Move& move : moves_) most[move.from] = std::max(most[move.from], move.amount);
  double sum = 0;
  for (const std::int64_t amount : most) sum += static_cast<double>(amount);
  return sum / (static_cast<double>(rules_.crews) * static_cast<double>(unit_));
}

double ShiftPlan::chance_to_guess_without_limit() const {
  const auto most = std::ranges::max_element(posts_, {}, &Post::amount);
  return static_cast<double>(most->amount) /
         (static_cast<double>(rules_.crews) * static_cast<double>(unit_));
}

}  // namespace panj::plan
