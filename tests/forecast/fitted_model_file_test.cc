// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "forecast/worlds.h"
#include "panj/core/file.h"
#include "panj/core/problem.h"
#include "panj/core/progress.h"
#include "panj/forecast/fitted_model.h"

namespace panj::forecast {
namespace {

using testing::HasSubstr;

class FittedModelFile : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    Progress::silence();
    const auto panel = wars();
    fitted_text =
        to_json_text(fit_model(panel, {.file = "wars.csv", .sha256 = std::string(64, 'a')},
                               {panel.last() - 20, panel.last()}, {}, 0));
  }

  std::string faults(const std::string& text) const {
    try {
      (void)read(text);
    } catch (const InvalidInput& error) {
      return error.what();
    }
    return {};
  }

  FittedModel read(const std::string& text) const {
    write_file(folder_.path() / "a.model.json", text);
    return read_fitted_model(folder_.path() / "a.model.json");
  }

  static std::string replaced(const std::string& what, const std::string& by) {
    std::string text = fitted_text;
    return text.replace(text.find(what), what.size(), by);
  }

  static inline std::string fitted_text;
  const TemporaryFolder folder_{testing::TempDir()};
};

std::string refusal(const TrainingData& data, const event::PanelColumns& columns) {
  try {
    (void)caution_for(data, columns, "x.model.json");
  } catch (const InvalidInput& error) {
    return error.what();
  }
  return {};
}

TEST(FittedModelKind, RefusesOtherValuesAndOtherUnits) {
  const TrainingData deaths{.value = "deaths_sb", .unit = "country"};
  EXPECT_THAT(refusal(deaths, {"country", "incidents"}),
              HasSubstr("x.model.json: was fitted on deaths and would forecast counts"));
  EXPECT_THAT(refusal(deaths, {"province", "deaths_sb"}),
              HasSubstr("was fitted on countries and would forecast provinces"));
  EXPECT_THAT(refusal(deaths, {"grid", "count"}),
              AllOf(HasSubstr("forecast counts"), HasSubstr("forecast grid cells")));
  EXPECT_THAT(refusal({.value = "count", .unit = "stretch"}, {"distance", "count"}),
              HasSubstr("was fitted on stretches and would forecast distance bands"));
}

TEST(FittedModelKind, WarnsWhereNamesDoNotTell) {
  const TrainingData deaths{.value = "deaths_sb", .unit = "country"};
  EXPECT_EQ(caution_for(deaths, {"country", "deaths_sb"}, "x"), "");
  EXPECT_EQ(caution_for(deaths, {"country_id", "deaths_sb"}, "x"), "");
  EXPECT_EQ(caution_for({.value = "deaths_sb"}, {"province", "deaths_sb"}, "x"), "");
  EXPECT_EQ(caution_for(deaths, {"country", "deaths"}, "x"),
            "it was fitted on deaths_sb and forecasts deaths: see whether these are the same");
  EXPECT_EQ(caution_for(deaths, {"oblast", "killed"}, "x"),
            "it was fitted on deaths_sb by country and forecasts killed by oblast: see whether "
            "these are the same");
}

TEST_F(FittedModelFile, KeepsOnWhatItWasFittedAndSaysWhatDiffers) {
  const auto panel = wars();
  auto fitted = read(fitted_text);
  fitted.data.value = "deaths_sb";
  fitted.data.unit = "country";
  write_file(folder_.path() / "b.model.json", to_json_text(fitted));
  EXPECT_EQ(read_fitted_model(folder_.path() / "b.model.json").data.unit, "country");
  const Model model = find_model_or_fitted("default", folder_.path() / "b.model.json",
                                           {.unit = "country", .value = "deaths"});
  EXPECT_THAT(model.fit(History(panel, panel.last()), {1, 12})->note(),
              HasSubstr("it was fitted on deaths_sb and forecasts deaths"));
  EXPECT_THROW((void)find_model_or_fitted("default", folder_.path() / "b.model.json",
                                          {.unit = "country", .value = "count"}),
               InvalidInput);
}

TEST_F(FittedModelFile, ForecastsAsTheModelItWasMadeOf) {
  const auto panel = wars();
  const History history(panel, panel.last());
  const auto direct = find_model("default").predict(history, {1, 36}, 1);
  const auto fitted = model_of(read(fitted_text)).fit(history, {1, 36});
  const auto sample = fitted->predict(history, {1, 36}, 1);
  for (std::size_t unit = 0; unit < 30; ++unit) {
    for (const int lead : {1, 3, 14, 36}) {
      EXPECT_NEAR(sample.quantile(unit, lead, 0.5), direct.quantile(unit, lead, 0.5), 1);
    }
  }
  EXPECT_THAT(fitted->note(), HasSubstr("fitted on wars.csv (30 units, 1990-01 to 2003-04"));
}

TEST_F(FittedModelFile, KeepsEveryNumberWhenWrittenAgain) {
  EXPECT_EQ(to_json_text(read(fitted_text)), fitted_text);
}

TEST_F(FittedModelFile, TakesTheLatestVintageThatKnewNoMore) {
  const auto panel = wars();
  const Model model = model_of(read(fitted_text));
  const auto note = [&](Month origin) { return model.fit(History(panel, origin), {1, 1})->note(); };
  EXPECT_THAT(note(panel.last()), HasSubstr("as known at " + to_string(panel.last())));
  EXPECT_THAT(note(panel.last() - 1), HasSubstr("as known at " + to_string(panel.last() - 20)));
  EXPECT_THAT(note(panel.last() - 21), HasSubstr("fell back to decay-6"));
}

TEST_F(FittedModelFile, ForecastsAFewUnitsThatCouldNotCarryAFit) {
  const auto now = world(Month(2002, 5), {{"A", std::vector<double>(24, 3.0)}});
  const History history(now, now.last());
  const auto sample = model_of(read(fitted_text)).predict(history, {1, 12}, 1);
  EXPECT_GT(sample.quantile(0, 12, 0.99), 3);  // decay alone knows nothing but 3
}

TEST_F(FittedModelFile, NamesWhatIsWrong) {
  EXPECT_THAT(faults("{"), HasSubstr("is not JSON"));
  EXPECT_THAT(faults("[]"), HasSubstr("format: is missing"));
  EXPECT_THAT(faults(replaced("forecast model 1", "forecast model 9")), HasSubstr("format"));
  EXPECT_THAT(faults(replaced("\"decay-3\":", "\"decay-3\":2")), HasSubstr("do not add up to 1"));
  EXPECT_THAT(faults(replaced("\"ls\":", "\"lsd\":")), HasSubstr("weights.lsd"));
  EXPECT_THAT(faults(replaced("\"occurrence\":[", "\"occurrence\":[1,")),
              HasSubstr("must hold 30"));
  EXPECT_THAT(faults(replaced("\"scale\":[", "\"scale\":[null,")), HasSubstr("is not a list"));
}

TEST_F(FittedModelFile, IsNotMadeOfTooSmallAPanel) {
  const auto panel = world(Month(2000, 1), {{"A", std::vector<double>(60, 3.0)}});
  EXPECT_THROW(fit_model(panel, {}, {panel.last()}, {}, 1), InvalidInput);
}

}  // namespace
}  // namespace panj::forecast
