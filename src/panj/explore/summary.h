// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "panj/explore/experiment.h"
#include "panj/explore/matrix.h"

namespace panj::explore {

/// Means over replicates of chosen cells of an experiment, gathered chunk by chunk: what all
/// comparisons of packages start from. Memory: two numbers for each cell, future and package.
class Summary {
 public:
  /// `cells`: how many of the experiment's first cells to keep.
  Summary(const Experiment& experiment, std::size_t cells);

  /// Chunks may come in any order, each once.
  void add(const Chunk& chunk);

  /// One row a future, one column a package. Failed replicates are left out; NaN where all failed.
  const Matrix& mean(std::size_t cell) const { return mean_[cell]; }
  /// Standard error of the mean over replicates.
  const Matrix& error(std::size_t cell) const { return error_[cell]; }
  /// Replicates that failed, over all futures and packages.
  std::size_t failed() const { return failed_; }

 private:
  const Experiment& experiment_;
  std::vector<Matrix> mean_;
  std::vector<Matrix> error_;
  std::size_t failed_ = 0;
};

}  // namespace panj::explore
