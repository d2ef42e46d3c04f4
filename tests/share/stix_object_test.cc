// SPDX-License-Identifier: Apache-2.0
#include "panj/share/stix_object.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace panj::share {
namespace {

using testing::ElementsAre;

const std::string kUuid = "11111111-2222-4333-8444-555555555555";

Json object(const std::string& type, const Json& more = Json::object()) {
  Json json = {{"type", type},
               {"spec_version", "2.1"},
               {"id", type + "--" + kUuid},
               {"created", "2024-11-18T09:30:00.000Z"},
               {"modified", "2024-11-19T09:30:00.250Z"}};
  json.update(more);
  return json;
}

std::string field_at_fault(const Json& json) {
  const auto result = read_stix_object(json);
  return result ? "" : result.error().field;
}

TEST(StixObject, IsReadInFull) {
  const auto read = read_stix_object(
      object("sighting", {{"created_by_ref", "identity--" + kUuid},
                          {"object_marking_refs", {"marking-definition--" + kUuid}},
                          {"sighting_of_ref", "incident--" + kUuid},
                          {"where_sighted_refs", {"location--" + kUuid, "identity--" + kUuid}},
                          {"extensions", {{"x-ext", {{"stretch_ref", "location--" + kUuid}}}}},
                          {"revoked", true}}));
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_EQ(read->type, "sighting");
  EXPECT_EQ(read->created_by, "identity--" + kUuid);
  EXPECT_THAT(read->markings, ElementsAre("marking-definition--" + kUuid));
  EXPECT_THAT(read->refers_to,
              ElementsAre("identity--" + kUuid, "incident--" + kUuid, "location--" + kUuid));
  EXPECT_TRUE(read->is_revoked);
  const Json inner = {{"created_by_ref", "identity--" + kUuid},
                      {"object_marking_refs", {"marking-definition--" + kUuid}}};
  const auto within = read_stix_object(object("tool", {{"name", "A"}, {"x_copied", {inner}}}));
  ASSERT_TRUE(within);
  EXPECT_THAT(within->refers_to, ElementsAre("identity--" + kUuid, "marking-definition--" + kUuid))
      << "what is not the object's own refers to others";
  EXPECT_LT(read->created, read->modified);
}

TEST(StixObject, NamesTheFieldAtFault) {
  EXPECT_EQ(field_at_fault(object("incident", {{"name", "A"}})), "");
  EXPECT_EQ(field_at_fault(object("email-addr")), "type");
  EXPECT_EQ(field_at_fault(object("incident", {{"spec_version", "2.0"}})), "spec_version");
  EXPECT_EQ(field_at_fault(object("incident", {{"id", "malware--" + kUuid}})), "id");
  EXPECT_EQ(field_at_fault(object("incident", {{"id", "incident--1"}})), "id");
  EXPECT_EQ(field_at_fault(object("incident", {{"created", "2024-11-18"}})), "created");
  EXPECT_EQ(field_at_fault(object("incident", {{"modified", "2024-11-18T09:30:00Z"}})), "modified");
  EXPECT_EQ(field_at_fault(object("incident", {{"modified", "2023-01-01T00:00:00.000Z"}})),
            "modified");
  EXPECT_EQ(field_at_fault(object("incident", {{"revoked", "yes"}})), "revoked");
  EXPECT_EQ(field_at_fault(object("incident", {{"created_by_ref", "incident--" + kUuid}})),
            "created_by_ref");
  EXPECT_EQ(field_at_fault(object("note", {{"object_refs", {"nothing"}}})), "*_ref");
  EXPECT_EQ(field_at_fault(object("note", {{"object_marking_refs", Json::array()}})),
            "object_marking_refs");
  EXPECT_EQ(field_at_fault(object("note", {{"granular_markings", Json::array()}})),
            "granular_markings");
}

TEST(StixObject, AboutAPrivatePersonIsRefused) {
  EXPECT_EQ(field_at_fault(object("identity", {{"name", "A"},
                                               {"identity_class", "organization"},
                                               {"contact_information", "a@b.example"}})),
            "");
  EXPECT_EQ(field_at_fault(object("identity", {{"name", "A"},
                                               {"identity_class", "group"},
                                               {"contact_information", "a@b.example"}})),
            "contact_information");
  EXPECT_EQ(field_at_fault(object("identity", {{"identity_class", "individual"}})),
            "identity_class");
  EXPECT_EQ(field_at_fault(object("identity", {{"identity_class", "Individual"}})),
            "identity_class");
  EXPECT_EQ(field_at_fault(object("identity", {{"identity_class", "unknown"}})), "identity_class");
  EXPECT_EQ(field_at_fault(object("identity")), "identity_class");
  EXPECT_EQ(field_at_fault(object("threat-actor", {{"resource_level", "individual"}})),
            "resource_level");
  EXPECT_EQ(
      field_at_fault(object("intrusion-set", {{"name", "A"}, {"resource_level", "individual"}})),
      "resource_level");
  EXPECT_EQ(field_at_fault(object("intrusion-set", {{"name", "A"}, {"resource_level", "team"}})),
            "");
  EXPECT_EQ(field_at_fault(object("note", {{"authors", {"An analyst"}}})), "authors");
  const Json account = {{"0", {{"type", "user-account"}, {"user_id", "someone"}}}};
  EXPECT_EQ(field_at_fault(object("observed-data", {{"objects", account}})), "objects");
}

TEST(StixObject, HasWhatStixDemandsOfItsType) {
  EXPECT_EQ(field_at_fault(object("incident")), "name");
  EXPECT_EQ(field_at_fault(object("incident", {{"name", nullptr}})), "name");
  EXPECT_EQ(field_at_fault(object("note", {{"content", "A"}})), "object_refs");
  EXPECT_EQ(field_at_fault(object("note", {{"content", "A"}, {"object_refs", Json::array()}})),
            "object_refs");
  EXPECT_EQ(field_at_fault(object("relationship", {{"relationship_type", "related-to"},
                                                   {"source_ref", "incident--" + kUuid}})),
            "target_ref");
  EXPECT_EQ(field_at_fault(object("location", {{"latitude", 37.5}})), "region");
  EXPECT_EQ(field_at_fault(object("location", {{"latitude", 37.5}, {"longitude", 71.5}})), "");
  EXPECT_EQ(field_at_fault(object("incident", {{"revoked", true}})), "")
      << "a recall gets through whatever the object lacked";
}

TEST(StixObject, ThatWasTakenInBeforeIsReadAsItIs) {
  const auto stored = read_stored_object(object("incident"));
  ASSERT_TRUE(stored);
  EXPECT_EQ(stored->type, "incident");
  EXPECT_FALSE(read_stored_object(object("email-addr")));
}

}  // namespace
}  // namespace panj::share
