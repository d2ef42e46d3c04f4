// SPDX-License-Identifier: Apache-2.0
#include "panj/brief/likelihood.h"

#include <gtest/gtest.h>

#include <cmath>

#include "panj/core/contract.h"

namespace panj::brief {
namespace {

using enum LikelihoodScale;

double just_below(double edge) {
  return std::nextafter(edge, 0.0);
}

TEST(Likelihood, Icd203AtEveryBandEdge) {
  EXPECT_EQ(likelihood_word(0.0, icd203), "almost no chance");
  EXPECT_EQ(likelihood_word(just_below(0.05), icd203), "almost no chance");
  EXPECT_EQ(likelihood_word(0.05, icd203), "very unlikely");
  EXPECT_EQ(likelihood_word(just_below(0.20), icd203), "very unlikely");
  EXPECT_EQ(likelihood_word(0.20, icd203), "unlikely");
  EXPECT_EQ(likelihood_word(just_below(0.45), icd203), "unlikely");
  EXPECT_EQ(likelihood_word(0.45, icd203), "roughly even chance");
  EXPECT_EQ(likelihood_word(just_below(0.55), icd203), "roughly even chance");
  EXPECT_EQ(likelihood_word(0.55, icd203), "likely");
  EXPECT_EQ(likelihood_word(just_below(0.80), icd203), "likely");
  EXPECT_EQ(likelihood_word(0.80, icd203), "very likely");
  EXPECT_EQ(likelihood_word(just_below(0.95), icd203), "very likely");
  EXPECT_EQ(likelihood_word(0.95, icd203), "almost certain");
  EXPECT_EQ(likelihood_word(1.0, icd203), "almost certain");
}

TEST(Likelihood, IpccAtEveryBandEdge) {
  EXPECT_EQ(likelihood_word(0.0, ipcc), "very unlikely");
  EXPECT_EQ(likelihood_word(just_below(0.10), ipcc), "very unlikely");
  EXPECT_EQ(likelihood_word(0.10, ipcc), "unlikely");
  EXPECT_EQ(likelihood_word(just_below(0.33), ipcc), "unlikely");
  EXPECT_EQ(likelihood_word(0.33, ipcc), "about as likely as not");
  EXPECT_EQ(likelihood_word(just_below(0.66), ipcc), "about as likely as not");
  EXPECT_EQ(likelihood_word(0.66, ipcc), "likely");
  EXPECT_EQ(likelihood_word(0.90, ipcc), "very likely");
  EXPECT_EQ(likelihood_word(just_below(0.99), ipcc), "very likely");
  EXPECT_EQ(likelihood_word(0.99, ipcc), "virtually certain");
}

TEST(Likelihood, NamesTheRangeWhenTheIntervalSpansBands) {
  EXPECT_EQ(likelihood_range(0.57, 0.78, icd203), "likely");
  EXPECT_EQ(likelihood_range(0.30, 0.96, icd203), "unlikely to almost certain");
}

TEST(Likelihood, RefusesWhatIsNoProbability) {
  EXPECT_THROW(likelihood_word(1.2, icd203), ContractError);
  EXPECT_THROW(likelihood_word(std::nan(""), icd203), ContractError);
}

TEST(Likelihood, ScaleNamesReadBack) {
  EXPECT_EQ(parse_likelihood_scale("icd203"), icd203);
  EXPECT_EQ(parse_likelihood_scale("ipcc"), ipcc);
  EXPECT_EQ(parse_likelihood_scale("words"), std::nullopt);
}

TEST(Likelihood, KeyHoldsEveryBand) {
  EXPECT_EQ(likelihood_key(ipcc),
            "very unlikely below 10%, unlikely 10–33%, about as likely as not 33–66%, likely "
            "66–90%, very likely 90–99%, virtually certain 99% or more");
}

}  // namespace
}  // namespace panj::brief
