// SPDX-License-Identifier: Apache-2.0
#include "panj/share/pull.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "panj/core/problem.h"
#include "panj/share/canonical.h"
#include "panj/share/identity_card.h"
#include "panj/share/marking.h"
#include "share/caller.h"
#include "share/world.h"

namespace panj::share {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

/// A Panj node that KZ pulls from, and the node KZ.
class PullTest : public testing::Test {
 protected:
  PullTest() {
    give_passwords(from_);
    to_.add_member({.name = "node", .key = key_of("node").public_key()},
                   make_identity_card("node", key_of("node"), from_.time()));
  }

  Pulled pull_with(HttpClient& client, std::size_t page = 3) {
    return pull(to_, client, {.url = "https://node.test", .user = "KZ", .page = page});
  }
  Pulled pull_all() {
    DirectClient client(service_, "KZ");
    return pull_with(client);
  }
  std::vector<std::string> received(const Query& query = {.types = {"incident"}}) {
    std::vector<std::string> ids;
    for (const PageEntry& entry :
         to_.read(to_.node().id, {.query = query, .limit = 1000}).entries) {
      ids.push_back(entry.id);
    }
    return ids;
  }

  World from_{"pull"};
  TaxiiService service_{from_.store(), {.password_cost = PasswordCost::lowest}};
  Store to_{
      ":memory:", {"KZ", key_of("KZ"), SecretKey::generate()}, [this] { return from_.time(); }};
};

TEST_F(PullTest, TakesInWhatIsNew) {
  for (int i = 0; i < 7; ++i) from_.publish(draft("incident", i), from_.label({"KZ"}));
  const Pulled first = pull_all();
  EXPECT_GT(first.pages, 2U);
  EXPECT_THAT(first.received.refused, IsEmpty());
  EXPECT_THAT(received(), SizeIs(7));
  const Pulled again = pull_all();
  EXPECT_EQ(again.objects, 0U) << "goes on where it ended";
  from_.publish(draft("incident", 7), from_.label({"KZ"}));
  EXPECT_EQ(pull_all().received.accepted, 1U);
  EXPECT_THAT(received(), SizeIs(8));
  ASSERT_TRUE(first.checkpoint);
  EXPECT_EQ(from_.store().verify_audit(std::vector<Checkpoint>{*first.checkpoint}), std::nullopt);
  EXPECT_EQ(to_.verify_audit(), std::nullopt);
}

TEST_F(PullTest, ARecallIsConfirmedToWhoMadeIt) {
  from_.publish(draft("incident", 1), from_.label({"KZ"}));
  pull_all();
  from_.store().recall(id_of("incident", 1));
  ASSERT_THAT(from_.store().open_recalls(), SizeIs(1));
  const Pulled pulled = pull_all();
  EXPECT_THAT(pulled.received.recalled, ElementsAre(id_of("incident", 1)));
  EXPECT_EQ(pulled.receipts_sent, 1U);
  EXPECT_THAT(from_.store().open_recalls(), IsEmpty());
  EXPECT_EQ(pull_all().receipts_sent, 0U) << "once";
}

/// Passes everything on, but answers what is posted with a body of its own.
class AnsweringPosts final : public HttpClient {
 public:
  AnsweringPosts(HttpClient& inner, std::string body) : inner_(inner), body_(std::move(body)) {}
  HttpResponse send(const HttpRequest& request) override {
    if (request.method != "POST") return inner_.send(request);
    return {.status = 202, .body = body_};
  }

 private:
  HttpClient& inner_;
  std::string body_;
};

TEST_F(PullTest, AStatusThatCountsInWordsOrTooFarDoesNoHarm) {
  from_.publish(draft("incident", 1), from_.label({"KZ"}));
  pull_all();
  from_.store().recall(id_of("incident", 1));
  DirectClient client(service_, "KZ");
  AnsweringPosts in_words(client, R"({"id":"x","status":"complete","failure_count":"many"})");
  EXPECT_EQ(pull_with(in_words).receipts_kept, 0U);
  from_.publish(draft("incident", 2), from_.label({"KZ"}));
  pull_all();
  from_.store().recall(id_of("incident", 2));
  AnsweringPosts too_far(client, R"({"id":"x","status":"complete","failure_count":1000000})");
  EXPECT_EQ(pull_with(too_far).receipts_kept, 1U);
}

/// Passes everything on, but signs for itself.
class Impostor final : public HttpClient {
 public:
  Impostor(HttpClient& inner, Checkpoint checkpoint)
      : inner_(inner), checkpoint_(std::move(checkpoint)) {}
  HttpResponse send(const HttpRequest& request) override {
    if (request.method == "POST") ++posts;
    if (!request.target.ends_with("/checkpoint/")) return inner_.send(request);
    return {.status = 200,
            .body = canonical_json(sign_checkpoint(checkpoint_, key_of("TJ")).to_json())};
  }
  int posts = 0;

