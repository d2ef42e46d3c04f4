// SPDX-License-Identifier: Apache-2.0
#include "panj/core/sha256.h"

#include <gtest/gtest.h>

#include "panj/core/file.h"

namespace panj {
namespace {

TEST(Sha256, DigestsPartsAsTheWhole) {
  Sha256 digest;
  digest.add("a");
  digest.add("bc");
  // FIPS 180-2, appendix B.1.
  EXPECT_EQ(digest.hex(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Sha256, StartsAnewWhenTaken) {
  Sha256 digest;
  digest.add("abc");
  const Sha256::Bytes first = digest.take();
  EXPECT_EQ(digest.hex(), sha256(""));
  digest.add("abc");
  EXPECT_EQ(digest.take(), first);
}

}  // namespace
}  // namespace panj
