// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "panj/sim/ensemble.h"
#include "panj/sim/log_histogram.h"
#include "panj/sim/moments.h"

namespace panj::sim {

/// Mean, spread, quantiles and exceedance of every outcome of one model, in constant memory.
///
///     Summary summary(model.outcomes());
///     run_ensemble(model, options, {&summary} …);
///     summary.moments("fatalities", 3).error()      // Monte-Carlo error of the fourth year's mean
///     summary.quantile("fatalities", 3, 0.95)
///     summary.share_at_least("fatalities", 3, 10)   // one point of the exceedance curve
///
/// An outcome that is NaN in a replicate (no attempts, so no share stopped) is left out of its
/// cell: `moments(…).count()` says how many values there were.
class Summary : public Sink {
 public:
  /// `model`: which of the ensemble's models. Quantiles cost a few kilobytes a cell and 3 ns a
  /// value; outcomes with more cells than `quantile_cells` have none.
  explicit Summary(const OutcomeTable& table, std::size_t model = 0,
                   std::size_t quantile_cells = 4096);

  void take(std::span<const OutcomeBlock> blocks) override;

  const OutcomeTable& table() const { return table_; }
  const Moments& moments(std::string_view outcome, std::size_t cell = 0) const;
  bool has_quantiles(std::string_view outcome) const;
  double quantile(std::string_view outcome, std::size_t cell, double p) const;
  double share_at_least(std::string_view outcome, std::size_t cell, double threshold) const;
  const LogHistogram& histogram(std::string_view outcome, std::size_t cell = 0) const;

 private:
  std::size_t cell_of(std::string_view outcome, std::size_t cell) const;

  OutcomeTable table_;
  std::size_t model_;
  std::vector<Moments> moments_;
  std::vector<LogHistogram> histograms_;
  std::vector<bool> counted_;  ///< by outcome: has quantiles
};

/// How one model differs from another on the same random numbers, replicate by replicate.
struct PairedDifference {
  Moments moments;         ///< of the differences: mean, and its own Monte-Carlo error
  double share_below = 0;  ///< of replicates in which the model has less than the reference
  double share_equal = 0;
  double share_above = 0;
};

/// Paired differences of every outcome of each model to the first one of the ensemble, in constant
/// memory. Pairs with a NaN are left out.
///
///     PairedSummary paired(status_quo.outcomes(), 8);
///     paired.difference(3, "fatalities").moments.mean()   // the fourth model less the first
///     paired.difference(3, "fatalities").share_below      // where fewer is better: that improve
class PairedSummary : public Sink {
 public:
  PairedSummary(const OutcomeTable& table, std::size_t models);

  void take(std::span<const OutcomeBlock> blocks) override;

  /// `model` from 1 on.
  PairedDifference difference(std::size_t model, std::string_view outcome,
                              std::size_t cell = 0) const;

 private:
  struct Cell {
    Moments moments;
    std::uint64_t below = 0;
    std::uint64_t above = 0;
  };

  OutcomeTable table_;
  std::vector<std::vector<Cell>> cells_;  ///< by model − 1
};

}  // namespace panj::sim
