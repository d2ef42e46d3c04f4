// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

#include "panj/explore/experiment.h"

namespace panj::explore {

/// What is to happen with results of another experiment in the same folder.
enum class Existing { refuse, replace };

/// A folder that holds the finished chunks of one experiment, each in a file of its own that is
/// there whole or not at all. After a kill at any moment, and on any number of machines that share
/// the folder, what is there need not be run again.
///
///     ChunkStore store(folder / "chunks", experiment, Existing::refuse);
///     if (!store.has(i)) store.write(run_chunk(experiment, i, threads));
class ChunkStore {
 public:
  /// Opens or makes the folder. Throws InvalidInput when it holds another experiment and that is
  /// not to be replaced.
  ChunkStore(std::filesystem::path folder, const Experiment& experiment, Existing existing);

  /// Whether a folder holds the chunks of some experiment.
  static bool is_in(const std::filesystem::path& folder);

  /// Whether the chunk is there, whole and of this experiment. A damaged file counts as absent.
  bool has(std::size_t index) const;
  /// Throws std::runtime_error with the system's reason (disk full, no permission).
  void write(const Chunk& chunk) const;
  /// Throws std::runtime_error when it is not there whole.
  Chunk read(std::size_t index) const;
  /// SHA-256 over the values of all chunks in order: the same for the same experiment, however it
  /// was run. All chunks must be there.
  std::string digest() const;
  /// Removes the chunks; the folder stays when something else is in it.
  void remove() const;

 private:
  std::filesystem::path path(std::size_t index) const;
  std::filesystem::path mark() const;
  bool load(std::size_t index, std::string& bytes) const;

  std::filesystem::path folder_;
  const Experiment& experiment_;
  std::string identity_;  ///< digest of what decides the results
};

}  // namespace panj::explore
