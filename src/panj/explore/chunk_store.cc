// SPDX-License-Identifier: Apache-2.0
#include "panj/explore/chunk_store.h"

#include <fmt/format.h>

#include <cstring>
#include <stdexcept>

#include "panj/core/contract.h"
#include "panj/core/file.h"
#include "panj/core/problem.h"

namespace panj::explore {
namespace {

constexpr std::size_t kDigestLength = 64;

/// The file that says which experiment a folder holds.
constexpr const char* kMark = "experiment.txt";

/// A chunk file: the experiment's identity and the payload's digest in hexadecimal, then the
/// values as they lie in memory.
constexpr std::size_t kHeader = 2 * kDigestLength;

std::string_view bytes_of(const Chunk& chunk) {
  return {reinterpret_cast<const char*>(chunk.values.data()),  // NOLINT(*-reinterpret-cast)
          chunk.values.size() * sizeof(double)};
}

std::string identity_of(const Experiment& experiment) {
  std::string text =
      fmt::format("{}\n{} futures, {} replicates, {} a chunk\n", experiment.identity,
                  experiment.futures, experiment.replicates, experiment.futures_per_chunk);
  for (const std::string& package : experiment.packages) text += package + "\n";
  for (const StoredOutcome& outcome : experiment.outcomes) {
    text += fmt::format("{} {}\n", outcome.name, outcome.cells());
  }
  return sha256(text);
}

}  // namespace

bool ChunkStore::is_in(const std::filesystem::path& folder) {
  return std::filesystem::exists(folder / kMark);
}

std::filesystem::path ChunkStore::mark() const {
  return folder_ / kMark;
}

ChunkStore::ChunkStore(std::filesystem::path folder, const Experiment& experiment,
                       Existing existing)
    : folder_(std::move(folder)), experiment_(experiment), identity_(identity_of(experiment)) {
  if (std::filesystem::exists(mark()) && read_file(mark()) != identity_ + "\n") {
    if (existing == Existing::refuse) {
      throw InvalidInput({.file = folder_.string(),
                          .what = "holds the results of another experiment",
                          .why = "other futures, packages, replicates, seed or theatre",
                          .suggestion = "choose another folder, or replace them with --force"});
    }
    remove();
  }
  write_file(mark(), identity_ + "\n");
}

std::filesystem::path ChunkStore::path(std::size_t index) const {
  return folder_ / fmt::format("chunk-{:06}.bin", index);
}

bool ChunkStore::load(std::size_t index, std::string& bytes) const {
  if (!std::filesystem::exists(path(index))) return false;
  bytes = read_file(path(index), std::size_t{1} << 34);
  return bytes.size() >= kHeader && bytes.substr(0, kDigestLength) == identity_ &&
         bytes.substr(kDigestLength, kDigestLength) ==
             sha256(std::string_view(bytes).substr(kHeader));
}

bool ChunkStore::has(std::size_t index) const {
  std::string bytes;
  return load(index, bytes);
}

void ChunkStore::write(const Chunk& chunk) const {
  std::string bytes = identity_;
  bytes += sha256(bytes_of(chunk));
  bytes += bytes_of(chunk);
  write_file(path(chunk.index), bytes);
}

Chunk ChunkStore::read(std::size_t index) const {
  std::string bytes;
  if (!load(index, bytes)) {
    throw std::runtime_error(
        fmt::format("{}: is not there whole; run the same command again to "
                    "run what is missing",
                    path(index).string()));
  }
  Chunk chunk{.index = index, .first_future = index * experiment_.futures_per_chunk, .values = {}};
  chunk.values.resize((bytes.size() - kHeader) / sizeof(double));
  std::memcpy(chunk.values.data(), bytes.data() + kHeader, chunk.values.size() * sizeof(double));
  const std::size_t row =
      experiment_.packages.size() * experiment_.cells() * experiment_.replicates;
  PANJ_EXPECT(row > 0 && chunk.values.size() % row == 0);
  chunk.futures = chunk.values.size() / row;
  return chunk;
}

std::string ChunkStore::digest() const {
  std::string digests;
  for (std::size_t i = 0; i < experiment_.chunks(); ++i) {
    std::string bytes;
    if (!load(i, bytes)) read(i);
    digests += bytes.substr(kDigestLength, kDigestLength);
  }
  return sha256(digests);
}

void ChunkStore::remove() const {
  for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with("chunk-") && name.ends_with(".bin")) std::filesystem::remove(entry);
  }
  std::filesystem::remove(mark());
  std::error_code not_empty;
  std::filesystem::remove(folder_, not_empty);
}

}  // namespace panj::explore
