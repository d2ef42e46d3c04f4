// SPDX-License-Identifier: Apache-2.0
#include "panj/sim/lane_random.h"

#include <gmock/gmock.h>

#include <vector>

#include "panj/core/contract.h"
#include "panj/core/random.h"
#include "panj/sim/elementary.h"
#include "sim/vectors.h"

namespace panj::sim {
namespace {

const Lanes kLanes{.seed = 0x1122334455667788, .first = 0xFFFFFFF0, .count = 27};
const DrawKey kKey{.step = 0xABCD, .kind = 0xEF01, .entity = 0xFEDCBA98, .block = 3};

/// The number that core/random.h gives to the same event.
double of_stream(std::size_t lane, const DrawKey& key, unsigned draw) {
  RandomStream stream(kLanes.seed, {.replicate = kLanes.replicate(lane),
                                    .step = static_cast<std::uint16_t>(key.step),
                                    .kind = key.kind,
                                    .entity = key.entity});
  double uniform = 0;
  for (unsigned i = 0; i <= draw; ++i) uniform = stream.uniform();
  return uniform;
}

TEST(LaneRandom, GivesTheNumbersOfRandomStream) {
  for_each_vector_units([](VectorUnits units) {
    std::vector<double> one(kLanes.padded());
    std::vector<double> first(kLanes.padded());
    std::vector<double> second(kLanes.padded());
    fill_uniform(kLanes, kKey, one);
    fill_uniform_pair(kLanes, kKey, first, second);
    for (std::size_t lane = 0; lane < kLanes.padded(); ++lane) {
      ASSERT_EQ(one[lane], of_stream(lane, kKey, 6)) << to_string(units) << " " << lane;
      ASSERT_EQ(first[lane], of_stream(lane, kKey, 6)) << to_string(units) << " " << lane;
      ASSERT_EQ(second[lane], of_stream(lane, kKey, 7)) << to_string(units) << " " << lane;
    }
  });
}

TEST(LaneRandom, GivesFourCoarserNumbersOfTheSameBits) {
  for_each_vector_units([](VectorUnits) {
    std::vector<std::vector<double>> quad(4, std::vector<double>(kLanes.padded()));
    fill_uniform_quad(kLanes, kKey, quad[0], quad[1], quad[2], quad[3]);
    for (std::size_t lane = 0; lane < kLanes.padded(); ++lane) {
      const auto cell =
          static_cast<double>(static_cast<std::uint64_t>(of_stream(lane, kKey, 6) * 0x1p32));
      ASSERT_EQ(quad[0][lane], (cell + 0.5) * 0x1p-32);
      for (const auto& row : quad) {
        ASSERT_GT(row[lane], 0);
        ASSERT_LT(row[lane], 1);
      }
    }
    // The second word holds the low 20 bits of the first 52-bit number in its upper part.
    const double fine = of_stream(0, kKey, 6) * 0x1p32;
    EXPECT_EQ(floor(quad[1][0] * 0x1p20), floor((fine - floor(fine)) * 0x1p20));
    const double third = of_stream(0, kKey, 7);
    EXPECT_EQ(floor(quad[2][0] * 0x1p32), floor(third * 0x1p32));
  });
}

TEST(LaneRandom, GivesAReplicateTheSameInAnyBatch) {
  std::vector<double> whole(32);
  std::vector<double> part(8);
  fill_uniform({.seed = 5, .first = 0, .count = 32}, kKey, whole);
  fill_uniform({.seed = 5, .first = 13, .count = 8}, kKey, part);
  for (std::size_t lane = 0; lane < 8; ++lane) EXPECT_EQ(part[lane], whole[13 + lane]);
}

TEST(LaneRandom, NormalsAreQuantilesOfTheUniforms) {
  std::vector<double> u(kLanes.padded());
  std::vector<double> z(kLanes.padded());
  fill_uniform(kLanes, kKey, u);
  fill_normal(kLanes, kKey, z);
  for (std::size_t lane = 0; lane < u.size(); ++lane) EXPECT_EQ(z[lane], normal_quantile(u[lane]));
}

TEST(LaneRandom, WantsRoomAndAStepOfSixteenBits) {
  std::vector<double> small(16);
  std::vector<double> room(32);
  EXPECT_THROW(fill_uniform(kLanes, kKey, small), ContractError);
  EXPECT_THROW(fill_uniform(kLanes, {.step = 65536}, room), ContractError);
}

}  // namespace
}  // namespace panj::sim
