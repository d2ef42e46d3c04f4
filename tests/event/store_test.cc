// SPDX-License-Identifier: Apache-2.0
#include "panj/event/store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "panj/core/file.h"
#include "panj/core/problem.h"
#include "panj/event/incident_csv.h"
#include "panj/event/ingest.h"
#include "ucdp_text.h"

namespace panj::event {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;

/// A workspace that disappears with the test.
class EventStoreTest : public testing::Test {
 protected:
  IngestCounts ingest(const std::string& rows, Date known_on, const std::string& version = "1") {
    EventStore store = EventStore::open_for_writing(workspace_);
    const std::string text = ucdp_header() + rows;
    const auto reader = read_incidents(text, "file.csv");
    Progress progress("test", 0, "B", Progress::Output::silent);
    return event::ingest(store, *reader,
                         {.file = "file.csv",
                          .sha256 = "",
                          .format = "ucdp",
                          .version = version,
                          .known_on = known_on},
                         progress);
  }

  std::vector<std::string> known(Date as_of) const {
    std::vector<std::string> list;
    EventStore::open_for_reading(workspace_).read(as_of, [&](const Incident& incident) {
      list.push_back(incident.source_id + ":" + std::to_string(incident.deaths.best));
    });
    return list;
  }

  const TemporaryFolder folder_{fs::temp_directory_path()};
  const fs::path workspace_ = folder_.path();
};

std::string row(const std::string& id, int deaths) {
  const std::string count = std::to_string(deaths);
  return ucdp_row({{"id", id}, {"best", count}, {"low", "0"}, {"high", "99"}, {"deaths_b", count}});
}

const Date kMarch = make_date(2024, 3, 1);
const Date kJune = make_date(2024, 6, 1);
const Date kSeptember = make_date(2024, 9, 1);

/// Every part with a value of its own.
Incident full_incident() {
  return {.source = "agency",
          .source_id = "7",
          .type = IncidentType::infiltration,
          .first = make_date(2024, 1, 2),
          .last = make_date(2024, 2, 3),
          .date_precision = DatePrecision::week,
          .place = {.coordinates = geo::LonLat{70.25, 37.5},
                    .precision = PlacePrecision::admin2,
                    .name = "place",
                    .admin1 = "province",
                    .admin2 = "district",
                    .country = "country",
                    .country_id = 702},
          .actor_a = "a",
          .actor_b = "b",
          .actor_a_state = "702",
          .actor_b_state = "700",
          .conflict = "conflict",
          .deaths = {.low = 8,
                     .best = 10,
                     .high = 12,
                     .side_a = 1,
                     .side_b = 2,
                     .civilians = 3,
                     .unknown = 4},
          .reliability = 'B',
          .credibility = 3,
          .clarity = 2,
          .source_count = 5,
          .note = "note"};
}

TEST_F(EventStoreTest, GivesBackWhatWentIn) {
  const Incident bare{.source = "agency", .source_id = "8", .first = kMarch, .last = kMarch};
  {
    EventStore store = EventStore::open_for_writing(workspace_);
    const auto ingest =
        store.begin({.file = "f", .sha256 = "", .format = "", .version = "", .known_on = kMarch});
    ingest->add(full_incident(), 1);
    ingest->add(bare, 2);
    ingest->commit({});
  }
  std::vector<Incident> read;
  EventStore::open_for_reading(workspace_).read(kMarch, [&](const Incident& incident) {
    read.push_back(incident);
  });
  ASSERT_EQ(read.size(), 2U);
  EXPECT_TRUE(read[0] == full_incident());
  EXPECT_TRUE(read[1] == bare);
}

TEST_F(EventStoreTest, PanjsOwnCsvGivesBackWhatWentIn) {
  const std::string text = panj_csv_header() + to_panj_csv(full_incident());
  const auto reader = read_incidents(text, "file.csv");
  ASSERT_EQ(reader->next(), IncidentReader::Row::incident) << reader->bad_row().reason;
  EXPECT_TRUE(reader->incident() == full_incident());
}

TEST_F(EventStoreTest, RefusesAStoreWithOtherColumns) {
  ingest(row("1", 2), kMarch);
  const std::string drop = "ogrinfo -q '" + (workspace_ / "events.gpkg").string() +
                           "' -sql 'ALTER TABLE incident_versions DROP COLUMN clarity'";
  ASSERT_EQ(std::system(drop.c_str()), 0);
  try {
    ingest(row("1", 3), kJune);
    FAIL();
  } catch (const InvalidInput& error) {
    EXPECT_THAT(error.what(), testing::HasSubstr("has other columns in 'incident_versions'"));
  }
  EXPECT_THROW(known(kJune), InvalidInput);
}

TEST_F(EventStoreTest, TheSameIdAcrossReleasesIsOneIncidentWithAHistory) {
  EXPECT_EQ(ingest(row("1", 2) + row("2", 5), kMarch).accepted, 2U);
  const IngestCounts counts = ingest(row("1", 3) + row("2", 5) + row("3", 1), kJune);
  EXPECT_EQ(counts.updated, 1U);
  EXPECT_EQ(counts.duplicate, 1U);
  EXPECT_EQ(counts.accepted, 1U);
  EXPECT_TRUE(known(kMarch - std::chrono::days(1)).empty());
  EXPECT_THAT(known(kMarch), ElementsAre("1:2", "2:5"));
  EXPECT_THAT(known(kJune), ElementsAre("1:3", "2:5", "3:1"));
}

TEST_F(EventStoreTest, AnOlderReleaseTakenInLaterGoesIntoTheHistory) {
  ingest(row("1", 9), kSeptember);
  ingest(row("1", 2), kMarch);
  EXPECT_EQ(ingest(row("1", 5), kJune).updated, 1U);
  EXPECT_THAT(known(kMarch), ElementsAre("1:2"));
  EXPECT_THAT(known(kJune), ElementsAre("1:5"));
  EXPECT_THAT(known(kSeptember), ElementsAre("1:9"));
  EXPECT_EQ(ingest(row("1", 5), kJune).duplicate, 1U);
}

TEST_F(EventStoreTest, TheOrderOfIngestionDoesNotMatter) {
  const std::vector<std::pair<int, Date>> releases = {{2, kMarch}, {5, kJune}, {5, kSeptember}};
  std::vector<std::size_t> order = {0, 1, 2};
  do {
    fs::remove_all(workspace_);
    for (const std::size_t i : order) ingest(row("1", releases[i].first), releases[i].second);
    EXPECT_THAT(known(kMarch), ElementsAre("1:2"));
    EXPECT_THAT(known(kJune), ElementsAre("1:5"));
    EXPECT_THAT(known(kSeptember), ElementsAre("1:5"));
  } while (std::next_permutation(order.begin(), order.end()));
}

TEST_F(EventStoreTest, OfTwoReleasesOfADayTheHigherIsTheLaterVersion) {
  ingest(row("1", 2), kMarch, "23.1");
  EXPECT_EQ(ingest(row("1", 7), kMarch, "22.1").updated, 1U);
  EXPECT_THAT(known(kMarch), ElementsAre("1:2"));
  ingest(row("1", 9), kJune, "24.1");
  EXPECT_THAT(known(kMarch), ElementsAre("1:2"));
  EXPECT_THAT(known(kJune), ElementsAre("1:9"));
  ingest(row("1", 4), kJune, "24.0.10");
  EXPECT_THAT(known(kJune), ElementsAre("1:9"));
  ingest(row("1", 5), kJune, "");
  EXPECT_THAT(known(kJune), ElementsAre("1:5"));
}

TEST_F(EventStoreTest, TheOrderInWhichReleasesOfADayCameDoesNotMatter) {
  for (const std::vector<int>& deaths : {std::vector{7, 5, 2}, std::vector{7, 5, 7}}) {
    const std::vector<std::string> versions = {"9.1", "22.1", "23.0.10"};
    std::vector<std::size_t> order = {0, 1, 2};
    do {
      fs::remove_all(workspace_);
      for (const std::size_t i : order) ingest(row("1", deaths[i]), kMarch, versions[i]);
      EXPECT_THAT(known(kMarch), ElementsAre("1:" + std::to_string(deaths[2])));
    } while (std::next_permutation(order.begin(), order.end()));
  }
}

TEST_F(EventStoreTest, TellsWhetherItHoldsAHigherRelease) {
  ingest(row("1", 2), kMarch, "23.1");
  const EventStore store = EventStore::open_for_reading(workspace_);
  const auto above = [&](const std::string& format, const std::string& version) {
    return store.release_above(
        {.file = "f", .sha256 = "", .format = format, .version = version, .known_on = kMarch});
  };
  EXPECT_EQ(above("ucdp", "22.1"), "23.1");
  EXPECT_EQ(above("ucdp", "9.1"), "23.1");
  EXPECT_EQ(above("ucdp", "23.1"), "");
  EXPECT_EQ(above("ucdp", "preview"), "");
  EXPECT_EQ(above("panj", "22.1"), "");
}

TEST_F(EventStoreTest, WithinAFileTheSameIdTwiceIsADuplicateOrAConflict) {
  const IngestCounts counts = ingest(row("1", 2) + row("1", 2) + row("1", 3), kMarch);
  EXPECT_EQ(counts.accepted, 1U);
  EXPECT_EQ(counts.duplicate, 1U);
  EXPECT_EQ(counts.quarantined, 1U);
  EXPECT_THAT(known(kMarch), ElementsAre("1:2"));
}

TEST_F(EventStoreTest, WhatLiesAfterTheDayItBecameKnownIsQuarantined) {
  const std::string rows =
      ucdp_row({{"id", "1"}, {"date_start", "2024-03-01"}, {"date_end", "2024-03-01"}}) +
      ucdp_row({{"id", "2"}, {"date_start", "2024-03-02"}, {"date_end", "2024-03-02"}}) +
      ucdp_row({{"id", "3"}, {"date_start", "2024-02-28"}, {"date_end", "2024-03-02"}});
  const IngestCounts counts = ingest(rows, kMarch);
  EXPECT_EQ(counts.accepted, 1U);
  ASSERT_EQ(counts.quarantined, 2U);
  EXPECT_EQ(to_string(counts.first_bad[0][0]),
            "file.csv:3: date_start: is '2024-03-02' (must not lie after the day on which the file "
            "became known, 2024-03-01)");
  EXPECT_EQ(counts.first_bad[1][0].field, "date_end");
  EXPECT_EQ(ingest(rows, kMarch + std::chrono::days(1)).accepted, 2U);
}

/// Each case is an incident of Panj's own format in a file of 20 August 2024.
TEST(NotYetKnown, JudgesByTheEarliestDayAnIncidentCanHaveBeen) {
  const auto accepts = [](const std::string& first, const std::string& last,
                          const std::string& precision) {
    const std::string text =
        "id,type,country,deaths_best,date,date_last,date_precision\n1,other,"
        "Tajikistan,0," +
        first + "," + last + "," + precision + "\n";
    const auto reader = read_incidents(text, "file.csv");
    EXPECT_EQ(reader->next(), IncidentReader::Row::incident);
    return !not_yet_known(*reader, make_date(2024, 8, 20));
  };
  EXPECT_TRUE(accepts("2024-08-20", "", "day"));
  EXPECT_FALSE(accepts("2024-08-21", "", "day"));
  EXPECT_FALSE(accepts("2024-08-19", "2024-08-21", "day"));
  EXPECT_TRUE(accepts("2024-08-26", "", "week"));
  EXPECT_FALSE(accepts("2024-08-27", "", "few_days"));
  EXPECT_TRUE(accepts("2024-08-01", "2024-08-31", "month"));
  EXPECT_TRUE(accepts("2024-08-31", "", "month"));
  EXPECT_FALSE(accepts("2024-09-01", "2024-09-30", "month"));
  EXPECT_TRUE(accepts("2024-01-01", "2024-12-31", "year"));
  EXPECT_FALSE(accepts("2025-01-01", "2025-12-31", "year"));
}

TEST_F(EventStoreTest, WhatIsNotCommittedLeavesNoTrace) {
  ingest(row("1", 2), kMarch);
  {
    EventStore store = EventStore::open_for_writing(workspace_);
    const auto ingest =
        store.begin({.file = "f", .sha256 = "", .format = "", .version = "", .known_on = kJune});
    Incident incident;
    incident.source = "ucdp";
    incident.source_id = "7";
    ingest->add(incident, 1);
  }
  EXPECT_THAT(known(kJune), ElementsAre("1:2"));
}

/// A file on a disk that fails after some rows.
class FailingReader final : public IncidentReader {
 public:
  Row next() override {
    if (++row_ > 1000) throw std::runtime_error("reading failed");
    incident_.source_id = std::to_string(row_);
    return Row::incident;
  }
  const Incident& incident() const override { return incident_; }
  const BadRow& bad_row() const override { return bad_; }
  std::uint64_t row() const override { return row_; }
  std::uint64_t line() const override { return row_; }
  std::uint64_t bytes_read() const override { return row_; }
  Format format() const override { return Format::ucdp; }

 private:
  std::uint64_t row_ = 0;
  Incident incident_;
  BadRow bad_;
};

TEST_F(EventStoreTest, AFileThatFailsMidwayLeavesNoTrace) {
  ingest(row("1", 2), kMarch);
  for (const unsigned threads : {1U, 2U}) {
    EventStore store = EventStore::open_for_writing(workspace_);
    FailingReader reader;
    Progress progress("test", 0, "B", Progress::Output::silent);
    const IngestSource source{
        .file = "f", .sha256 = "", .format = "", .version = "", .known_on = kJune};
    EXPECT_THROW(event::ingest(store, reader, source, progress, threads), std::runtime_error);
  }
  EXPECT_THAT(known(kJune), ElementsAre("1:2"));
}

TEST(VersionFromName, IsThatOfTheRelease) {
  EXPECT_EQ(version_from_name("GEDEvent_v23_0_10.csv"), "23.0.10");
  EXPECT_EQ(version_from_name("GEDEvent_v25_1.csv"), "25.1");
  EXPECT_EQ(version_from_name("border_valley.csv"), "");
}

}  // namespace
}  // namespace panj::event
