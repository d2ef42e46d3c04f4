// SPDX-License-Identifier: Apache-2.0
// TAXII 2.1's duties, one by one, without a socket.
#include "panj/share/taxii.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "share/caller.h"
#include "share/world.h"

namespace panj::share {
namespace {

using testing::HasSubstr;
using testing::SizeIs;

class TaxiiTest : public testing::Test {
 protected:
  TaxiiTest() { give_passwords(world_); }

  HttpResponse send(const std::string& member, const std::string& method, const std::string& path,
                    const std::string& body = "") {
    return service_.respond(request_of(member, method, path, body));
  }
  HttpResponse get(const std::string& member, const std::string& path) {
    return send(member, "GET", path);
  }
  std::string collection() { return "/share/collections/" + world_.store().collection_id() + "/"; }
  std::string objects() { return collection() + "objects/"; }
  static Json json(const HttpResponse& response) { return *parse_json(response.body); }
  void publish(int count) {
    for (int i = 0; i < count; ++i) world_.publish(draft("incident", i), world_.label({"KZ"}));
  }
  void set_access(const std::string& name, Access access) {
    Member member = world_.member(name);
    member.access = access;
    world_.store().change_member(member);
  }
  std::string status_line(const HttpResponse& response) {
    return fmt::format("{} {}", response.status, json(response).value("title", ""));
  }

