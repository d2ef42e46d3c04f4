// SPDX-License-Identifier: Apache-2.0
// Every kind of object that leaves a node, held against the JSON schemas of OASIS.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "panj/core/file.h"
#include "panj/share/assessment_stix.h"
#include "panj/share/canonical.h"
#include "panj/share/marking.h"
#include "panj/share/tombstone.h"
#include "paths.h"
#include "share/random_incident.h"
#include "share/shell.h"
#include "share/world.h"

namespace panj::share {
namespace {

namespace fs = std::filesystem;

const fs::path kSchemas = test::source_path("../shared/data/stix/schemas");

/// Prints what is wrong with each object of a JSON array, against the schema of its type;
/// references between schemas are found in their folder.
constexpr const char* kValidator = R"(
import json, pathlib, sys
from jsonschema import Draft202012Validator, RefResolver
root = pathlib.Path(sys.argv[1])
base = "http://raw.githubusercontent.com/oasis-open/cti-stix2-json-schemas/stix2.1/schemas/"
store = {base + str(p.relative_to(root)): json.loads(p.read_text()) for p in root.rglob("*.json")}
store.update({schema["$id"]: schema for schema in list(store.values()) if "$id" in schema})
by_type = {p.stem: p for p in root.rglob("*.json")}
for thing in json.load(open(sys.argv[2])):
    schema = json.loads(by_type[thing["type"]].read_text())
    resolver = RefResolver(schema["$id"], schema, store=store)
    for error in Draft202012Validator(schema, resolver=resolver).iter_errors(thing):
        print(thing["id"], list(error.path), error.message[:200])
)";

/// Publishes everything that a node can make of its own.
void publish_all_kinds(World& world) {
  const SecretKey ids = SecretKey::from_seed({1});
  const Label label = world.label({"KZ"}, Level::amber, {"border"});
  std::mt19937 random(1);
  std::string incident;
  for (int i = 0; i < 40; ++i) {
    for (const Json& object : to_stix(random_incident(random), ids)) {
      world.publish(object, label);
      incident = object["id"];
    }
  }
  const SharedForecast forecast{.unit = "Tajikistan",
                                .target = "deaths",
                                .model = "m",
                                .origin = Month(2026, 1),
                                .quantiles = {{0.5, 1.0}},
                                .chances = {{1, 0.5}},
                                .mean = 1.5,
                                .note = "Fitted",
                                .seed = 1};
  const SharedBrief brief{.title = "Brief",
                          .area = "Border",
                          .issued = make_date(2026, 1, 1),
                          .findings = {{.text = "Likely",
                                        .probability = 0.7,
                                        .low = 0.6,
                                        .high = 0.8,
                                        .confidence = "Low.",
                                        .definition = "It is seen."}}};
  for (const Json& object : to_stix(forecast, ids)) world.publish(object, label);
  for (const Json& object : to_stix(brief, ids)) world.publish(object, label);
  for (const Json& object : {make_opinion(incident, Agreement::agree, "", ids),
                             make_sighting(incident, world.time(), world.time(), 1, ids),
                             make_note({incident}, "Text", ids),
                             make_relationship(incident, "related-to", world.id("node"), ids),
                             make_grouping("Group", {incident}, ids)}) {
    world.publish(object, label);
  }
}

/// And takes all of it back.
void recall_all(World& world) {
  for (const std::string& id : world.seen("node")) world.store().recall(id);
}

TEST(StixSchema, EverythingExportedValidates) {
  if (!fs::exists(kSchemas)) GTEST_SKIP() << "the schemas of OASIS are not here: " << kSchemas;
  if (shell("/usr/bin/python3 -c 'import jsonschema' 2>/dev/null") != 0) {
    GTEST_SKIP() << "python3-jsonschema is not installed";
  }
  World world("schema");
  publish_all_kinds(world);
  Json objects = Json::array();
  const auto collect = [&] {
    for (const PageEntry& entry : world.page("KZ").entries) {
      const auto object = parse_json(entry.body);
      ASSERT_TRUE(object);
      ASSERT_EQ(canonical_json(*object), entry.body);
      objects.push_back(*object);
    }
  };
  collect();
  const std::size_t published = objects.size();
  recall_all(world);
  collect();
  EXPECT_GT(published, 60U);
  objects.push_back(
      make_receipt(id_of("incident", 1), world.id("node"), world.time(), key_of("KZ")));

  const fs::path folder = fs::path(testing::TempDir()) / "panj-stix-schema";
  write_file(folder / "validate.py", kValidator);
  write_file(folder / "objects.json", objects.dump());
  const std::string command = fmt::format(
      "/usr/bin/python3 -W ignore '{0}/validate.py' '{1}' '{0}/objects.json' > "
      "'{0}/faults.txt' 2>&1",
      folder.string(), kSchemas.string());
  EXPECT_EQ(shell(command), 0);
  EXPECT_EQ(read_file(folder / "faults.txt"), "");
  fs::remove_all(folder);
}

}  // namespace
}  // namespace panj::share
