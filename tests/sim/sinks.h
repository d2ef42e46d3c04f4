// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "panj/sim/ensemble.h"

namespace panj::sim {

/// Keeps everything: for small ensembles in tests.
class Everything : public Sink {
 public:
  void take(std::span<const OutcomeBlock> blocks) override {
    values.resize(blocks.size());
    const Lanes& lanes = blocks.front().lanes();
    for (std::size_t lane = 0; lane < lanes.count; ++lane) {
      replicates.push_back(lanes.replicate(lane));
      for (std::size_t m = 0; m < blocks.size(); ++m) {
        std::vector<double> cells;
        for (std::size_t c = 0; c < blocks[m].table().total_cells(); ++c)
          cells.push_back(blocks[m].cell_row(c)[lane]);
        values[m].push_back(std::move(cells));
      }
    }
  }

  std::vector<std::uint32_t> replicates;
  std::vector<std::vector<std::vector<double>>> values;  ///< by model, replicate, cell
};

template <Model M>
EnsembleResult run_with(const M& model, const EnsembleOptions& options, Sink& sink) {
  Sink* const sinks[] = {&sink};
  return run_ensemble(model, options, sinks);
}

}  // namespace panj::sim