 private:
  HttpClient& inner_;
  Checkpoint checkpoint_;
};

TEST_F(PullTest, AReceiptGoesToNobodyWhoOnlyClaimsToBeTheNode) {
  from_.publish(draft("incident", 1), from_.label({"KZ"}));
  pull_all();
  from_.store().recall(id_of("incident", 1));
  DirectClient client(service_, "KZ");
  Impostor impostor(client, from_.store().checkpoint(from_.id("KZ")));
  EXPECT_THROW(pull_with(impostor), ExchangeError);
  EXPECT_EQ(impostor.posts, 0);
  EXPECT_EQ(pull_all().receipts_sent, 1U) << "it waits for the node";
}

TEST_F(PullTest, AReceiptThatCannotBeSentWaits) {
  from_.publish(draft("incident", 1), from_.label({"KZ"}));
  Member member = from_.member("KZ");
  member.access = Access::read;
  from_.store().change_member(member);
  pull_all();
  from_.store().recall(id_of("incident", 1));
  EXPECT_EQ(pull_all().receipts_kept, 1U);
  member.access = Access::read_write;
  from_.store().change_member(member);
  EXPECT_EQ(pull_all().receipts_sent, 1U);
  EXPECT_THAT(from_.store().open_recalls(), IsEmpty());
}

TEST_F(PullTest, SaysWhatIsWrong) {
  DirectClient stranger(service_, "nobody");
  try {
    pull_with(stranger);
    FAIL();
  } catch (const ExchangeError& error) {
    EXPECT_THAT(error.what(), HasSubstr("401"));
    EXPECT_THAT(error.what(), HasSubstr("check --user"));
  }
  DirectClient client(service_, "KZ");
  EXPECT_THROW(pull(to_, client, {.url = "http://node.test"}), ExchangeError);
}

/// Spoils answers in transit, as `spoil` says of the n-th page of objects.
class FaultyClient final : public HttpClient {
 public:
  FaultyClient(HttpClient& inner, std::function<void(int page, HttpResponse&)> spoil)
      : inner_(inner), spoil_(std::move(spoil)) {}
  HttpResponse send(const HttpRequest& request) override {
    HttpResponse response = inner_.send(request);
    if (request.target.find("/objects/?") != std::string::npos) spoil_(++pages_, response);
    return response;
  }

 private:
  HttpClient& inner_;
  std::function<void(int, HttpResponse&)> spoil_;
  int pages_ = 0;
};

TEST_F(PullTest, AConnectionThatBreaksLosesNothing) {
  for (int i = 0; i < 9; ++i) from_.publish(draft("incident", i), from_.label({"KZ"}));
  DirectClient direct(service_, "KZ");
  for (int attempts = 0; attempts < 20; ++attempts) {
    FaultyClient client(direct, [](int page, HttpResponse&) {
      if (page > 2) throw ConnectionError("cut");
    });
    try {
      pull_with(client, 2);
      break;
    } catch (const ConnectionError&) {
      continue;
    }
  }
  EXPECT_THAT(received(), SizeIs(9));
}

TEST_F(PullTest, ATruncatedPageIsNotTakenInAndComesAgain) {
  for (int i = 0; i < 9; ++i) from_.publish(draft("incident", i), from_.label({"KZ"}));
  DirectClient direct(service_, "KZ");
  FaultyClient client(direct, [](int page, HttpResponse& response) {
    if (page == 2) response.body.resize(response.body.size() / 2);
  });
  EXPECT_THROW(pull_with(client), ExchangeError);
  pull_all();
  EXPECT_THAT(received(), SizeIs(9));
}

TEST_F(PullTest, PagesThatComeTwiceOrInAnotherOrderDoubleNothing) {
  for (int i = 0; i < 9; ++i) from_.publish(draft("incident", i), from_.label({"KZ"}));
  DirectClient direct(service_, "KZ");
  Json kept;
  FaultyClient client(direct, [&](int page, HttpResponse& response) {
    Json json = *parse_json(response.body);
    Json& objects = json["objects"];
    if (page == 1) kept = objects;
    if (page % 2 == 0) objects.insert(objects.end(), kept.begin(), kept.end());
    std::reverse(objects.begin(), objects.end());
    response.body = json.dump();
  });
  EXPECT_THAT(pull_with(client).received.refused, IsEmpty());
  EXPECT_THAT(received(), SizeIs(9));
  EXPECT_THAT(received({.types = {"incident"}, .versions = {"all"}}), SizeIs(9));
  EXPECT_EQ(to_.verify_audit(), std::nullopt);
}

TEST_F(PullTest, ATokenThatTheServerForgotIsDoneWithout) {
  for (int i = 0; i < 9; ++i) from_.publish(draft("incident", i), from_.label({"KZ"}));
  DirectClient direct(service_, "KZ");
  FaultyClient client(direct, [&](int page, HttpResponse&) {
    if (page != 2) return;
    Member member = from_.member("KZ");  // Its rights change: all tokens end.
    member.clearance = Level::amber;
    from_.store().change_member(member);
  });
  pull_with(client, 2);
  EXPECT_THAT(received(), SizeIs(9));
}

TEST_F(PullTest, AServerThatNeverEndsIsLeft) {
  for (int i = 0; i < 3; ++i) from_.publish(draft("incident", i), from_.label({"KZ"}));
  DirectClient direct(service_, "KZ");
  std::string first;
  FaultyClient client(direct, [&](int page, HttpResponse& response) {
    if (page == 1) first = response.body;
    response.body = first;
  });
  EXPECT_THROW(pull_with(client, 1), ExchangeError);
}

/// Gives tokens and takes none.
class TakingNoTokens final : public HttpClient {
 public:
  explicit TakingNoTokens(HttpClient& inner) : inner_(inner) {}
  HttpResponse send(const HttpRequest& request) override {
    if (request.target.find("&next=") == std::string::npos) return inner_.send(request);
    if (++refused > 50) throw ConnectionError("the client never learns");
    return {.status = 400, .body = R"({"title":"no such token"})"};
  }
  int refused = 0;

