// SPDX-License-Identifier: Apache-2.0
#include "panj/forecast/models/linear_pool.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "panj/core/contract.h"

namespace panj::forecast {
namespace {

/// How many of `total` draws each model gives: in proportion to its weight, by largest remainder.
std::vector<std::size_t> shares_of(const std::vector<double>& weights, std::size_t total) {
  std::vector<std::size_t> shares;
  std::vector<std::pair<double, std::size_t>> remainders;
  std::size_t given = 0;
  for (std::size_t k = 0; k < weights.size(); ++k) {
    const double exact = weights[k] * static_cast<double>(total);
    shares.push_back(static_cast<std::size_t>(exact));
    given += shares.back();
    remainders.emplace_back(std::floor(exact) - exact, k);
  }
  std::ranges::sort(remainders);
  for (std::size_t i = 0; given < total; ++i, ++given)
    ++shares[remainders[i % shares.size()].second];
  return shares;
}

/// `count` values of an ascending sample at the even levels (i + ½)/count.
void append_thinned(std::span<const double> sample, std::size_t count, std::vector<double>& to) {
  for (std::size_t i = 0; i < count; ++i)
    to.push_back(sample[(2 * i + 1) * sample.size() / (2 * count)]);
}

}  // namespace

LinearPool::LinearPool(std::vector<std::string> names,
                       std::vector<std::shared_ptr<const Forecaster>> members,
                       std::vector<double> weights)
    : names_(std::move(names)), members_(std::move(members)), weights_(std::move(weights)) {
  PANJ_EXPECT(members_.size() == names_.size());
  PANJ_EXPECT(members_.size() == weights_.size() && !members_.empty());
  PANJ_EXPECT(std::abs(std::accumulate(weights_.begin(), weights_.end(), 0.0) - 1) < 1e-9);
}

PredictiveSample LinearPool::predict(const History& history, Leads leads,
                                     std::uint64_t seed) const {
  PredictiveSample pooled(history.unit_names(), history.origin(), leads, kDraws);
  std::vector<PredictiveSample> samples;
  for (const auto& member : members_) samples.push_back(member->predict(history, leads, seed));
  const std::vector<std::size_t> shares = shares_of(weights_, kDraws);
  std::vector<double> draws;
  for (std::size_t i = 0; i < history.units().size(); ++i) {
    for (int lead = leads.first; lead <= leads.last; ++lead) {
      draws.clear();
      for (std::size_t k = 0; k < samples.size(); ++k) {
        append_thinned(samples[k].at(i, lead), shares[k], draws);
      }
      pooled.set(i, lead, draws);
    }
  }
  return pooled;
}

std::string LinearPool::note() const {
  std::string notes;
  for (const auto& member : members_) {
    if (member->note().empty()) continue;
    if (!notes.empty()) notes += "; ";
    notes += member->note();
  }
  return notes;
}

std::vector<std::string> LinearPool::short_units(const History& history) const {
  std::vector<std::string> units;
  for (const auto& member : members_) {
    for (std::string& unit : member->short_units(history)) {
      if (std::ranges::find(units, unit) == units.end()) units.push_back(std::move(unit));
    }
  }
  return units;
}

}  // namespace panj::forecast
