// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace panj::explore {

/// The processes of one `mpirun`, or this process alone.
///
/// MPI is started only where a launcher of Open MPI (mpirun, or srun with PMIx) has started the
/// process; it is loaded at that moment from the module `panj_mpi` beside the program, so that
/// everything else neither waits for it nor needs it installed. When the launcher ends the others
/// because one rank was lost, the first rank says how to go on.
///
///     const Ranks ranks;
///     for (std::size_t i = ranks.rank(); i < n; i += ranks.size()) …
///     ranks.wait_for_all();
class Ranks {
 public:
  /// Throws std::runtime_error when a launcher is there and MPI is not.
  Ranks();
  Ranks(const Ranks&) = delete;
  Ranks& operator=(const Ranks&) = delete;
  /// Leaves MPI in order.
  ~Ranks();

  unsigned rank() const { return rank_; }
  unsigned size() const { return size_; }
  bool is_first() const { return rank_ == 0; }

  /// Returns when every rank has come here.
  void wait_for_all() const;
  /// Ends all ranks at once, with an exit code: the way out of an error, since the others would
  /// wait for ever. Does nothing when alone.
  void abort(int exit_code) const;

 private:
  struct Module;
  const Module* module_ = nullptr;
  unsigned rank_ = 0;
  unsigned size_ = 1;
};

/// Whether a launcher has started this process as one of several.
bool is_launched_by_mpi();

}  // namespace panj::explore
