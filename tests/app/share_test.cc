// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "paths.h"
#include "program.h"

namespace panj::app {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class ShareTest : public testing::Test {
 protected:
  ShareTest() {
    fs::remove_all(scratch(""));
    write_file(scratch("in.csv"),
               "id,date,type,country,deaths_best\n"
               "1,2024-11-18,armed_attack,Tajikistan,1\n2,2025-01-02,infiltration,Tajikistan,0\n");
    run("ingest " + path("work") + " " + path("in.csv"));
    run("share init " + path("tj") + " --name TJ");
    run("share init " + path("kz") + " --name KZ");
    run("share member add " + path("tj") + " " + path("kz/card.json") + " --access read");
    run("share member add " + path("kz") + " " + path("tj/card.json"));
  }
  static std::string path(const std::string& name) { return scratch(name).string(); }
  static std::string run(const std::string& arguments) {
    const ProgramRun result = panj(arguments);
    EXPECT_EQ(result.exit_code, 0) << arguments << "\n" << result.err;
    return result.out;
  }
  static nlohmann::json log_of(const std::string& node) {
    return nlohmann::json::parse(
        run("share log " + path(node) + " --types incident --json"))["log"];
  }
  static nlohmann::json fixture() {
    return nlohmann::json::parse(read_file(test::source_path("ui/test/fixtures/brief.json")));
  }
  static void exchange() {
    run("share export " + path("tj") + " KZ --out " + path("bundle.json"));
    run("share import " + path("kz") + " " + path("bundle.json"));
  }
};

TEST_F(ShareTest, IncidentsReachThePartnerOnceAndARecallFollows) {
  EXPECT_THAT(run("share publish " + path("tj") + " " + path("work") + " --release KZ"),
              HasSubstr("2 incidents, 2 new or changed"));
  exchange();
  exchange();
  ASSERT_EQ(log_of("kz").size(), 2U);
  EXPECT_EQ(log_of("kz")[0]["by"], "TJ");
  EXPECT_THAT(run("share publish " + path("tj") + " " + path("work") + " --release KZ"),
              HasSubstr("0 new or changed"));
  const std::string id = log_of("tj")[0]["id"];
  EXPECT_THAT(run("share recall " + path("tj") + " " + id), HasSubstr("1 receipts are open"));
  exchange();
  const nlohmann::json log = log_of("kz");
  EXPECT_TRUE(std::any_of(log.begin(), log.end(), [&](const nlohmann::json& entry) {
    return entry["id"] == id && entry["recalled"] == true;
  }));
  for (const char* node : {"tj", "kz"}) run("share audit verify " + path(node));
}

/// The extension of the objects of a type that a bundle carries.
std::vector<nlohmann::json> shared(const fs::path& bundle, const std::string& type,
                                   const std::string& field) {
  std::vector<nlohmann::json> found;
  const nlohmann::json objects = nlohmann::json::parse(read_file(bundle))["objects"];
  for (const nlohmann::json& object : objects) {
    if (object["type"] != type) continue;
    for (const nlohmann::json& extension : object["extensions"]) {
      if (extension.contains(field)) found.push_back(extension);
    }
  }
  return found;
}

TEST_F(ShareTest, ForecastsReachThePartnerAsTheyWereIssued) {
  const std::string panel = test::source_path("theatres/tajik-afghan/deaths.csv");
  run("forecast --panel " + panel + " --units Afghanistan,Tajikistan --leads 1..3 --json -o " +
      path("forecast.json"));
  EXPECT_THAT(
      run("share publish " + path("tj") + " --release KZ --forecast " + path("forecast.json")),
      HasSubstr("6 forecasts, 6 new or changed"));
  exchange();
  const auto issued = nlohmann::json::parse(read_file(scratch("forecast.json")));
  const auto arrived = shared(scratch("bundle.json"), "report", "quantiles");
  ASSERT_EQ(arrived.size(), 6U);
  for (std::size_t i = 0; i < arrived.size(); ++i) {
    const nlohmann::json& one = issued["forecasts"][i];
    EXPECT_EQ(arrived[i]["unit"], one["unit"]);
    EXPECT_EQ(arrived[i]["lead"], one["lead"]);
    EXPECT_EQ(arrived[i]["mean"], one["mean"]);
    EXPECT_EQ(arrived[i]["model"], issued["model"]);
    EXPECT_EQ(arrived[i]["note"], issued["note"]);
    EXPECT_EQ(arrived[i]["chances"][1][1], one["probability_at_least_25"]);
    ASSERT_EQ(arrived[i]["quantiles"].size(), one["quantiles"].size());
    EXPECT_EQ(arrived[i]["quantiles"][2][1], one["quantiles"]["0.05"]);
  }
  EXPECT_THAT(run("share log " + path("kz") + " --types report"),
              HasSubstr("Forecast of deaths_sb, Tajikistan, 2024-07"));
  const ProgramRun no_forecast =
      panj("share publish " + path("tj") + " --forecast " + path("in.csv"));
  EXPECT_EQ(no_forecast.exit_code, 3);
  EXPECT_THAT(no_forecast.err, HasSubstr("panj forecast --panel FILE --json -o forecast.json"));
  EXPECT_EQ(panj("share publish " + path("tj")).exit_code, 2);
}

TEST_F(ShareTest, FindingsOfABriefReachThePartner) {
  nlohmann::json brief = fixture();
  brief["label"] = nullptr;
  write_file(scratch("brief.json"), brief.dump());
  EXPECT_THAT(run("share publish " + path("tj") + " --release KZ --brief " + path("brief.json")),
              HasSubstr("4 findings, 4 new or changed, as TLP:AMBER//REL KZ"));
  exchange();
  const nlohmann::json statements = brief["bottomLine"];
  const auto arrived = shared(scratch("bundle.json"), "note", "probability");
  ASSERT_EQ(arrived.size(), statements.size());
  for (std::size_t i = 0; i < arrived.size(); ++i) {
    EXPECT_EQ(arrived[i]["probability"], statements[i]["p"]);
    EXPECT_EQ(arrived[i]["low"], statements[i]["lo"]);
    EXPECT_EQ(arrived[i]["high"], statements[i]["hi"]);
    EXPECT_EQ(arrived[i]["confidence"], statements[i]["conf"]);
    EXPECT_EQ(arrived[i]["definition"], statements[i]["def"]);
  }
  EXPECT_THAT(run("share log " + path("kz") + " --types note"),
              HasSubstr(statements[0]["text"].get<std::string>()));
}

TEST_F(ShareTest, ABriefThatShowsWhatPartnersSharedKeepsToItsLabel) {
  const auto publish = [&](const nlohmann::json& label) {
    nlohmann::json brief = fixture();
    brief["label"] = label;
    write_file(scratch("brief.json"), brief.dump());
    return panj("share publish " + path("tj") + " --level green --release KZ --brief " +
                path("brief.json"));
  };
  nlohmann::json label = fixture()["label"];  // amber, border, released to others than KZ
  const ProgramRun narrower = publish(label);
  EXPECT_EQ(narrower.exit_code, 0);
  EXPECT_THAT(narrower.out, HasSubstr("as TLP:AMBER//border//NO RELEASE"));
  EXPECT_THAT(narrower.err, HasSubstr("KZ receives nothing of this"));
  exchange();
  EXPECT_THAT(shared(scratch("bundle.json"), "note", "probability"), testing::IsEmpty());
  label["originatorControl"] = true;
  EXPECT_EQ(publish(label).exit_code, 3);
  label["level"] = "rose";
  EXPECT_EQ(publish(label).exit_code, 3);
}

TEST_F(ShareTest, ABriefShowsWhatPartnersShared) {
  run("share publish " + path("tj") + " " + path("work") + " --level amber+strict --release KZ");
  exchange();
  run("brief " + test::source_path("theatres/tajik-afghan") + " --quick --share " + path("kz") +
      " --out " + path("brief"));
  const auto brief = nlohmann::json::parse(read_file(scratch("brief/brief.json")));
  ASSERT_EQ(brief["shared"].size(), 2U);
  EXPECT_EQ(brief["shared"][0]["originator"], "TJ");
  EXPECT_EQ(brief["shared"][0]["label"], "TLP:AMBER+STRICT//REL KZ");
  EXPECT_EQ(brief["shared"][0]["text"], "Infiltration, Tajikistan");
  EXPECT_EQ(brief["label"]["text"], "TLP:AMBER+STRICT//REL KZ");
  EXPECT_THAT(read_file(scratch("brief/manifest.json")), HasSubstr("KZ identity--"));
}

TEST_F(ShareTest, APartnerThatRewroteItsHistoryIsNoticed) {
  run("share publish " + path("tj") + " " + path("work") + " --release KZ");
  exchange();
  fs::copy(scratch("tj/store.db"), scratch("before.db"));
  const nlohmann::json log = log_of("tj");
  const auto relabel = [&](std::size_t incident) {
    run("share relabel " + path("tj") + " " + log[incident]["id"].get<std::string>() +
        " --level green --release KZ");
    run("share export " + path("tj") + " KZ --out " + path("bundle.json"));
    return panj("share import " + path("kz") + " " + path("bundle.json"));
  };
  EXPECT_THAT(relabel(0).err, testing::IsEmpty());
  fs::copy(scratch("before.db"), scratch("tj/store.db"), fs::copy_options::overwrite_existing);
  EXPECT_THAT(relabel(1).err, HasSubstr("TJ's log for this node has other entries than it had"));
}

TEST_F(ShareTest, WithoutAReleaseListNobodySeesAnything) {
  run("share publish " + path("tj") + " " + path("work") + " --level clear");
  exchange();
  EXPECT_TRUE(log_of("kz").empty());
}

TEST_F(ShareTest, WhatIsWrongIsNamedAndNothingIsWritten) {
  const ProgramRun unknown =
      panj("share publish " + path("tj") + " " + path("work") + " --release KX");
  EXPECT_EQ(unknown.exit_code, 3);
  EXPECT_THAT(unknown.err, HasSubstr("did you mean 'KZ'?"));
  EXPECT_TRUE(log_of("tj").empty());
  EXPECT_EQ(panj("share init " + path("tj") + " --name TJ").exit_code, 3);
  EXPECT_EQ(panj("share init " + path("x") + " --name 'a b'").exit_code, 2);
  EXPECT_EQ(panj("share import " + path("kz") + " " + path("in.csv")).exit_code, 3);
  EXPECT_EQ(panj("share recall " + path("tj") + " incident--1").exit_code, 3);
  EXPECT_EQ(panj("share log " + path("nowhere")).exit_code, 3);
}

}  // namespace
}  // namespace panj::app
