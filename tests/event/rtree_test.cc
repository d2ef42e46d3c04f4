// SPDX-License-Identifier: Apache-2.0
#include "panj/event/detail/rtree.h"

#include <gtest/gtest.h>

#include <string>

#include "panj/core/random.h"

namespace panj::event::detail {
namespace {

class RtreeTest : public testing::TestWithParam<int> {};

/// SQLite's own check of the whole tree, and its own search in it.
TEST_P(RtreeTest, IsWhatSqliteWouldHaveBuilt) {
  Database database(":memory:", Access::write);
  database.run("CREATE VIRTUAL TABLE tree USING rtree(id, minx, maxx, miny, maxy)");
  database.run("INSERT INTO tree VALUES (999999, 1, 1, 1, 1)");  // gives way to the packed points
  RandomStream random(7, {});
  std::vector<RtreePoint> points;
  std::int64_t inside = 0;
  for (std::int64_t id = 1; id <= GetParam(); ++id) {
    const RtreePoint point{id, 360 * random.uniform() - 180, 180 * random.uniform() - 90};
    inside += point.x > 20 && point.x < 80 && point.y > -10 && point.y < 40 ? 1 : 0;
    points.push_back(point);
  }
  pack_rtree(database, "tree", points);

  Statement check = database.prepare("SELECT rtreecheck('tree')");
  ASSERT_TRUE(check.step());
  EXPECT_EQ(check.text(0), "ok");
  EXPECT_EQ(database.single_integer("SELECT count(*) FROM tree"), GetParam());
  EXPECT_EQ(database.single_integer("SELECT count(*) FROM tree WHERE minx > 20 AND maxx < 80 "
                                    "AND miny > -10 AND maxy < 40"),
            inside);
  database.run("INSERT INTO tree VALUES (1000000, 50, 50, 10, 10); DELETE FROM tree WHERE id = 1");
  EXPECT_EQ(database.single_integer("SELECT count(*) FROM tree"), GetParam() > 0 ? GetParam() : 1);
}

INSTANTIATE_TEST_SUITE_P(Sizes, RtreeTest, testing::Values(0, 1, 51, 52, 500, 20000));

}  // namespace
}  // namespace panj::event::detail