 private:
  HttpClient& inner_;
};

TEST_F(PullTest, AServerThatTakesNoneOfItsTokensIsReadByDates) {
  for (int i = 0; i < 9; ++i) from_.publish(draft("incident", i), from_.label({"KZ"}));
  DirectClient direct(service_, "KZ");
  TakingNoTokens client(direct);
  EXPECT_THAT(pull_with(client, 2).received.refused, IsEmpty());
  EXPECT_THAT(received(), SizeIs(9));
  EXPECT_EQ(client.refused, 1);
}

TEST_F(PullTest, AServerWithEmptyPagesForEverIsLeft) {
  DirectClient direct(service_, "KZ");
  int asked = 0;
  FaultyClient client(direct, [&](int page, HttpResponse& response) {
    asked = page;
    if (page > 5000) throw ConnectionError("the client never ends");
    response.status = 200;
    response.body = fmt::format(R"({{"more":true,"next":"{}"}})", page);
  });
  EXPECT_THROW(pull_with(client), ExchangeError);
  EXPECT_EQ(asked, 100);
}

TEST_F(PullTest, AClockADayOffOnEitherSideLosesNothing) {
  from_.publish(draft("incident", 1), from_.label({"KZ"}));
  pull_all();
  from_.pass(-std::chrono::hours(24));
  from_.publish(draft("incident", 2), from_.label({"KZ"}));
  pull_all();
  from_.pass(std::chrono::hours(48));
  from_.publish(draft("incident", 3), from_.label({"KZ"}));
  pull_all();
  EXPECT_THAT(received(), SizeIs(3));
  EXPECT_EQ(to_.verify_audit(), std::nullopt);
}

/// Sends whoever asks to another server.
class SendingElsewhere final : public HttpClient {
 public:
  HttpResponse send(const HttpRequest& request) override {
    EXPECT_THAT(request.target, testing::StartsWith("https://feed.test/"));
    const Json discovery = {{"title", "x"}, {"api_roots", {"https://elsewhere.test/one/"}}};
    return {.status = 200, .body = discovery.dump()};
  }
};

TEST_F(PullTest, ThePasswordGoesToNoOtherServer) {
  SendingElsewhere client;
  EXPECT_THROW(pull(to_, client, {.url = "https://feed.test/taxii2/"}), ExchangeError);
}

/// A server of another make: unsigned objects, equal dates, a root of its own.
class ForeignServer final : public HttpClient {
 public:
  HttpResponse send(const HttpRequest& request) override {
    const std::string& url = request.target;
    if (url == "https://feed.test/taxii2/") return ok({{"title", "x"}, {"api_roots", {"../one/"}}});
    if (url == "https://feed.test/taxii2/../one/") {
      return ok({{"title", "x"}, {"versions", {"application/taxii+json;version=2.1"}}});
    }
    if (url.ends_with("/collections/")) {
      return ok({{"collections",
                  {{{"id", "c1"}, {"title", "c"}, {"can_read", true}, {"can_write", false}},
                   {{"id", "c2"}, {"title", "c"}, {"can_read", false}, {"can_write", true}}}}});
    }
    EXPECT_THAT(url, HasSubstr("/collections/c1/objects/?"));
    HttpResponse response = ok({{"more", false}, {"objects", objects}});
    response.headers.add("x-taxii-date-added-last", "2026-01-01T00:00:00.000000Z");
    return response;
  }
  std::vector<Json> objects{};

