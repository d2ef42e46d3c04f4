// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

#include "panj/explore/chunk_store.h"
#include "panj/explore/experiment.h"
#include "panj/explore/ranks.h"

namespace panj::explore {

struct RunReport {
  std::size_t chunks = 0;  ///< in all
  std::size_t found = 0;   ///< of this rank, finished by an earlier run
  std::size_t ran = 0;     ///< of this rank, now
};

/// Runs what is missing of an experiment, this rank's share of it, and waits for the other ranks:
/// then all chunks are in the store. Rank r takes the chunks r, r + size, r + 2 size …
///
/// `threads` 0 takes all of the machine's, shared by the ranks that run on it.
RunReport run_missing(const Experiment& experiment, const ChunkStore& store, const Ranks& ranks,
                      unsigned threads);

}  // namespace panj::explore
