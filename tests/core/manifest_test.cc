// SPDX-License-Identifier: Apache-2.0
#include "panj/core/manifest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "panj/core/file.h"
#include "panj/core/problem.h"

namespace panj {
namespace {

std::filesystem::path input(const std::string& place, const std::string& content) {
  const auto path = std::filesystem::path(testing::TempDir()) / "panj_manifest" / place;
  write_file(path, content);
  return path;
}

std::string run_id(const std::filesystem::path& path, std::uint64_t seed,
                   const std::string& setting = "12") {
  Manifest manifest("brief", {"brief", path.string()}, seed);
  manifest.add_input(path);
  manifest.add_setting("leads", setting);
  return manifest.run_id();
}

TEST(Manifest, HoldsWhatAResultComesFrom) {
  const auto path = input("a/theatre.toml", "abc");
  Manifest manifest("brief", {"brief", "a", "--quick"}, 7);
  EXPECT_EQ(manifest.add_input(path), sha256("abc"));
  manifest.add_output("out/brief.html");
  { const auto timing = manifest.time("forecast"); }
  manifest.write(path.parent_path() / "manifest.json");
  const auto json = nlohmann::json::parse(read_file(path.parent_path() / "manifest.json"));
  EXPECT_EQ(json["version"], version());
  EXPECT_EQ(json["command"], "brief");
  EXPECT_EQ(json["arguments"], nlohmann::json({"brief", "a", "--quick"}));
  EXPECT_EQ(json["seed"], 7);
  EXPECT_EQ(json["inputs"][0]["bytes"], 3);
  EXPECT_EQ(json["inputs"][0]["sha256"], sha256("abc"));
  EXPECT_EQ(json["outputs"][0], "out/brief.html");
  EXPECT_GE(json["seconds"]["forecast"].get<double>(), 0);
  EXPECT_EQ(json["run"], manifest.run_id());
}

TEST(Manifest, IdentifiesTheResultAndNotWhereItWasMade) {
  const std::string id = run_id(input("a/data.csv", "abc"), 7);
  EXPECT_THAT(id, testing::MatchesRegex("[0-9a-f]{12}"));
  EXPECT_EQ(run_id(input("b/data.csv", "abc"), 7), id);
  EXPECT_NE(run_id(input("a/data.csv", "abd"), 7), id);
  EXPECT_NE(run_id(input("a/data.csv", "abc"), 8), id);
  EXPECT_NE(run_id(input("a/data.csv", "abc"), 7, "36"), id);
}

TEST(Manifest, RefusesAnInputThatIsNotThere) {
  Manifest manifest("brief", {}, std::nullopt);
  EXPECT_THROW(manifest.add_input("nowhere.csv"), InvalidInput);
  EXPECT_FALSE(manifest.to_json().contains("seed"));
}

}  // namespace
}  // namespace panj