  World world_{"taxii"};
  TaxiiService service_{world_.store(), {.title = "node", .password_cost = PasswordCost::lowest}};
};

TEST_F(TaxiiTest, TellsOfItselfStepByStep) {
  const Json discovery = json(get("KZ", "/taxii2/"));
  EXPECT_EQ(discovery["default"], "/share/");
  EXPECT_EQ(discovery["api_roots"], Json::array({"/share/"}));
  const Json root = json(get("KZ", "/share/"));
  EXPECT_EQ(root["versions"], Json::array({"application/taxii+json;version=2.1"}));
  EXPECT_GT(root["max_content_length"], 0);
  const Json collections = json(get("KZ", "/share/collections/"));
  ASSERT_THAT(collections["collections"], SizeIs(1));
  EXPECT_EQ(collections["collections"][0], json(get("KZ", collection())));
  EXPECT_EQ(collections["collections"][0]["can_write"], true);
  EXPECT_EQ(get("KZ", "/taxii2").status, 200U) << "a last slash counts for nothing";
}

TEST_F(TaxiiTest, AnswersNobodyWithoutAPassword) {
  for (const char* path : {"/taxii2/", "/share/", "/nothing/"}) {
    HttpRequest request = request_of("KZ", "GET", path);
    request.headers.all.clear();
    const HttpResponse response = service_.respond(request);
    EXPECT_EQ(response.status, 401U);
    EXPECT_THAT(response.headers.get("www-authenticate"), HasSubstr("Basic"));
    EXPECT_EQ(json(response)["title"], "Unauthorized");
  }
  EXPECT_EQ(get("nobody", "/taxii2/").status, 401U);
  HttpRequest doubled = request_of("KZ", "GET", "/taxii2/");
  doubled.headers.add("Authorization", "Basic eDp5");
  EXPECT_EQ(service_.respond(doubled).status, 400U);
}

TEST_F(TaxiiTest, ADefinedAcceptIsAlwaysAccepted) {
  const auto status = [&](const std::string& accept) {
    HttpRequest request = request_of("KZ", "GET", "/share/");
    std::erase_if(request.headers.all, [](const auto& header) { return header.first == "Accept"; });
    if (!accept.empty()) request.headers.add("Accept", accept);
    const HttpResponse response = service_.respond(request);
    EXPECT_EQ(response.headers.get("Content-Type"), "application/taxii+json;version=2.1");
    return response.status;
  };
  for (const char* accept :
       {"", "application/taxii+json;version=2.1", "application/taxii+json; version=2.1",
        "application/taxii+json", "Application/TAXII+JSON", "*/*", "application/*",
        "text/html, application/taxii+json;version=2.1;q=0.5",
        "application/taxii+json;version=\"2.1\""}) {
    EXPECT_EQ(status(accept), 200U) << accept;
  }
  for (const char* accept : {"text/html", "application/taxii+json;version=2.0", "*/*;q=0",
                             "application/stix+json;version=2.1"}) {
    EXPECT_EQ(status(accept), 406U) << accept;
  }
}

TEST_F(TaxiiTest, PagesFollowEachOtherWithTheirDates) {
  publish(5);
  std::vector<std::string> ids;
  std::string next;
  std::string last;
  for (int pages = 0; pages < 9; ++pages) {
    const HttpResponse response = get("KZ", objects() + "?limit=2&match%5Btype%5D=incident" +
                                                (next.empty() ? "" : "&next=" + next));
    ASSERT_EQ(response.status, 200U) << response.body;
    const Json page = json(response);
    EXPECT_LE(page["objects"].size(), 2U);
    for (const Json& object : page["objects"]) ids.push_back(object["id"]);
    EXPECT_LT(last, response.headers.get("X-TAXII-Date-Added-First"));
    EXPECT_LE(response.headers.get("X-TAXII-Date-Added-First"),
              response.headers.get("X-TAXII-Date-Added-Last"));
    last = response.headers.get("X-TAXII-Date-Added-Last");
    if (page["more"] == false) break;
    next = page["next"];
  }
  EXPECT_THAT(ids, SizeIs(5));
  const HttpResponse rest = get("KZ", objects() + "?added_after=" + last);
  EXPECT_EQ(rest.body, "{}") << "empty lists are left out";
  EXPECT_EQ(rest.headers.get("X-TAXII-Date-Added-First"), "");
}

TEST_F(TaxiiTest, AddedAfterIsReadWithAndWithoutFractions) {
  publish(1);
  const auto count = [&](const std::string& moment) {
    return json(get("KZ", objects() + "?match[type]=incident&added_after=" + moment))
        .value("objects", Json::array())
        .size();
  };
  EXPECT_EQ(count("2025-12-31T23:59:59Z"), 1U);
  EXPECT_EQ(count("2025-12-31T23:59:59.5Z"), 1U);
  EXPECT_EQ(count("2026-01-01T00:00:01Z"), 0U);
  const Time added = world_.page("KZ", {.query = {.types = {"incident"}}}).entries[0].date_added;
  EXPECT_EQ(count(to_timestamp(added)), 0U) << "after it, not with it";
  EXPECT_EQ(count(to_timestamp(added - std::chrono::microseconds(1))), 1U);
  std::string finer = to_timestamp(added - std::chrono::microseconds(1));
  finer.insert(finer.size() - 1, "999");
  EXPECT_EQ(count(finer), 1U) << "in nanoseconds";
}

TEST_F(TaxiiTest, ABadParameterIsRefusedAndNamed) {
  publish(1);
  for (const char* query :
       {"limit=0", "limit=-1", "limit=ten", "limit=", "added_after=yesterday",
        "added_after=2026-02-30T00:00:00Z", "added_after=2026-01-01T00:00:00.1234567xZ",
        "match[version]=newest", "match[id]=", "match[id]=a,,b", "match[name]=x",
        "added_befor=2026-01-01T00:00:00Z", "limit=1&limit=2", "next=AAAA", "next=", "limit=%zz",
        "limit=%00"}) {
    const HttpResponse response = get("KZ", objects() + "?" + query);
    EXPECT_EQ(response.status, 400U) << query;
    EXPECT_EQ(json(response)["title"], "Bad request") << query;
  }
  EXPECT_EQ(get("KZ", objects() + "?limit=99999999999999999999999").status, 200U);
}

TEST_F(TaxiiTest, FiltersMatchIdTypeVersionAndSpecVersion) {
  publish(2);
  world_.pass(std::chrono::seconds(1));
  world_.publish(draft("incident", 1, {{"name", "Second"}}), world_.label({"KZ"}));
  const auto names = [&](const std::string& query) {
    std::vector<std::string> found;
    for (const Json& object : json(get("KZ", objects() + "?match[type]=incident&" + query))
                                  .value("objects", Json::array())) {
      found.push_back(object["name"]);
    }
    return found;
  };
  EXPECT_THAT(names("limit=9"), testing::ElementsAre("Incident 0", "Second"));
  EXPECT_THAT(names("match[version]=all"), SizeIs(3));
  EXPECT_THAT(names("match[version]=first"), testing::ElementsAre("Incident 0", "Incident 1"));
  EXPECT_THAT(names("match[version]=2026-01-01T00:00:01.000Z"), testing::ElementsAre("Second"));
  EXPECT_THAT(names("match[id]=" + id_of("incident", 1)), testing::ElementsAre("Second"));
  EXPECT_THAT(names("match[spec_version]=2.1"), SizeIs(2));
  EXPECT_THAT(names("match[spec_version]=2.0"), SizeIs(0));
}

TEST_F(TaxiiTest, ManifestAndVersionsAgreeWithTheObjects) {
  publish(1);
  world_.pass(std::chrono::seconds(1));
  world_.publish(draft("incident", 0, {{"name", "Second"}}), world_.label({"KZ"}));
  const std::string one = objects() + id_of("incident", 0) + "/";
  const Json versions = json(get("KZ", one + "versions/"));
  EXPECT_EQ(versions["versions"],
            Json::array({"2026-01-01T00:00:00.000Z", "2026-01-01T00:00:01.000Z"}));
  const Json object = json(get("KZ", one));
  ASSERT_THAT(object["objects"], SizeIs(1));
  EXPECT_EQ(object["objects"][0]["name"], "Second");
  EXPECT_EQ(object["objects"][0]["modified"], versions["versions"][1]) << "to the letter";
  const HttpResponse response =
      get("KZ", collection() + "manifest/?match[type]=incident&match[version]=all");
  ASSERT_THAT(json(response)["objects"], SizeIs(2));
  const Json last = json(response)["objects"][1];
  EXPECT_EQ(last["id"], id_of("incident", 0));
  EXPECT_EQ(last["version"], versions["versions"][1]);
  EXPECT_EQ(last["date_added"], response.headers.get("X-TAXII-Date-Added-Last"));
}

TEST_F(TaxiiTest, HiddenAndMissingAreTheSame) {
  world_.publish(draft("incident", 1), world_.label({"KG"}));
  for (const char* tail : {"", "versions/", "?match[version]=all"}) {
    const HttpResponse hidden = get("KZ", objects() + id_of("incident", 1) + "/" + tail);
    const HttpResponse missing = get("KZ", objects() + id_of("incident", 2) + "/" + tail);
    EXPECT_EQ(hidden.status, 404U);
    EXPECT_EQ(hidden.body, missing.body);
    EXPECT_EQ(hidden.headers.all, missing.headers.all);
  }
  EXPECT_EQ(get("KZ", "/share/collections/00000000-0000-4000-8000-000000000000/objects/").body,
            get("KZ", "/share/nothing/").body);
}

TEST_F(TaxiiTest, APostSaysWhatBecameOfEachObject) {
  auto sent = world_.sent_by("TJ", draft("incident", 1), world_.label({"KZ"}));
  sent.push_back({{"id", "incident--x"}});
  const HttpResponse response = send("TJ", "POST", objects(), envelope_with(sent));
  ASSERT_EQ(response.status, 202U) << response.body;
  EXPECT_EQ(json(response)["success_count"], 2);
  EXPECT_EQ(json(response)["failure_count"], 1);
  const std::string status = "/share/status/" + json(response)["id"].get<std::string>() + "/";
  EXPECT_EQ(get("TJ", status).body, response.body);
  EXPECT_EQ(get("KZ", status).status, 404U) << "another's";
  EXPECT_EQ(json(send("TJ", "POST", objects(), envelope_with(sent)))["success_count"], 2)
      << "a duplicate is no error";
  EXPECT_EQ(get("KZ", objects() + id_of("incident", 1) + "/").status, 200U);
}

TEST_F(TaxiiTest, ABodyThatIsNoEnvelopeIsRefused) {
  for (const char* body : {"{", "[]", "{}", R"({"objects":{}})", R"({"objects":[]})",
                           R"({"objects":[1],"objects":[2]})", "\xFF"}) {
    EXPECT_EQ(send("TJ", "POST", objects(), body).status, 422U) << body;
  }
  const std::string deep = R"({"objects":[)" + std::string(100, '[') + std::string(100, ']') + "]}";
  EXPECT_EQ(send("TJ", "POST", objects(), deep).status, 422U);
  HttpRequest request = request_of("TJ", "POST", objects());
  request.body = "{}";
  request.headers.add("Content-Type", "application/json");
  EXPECT_EQ(service_.respond(request).status, 415U);
  HttpRequest huge = request_of("TJ", "POST", objects(), "{}");
  huge.headers.add("Content-Length", "99999999999999999999999");
  ASSERT_TRUE(service_.refuse(huge)) << "before the body is read";
  EXPECT_EQ(service_.refuse(huge)->status, 413U);
}

TEST_F(TaxiiTest, RightsAreEachMembersOwn) {
  publish(1);
  const std::string body =
      envelope_with(world_.sent_by("KZ", draft("incident", 9), world_.label({})));
  const std::string one = objects() + id_of("incident", 0) + "/";
  const auto statuses = [&] {
    return std::vector<unsigned>{get("KZ", collection()).status, get("KZ", objects()).status,
                                 send("KZ", "POST", objects(), body).status,
                                 send("KZ", "DELETE", one).status};
  };
  using testing::ElementsAre;
  EXPECT_THAT(statuses(), ElementsAre(200, 200, 202, 403)) << "another's object is not deleted";
  set_access("KZ", Access::read);
  EXPECT_THAT(statuses(), ElementsAre(200, 200, 403, 403));
  set_access("KZ", Access::write);
  EXPECT_THAT(statuses(), ElementsAre(200, 403, 202, 403));
  set_access("KZ", Access::none);
  EXPECT_THAT(statuses(), ElementsAre(404, 404, 404, 404));
  EXPECT_EQ(get("KZ", "/share/collections/").body, "{}");
}

/// Whatever is asked, and however: to who may do nothing with the collection it is not there.
TEST_F(TaxiiTest, ACollectionThatIsNotForAMemberIsLikeNone) {
  set_access("KZ", Access::none);
  const std::string other = "/share/collections/00000000-0000-4000-8000-000000000000/";
  for (const char* tail : {"", "objects/", "objects/?limit=0", "manifest/?x=y", "objects/a/"}) {
    for (const char* method : {"GET", "PUT", "POST", "DELETE", "HEAD"}) {
      for (const char* accept : {"application/taxii+json;version=2.1", "text/html"}) {
        HttpRequest here = request_of("KZ", method, collection() + tail, "{}");
        HttpRequest nowhere = request_of("KZ", method, other + tail, "{}");
        here.headers.all[1].second = nowhere.headers.all[1].second = accept;
        const HttpResponse found = service_.respond(here);
        EXPECT_EQ(found.status, 404U) << method << " " << tail << " " << accept;
        EXPECT_EQ(found.body, service_.respond(nowhere).body);
      }
    }
  }
}

TEST_F(TaxiiTest, APageHoldsNoMoreThanTheNodeGives) {
  publish(5);
  TaxiiService sparing(world_.store(), {.page_limit = 3, .password_cost = PasswordCost::lowest});
  for (const auto& [query, size] : {std::pair("", 3), {"?limit=2", 2}, {"?limit=50", 3}}) {
    const Json page = json(sparing.respond(request_of("KZ", "GET", objects() + query)));
    EXPECT_THAT(page["objects"], SizeIs(size)) << query;
    EXPECT_EQ(page["more"], true) << query;
  }
}

/// A short body can hold very many objects, and of each the status says what became of it.
TEST_F(TaxiiTest, AnEnvelopeHasALimitOfObjects) {
  const auto with = [](int count) {
    return envelope_with(std::vector<Json>(static_cast<std::size_t>(count), Json(1)));
  };
  EXPECT_EQ(json(send("TJ", "POST", objects(), with(10'000)))["failure_count"], 10'000);
  EXPECT_EQ(send("TJ", "POST", objects(), with(10'001)).status, 413U);
}

TEST_F(TaxiiTest, DeletesOwnObjectsWholeOrByVersion) {
  const Label label = world_.label({"KZ"});
  world_.post("TJ", draft("incident", 1), label);
  world_.pass(std::chrono::seconds(1));
  world_.post("TJ",
              draft("incident", 1,
                    {{"name", "Second"},
                     {"created", "2026-01-01T00:00:00.000Z"},
                     {"modified", "2026-01-01T00:00:01.000Z"}}),
              label);
  const std::string one = objects() + id_of("incident", 1) + "/";
  EXPECT_EQ(send("TJ", "DELETE", one + "?match[version]=newest").status, 400U);
  EXPECT_EQ(send("TJ", "DELETE", one + "?match[version]=first").status, 200U);
  EXPECT_THAT(json(get("KZ", one + "versions/"))["versions"], SizeIs(1));
  EXPECT_EQ(send("TJ", "DELETE", one).status, 200U);
  EXPECT_EQ(get("TJ", one).status, 404U);
  EXPECT_EQ(json(get("KZ", one))["objects"][0]["revoked"], true);
  EXPECT_EQ(send("TJ", "DELETE", one).status, 404U);
}

TEST_F(TaxiiTest, DeletingTheOnlyVersionIsDeletingTheObject) {
  world_.post("TJ", draft("incident", 1), world_.label({"KZ"}));
  const std::string one = objects() + id_of("incident", 1) + "/";
  ASSERT_EQ(json(get("KZ", one))["objects"][0].value("revoked", false), false);
  EXPECT_EQ(send("TJ", "DELETE", one + "?match[version]=last").status, 200U);
  EXPECT_EQ(get("TJ", one).status, 404U);
  EXPECT_EQ(json(get("KZ", one))["objects"][0]["revoked"], true) << "who had it is told";
  EXPECT_EQ(world_.store().verify_audit(), std::nullopt);
}

TEST_F(TaxiiTest, OtherMethodsAreNamed) {
  const HttpResponse response = send("KZ", "PUT", objects());
  EXPECT_EQ(response.status, 405U);
  EXPECT_EQ(response.headers.get("Allow"), "GET, POST");
  EXPECT_EQ(send("KZ", "POST", "/taxii2/", "{}").status, 405U);
}

TEST_F(TaxiiTest, TheCheckpointIsTheCallersOwn) {
  publish(1);
  const auto checkpoint = read_checkpoint(json(get("KZ", "/share/checkpoint/")));
  ASSERT_TRUE(checkpoint);
  EXPECT_EQ(checkpoint->member, world_.id("KZ"));
  EXPECT_EQ(*checkpoint, world_.store().checkpoint(world_.id("KZ")));
}

}  // namespace
}  // namespace panj::share
