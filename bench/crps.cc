// SPDX-License-Identifier: Apache-2.0
// Scores 2,292 samples of 1,000 draws, as many as a window of the challenge has, and prints the
// processor milliseconds of one pass (median of 21) and the mean score. bench/crps.py calls it.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <ctime>
#include <vector>

#include "panj/forecast/scores.h"

int main() {
  constexpr std::size_t kCells = 2292;
  constexpr std::size_t kDraws = 1000;
  std::vector<double> draws(kCells * kDraws);
  for (std::size_t c = 0; c < kCells; ++c) {  // ascending, as PredictiveSample keeps them
    for (std::size_t i = 0; i < kDraws; ++i) {
      draws[c * kDraws + i] = std::floor(std::exp(static_cast<double>(i * (c % 97)) / 8000));
    }
  }
  std::vector<double> milliseconds;
  double mean = 0;
  for (int run = 0; run < 21; ++run) {
    const std::clock_t start = std::clock();
    double sum = 0;
    for (std::size_t c = 0; c < kCells; ++c) {
      const std::span sample(draws.data() + c * kDraws, kDraws);
      sum += panj::forecast::crps(sample, static_cast<double>(c % 300));
    }
    milliseconds.push_back(1000.0 * static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC);
    mean = sum / kCells;
  }
  std::ranges::sort(milliseconds);
  fmt::print("{:.3f} {:.10g}\n", milliseconds[milliseconds.size() / 2], mean);
}
