// SPDX-License-Identifier: Apache-2.0
#include "panj/brief/page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "panj/brief/basemap.h"
#include "panj/brief/bundle.h"
#include "panj/brief/json.h"
#include "panj/core/file.h"
#include "paths.h"

namespace panj::brief {
namespace {

using testing::HasSubstr;
using testing::Not;

BriefContent fixture() {
  return read_brief(read_file(test::source_path("ui/test/fixtures/brief.json")));
}

TEST(Page, SaysTheBottomLineWithoutScripts) {
  auto content = fixture();
  content.bottom_line = {{.text = "It happens",
                          .probability = 0.68,
                          .low = 0.57,
                          .high = 0.78,
                          .confidence = "Confidence is low.",
                          .definition = "it is seen."}};
  const auto page = to_html(content);
  EXPECT_THAT(page, HasSubstr("<p class=\"word\">Likely</p>"));
  EXPECT_THAT(page, HasSubstr("68% (about 7 in 10; 90% interval 57–78%)."));
  EXPECT_THAT(page, HasSubstr("<p class=\"how-sure\">Confidence is low.</p>"));
  content.meta.words = "ipcc";
  content.bottom_line[0].probability = 0.5;
  EXPECT_THAT(to_html(content), HasSubstr("<p class=\"word\">About as likely as not</p>"));
}

TEST(Page, SaysBesideTheFanHowGoodForecastsWereSoFarAhead) {
  auto content = fixture();
  content.skill.by_lead = {{.lead = 3, .cells = 84, .skill = 11.6, .low = 2.4, .high = 19.7},
                           {.lead = 12, .cells = 80, .skill = -3, .low = {}, .high = {}}};
  const auto page = to_html(content);
  EXPECT_THAT(page, HasSubstr("+12% (+2 to +20%) 3 months ahead, −3% 12 months ahead; 10 months of "
                              "the fan not scored"));
  EXPECT_THAT(page, HasSubstr(">not scored</td>"));
  EXPECT_THAT(page, HasSubstr(">+12% (+2 to +20%)</td>"));
  content.skill.by_lead.clear();
  EXPECT_THAT(to_html(content),
              HasSubstr("Its past accuracy so many months ahead was not scored."));
}

TEST(Page, ShowsGapAndRegretBesideEachPlan) {
  auto content = fixture();
  auto& plan = content.plan;
  plan.investment->gap = 0.027;
  plan.investment->regret = {.rivals = "P1", .futures = 61, .better = 61};
  plan.patrol->gap = 1e-12;
  plan.patrol->regret = {.rivals = "today's",
                         .futures = 61,
                         .better = 18,
                         .mean = 0.0419,
                         .error = 0.014,
                         .largest = 0.203};
  plan.calendar->gap = 0;
  plan.calendar->regret = {.rivals = "today's", .futures = 0};
  const auto page = to_html(content);
  EXPECT_THAT(page, HasSubstr("Gap: 2.7%, proven; no plan is better by more."));
  EXPECT_THAT(page, HasSubstr("Regret: none against P1; less harm in 61 of 61 fresh futures."));
  EXPECT_THAT(page, HasSubstr("Gap: under 0.1%, proven"));
  EXPECT_THAT(page,
              HasSubstr("Regret: at most 20.3% more harm than today&#39;s, 4.2% ± 1.4% in the "
                        "mean; less harm in 18 of 61 fresh futures."));
  EXPECT_THAT(page, HasSubstr("Gap: none, proven best. Regret: not known, as none of the futures"));
}

TEST(Page, ComparesAnInvestmentOnlyWhereThereIsAProgramme) {
  auto content = fixture();
  EXPECT_THAT(to_html(content), HasSubstr("Against the even programme"));
  content.plan.investment->regret.reset();
  EXPECT_THAT(to_html(content), Not(HasSubstr("Against the even programme")));
}

TEST(Page, SaysSoWhereNothingTellsWhenAPackageFails) {
  auto content = fixture();
  EXPECT_THAT(to_html(content), Not(HasSubstr("no tripwire is set")));
  content.exploration->box.reset();
  content.exploration->tripwires.clear();
  EXPECT_THAT(to_html(content), HasSubstr("no tripwire is set"));
}

TEST(Page, WarnsOfStaleDataOnlyWhenOld) {
  auto content = fixture();
  content.meta.mock = false;
  content.meta.deaths_end = "2024-04";
  content.meta.incidents_end = "2024-06-14";
  content.meta.issued = "2024-06-14";  // 45 days after 30 April
  EXPECT_THAT(to_html(content), Not(HasSubstr("class=\"banner\"")));
  content.meta.issued = "2024-06-15";
  EXPECT_THAT(to_html(content),
              HasSubstr("Stale data. Deaths end on 30 April 2024, 46 days before the issue date"));
}

TEST(Page, HoldsHostileNamesHarmless) {
  auto content = fixture();
  content.stretches[0].name = "</script><script>alert(1)</script>";
  content.meta.title = "\" onload=\"x";
  const auto page = to_html(content);
  EXPECT_THAT(page, Not(HasSubstr("<script>alert")));
  EXPECT_THAT(page, Not(HasSubstr("\" onload=\"x")));
}

TEST(Page, BearsItsLabelFirstAndLast) {
  auto content = fixture();
  content.label = {.text = "TLP:AMBER+STRICT//REL KZ", .level = "amber+strict"};
  const std::string mark = "<p class=\"tlp tlp-amber\">TLP:AMBER+STRICT//REL KZ</p>";
  const auto page = to_html(content);
  const auto first = page.find(mark);
  ASSERT_NE(first, std::string::npos);
  EXPECT_LT(first, page.find("<h1>"));
  EXPECT_GT(page.rfind(mark), page.find("<footer>"));
  content.label->level = "x\" onload=\"y";
  EXPECT_THAT(to_html(content), Not(HasSubstr("onload=\"y")));
  content.label.reset();
  EXPECT_THAT(to_html(content), Not(HasSubstr("class=\"tlp")));
}

TEST(Page, AdmitsOnlyItsBundle) {
  const auto page = to_html(fixture());
  EXPECT_THAT(page, HasSubstr("script-src 'sha256-" + std::string(bundled_script_hash()) + "'"));
  EXPECT_THAT(std::string(bundled_script()), Not(HasSubstr("</script")));
  EXPECT_LT(page.size(), 1'000'000U);
}

TEST(Basemap, CutsAtTheFrameAndLeavesOutTheTheatresOwnBorder) {
  const Frame frame{68.0, 36.0, 72.0, 39.0};
  const auto map = crop_basemap(frame, "Tajikistan", "Afghanistan");
  EXPECT_THAT(map.countries, testing::Contains(testing::Field(&Outline::name, "Tajikistan")));
  EXPECT_THAT(map.countries,
              testing::Not(testing::Contains(testing::Field(&Outline::name, "Chad"))));
  for (const auto& country : map.countries)
    for (const auto& ring : country.rings)
      for (const auto& [lon, lat] : ring) {
        EXPECT_TRUE(lon >= frame.west && lon <= frame.east) << lon;
        EXPECT_TRUE(lat >= frame.south && lat <= frame.north) << lat;
      }
  EXPECT_EQ(crop_basemap(frame, "Tajikistan", "Pakistan").borders.size(), map.borders.size() + 1);
}

}  // namespace
}  // namespace panj::brief
