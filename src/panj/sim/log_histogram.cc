// SPDX-License-Identifier: Apache-2.0
#include "panj/sim/log_histogram.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

#include "panj/core/contract.h"

namespace panj::sim {
namespace {

/// Sign off, the exponent and seven bits of the significand.
constexpr int kDropped = 45;

std::int64_t bin_of(double magnitude) {
  return static_cast<std::int64_t>(std::bit_cast<std::uint64_t>(magnitude) >> kDropped);
}

double lower_edge(std::int64_t bin) {
  return std::bit_cast<double>(static_cast<std::uint64_t>(bin) << kDropped);
}

/// What a bin stands for. Whole numbers: the smallest in it, which below 256 is the only one.
double value_of(std::int64_t bin, Measure measure) {
  const double low = lower_edge(bin);
  if (std::isinf(low)) return low;
  if (measure == Measure::count) return std::ceil(low);
  return low + (std::min(lower_edge(bin + 1), std::numeric_limits<double>::max()) - low) / 2;
}

}  // namespace

void LogHistogram::Bins::add(std::int64_t bin) {
  if (counts.empty()) {
    first = bin;
  } else if (bin < first) {
    counts.insert(counts.begin(), static_cast<std::size_t>(first - bin), 0U);
    first = bin;
  }
  const auto place = static_cast<std::size_t>(bin - first);
  if (place >= counts.size()) counts.resize(place + 1, 0U);
  ++counts[place];
}

void LogHistogram::add(double value) {
  PANJ_EXPECT(value == value);
  if (value == 0) {
    ++zeros_;
  } else {
    (value > 0 ? positive_ : negative_).add(bin_of(std::fabs(value)));
  }
  lowest_ = count_ == 0 ? value : std::min(lowest_, value);
  highest_ = count_ == 0 ? value : std::max(highest_, value);
  ++count_;
}

double LogHistogram::quantile(double p, Measure measure) const {
  if (count_ == 0) return std::numeric_limits<double>::quiet_NaN();
  const auto n = static_cast<double>(count_);
  const auto rank = static_cast<std::uint64_t>(std::clamp(std::ceil(p * n), 1.0, n));
  if (rank == 1) return lowest_;
  if (rank == count_) return highest_;
  std::uint64_t below = 0;
  for (std::size_t i = negative_.counts.size(); i-- > 0;) {
    below += negative_.counts[i];
    if (below < rank) continue;
    const double magnitude = value_of(negative_.first + static_cast<std::int64_t>(i), measure);
    return std::clamp(-magnitude, lowest_, highest_);
  }
  below += zeros_;
  if (below >= rank) return 0;
  for (std::size_t i = 0; i < positive_.counts.size(); ++i) {
    below += positive_.counts[i];
    if (below < rank) continue;
    const double value = value_of(positive_.first + static_cast<std::int64_t>(i), measure);
    return std::clamp(value, lowest_, highest_);
  }
  return highest_;
}

double LogHistogram::share_at_least(double threshold) const {
  if (count_ == 0) return std::numeric_limits<double>::quiet_NaN();
  std::uint64_t above = 0;
  const std::int64_t bin = bin_of(std::fabs(threshold));
  for (std::size_t i = 0; i < positive_.counts.size(); ++i) {
    const std::int64_t here = positive_.first + static_cast<std::int64_t>(i);
    if (threshold <= 0 || here >= bin) above += positive_.counts[i];
  }
  if (threshold <= 0) above += zeros_;
  for (std::size_t i = 0; threshold < 0 && i < negative_.counts.size(); ++i) {
    const std::int64_t here = negative_.first + static_cast<std::int64_t>(i);
    if (here <= bin) above += negative_.counts[i];
  }
  return static_cast<double>(above) / static_cast<double>(count_);
}

}  // namespace panj::sim
