// SPDX-License-Identifier: Apache-2.0
#include "panj/explore/experiment.h"

#include <fmt/format.h>

#include <algorithm>

#include "panj/core/contract.h"
#include "panj/core/parallel.h"

namespace panj::explore {

std::size_t StoredOutcome::cells() const {
  std::size_t count = 1;
  for (const sim::Dimension& dimension : dimensions) count *= dimension.size();
  return count;
}

std::size_t Experiment::cells() const {
  std::size_t count = 0;
  for (const StoredOutcome& outcome : outcomes) count += outcome.cells();
  return count;
}

std::size_t Experiment::cell(std::string_view outcome) const {
  std::size_t first = 0;
  for (const StoredOutcome& stored : outcomes) {
    if (stored.name == outcome) return first;
    first += stored.cells();
  }
  throw ContractError(fmt::format("The experiment has no outcome '{}'", outcome));
}

std::span<const double> Chunk::of(const Experiment& experiment, std::size_t future,
                                  std::size_t package, std::size_t cell) const {
  const std::size_t row = future * experiment.packages.size() + package;
  const std::size_t at = (row * experiment.cells() + cell) * experiment.replicates;
  return std::span(values).subspan(at, experiment.replicates);
}

Chunk run_chunk(const Experiment& experiment, std::size_t index, unsigned threads,
                const std::function<void()>& ran) {
  PANJ_EXPECT(index < experiment.chunks());
  Chunk chunk{.index = index, .first_future = index * experiment.futures_per_chunk, .values = {}};
  chunk.futures = std::min(experiment.futures_per_chunk, experiment.futures - chunk.first_future);
  const std::size_t width = experiment.packages.size() * experiment.cells() * experiment.replicates;
  chunk.values.resize(chunk.futures * width);
  parallel_for(chunk.futures, threads, [&](std::size_t future) {
    experiment.run(chunk.first_future + future,
                   std::span(chunk.values).subspan(future * width, width));
    ran();
  });
  return chunk;
}

}  // namespace panj::explore
