// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "panj/plan/ground.h"
#include "panj/spillover/harm.h"
#include "panj/spillover/stop_chance.h"

namespace panj::plan {

/// Types that are single events; trafficking comes in loads.
inline constexpr const auto& kPlannedTypes = spillover::kArmedAttempts;

/// Attempts in a year by [year][stretch][type], over `Ground::years` and kPlannedTypes, before
/// chance: Λ, or what gets through of them, Λ(1 − U).
struct AttemptTable {
  std::size_t stretches = 0;
  std::vector<double> attempts;
  std::vector<double> breaches;

  std::size_t cell(std::size_t year, std::size_t stretch, std::size_t type) const {
    return (year * stretches + stretch) * kPlannedTypes.size() + type;
  }
  std::size_t years() const { return attempts.size() / (stretches * kPlannedTypes.size()); }
};
/// Σ harm × breaches.
double harm_of(const AttemptTable& table, const spillover::ByType<double>& harm = spillover::kHarm);

/// What a border looks like in the mean while measures bite.
struct Outlook {
  AttemptTable table;
  spillover::Circumstances circumstances;  ///< patrols as practised
};

struct FutureOptions {
  std::size_t futures = 200;
  std::size_t replicates = 8;  ///< of each future
  std::uint64_t seed = 1;
  unsigned threads = 0;
};

/// As many futures from a seed of their own: none of those that a plan was made for.
FutureOptions fresh(FutureOptions options);

/// The outlook at the stated values, in the mean over replicates.
Outlook stated_outlook(const Ground& ground, std::size_t replicates, std::uint64_t seed);

/// Tables of every candidate in every future that counts.
struct FutureTables {
  std::vector<std::vector<AttemptTable>> tables;  ///< [candidate][future]
  std::size_t drawn = 0;  ///< futures drawn; those that do not reproduce the record do not count
};

/// Draws futures from the theatre's assumptions (explore::FutureSpace, Latin hypercube) and runs
/// every candidate in each, all on the same luck. Futures in which the first candidate does not
/// come through the theatre's record (explore::history_band) are left out; none may be left.
FutureTables draw_futures(const Ground& ground, std::span<const Candidate> candidates,
                          const FutureOptions& options);
/// The same for a plan that cannot do without: throws InvalidInput when none is left.
FutureTables tables_over_futures(const Ground& ground, std::span<const Candidate> candidates,
                                 const FutureOptions& options);

}  // namespace panj::plan
