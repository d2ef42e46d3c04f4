// SPDX-License-Identifier: Apache-2.0
#include "panj/explore/summary.h"

#include <cmath>
#include <limits>

#include "panj/explore/regret.h"

namespace panj::explore {
namespace {

/// Mean and standard error of the values that are numbers.
Estimate estimate_of(std::span<const double> values, std::size_t& failed) {
  double sum = 0;
  double count = 0;
  for (const double value : values) {
    if (std::isnan(value)) continue;
    sum += value;
    ++count;
  }
  failed += values.size() - static_cast<std::size_t>(count);
  if (count == 0) return {std::numeric_limits<double>::quiet_NaN(), 0.0};
  const double mean = sum / count;
  double squares = 0;
  for (const double value : values) {
    if (!std::isnan(value)) squares += (value - mean) * (value - mean);
  }
  return {mean, count > 1 ? std::sqrt(squares / (count - 1) / count) : 0.0};
}

}  // namespace

Summary::Summary(const Experiment& experiment, std::size_t cells)
    : experiment_(experiment),
      mean_(cells, Matrix(experiment.futures, experiment.packages.size())),
      error_(mean_) {}

void Summary::add(const Chunk& chunk) {
  for (std::size_t f = 0; f < chunk.futures; ++f) {
    for (std::size_t p = 0; p < experiment_.packages.size(); ++p) {
      for (std::size_t c = 0; c < mean_.size(); ++c) {
        std::size_t failed = 0;
        const Estimate estimate = estimate_of(chunk.of(experiment_, f, p, c), failed);
        mean_[c](chunk.first_future + f, p) = estimate.value;
        error_[c](chunk.first_future + f, p) = estimate.error;
        if (c == 0) failed_ += failed;
      }
    }
  }
}

}  // namespace panj::explore
