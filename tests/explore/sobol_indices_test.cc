// SPDX-License-Identifier: Apache-2.0
#include "panj/explore/sobol_indices.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "panj/core/problem.h"
#include "panj/explore/test_function.h"

namespace panj::explore {
namespace {

TEST(SobolIndices, AgreeWithTheClosedFormsOfIshigamiAndG) {
  for (const char* name : {"ishigami", "sobol-g"}) {
    const TestFunction function = find_test_function(name);
    const SobolIndices indices = sobol_indices_of(function.of_unit, function.inputs.size(),
                                                  {.points = 16384, .resamples = 0});
    for (std::size_t i = 0; i < function.inputs.size(); ++i) {
      EXPECT_NEAR(indices.first[i], function.first[i], 0.005) << name << " " << i;
      EXPECT_NEAR(indices.total[i], function.total[i], 0.005) << name << " " << i;
    }
  }
}

TEST(SobolIndices, KnowTheVarianceAndThePairOfIshigami) {
  // Ishigami & Homma (1990): the mean is a/2, only x1 and x3 act together, T = S + pair.
  const TestFunction function = find_test_function("ishigami");
  const SobolIndices indices = sobol_indices_of(
      function.of_unit, 3,
      {.points = 16384, .order = SobolOrder::with_pairs, .resamples = 0, .seed = 5});
  EXPECT_NEAR(indices.mean, 3.5, 0.01);
  EXPECT_NEAR(indices.variance, 13.8446, 0.05);
  EXPECT_NEAR(indices.second(0, 2), function.total[2], 0.01);
  EXPECT_NEAR(indices.second(0, 1), 0, 0.01);
  EXPECT_NEAR(indices.second(1, 2), 0, 0.01);
  EXPECT_EQ(indices.second(2, 0), indices.second(0, 2));
}

TEST(SobolIndices, DoNotFeelAShiftOfTheOutput) {
  const auto product = [](double shift) {
    return [shift](std::span<const double> u) { return shift + u[0] * u[1]; };
  };
  const SobolIndices plain = sobol_indices_of(product(0), 2, {.points = 1024});
  const SobolIndices shifted = sobol_indices_of(product(1e6), 2, {.points = 1024});
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_NEAR(plain.first[i], 3.0 / 7, 0.01);  // (1/144) / (7/144): exact
    EXPECT_NEAR(shifted.first[i], plain.first[i], 1e-6);
    EXPECT_NEAR(shifted.total[i], plain.total[i], 1e-6);
  }
}

TEST(SobolIndices, IntervalsHoldTheTruthAboutAsOftenAsTheySay) {
  const TestFunction function = find_test_function("ishigami");
  int held = 0;
  int tried = 0;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const SobolIndices indices =
        sobol_indices_of(function.of_unit, 3, {.points = 256, .level = 0.9, .seed = seed});
    for (std::size_t i = 0; i < 3; ++i) {
      held += indices.first_interval[i].contains(function.first[i]) ? 1 : 0;
      held += indices.total_interval[i].contains(function.total[i]) ? 1 : 0;
      tried += 2;
    }
  }
  // The bootstrap knows nothing of the even spread of the points, so it errs on the wide side.
  EXPECT_GE(held, tried * 85 / 100);
}

TEST(SobolIndices, AreTheSameForAnyNumberOfThreads) {
  const TestFunction function = find_test_function("sobol-g");
  const auto with = [&](unsigned threads) {
    return sobol_indices_of(function.of_unit, 8,
                            {.points = 512, .order = SobolOrder::with_pairs, .threads = threads});
  };
  const SobolIndices one = with(1);
  for (const unsigned threads : {2U, 3U}) {
    const SobolIndices many = with(threads);
    EXPECT_EQ(many.first, one.first);
    EXPECT_EQ(many.second, one.second);
    EXPECT_EQ(many.total_interval, one.total_interval);
  }
}

TEST(SobolIndices, AreZeroWhenNothingVaries) {
  for (const double output : {4.0, 7.0 / 9}) {
    const SobolIndices indices =
        sobol_indices_of([&](std::span<const double>) { return output; }, 2, {.points = 60});
    EXPECT_EQ(indices.first, (std::vector<double>{0, 0}));
    EXPECT_EQ(indices.total, (std::vector<double>{0, 0}));
    EXPECT_EQ(indices.variance, 0);
    EXPECT_EQ(indices.mean, output);
  }
}

TEST(SobolIndices, RefuseAnOutputThatIsNotFinite) {
  const auto broken = [](std::span<const double> u) { return u[0] > 0.9 ? NAN : u[0]; };
  EXPECT_THROW(sobol_indices_of(broken, 1, {.points = 64}), InvalidInput);
}

TEST(TestFunction, SuggestsTheNearestName) {
  try {
    find_test_function("ishigamy");
    FAIL();
  } catch (const InvalidInput& error) {
    EXPECT_THAT(error.what(), testing::HasSubstr("did you mean 'ishigami'?"));
  }
}

}  // namespace
}  // namespace panj::explore
