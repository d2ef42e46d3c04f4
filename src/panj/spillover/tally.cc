// SPDX-License-Identifier: Apache-2.0
#include "panj/spillover/tally.h"

#include <bit>
#include <cmath>

#include "panj/core/contract.h"

namespace panj::spillover {
namespace {

/// Sign, exponent and the first ten bits of the fraction.
constexpr int kDropped = 42;

std::int64_t bin_of(double value) {
  return static_cast<std::int64_t>(std::bit_cast<std::uint64_t>(value) >> kDropped);
}
/// The lower edge: exact for small whole numbers, at most 0.1 % below any other.
double value_of(std::int64_t bin) {
  return std::bit_cast<double>(static_cast<std::uint64_t>(bin) << kDropped);
}

double error_of(double squares, std::uint64_t count) {
  if (count < 2) return 0;
  const auto n = static_cast<double>(count);
  return std::sqrt(squares / (n - 1) / n);
}

}  // namespace

void Average::add(double value) {
  ++count_;
  const double off = value - mean_;
  mean_ += off / static_cast<double>(count_);
  squares_ += off * (value - mean_);
}

double Average::mc_error() const {
  return error_of(squares_, count_);
}

void Tally::add(double value) {
  PANJ_EXPECT(value >= 0 && std::isfinite(value));
  ++count_;
  const double off = value - mean_;
  mean_ += off / static_cast<double>(count_);
  squares_ += off * (value - mean_);
  if (value < 1e-300) {
    ++zeros_;
    return;
  }
  const std::int64_t bin = bin_of(value);
  if (bins_.empty()) first_bin_ = bin;
  if (bin < first_bin_) {
    bins_.insert(bins_.begin(), static_cast<std::size_t>(first_bin_ - bin), 0);
    first_bin_ = bin;
  }
  const auto place = static_cast<std::size_t>(bin - first_bin_);
  if (place >= bins_.size()) bins_.resize(place + 1, 0);
  ++bins_[place];
}

double Tally::mc_error() const {
  return error_of(squares_, count_);
}

double Tally::quantile(double share) const {
  const double wanted = share * static_cast<double>(count_);
  auto below = static_cast<double>(zeros_);
  if (below >= wanted) return 0;
  for (std::size_t i = 0; i < bins_.size(); ++i) {
    below += bins_[i];
    if (below >= wanted) return value_of(first_bin_ + static_cast<std::int64_t>(i));
  }
  return bins_.empty() ? 0 : value_of(first_bin_ + static_cast<std::int64_t>(bins_.size()) - 1);
}

Distribution Tally::distribution() const {
  return {mean(), mc_error(), quantile(0.05), quantile(0.5), quantile(0.95)};
}

}  // namespace panj::spillover
