// SPDX-License-Identifier: Apache-2.0
#include "panj/explore/experiment.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netcdf.h>

#include <atomic>
#include <cmath>
#include <filesystem>

#include "panj/core/file.h"
#include "panj/core/problem.h"
#include "panj/core/progress.h"
#include "panj/explore/chunk_store.h"
#include "panj/explore/netcdf_writer.h"
#include "panj/explore/run_experiment.h"
#include "panj/explore/summary.h"

namespace panj::explore {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

/// Values that say where they belong: future, package, cell, replicate as digits.
struct SmallWorld {
  std::atomic<int> runs{0};
  Experiment experiment;

  SmallWorld() {
    Progress::silence();
    experiment.futures = 7;
    experiment.packages = {"P0", "P1"};
    experiment.replicates = 3;
    experiment.outcomes = {
        {.name = "deaths", .unit = "1", .description = "deaths"},
        {.name = "attempts",
         .unit = "1/yr",
         .description = "attempts",
         .dimensions = {{.name = "time", .coordinates = {2026, 2027}, .unit = "1"},
                        {.name = "type", .labels = {"attack", "fire"}}}}};
    experiment.identity = "small";
    experiment.futures_per_chunk = 2;
    experiment.run = [this](std::size_t future, std::span<double> values) {
      ++runs;
      for (std::size_t i = 0; i < values.size(); ++i) {
        values[i] = static_cast<double>(1000 * future + i);
      }
    };
  }
};

fs::path folder() {
  const auto* test = testing::UnitTest::GetInstance()->current_test_info();
  const fs::path path = fs::path(testing::TempDir()) / (std::string("experiment_") + test->name());
  fs::remove_all(path);
  return path;
}

TEST(Experiment, KnowsItsShape) {
  const SmallWorld world;
  EXPECT_EQ(world.experiment.cells(), 5U);
  EXPECT_EQ(world.experiment.cell("attempts"), 1U);
  EXPECT_EQ(world.experiment.chunks(), 4U);
}

TEST(Experiment, IsTheSameForAnyNumberOfThreads) {
  const SmallWorld world;
  const Chunk one = run_chunk(world.experiment, 3, 1);
  EXPECT_EQ(one.futures, 1U);  // the last chunk holds what is left
  EXPECT_EQ(one.first_future, 6U);
  EXPECT_EQ(run_chunk(world.experiment, 0, 1).values, run_chunk(world.experiment, 0, 3).values);
  // future 6, package 1, cell 4, replicate 2: (1 · 5 + 4) · 3 + 2 = 29
  EXPECT_EQ(one.of(world.experiment, 0, 1, 4)[2], 6029);
}

TEST(ChunkStore, RunsOnlyWhatIsMissing) {
  SmallWorld world;
  const ChunkStore store(folder(), world.experiment, Existing::refuse);
  store.write(run_chunk(world.experiment, 1, 1));
  world.runs = 0;
  const Ranks alone;
  const RunReport first = run_missing(world.experiment, store, alone, 2);
  EXPECT_EQ(first.found, 1U);
  EXPECT_EQ(first.ran, 3U);
  EXPECT_EQ(world.runs, 5);
  world.runs = 0;
  run_missing(world.experiment, store, alone, 1);
  EXPECT_EQ(world.runs, 0);
}

TEST(ChunkStore, DigestDoesNotDependOnTheOrderOrOnAKill) {
  SmallWorld world;
  const Ranks alone;
  const fs::path here = folder();
  const ChunkStore whole(here / "whole", world.experiment, Existing::refuse);
  run_missing(world.experiment, whole, alone, 1);
  const ChunkStore pieces(here / "pieces", world.experiment, Existing::refuse);
  pieces.write(run_chunk(world.experiment, 3, 1));
  // A kill in the middle of a write leaves at most a file beside it, a bad disk a damaged one.
  write_file(here / "pieces" / "chunk-000002.bin", "half a chu");
  run_missing(world.experiment, pieces, alone, 3);
  EXPECT_EQ(pieces.digest(), whole.digest());
  EXPECT_EQ(pieces.read(2).values, whole.read(2).values);
}

TEST(ChunkStore, RefusesAnotherExperimentUnlessForced) {
  SmallWorld world;
  const fs::path here = folder();
  const ChunkStore first(here, world.experiment, Existing::refuse);
  first.write(run_chunk(world.experiment, 0, 1));
  SmallWorld other;
  other.experiment.identity = "another seed";
  try {
    const ChunkStore refused(here, other.experiment, Existing::refuse);
    FAIL();
  } catch (const InvalidInput& error) {
    EXPECT_THAT(error.what(), HasSubstr("replace them with --force"));
  }
  EXPECT_TRUE(first.has(0));
  const ChunkStore replaced(here, other.experiment, Existing::replace);
  EXPECT_FALSE(replaced.has(0));
}

TEST(ChunkStore, SaysWhenTheDiskIsFull) {
  if (!fs::exists("/dev/full")) GTEST_SKIP() << "there is no /dev/full";
  SmallWorld world;
  EXPECT_THROW(ChunkStore("/dev/full/run", world.experiment, Existing::refuse), std::exception);
}

TEST(Summary, HasMeansAndErrorsOverReplicates) {
  SmallWorld world;
  world.experiment.run = [](std::size_t future, std::span<double> values) {
    std::ranges::fill(values, 0.0);
    values[0] = 1;
    values[1] = 2;
    values[2] = future == 0 ? 6 : NAN;
  };
  Summary summary(world.experiment, 1);
  for (std::size_t i = 0; i < 4; ++i) summary.add(run_chunk(world.experiment, i, 1));
  EXPECT_DOUBLE_EQ(summary.mean(0)(0, 0), 3);
  EXPECT_DOUBLE_EQ(summary.error(0)(0, 0), std::sqrt(7.0 / 3));
  EXPECT_DOUBLE_EQ(summary.mean(0)(1, 0), 1.5);  // the failed replicate is left out
  EXPECT_EQ(summary.failed(), 6U);
}

/// One number of a variable.
double number_at(const fs::path& path, const char* name, std::vector<std::size_t> index) {
  int file = 0;
  int variable = 0;
  double value = NAN;
  EXPECT_EQ(nc_open(path.c_str(), NC_NOWRITE, &file), NC_NOERR);
  EXPECT_EQ(nc_inq_varid(file, name, &variable), NC_NOERR) << name;
  EXPECT_EQ(nc_get_var1_double(file, variable, index.data(), &value), NC_NOERR);
  nc_close(file);
  return value;
}

TEST(NetcdfWriter, WritesEveryValueWhereItBelongs) {
  SmallWorld world;
  const fs::path path = folder() / "experiment.nc";
  fs::create_directories(path.parent_path());
  Design design{{"guards"}, Matrix(7, 1, 6000)};
  write_netcdf(path, world.experiment, design, {.title = "t", .weights = {1, 1, 0, 1, 1, 1, 1}},
               [&](std::size_t i) { return run_chunk(world.experiment, i, 1); });
  // deaths(future, package, realization)
  EXPECT_EQ(number_at(path, "deaths", {3, 1, 2}), 3000 + 15 + 2);
  // attempts(future, package, realization, time, type): cell 1 + 2 · 1 + 0 of package 0
  EXPECT_EQ(number_at(path, "attempts", {6, 0, 1, 1, 0}), 6000 + 3 * 3 + 1);
  EXPECT_EQ(number_at(path, "time", {1}), 2027);
  EXPECT_EQ(number_at(path, "assumption_value", {0, 0}), 6000);
  EXPECT_EQ(number_at(path, "future_weight", {2}), 0);
}

TEST(NetcdfWriter, LeavesNothingBehindWhenItFails) {
  SmallWorld world;
  const fs::path path = folder() / "experiment.nc";
  fs::create_directories(path.parent_path());
  const auto lost = [](std::size_t) -> Chunk { throw std::runtime_error("lost"); };
  EXPECT_THROW(write_netcdf(path, world.experiment, {}, {}, lost), std::runtime_error);
  EXPECT_TRUE(fs::is_empty(path.parent_path()));
}

}  // namespace
}  // namespace panj::explore
