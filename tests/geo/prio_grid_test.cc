// SPDX-License-Identifier: Apache-2.0
#include "panj/geo/prio_grid.h"

#include <gtest/gtest.h>

namespace panj::geo {
namespace {

TEST(PrioGrid, NumbersCellsFromTheSouthWest) {
  EXPECT_EQ(prio_grid_cell({-180.0, -90.0}), 1);
  EXPECT_EQ(prio_grid_cell({-179.75, -89.75}), 1);
  EXPECT_EQ(prio_grid_cell({-179.5, -90.0}), 2);
  EXPECT_EQ(prio_grid_cell({-180.0, -89.5}), 721);
  EXPECT_EQ(prio_grid_cell({179.99, 89.99}), 259200);
}

TEST(PrioGrid, KeepsThePoleAndTheDateLine) {
  EXPECT_EQ(prio_grid_cell({0.0, 90.0}), 359 * 720 + 361);
  EXPECT_EQ(prio_grid_cell({180.0, 0.0}), 180 * 720 + 720);
}

TEST(PrioGrid, CentreOfEveryCellLiesInIt) {
  for (int gid = 1; gid <= 259200; gid += 97) {
    EXPECT_EQ(prio_grid_cell(prio_grid_centre(gid)), gid);
  }
}

TEST(PrioGrid, AgreesWithUcdpGed) {
  // UCDP Candidate 23.0.10, event 495225 in Kabul.
  EXPECT_EQ(prio_grid_cell({69.162796, 34.531094}), 179779);
}

}  // namespace
}  // namespace panj::geo
