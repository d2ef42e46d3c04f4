// SPDX-License-Identifier: Apache-2.0
#include "panj/explore/detail/prim_search.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

#include "panj/core/contract.h"

namespace panj::explore::detail {
namespace {

std::size_t place(std::vector<double>::const_iterator at, const std::vector<double>& values) {
  return static_cast<std::size_t>(at - values.begin());
}

}  // namespace

PrimSearch::PrimSearch(std::span<const PrimInput> inputs, const std::vector<bool>& of_interest,
                       const PrimOptions& options, const std::vector<bool>& left_out)
    : inputs_(inputs),
      options_(options),
      size_(of_interest.size()),
      hit_(of_interest.begin(), of_interest.end()),
      broken_(size_, 0),
      order_(inputs.size()) {
  for (std::size_t i = 0; i < left_out.size(); ++i) broken_[i] = left_out[i] ? 1 : 0;
  for (std::size_t i = 0; i < size_; ++i) {
    all_hits_ += hit_[i] != 0 ? 1U : 0U;
    cases_ += broken_[i] == 0 ? 1U : 0U;
    hits_ += broken_[i] == 0 && hit_[i] != 0 ? 1U : 0U;
  }
  for (std::size_t d = 0; d < inputs_.size(); ++d) {
    PANJ_EXPECT(inputs_[d].values.size() == size_);
    whole_.push_back(bounds_around(inputs_[d]));
    if (inputs_[d].kind == InputKind::category) continue;
    order_[d].resize(size_);
    std::iota(order_[d].begin(), order_[d].end(), 0U);
    std::ranges::stable_sort(order_[d], {}, [&](std::uint32_t i) { return inputs_[d].values[i]; });
  }
  box_ = whole_;
}

double PrimSearch::mass(std::size_t cases) const {
  return static_cast<double>(cases) / static_cast<double>(size_);
}

SortedValues PrimSearch::inside(std::size_t input) const {
  SortedValues sorted;
  sorted.values.reserve(cases_);
  sorted.hits_before.reserve(cases_ + 1);
  sorted.hits_before.push_back(0);
  for (const std::uint32_t i : order_[input]) {
    if (broken_[i] != 0) continue;
    sorted.values.push_back(inputs_[input].values[i]);
    sorted.hits_before.push_back(sorted.hits_before.back() + (hit_[i] != 0 ? 1U : 0U));
  }
  return sorted;
}

PrimSearch::Candidate PrimSearch::peel_above(std::size_t input, const SortedValues& inside) const {
  const auto& values = inside.values;
  double cut = upper_cut(values, 1 - options_.peel_alpha);
  std::size_t kept = place(std::ranges::upper_bound(values, cut), values);
  if (inputs_[input].kind == InputKind::integer) {
    cut = std::trunc(cut);
    kept = cut == box_[input].high ? place(std::ranges::lower_bound(values, cut), values)
                                   : place(std::ranges::upper_bound(values, cut), values);
    cut = kept > 0 ? values[kept - 1] : values.back();
  }
  return {input, {box_[input].low, cut, 0}, kept, inside.hits_before[kept]};
}

PrimSearch::Candidate PrimSearch::peel_below(std::size_t input, const SortedValues& inside) const {
  const auto& values = inside.values;
  double cut = lower_cut(values, options_.peel_alpha);
  std::size_t lost = place(std::ranges::lower_bound(values, cut), values);
  if (inputs_[input].kind == InputKind::integer) {
    cut = std::trunc(cut);
    lost = cut == box_[input].low ? place(std::ranges::upper_bound(values, cut), values)
                                  : place(std::ranges::lower_bound(values, cut), values);
    cut = lost < inside.size() ? values[lost] : values.front();
  }
  return {input,
          {cut, box_[input].high, 0},
          inside.size() - lost,
          inside.hits() - inside.hits_before[lost]};
}

void PrimSearch::add_category_peels(std::size_t input, std::vector<Candidate>& candidates) const {
  const std::uint64_t present = box_[input].categories;
  if (std::popcount(present) < 2) return;
  for (unsigned c = 0; c < 64; ++c) {
    const std::uint64_t without = present & ~(std::uint64_t{1} << c);
    if (without != present) candidates.push_back(with_bounds(input, {0, 0, without}));
  }
}

void PrimSearch::add_peels(std::size_t input, std::vector<Candidate>& candidates) const {
  if (inputs_[input].kind == InputKind::category) return add_category_peels(input, candidates);
  const SortedValues sorted = inside(input);
  candidates.push_back(peel_above(input, sorted));
  candidates.push_back(peel_below(input, sorted));
}

bool PrimSearch::others_hold(std::size_t index, std::size_t input) const {
  if (broken_[index] == 0) return true;
  return broken_[index] == 1 &&
         !is_inside(box_[input], inputs_[input].kind, inputs_[input].values[index]);
}

PrimSearch::Candidate PrimSearch::with_bounds(std::size_t input, const Bounds& bounds) const {
  Candidate candidate{input, bounds, 0, 0};
  for (std::size_t i = 0; i < size_; ++i) {
    if (!is_inside(bounds, inputs_[input].kind, inputs_[input].values[i])) continue;
    if (!others_hold(i, input)) continue;
    ++candidate.cases;
    candidate.hits += hit_[i] != 0 ? 1U : 0U;
  }
  return candidate;
}

std::vector<double> PrimSearch::beside(std::size_t input, const Bounds& region) const {
  std::vector<double> values;
  for (const std::uint32_t i : order_[input]) {
    const double value = inputs_[input].values[i];
    if (is_inside(region, InputKind::real, value) && others_hold(i, input)) values.push_back(value);
  }
  return values;
}

void PrimSearch::add_pastes(std::size_t input, std::vector<Candidate>& candidates) const {
  const Bounds& now = box_[input];
  const Bounds& whole = whole_[input];
  if (now == whole) return;
  if (inputs_[input].kind == InputKind::category) {
    for (unsigned c = 0; c < 64; ++c) {
      const std::uint64_t bit = std::uint64_t{1} << c;
      if ((whole.categories & ~now.categories & bit) == 0) continue;
      candidates.push_back(with_bounds(input, {0, 0, now.categories | bit}));
    }
    return;
  }
  const auto rounded = [&](double cut) {
    return inputs_[input].kind == InputKind::integer ? std::trunc(cut) : cut;
  };
  const auto below = beside(input, {whole.low, now.low, 0});
  const double low =
      below.empty() ? whole.low : rounded(upper_cut(below, 1 - options_.paste_alpha));
  candidates.push_back(with_bounds(input, {low, now.high, 0}));
  const auto above = beside(input, {now.high, whole.high, 0});
  const double high = above.empty() ? whole.high : rounded(lower_cut(above, options_.paste_alpha));
  candidates.push_back(with_bounds(input, {now.low, high, 0}));
}

/// Change of the mean for each case lost or won: works for categories as well as for reals.
double PrimSearch::gain(const Candidate& candidate) const {
  const auto share = [](std::size_t hits, std::size_t cases) {
    return cases > 0 ? static_cast<double>(hits) / static_cast<double>(cases) : 0.0;
  };
  const double change = share(candidate.hits, candidate.cases) - share(hits_, cases_);
  if (candidate.cases == cases_) return 0.0;
  return change / std::abs(static_cast<double>(candidate.cases) - static_cast<double>(cases_));
}

std::size_t PrimSearch::restricted(const Candidate& candidate) const {
  std::size_t count = 0;
  for (std::size_t d = 0; d < box_.size(); ++d) {
    const Bounds& bounds = d == candidate.input ? candidate.bounds : box_[d];
    if (bounds != whole_[d]) ++count;
  }
  return count;
}

const PrimSearch::Candidate* PrimSearch::best(std::span<const Candidate> candidates) const {
  const Candidate* best = nullptr;
  double best_gain = 0;
  std::size_t best_restricted = 0;
  for (const Candidate& candidate : candidates) {
    const double candidate_gain = gain(candidate);
    const std::size_t candidate_restricted = restricted(candidate);
    const bool better = candidate_gain > best_gain ||
                        (candidate_gain == best_gain && candidate_restricted < best_restricted);
    if (best != nullptr && !better) continue;
    best = &candidate;
    best_gain = candidate_gain;
    best_restricted = candidate_restricted;
  }
  return best;
}

void PrimSearch::take(const Candidate& candidate) {
  const PrimInput& input = inputs_[candidate.input];
  Bounds& bounds = box_[candidate.input];
  for (std::size_t i = 0; i < size_; ++i) {
    if (!is_inside(bounds, input.kind, input.values[i])) --broken_[i];
    if (!is_inside(candidate.bounds, input.kind, input.values[i])) ++broken_[i];
  }
  bounds = candidate.bounds;
  cases_ = candidate.cases;
  hits_ = candidate.hits;
}

bool PrimSearch::peel() {
  std::vector<Candidate> candidates;
  for (std::size_t d = 0; cases_ > 0 && d < inputs_.size(); ++d) add_peels(d, candidates);
  const Candidate* chosen = best(candidates);
  if (chosen == nullptr || gain(*chosen) <= 0 || chosen->cases >= cases_ ||
      mass(chosen->cases) < options_.minimum_mass) {
    return false;
  }
  take(*chosen);
  return true;
}

bool PrimSearch::paste() {
  std::vector<Candidate> candidates;
  for (std::size_t d = 0; d < inputs_.size(); ++d) add_pastes(d, candidates);
  const Candidate* chosen = best(candidates);
  if (chosen == nullptr || gain(*chosen) <= 0 || chosen->cases <= cases_ ||
      mass(chosen->cases) < options_.minimum_mass) {
    return false;
  }
  take(*chosen);
  return true;
}

double PrimSearch::quasi_p_with(std::size_t input, const Bounds& wider) const {
  const Candidate without = with_bounds(input, wider);
  return quasi_p(hits_, cases_, without.hits, without.cases);
}

BoxLimit PrimSearch::limit(std::size_t input) const {
  const Bounds& now = box_[input];
  const Bounds& whole = whole_[input];
  BoxLimit limit{input, now.low, now.high, now.categories};
  if (inputs_[input].kind == InputKind::category) {
    limit.quasi_p_low = quasi_p_with(input, whole);
    return limit;
  }
  if (now.low != whole.low) limit.quasi_p_low = quasi_p_with(input, {whole.low, now.high, 0});
  if (now.high != whole.high) limit.quasi_p_high = quasi_p_with(input, {now.low, whole.high, 0});
  return limit;
}

Box PrimSearch::box(BoxStep step) const {
  Box box{.step = step, .cases = cases_, .of_interest = hits_, .limits = {}};
  const auto hits = static_cast<double>(hits_);
  box.coverage = hits / static_cast<double>(std::max<std::size_t>(all_hits_, 1));
  box.density = cases_ > 0 ? hits / static_cast<double>(cases_) : 0.0;
  box.mass = mass(cases_);
  for (std::size_t d = 0; d < inputs_.size(); ++d) {
    if (box_[d] != whole_[d]) box.limits.push_back(limit(d));
  }
  return box;
}

}  // namespace panj::explore::detail
