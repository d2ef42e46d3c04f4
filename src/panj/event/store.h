// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "panj/core/date.h"
#include "panj/core/problem.h"
#include "panj/event/incident.h"
#include "panj/event/incident_reader.h"

namespace panj::event {

/// What became of the rows of one file. accepted + updated + duplicate + quarantined = read.
struct IngestCounts {
  std::uint64_t read = 0;
  std::uint64_t accepted = 0;     ///< incidents new to the store
  std::uint64_t updated = 0;      ///< known incidents with another content: one more version
  std::uint64_t duplicate = 0;    ///< nothing new
  std::uint64_t quarantined = 0;  ///< kept in the table `quarantine` with the reason
  /// Of each of the first few quarantined rows all that is wrong with it, to show at once.
  std::vector<std::vector<Problem>> first_bad{};
};

/// Where the rows of one file come from.
struct IngestSource {
  std::string file;
  std::string sha256;
  std::string format;
  std::string version;  ///< of the source's release, "23.1"; may be empty
  Date known_on{};      ///< the day from which its content counts as known
};

/// What add() did with an incident.
struct Added {
  enum class Outcome { accepted, updated, duplicate, conflict };
  Outcome outcome = Outcome::accepted;
  std::uint64_t first_row = 0;  ///< of a conflict: the row of the file that gave the id first
};

/// The incidents of a workspace with their history, in `WORKSPACE/events.gpkg` (GeoPackage 1.3:
/// opens in QGIS as points with times).
///
/// Table `incidents` holds the latest version of each incident, keyed by (source, source_id);
/// `incident_versions` the earlier ones. A version has the day on which it became known, so the
/// store can be read as it was known on any day, whatever the order in which files came in. Of two
/// releases of a source that count as known from the same day, the higher one is the later version.
///
///     EventStore store = EventStore::open_for_writing("workspace");
///     auto ingest = store.begin(source);
///     ingest->add(incident, row);
///     ingest->commit();  // all or nothing
///     store.read(make_date(2024, 1, 1), [](const Incident& incident) { … });
///
/// Throws InvalidInput when events.gpkg is no store or is damaged, and std::runtime_error when it
/// is locked by another program (after 5 s), read-only, or the disk is full; it is then as before.
class EventStore {
 public:
  /// Makes the workspace and the store when they are not there.
  static EventStore open_for_writing(const std::filesystem::path& workspace);
  static EventStore open_for_reading(const std::filesystem::path& workspace);
  EventStore(EventStore&&) noexcept;
  ~EventStore();

  /// One file's rows in one transaction. Destroyed without commit() it leaves no trace.
  class Ingest {
   public:
    virtual ~Ingest() = default;
    /// Within one file, the same id with the same content is a duplicate, with another content a
    /// conflict (nothing is stored). Against the store, the content is compared with the version
    /// known on the source's day; what became known before what is stored, and a lower release of
    /// the same day, goes into the history.
    virtual Added add(const Incident& incident, std::uint64_t row) = 0;
    virtual void quarantine(const BadRow& bad) = 0;
    virtual void commit(const IngestCounts& counts) = 0;
  };
  std::unique_ptr<Ingest> begin(const IngestSource& source);

  /// Calls `visit` with each incident in the version known at the end of `as_of`, ordered by first
  /// day, source and id.
  void read(Date as_of, const std::function<void(const Incident&)>& visit) const;

  /// The days from which the content of some file counts as known, ascending, each once.
  std::vector<Date> vintages() const;

  /// The highest release of the source's format that was taken in, when it lies above the source's
  /// own; empty otherwise.
  std::string release_above(const IngestSource& source) const;

 private:
  struct State;
  explicit EventStore(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace panj::event
