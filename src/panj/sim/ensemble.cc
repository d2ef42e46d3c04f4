// SPDX-License-Identifier: Apache-2.0
#include "panj/sim/ensemble.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <new>
#include <stdexcept>

#include "panj/core/parallel.h"
#include "panj/core/sha256.h"
#include "panj/sim/detail/turns.h"

namespace panj::sim::detail {
namespace {

/// What one batch came to: the parts that went through, and what failed, by replicate.
struct Batch {
  std::vector<std::vector<OutcomeBlock>> parts;
  std::vector<Sha256::Bytes> digests;
  std::vector<Failure> failures;
};

Lanes part_of(const Lanes& lanes, std::size_t from, std::size_t count) {
  return {lanes.seed, lanes.replicate(from), count};
}

/// Runs the lanes; where that throws, runs them again in parts until the faulty ones stand alone.
class Isolation {
 public:
  Isolation(const RunBatch& run, Batch& batch) : run_(run), batch_(batch) {}

  void run(const Lanes& lanes) {
    if (lanes.count == 0) return;
    int step = -1;
    try {
      batch_.parts.push_back(run_(lanes, step));
    } catch (const std::bad_alloc&) {
      throw;
    } catch (const ReplicateError& error) {
      divide(lanes, std::min(error.lane(), lanes.count - 1), 1,
             {0, step, error.entity(), error.what()});
    } catch (const std::exception& error) {
      divide(lanes, 0, lanes.count / 2, {0, step, "", error.what()});
    }
  }

 private:
  void divide(const Lanes& lanes, std::size_t from, std::size_t count, Failure failure) {
    if (lanes.count == 1) {
      failure.replicate = lanes.first;
      batch_.failures.push_back(std::move(failure));
      return;
    }
    run(part_of(lanes, 0, from));
    run(part_of(lanes, from, count));
    run(part_of(lanes, from + count, lanes.count - from - count));
  }

  const RunBatch& run_;
  Batch& batch_;
};

/// All NaNs are one: their sign and payload depend on the processor.
std::uint64_t bits_of(double value) {
  return value == value ? std::bit_cast<std::uint64_t>(value) : 0x7FF8000000000000ULL;
}

/// The digests of the replicates of one part, in order.
void add_digests(std::span<const OutcomeBlock> blocks, std::vector<Sha256::Bytes>& digests) {
  Sha256 sha;
  std::size_t cells = 0;
  for (const OutcomeBlock& block : blocks) cells += block.table().total_cells();
  const std::size_t lanes = blocks.front().lanes().count;
  constexpr std::size_t kTogether = 8;  // a cache line of each row
  std::vector<std::uint64_t> bits(cells * kTogether);
  for (std::size_t first = 0; first < lanes; first += kTogether) {
    const std::size_t count = std::min(kTogether, lanes - first);
    std::size_t at = 0;
    for (const OutcomeBlock& block : blocks) {
      for (std::size_t cell = 0; cell < block.table().total_cells(); ++cell, ++at) {
        const auto row = block.cell_row(cell).subspan(first, count);
        for (std::size_t i = 0; i < count; ++i) bits[i * cells + at] = bits_of(row[i]);
      }
    }
    for (std::size_t i = 0; i < count; ++i) {
      sha.add(std::as_bytes(std::span(bits).subspan(i * cells, cells)));
      digests.push_back(sha.take());
    }
  }
}

/// As many lanes as asked for, whole lines of them, but outcomes of at most 16 MB a batch.
std::size_t lanes_of(const EnsembleOptions& options, std::size_t cells) {
  const std::size_t fitting = (std::size_t{1} << 21) / std::max<std::size_t>(cells, 1);
  const std::size_t wanted = std::min(options.lanes, fitting) / kLineLanes * kLineLanes;
  return std::max(wanted, kLineLanes);
}

/// Hands batches on, in order.
class Collection {
 public:
  Collection(const EnsembleOptions& options, std::span<Sink* const> sinks)
      : options_(options), sinks_(sinks) {}

  void take(Batch& batch) {
    for (const auto& digest : batch.digests) digest_.add(digest);
    for (const auto& part : batch.parts) {
      result_.replicates += part.front().lanes().count;
      for (Sink* sink : sinks_) sink->take(part);
    }
    for (Failure& failure : batch.failures) result_.failures.push_back(std::move(failure));
    if (result_.failures.size() > options_.failures_allowed) {
      throw std::runtime_error(fmt::format("more than {} of {} replicates failed; the first: {}",
                                           options_.failures_allowed, options_.replicates,
                                           to_string(result_.failures.front())));
    }
  }

  EnsembleResult finish() {
    result_.digest = digest_.hex();
    return std::move(result_);
  }

 private:
  const EnsembleOptions& options_;
  std::span<Sink* const> sinks_;
  EnsembleResult result_;
  Sha256 digest_;
};

}  // namespace

EnsembleResult run_batches(const EnsembleOptions& options, std::size_t cells, const RunBatch& run,
                           std::span<Sink* const> sinks) {
  const std::size_t lanes = lanes_of(options, cells);
  const std::size_t replicates = options.replicates;
  PANJ_EXPECT(options.first_replicate + replicates <= std::size_t{1} << 32);
  Progress progress(options.task, replicates, "replicates", options.progress);
  Collection collection(options, sinks);
  Turns turns;
  parallel_for((replicates + lanes - 1) / lanes, options.threads, [&](std::size_t b) {
    try {
      const std::size_t from = b * lanes;
      const std::size_t count = std::min(lanes, replicates - from);
      Batch batch;
      Isolation(run, batch)
          .run({options.seed, options.first_replicate + static_cast<std::uint32_t>(from), count});
      for (const auto& part : batch.parts) add_digests(part, batch.digests);
      if (!turns.wait_for(b)) return;
      collection.take(batch);
      turns.next();
      progress.advance(count);
    } catch (...) {
      turns.fail();
      throw;
    }
  });
  return collection.finish();
}

}  // namespace panj::sim::detail