 private:
  static HttpResponse ok(const Json& json) { return {.status = 200, .body = json.dump()}; }
};

class ForeignPullTest : public PullTest {
 protected:
  static Json plain(int number, const Json& more = Json::object()) {
    Json json = draft("incident", number, more);
    json["created"] = json["modified"] = "2026-01-01T00:00:00.000Z";
    return json;
  }
  Pulled pull_feed(const std::string& answerer) {
    return pull(to_, server_, {.url = "https://feed.test/taxii2/", .answerer = answerer});
  }
  ForeignServer server_;
};

TEST_F(ForeignPullTest, UnsignedObjectsAreRefusedUnlessAMemberAnswersForThem) {
  server_.objects = {plain(1), plain(2, {{"created_by_ref", id_of("identity", 7)}})};
  EXPECT_THAT(pull_feed("").received.refused, SizeIs(2));
  const Member feed = to_.add_member({.name = "feed"});
  EXPECT_EQ(pull_feed(feed.id).received.accepted, 2U);
  EXPECT_THAT(received(), SizeIs(2));
  server_.objects.push_back(plain(3));
  const Pulled again = pull_feed(feed.id);
  EXPECT_EQ(again.received.accepted, 1U) << "the same moment is asked for again";
  EXPECT_EQ(again.received.known, 2U);
}

TEST_F(ForeignPullTest, AnUnsignedObjectCannotPassForAMembers) {
  const Member feed = to_.add_member({.name = "feed"});
  server_.objects = {plain(1, {{"created_by_ref", from_.store().node().id}})};
  const Pulled pulled = pull_feed(feed.id);
  ASSERT_THAT(pulled.received.refused, SizeIs(1));
  EXPECT_THAT(pulled.received.refused[0].message, HasSubstr("did not sign it"));
}

/// Pages of three without tokens; the n-th object was added in second moments[n].
class TokenlessServer final : public HttpClient {
 public:
  explicit TokenlessServer(std::vector<Json> objects, std::vector<int> moments)
      : objects_(std::move(objects)), moments_(std::move(moments)) {}
  HttpResponse send(const HttpRequest& request) override {
    const std::string& url = request.target;
    if (url.ends_with("/taxii2/")) return ok({{"title", "x"}, {"api_roots", {"../one/"}}});
    if (url.ends_with("/one/")) {
      return ok({{"title", "x"}, {"versions", {"application/taxii+json;version=2.1"}}});
    }
    if (url.ends_with("/collections/")) {
      return ok({{"collections", {{{"id", "c1"}, {"title", "c"}, {"can_read", true}}}}});
    }
    return page_after(url);
  }

 private:
  static HttpResponse ok(const Json& json) { return {.status = 200, .body = json.dump()}; }
  static std::string date(int moment) {
    return fmt::format("2026-01-01T00:00:{:02}.000000Z", moment);
  }
  HttpResponse page_after(const std::string& url) const {
    constexpr std::size_t kLimit = 3;
    const std::size_t at = url.find("added_after=");
    std::string after = at == std::string::npos ? "" : url.substr(at + 12);
    for (std::size_t i = after.find("%3A"); i != std::string::npos; i = after.find("%3A")) {
      after.replace(i, 3, ":");
    }
    Json page = Json::array();
    std::string last;
    bool has_more = false;
    for (std::size_t i = 0; i < objects_.size(); ++i) {
      if (date(moments_[i]) <= after) continue;
      has_more = page.size() == kLimit;
      if (has_more) break;
      page.push_back(objects_[i]);
      last = date(moments_[i]);
    }
    HttpResponse response = ok({{"more", has_more}, {"objects", page}});
    response.headers.add("X-TAXII-Date-Added-Last", last);
    return response;
  }

  std::vector<Json> objects_;
  std::vector<int> moments_;
};

TEST_F(ForeignPullTest, WithoutTokensTheLastMomentIsAskedForAgain) {
  const Member feed = to_.add_member({.name = "feed"});
  const std::vector<Json> objects = {plain(1), plain(2), plain(3), plain(4), plain(5)};
  TokenlessServer good(objects, {1, 1, 2, 2, 3});
  PullOptions options{.url = "https://feed.test/taxii2/", .answerer = feed.id};
  EXPECT_EQ(pull(to_, good, options).received.accepted, 5U);
  TokenlessServer bulk(objects, {4, 4, 4, 4, 4});
  EXPECT_THROW(pull(to_, bulk, options), ExchangeError) << "nothing is skipped without a word";
}

}  // namespace
}  // namespace panj::share
