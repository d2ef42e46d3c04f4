// SPDX-License-Identifier: Apache-2.0
#include "panj/explore/run_experiment.h"

#include <algorithm>
#include <cstdlib>
#include <thread>

#include "panj/core/number.h"
#include "panj/core/progress.h"

namespace panj::explore {
namespace {

/// How many ranks share this machine, as Open MPI says.
unsigned ranks_on_this_machine() {
  const char* text = std::getenv("OMPI_COMM_WORLD_LOCAL_SIZE");  // NOLINT(concurrency-mt-unsafe)
  if (text == nullptr) return 1;
  return std::max(1U, parse_number<unsigned>(text).value_or(1));
}

}  // namespace

RunReport run_missing(const Experiment& experiment, const ChunkStore& store, const Ranks& ranks,
                      unsigned threads) {
  if (threads == 0) {
    threads = std::max(1U, std::thread::hardware_concurrency() / ranks_on_this_machine());
  }
  RunReport report{.chunks = experiment.chunks()};
  std::vector<std::size_t> missing;
  for (std::size_t i = ranks.rank(); i < report.chunks; i += ranks.size()) {
    if (store.has(i))
      ++report.found;
    else
      missing.push_back(i);
  }
  Progress progress(ranks.size() > 1 ? "explore (this rank)" : "explore",
                    missing.size() * experiment.futures_per_chunk, "futures",
                    ranks.is_first() ? Progress::Output::automatic : Progress::Output::silent);
  for (const std::size_t i : missing) {
    store.write(run_chunk(experiment, i, threads, [&] { progress.advance(); }));
    ++report.ran;
  }
  ranks.wait_for_all();
  return report;
}

}  // namespace panj::explore
