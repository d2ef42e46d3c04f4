// SPDX-License-Identifier: Apache-2.0
#include "panj/forecast/sample_netcdf.h"

#include <gtest/gtest.h>
#include <netcdf.h>

#include <array>
#include <stdexcept>

namespace panj::forecast {
namespace {

namespace fs = std::filesystem;

fs::path folder() {
  const auto* test = testing::UnitTest::GetInstance()->current_test_info();
  fs::path path = fs::path(testing::TempDir()) / (std::string("panj_") + test->name());
  fs::remove_all(path);
  fs::create_directories(path);
  return path;
}

PredictiveSample sample() {
  PredictiveSample sample({"Afghanistan", "Iran", "Tajikistan"}, Month(2024, 4), {2, 3}, 4);
  sample.set(2, 3, std::vector<double>{40, 10, 30, 20});
  return sample;
}

TEST(SampleNetcdf, HoldsEveryDrawWhereItBelongs) {
  const fs::path path = folder() / "draws.nc";
  write_netcdf(path, sample(), std::array<std::size_t, 2>{0, 2},
               {.target = "deaths_sb", .unit_column = "country", .model = "default"});
  int file = 0;
  ASSERT_EQ(nc_open(path.c_str(), NC_NOWRITE, &file), NC_NOERR);
  int variable = 0;
  ASSERT_EQ(nc_inq_varid(file, "deaths_sb", &variable), NC_NOERR);
  std::array<double, 16> draws{};  // two countries, two leads, four draws
  ASSERT_EQ(nc_get_var_double(file, variable, draws.data()), NC_NOERR);
  EXPECT_EQ(draws[0], 0);
  EXPECT_EQ(draws[12], 10);  // Tajikistan, lead 3, ascending
  EXPECT_EQ(draws[15], 40);
  ASSERT_EQ(nc_inq_varid(file, "time", &variable), NC_NOERR);
  std::array<double, 2> days{};
  ASSERT_EQ(nc_get_var_double(file, variable, days.data()), NC_NOERR);
  EXPECT_EQ(days[0], 19875);  // 2024-06-01
  EXPECT_EQ(nc_inq_varid(file, "country", &variable), NC_NOERR);
  nc_close(file);
}

TEST(SampleNetcdf, MakesANameOfAnyTarget) {
  const fs::path path = folder() / "draws.nc";
  write_netcdf(path, sample(), std::array<std::size_t, 1>{0},
               {.target = "deaths/month", .unit_column = "1st unit"});
  int file = 0;
  ASSERT_EQ(nc_open(path.c_str(), NC_NOWRITE, &file), NC_NOERR);
  int variable = 0;
  EXPECT_EQ(nc_inq_varid(file, "deaths_month", &variable), NC_NOERR);
  EXPECT_EQ(nc_inq_varid(file, "v_1st_unit", &variable), NC_NOERR);
  nc_close(file);
}

TEST(SampleNetcdf, SaysWhyItCannotBeWritten) {
  EXPECT_THROW(write_netcdf("/proc/none/draws.nc", sample(), std::array<std::size_t, 1>{0}, {}),
               std::exception);
}

}  // namespace
}  // namespace panj::forecast
