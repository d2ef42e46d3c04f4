// SPDX-License-Identifier: Apache-2.0
#include "panj/sim/netcdf_sink.h"

#include <gmock/gmock.h>
#include <netcdf.h>

#include <cmath>
#include <filesystem>
#include <string>
#include <vector>

#include "panj/core/file.h"
#include "panj/sim/sir.h"

namespace panj::sim {
namespace {

namespace fs = std::filesystem;

/// Reads back through the netCDF library.
class Reader {
 public:
  explicit Reader(const fs::path& path) { EXPECT_EQ(nc_open(path.c_str(), NC_NOWRITE, &id_), 0); }
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;
  ~Reader() { nc_close(id_); }

  std::vector<double> numbers(const char* name, std::size_t size) const {
    std::vector<double> values(size);
    EXPECT_EQ(nc_get_var_double(id_, variable(name), values.data()), 0) << name;
    return values;
  }
  std::vector<std::string> texts(const char* name, std::size_t size) const {
    std::vector<char*> read(size);
    EXPECT_EQ(nc_get_var_string(id_, variable(name), read.data()), 0) << name;
    std::vector<std::string> values(read.begin(), read.end());
    nc_free_string(size, read.data());
    return values;
  }
  std::string attribute(const char* name, const char* attribute) const {
    const int of = std::string(name).empty() ? NC_GLOBAL : variable(name);
    std::size_t size = 0;
    EXPECT_EQ(nc_inq_attlen(id_, of, attribute, &size), 0) << attribute;
    std::string text(size, ' ');
    EXPECT_EQ(nc_get_att_text(id_, of, attribute, text.data()), 0) << attribute;
    return text;
  }
  std::vector<std::string> dimensions(const char* name) const {
    int count = 0;
    int ids[NC_MAX_VAR_DIMS];
    EXPECT_EQ(nc_inq_var(id_, variable(name), nullptr, nullptr, &count, ids, nullptr), 0);
    std::vector<std::string> names;
    for (int i = 0; i < count; ++i) {
      char text[NC_MAX_NAME + 1];
      EXPECT_EQ(nc_inq_dimname(id_, ids[i], text), 0);
      names.emplace_back(text);
    }
    return names;
  }

 private:
  int variable(const char* name) const {
    int found = -1;
    EXPECT_EQ(nc_inq_varid(id_, name, &found), 0) << name;
    return found;
  }
  int id_ = -1;
};

const OutcomeTable& table() {
  static const OutcomeTable made(
      {{.name = "time", .coordinates = {0, 31}, .unit = "days since 2022-01-01"},
       {.name = "type", .labels = {"attack", "fire", "run"}}},
      {{.name = "cost", .unit = "M$", .description = "cost of the package"},
       {.name = "attempts", .dimensions = {"time", "type"}, .measure = Measure::count}});
  return made;
}

/// Each number says where it belongs: 1000 · model + 100 · replicate + cell.
std::vector<OutcomeBlock> blocks_of(std::size_t models, std::uint32_t first, std::size_t count) {
  std::vector<OutcomeBlock> blocks;
  for (std::size_t m = 0; m < models; ++m) {
    blocks.emplace_back(table(), Lanes{.first = first, .count = count});
    for (std::size_t cell = 0; cell < table().total_cells(); ++cell) {
      for (std::size_t lane = 0; lane < count; ++lane) {
        blocks[m].cell_row(cell)[lane] =
            static_cast<double>(1000 * m + 100 * (first + lane) + cell);
      }
    }
  }
  return blocks;
}

class Netcdf : public testing::Test {
 protected:
  TemporaryFolder folder{fs::path(testing::TempDir())};
  fs::path path = folder.path() / "runs.nc";
};

TEST_F(Netcdf, HoldsEveryNumberWithItsNameUnitAndPlaces) {
  NetcdfSink sink(table(),
                  {.path = path, .replicates = 5, .packages = {"P0", "P1"}, .title = "Test"});
  sink.take(blocks_of(2, 0, 2));
  sink.take(blocks_of(2, 3, 2));  // replicate 2 failed
  sink.finish();
  const Reader file(path);
  EXPECT_EQ(file.attribute("", "Conventions"), "CF-1.8");
  EXPECT_EQ(file.attribute("cost", "units"), "M$");
  EXPECT_EQ(file.attribute("cost", "long_name"), "cost of the package");
  EXPECT_EQ(file.attribute("time", "units"), "days since 2022-01-01");
  EXPECT_EQ(file.attribute("replicate", "standard_name"), "realization");
  EXPECT_THAT(file.texts("package", 2), testing::ElementsAre("P0", "P1"));
  EXPECT_THAT(file.texts("type", 3), testing::ElementsAre("attack", "fire", "run"));
  EXPECT_THAT(file.dimensions("attempts"),
              testing::ElementsAre("package", "replicate", "time", "type"));
  const auto attempts = file.numbers("attempts", std::size_t{2} * 5 * 6);
  EXPECT_EQ(attempts[0], 1);  // P0, replicate 0, cell 1
  EXPECT_EQ(attempts[1 * 30 + 4 * 6 + 5], 1000 + 400 + 6);
  for (std::size_t i = 12; i < 18; ++i) EXPECT_TRUE(std::isnan(attempts[i]));
  EXPECT_EQ(file.numbers("cost", 10)[6], 1100);
}

TEST_F(Netcdf, HasNoPackagesForASingleModel) {
  const Sir model(Sir::Parameters{.steps = 5});
  NetcdfSink sink(model.outcomes(), {.path = path, .replicates = 20, .first_replicate = 7});
  Sink* const sinks[] = {&sink};
  run_ensemble(model, {.replicates = 20, .first_replicate = 7, .lanes = 8}, sinks);
  sink.finish();
  const Reader file(path);
  EXPECT_THAT(file.dimensions("recovered"), testing::ElementsAre("replicate"));
  EXPECT_EQ(file.numbers("replicate", 20)[0], 7);
  for (const double left : file.numbers("susceptible", 20)) EXPECT_GT(left, 900);
}

TEST_F(Netcdf, ReplacesTheTargetOnlyWhenFinished) {
  write_file(path, "old");
  {
    NetcdfSink sink(table(), {.path = path, .replicates = 5});
    sink.take(blocks_of(1, 0, 5));
  }
  EXPECT_EQ(read_file(path), "old");
  EXPECT_EQ(std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator()), 1);
  EXPECT_THROW(NetcdfSink(table(), {.path = "/proc/nowhere/runs.nc", .replicates = 1}),
               std::runtime_error);
}

}  // namespace
}  // namespace panj::sim
