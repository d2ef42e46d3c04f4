// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "panj/core/file.h"
#include "small_theatre.h"

namespace panj::theatre {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr const char* kDeaths =
    "[deaths]\nfile = \"deaths.csv\"\nsource = \"test\"\ncomplete_to = \"2024-04-30\"\n";

TEST(TheatreFiles, DataFilesAreOptional) {
  EXPECT_FALSE(SmallTheatre().read().deaths);
  SmallTheatre world;
  world.append(kDeaths);
  EXPECT_THAT(world.problems(), ElementsAre(HasSubstr("no file 'deaths.csv'")));
  write_file(world.folder() / "deaths.csv", "year,month,country,deaths_sb\n");
  const Theatre theatre = world.read();
  ASSERT_TRUE(theatre.deaths);
  EXPECT_EQ(theatre.deaths->path, world.folder() / "deaths.csv");
  EXPECT_EQ(theatre.deaths->complete_to, make_date(2024, 4, 30));
}

TEST(TheatreFiles, MustStayInsideTheFolder) {
  for (const char* path : {"../line.geojson", "/etc/hostname", "a/../../line.geojson"}) {
    SmallTheatre world;
    world.replace("line.geojson", path);
    EXPECT_THAT(world.problems(), ElementsAre(HasSubstr("leaves the theatre's folder"))) << path;
  }
  SmallTheatre world;
  std::filesystem::create_symlink("/etc/hostname", world.folder() / "link.geojson");
  world.replace("line.geojson", "link.geojson");
  EXPECT_THAT(world.problems(), ElementsAre(HasSubstr("link out of the theatre's folder")));
}

TEST(TheatreFiles, UnreadableLineIsReportedAtItsKey) {
  SmallTheatre world;
  write_file(world.folder() / "line.geojson", "not a map");
  EXPECT_THAT(world.problems(), ElementsAre(HasSubstr("border.line[1].file: cannot be read")));
}

TEST(TheatreFiles, FolderOrFileIsTheSame) {
  SmallTheatre world;
  EXPECT_EQ(world.read().file, world.folder() / "theatre.toml");
  EXPECT_EQ(read_theatre(world.folder() / "theatre.toml").id, "small");
  EXPECT_THROW(read_theatre(world.folder() / "nowhere"), InvalidInput);
}

}  // namespace
}  // namespace panj::theatre
