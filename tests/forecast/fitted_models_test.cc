// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "forecast/worlds.h"
#include "panj/forecast/models/decay.h"
#include "panj/forecast/models/hurdle_log_t.h"
#include "panj/forecast/models/linear_pool.h"
#include "panj/forecast/scores.h"

namespace panj::forecast {
namespace {

using testing::ElementsAreArray;
using testing::HasSubstr;

const Month kJanuary1990(1990, 1);

TEST(Decay, WeighsEachMonthHalfAsMuchEveryHalfLife) {
  const auto panel = world(kJanuary1990, {{"A", {7, kUnknown, 5, 3}}});
  const auto sample = find_model("decay-1").predict(History(panel, kJanuary1990 + 3), {1, 2}, 1);
  // Weights 1, ½, ⅛ of 3, 5, 7: the unknown month is passed over but takes its time.
  const double total = 1 + 0.5 + 0.125;
  for (const int lead : {1, 2}) {
    EXPECT_NEAR(static_cast<double>(std::ranges::count(sample.at(0, lead), 3.0)), 1000 / total, 1);
    EXPECT_NEAR(static_cast<double>(std::ranges::count(sample.at(0, lead), 5.0)), 500 / total, 1);
    EXPECT_NEAR(static_cast<double>(std::ranges::count(sample.at(0, lead), 7.0)), 125 / total, 1);
  }
}

TEST(HurdleLogT, DrawsTheInverseOfItsDistribution) {
  HurdleLogT model{.leads = {3, 14}};
  model.feature_scale.fill(1);
  model.occurrence = model.level.location = model.level.scale =
      Eigen::VectorXd::Zero(HurdleLogT::kTerms);
  model.occurrence(0) = std::log(0.25 / 0.75);
  model.level.location(0) = 4;
  for (const double level : residual_levels()) model.residuals.push_back(level - 0.5);
  std::vector<double> draws(1000);
  model.draw(Features{}, 5, draws);
  EXPECT_TRUE(std::ranges::is_sorted(draws));
  EXPECT_EQ(std::ranges::count(draws, 0.0), 750);
  EXPECT_EQ(draws[875], std::round(std::exp(4 + 0.002)));  // u′ = 0.502
  EXPECT_DOUBLE_EQ(model.probability(Features{}, 5), 0.25);
  model.level.location(0) = 40;
  model.draw(Features{}, 5, draws);
  EXPECT_EQ(draws.back(), std::round(std::exp(10.5)));
}

TEST(HurdleLogT, SaysMoreOfWarsThanTheirLastYear) {
  // A world where the regression's own assumptions hold.
  const auto panel = wars();
  const auto ls = find_model("ls");
  const auto reference = find_model("conflictology-12");
  double loss = 0;
  double reference_loss = 0;
  for (const int back : {20, 32, 44}) {
    const History history(panel, panel.last() - back);
    const auto ours = ls.predict(history, {3, 14}, 1);
    const auto theirs = reference.predict(history, {3, 14}, 1);
    for (std::uint32_t unit = 0; unit < 30; ++unit) {
      for (int lead = 3; lead <= 14; ++lead) {
        const double outcome = panel.at(event::UnitId(unit), history.origin() + lead);
        loss += crps_log1p(ours.at(unit, lead), outcome);
        reference_loss += crps_log1p(theirs.at(unit, lead), outcome);
      }
    }
  }
  EXPECT_LT(loss, reference_loss);
}

TEST(FittedModels, AreBlindToTheFuture) {
  const auto panel = wars();
  const Month origin = panel.last() - 20;
  for (const std::string name : {"ls", "default"}) {
    const auto before = find_model(name).predict(History(panel, origin), {3, 14}, 1);
    for (int later = 1; later <= 20; later += 6) {
      auto changed = panel;
      for (std::uint32_t unit = 0; unit < 30; ++unit) {
        changed.at(event::UnitId(unit), origin + later) = 1e6;
      }
      const auto after = find_model(name).predict(History(changed, origin), {3, 14}, 1);
      for (std::size_t unit = 0; unit < 30; ++unit) {
        for (const int lead : {3, 9, 14}) {
          EXPECT_THAT(after.at(unit, lead), ElementsAreArray(before.at(unit, lead))) << name;
        }
      }
    }
  }
}

TEST(FittedModels, NoticeThePast) {
  const auto panel = wars();
  auto changed = panel;
  for (int back = 0; back < 12; ++back) changed.at(event::UnitId(3), panel.last() - back) = 500;
  const auto model = find_model("ls");  // one model: what it keeps must not answer for other data
  const auto before = model.predict(History(panel, panel.last()), {3, 3}, 1);
  const auto after = model.predict(History(changed, panel.last()), {3, 3}, 1);
  EXPECT_FALSE(std::ranges::equal(after.at(3, 3), before.at(3, 3)));
}

TEST(FittedModels, SayWhyTheyFallBack) {
  const auto fit = [](const event::Panel& panel) {
    const History history(panel, panel.last());
    const auto fitted = find_model("default").fit(history, {1, 36});
    const auto sample = fitted->predict(history, {1, 36}, 1);
    EXPECT_EQ(sample.units().size(), history.units().size());
    return fitted->note();
  };
  EXPECT_THAT(fit(world(kJanuary1990, {{"A", {3, 0, 5, 1}}})),
              HasSubstr("ls fell back to decay-6 (the panel has 1 unit, 20 are needed)"));
  EXPECT_THAT(fit(event::Panel(wars().units(), kJanuary1990, 4)),
              HasSubstr("0 of 0 training rows"));
  auto silent = wars();
  for (std::uint32_t unit = 0; unit < 30; ++unit) {
    std::ranges::fill(silent.series(event::UnitId(unit)), 0.0);
  }
  EXPECT_THAT(fit(silent), HasSubstr("training rows have deaths, at least 300"));
  EXPECT_THAT(fit(wars()), testing::IsEmpty());
}

TEST(FittedModels, TakeRaggedPanelsAndWildValues) {
  auto panel = wars();
  for (int back = 0; back < 150; ++back) panel.at(event::UnitId(4), panel.last() - back) = kUnknown;
  for (std::size_t m = 0; m < 150; ++m) {  // appears ten months before the end
    panel.series(event::UnitId(5))[m] = kUnknown;
  }
  for (std::size_t m = 20; m < 160; m += 3) panel.series(event::UnitId(6))[m] = kUnknown;
  panel.at(event::UnitId(7), panel.last() - 30) = 1e9;
  for (const std::string name : {"ls", "default"}) {
    const History history(panel, panel.last());
    const auto sample = find_model(name).predict(history, {1, 36}, 1);
    EXPECT_EQ(sample.units().size(), 29U);
    for (std::size_t unit = 0; unit < 29; ++unit) {
      for (int lead = 1; lead <= 36; ++lead) {
        const auto draws = sample.at(unit, lead);
        EXPECT_TRUE(std::ranges::is_sorted(draws));
        EXPECT_GE(draws.front(), 0);
        EXPECT_TRUE(std::isfinite(draws.back()));
      }
    }
  }
}

TEST(FittedModels, GiveADecayForecastToUnitsThatAreNew) {
  auto panel = wars();
  for (std::size_t m = 0; m < 150; ++m) panel.series(event::UnitId(5))[m] = kUnknown;
  const History history(panel, panel.last());
  const auto sample = find_model("ls").predict(history, {3, 3}, 1);
  const auto decay = find_model("decay-6").predict(history, {3, 3}, 1);
  EXPECT_THAT(sample.at(5, 3), ElementsAreArray(decay.at(5, 3)));
}

TEST(PoolLoss, IsTheCrpsOfTheMixture) {
  const std::vector<double> one = {0, 0, 3, 10};
  const std::vector<double> other = {2, 4, 4, 9};
  std::vector<double> mixed = one;  // weights ½, ½
  mixed.insert(mixed.end(), other.begin(), other.end());
  std::ranges::sort(mixed);
  PoolLoss loss(2);
  loss.add({one, other}, 5, 1);
  EXPECT_NEAR(loss({0.5, 0.5}), crps(mixed, 5), 1e-12);
  EXPECT_NEAR(loss({1, 0}), crps(one, 5), 1e-12);
  EXPECT_NEAR(loss.of_model(1), crps(other, 5), 1e-12);
}

TEST(PoolLoss, HasItsMinimumWhereItSays) {
  RandomStream random(1, {.kind = 9});
  PoolLoss loss(3);
  for (int cell = 0; cell < 60; ++cell) {
    std::vector<std::vector<double>> samples(3);
    for (int k = 0; k < 3; ++k) {
      for (int i = 0; i < 20; ++i) samples[std::size_t(k)].push_back(draw_normal(random, k, 1 + k));
      std::ranges::sort(samples[std::size_t(k)]);
    }
    loss.add(samples, draw_normal(random, 0.6, 1.2), 1);
  }
  const auto best = loss.minimise({1.0 / 3, 1.0 / 3, 1.0 / 3}, 0);
  EXPECT_NEAR(std::accumulate(best.begin(), best.end(), 0.0), 1, 1e-12);
  for (double a = 0; a <= 1; a += 0.02) {
    for (double b = 0; a + b <= 1; b += 0.02) {
      EXPECT_GE(loss({a, b, 1 - a - b}), loss(best) - 1e-9);
    }
  }
  EXPECT_NEAR(loss.minimise({0.2, 0.3, 0.5}, 1e9)[1], 0.3, 1e-4);  // the prior rules
}

TEST(LinearPool, DrawsInProportionToItsWeights) {
  const auto constant = [](double value) {
    return unfitted("constant",
                    [value](const History& history, PredictiveSample::Leads leads, std::uint64_t) {
                      PredictiveSample sample(history.unit_names(), history.origin(), leads, 1);
                      sample.set(0, leads.first, std::vector{value});
                      return sample;
                    });
  };
  const auto panel = world(kJanuary1990, {{"A", {1}}});
  const History history(panel, kJanuary1990);
  const LinearPool pool({"three", "eight"},
                        {constant(3).fit(history, {1, 1}), constant(8).fit(history, {1, 1})},
                        {0.3, 0.7});
  const auto sample = pool.predict(history, {1, 1}, 1);
  EXPECT_EQ(std::ranges::count(sample.at(0, 1), 3.0), 300);
  EXPECT_EQ(std::ranges::count(sample.at(0, 1), 8.0), 700);
}

}  // namespace
}  // namespace panj::forecast
