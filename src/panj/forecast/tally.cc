// SPDX-License-Identifier: Apache-2.0
#include "panj/forecast/tally.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "panj/core/contract.h"
#include "panj/forecast/predictive_sample.h"

namespace panj::forecast {

void ScoreSum::add(const Scores& scores) {
  for (const NamedScore& named : kScores) sum.*named.value += scores.*named.value;
  ++cells;
}

void ScoreSum::add(const ScoreSum& other) {
  for (const NamedScore& named : kScores) sum.*named.value += other.sum.*named.value;
  cells += other.cells;
}

Scores ScoreSum::mean() const {
  Scores mean = sum;
  const double n =
      cells > 0 ? static_cast<double>(cells) : std::numeric_limits<double>::quiet_NaN();
  for (const NamedScore& named : kScores) mean.*named.value /= n;
  return mean;
}

std::string_view to_string(CellKind kind) {
  constexpr std::array<std::string_view, kCellKinds> kNames = {"zero", "event", "onset", "quiet",
                                                               "active"};
  return kNames[static_cast<std::size_t>(kind)];
}

void Reliability::add(std::span<const double> sample, double outcome) {
  const double chance = share_at_least(sample, threshold);
  const auto bin = std::min(static_cast<std::size_t>(chance * kBins), kBins - 1);
  bins[bin].cells += 1;
  bins[bin].forecast += chance;
  bins[bin].events += outcome >= threshold ? 1U : 0U;
}

void Reliability::add(const Reliability& other) {
  PANJ_EXPECT(threshold == other.threshold);
  for (std::size_t i = 0; i < kBins; ++i) {
    bins[i].cells += other.bins[i].cells;
    bins[i].forecast += other.bins[i].forecast;
    bins[i].events += other.bins[i].events;
  }
}

void PitHistogram::add(std::span<const double> sample, double outcome) {
  const auto n = static_cast<double>(sample.size());
  // Where no draw equals the outcome both ends meet; the step of half a draw keeps them apart.
  double low = static_cast<double>(std::ranges::lower_bound(sample, outcome) - sample.begin()) / n;
  double high = static_cast<double>(std::ranges::upper_bound(sample, outcome) - sample.begin()) / n;
  if (low == high) {
    low = std::max(0.0, low - 0.5 / n);
    high = std::min(1.0, high + 0.5 / n);
  }
  for (std::size_t i = 0; i < kBins; ++i) {
    const double from = std::max(low, static_cast<double>(i) / kBins);
    const double to = std::min(high, static_cast<double>(i + 1) / kBins);
    if (to > from) mass[i] += (to - from) / (high - low);
  }
}

void PitHistogram::add(const PitHistogram& other) {
  for (std::size_t i = 0; i < kBins; ++i) mass[i] += other.mass[i];
}

void Tally::add(const Cell& cell, std::span<const double> sample) {
  const Scores scores = score(sample, cell.outcome);
  all.add(scores);
  by_unit[cell.unit].add(scores);
  by_lead[cell.lead].add(scores);
  const auto count = [&](CellKind kind, bool belongs) {
    if (belongs) by_kind[static_cast<std::size_t>(kind)].add(scores);
  };
  const bool event = cell.outcome >= 1;
  count(CellKind::zero, !event);
  count(CellKind::event, event);
  count(CellKind::onset, event && cell.quiet);
  count(CellKind::quiet, cell.quiet);
  count(CellKind::active, !cell.quiet);
  at_least_1.add(sample, cell.outcome);
  at_least_25.add(sample, cell.outcome);
  pit.add(sample, cell.outcome);
}

void Tally::add(const Tally& other) {
  PANJ_EXPECT(by_unit.size() == other.by_unit.size() && by_lead.size() == other.by_lead.size());
  all.add(other.all);
  for (std::size_t i = 0; i < by_unit.size(); ++i) by_unit[i].add(other.by_unit[i]);
  for (std::size_t i = 0; i < by_lead.size(); ++i) by_lead[i].add(other.by_lead[i]);
  for (std::size_t i = 0; i < kCellKinds; ++i) by_kind[i].add(other.by_kind[i]);
  at_least_1.add(other.at_least_1);
  at_least_25.add(other.at_least_25);
  pit.add(other.pit);
}

}  // namespace panj::forecast
