// SPDX-License-Identifier: Apache-2.0
// The server at its socket: TLS, limits on what hostile clients send, and its end.
#include "panj/share/https_server.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <thread>

#include "panj/core/file.h"
#include "panj/core/problem.h"
#include "panj/share/certificate.h"
#include "panj/share/https_client.h"
#include "panj/share/identity_card.h"
#include "panj/share/pull.h"
#include "share/caller.h"
#include "share/raw_connection.h"
#include "share/world.h"

namespace panj::share {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::StartsWith;

class HttpsServerTest : public testing::Test {
 protected:
  HttpsServerTest() {
    give_passwords(world_);
    const Certificate made = make_certificate("node", "localhost");
    write_file(folder_ / "certificate.pem", made.certificate);
    write_file(folder_ / "key.pem", made.key);
    start();
  }
  ~HttpsServerTest() override {
    stop();
    fs::remove_all(folder_);
  }
  void start() {
    server_ = std::make_unique<HttpsServer>(options(), service_);
    port_ = std::stoi(server_->address().substr(server_->address().rfind(':') + 1));
    thread_ = std::thread([this] { server_->run(); });
  }
  void stop() {
    if (!thread_.joinable()) return;
    server_->stop();
    thread_.join();
  }
  ServerOptions options() const {
    return {.listen = "127.0.0.1:0",
            .certificate = folder_ / "certificate.pem",
            .certificate_key = folder_ / "key.pem",
            .max_header = 4096,
            .max_body = 100'000,
            .max_bodies = 250'000,
            .max_connections = 20,
            .header_time = std::chrono::seconds(1),
            .body_time = std::chrono::seconds(1),
            .parting_time = std::chrono::milliseconds(200),
            .grace = std::chrono::seconds(2)};
  }
  std::string url(const std::string& path = "") const {
    return fmt::format("https://localhost:{}{}", port_, path);
  }
  HttpsClient client(const std::string& name = "KZ") const {
    return HttpsClient({.user = name,
                        .password = "password of " + name,
                        .authorities = folder_ / "certificate.pem"});
  }
  std::string objects() {
    return "/share/collections/" + world_.store().collection_id() + "/objects/";
  }
  /// A request's head, with KZ's password.
  std::string head(const std::string& first_line, const std::string& more = "") {
    return fmt::format("{} HTTP/1.1\r\nHost: x\r\nAuthorization: {}\r\n{}\r\n", first_line,
                       request_of("KZ", "GET", "/").headers.get("Authorization"), more);
  }
  std::string post_head(const std::string& more) {
    return head("POST " + objects(), "Content-Type: application/taxii+json;version=2.1\r\n" + more);
  }

  fs::path folder_ = fs::path(testing::TempDir()) / fmt::format("panj-server-{}", ::getpid());
  World world_{"server"};
  TaxiiService service_{world_.store(), {.max_body = 100'000}};
  std::unique_ptr<HttpsServer> server_;
  std::thread thread_;
  int port_ = 0;
};

TEST_F(HttpsServerTest, ServesOneRequestAfterTheOther) {
  HttpsClient asking = client();
  for (int i = 0; i < 3; ++i) {
    const HttpResponse response = asking.send({.target = url("/taxii2/")});
    EXPECT_EQ(response.status, 200U);
    EXPECT_THAT(response.body, HasSubstr("api_roots"));
  }
  EXPECT_EQ(client("nobody").send({.target = url("/taxii2/")}).status, 401U);
}

TEST_F(HttpsServerTest, IsPulledFromOverTls) {
  for (int i = 0; i < 30; ++i) world_.publish(draft("incident", i), world_.label({"KZ"}));
  Store to(":memory:", {"KZ", key_of("KZ"), SecretKey::generate()},
           [this] { return world_.time(); });
  to.add_member({.name = "node", .key = key_of("node").public_key()},
                make_identity_card("node", key_of("node"), world_.time()));
  HttpsClient asking = client();
  const Pulled pulled = pull(to, asking, {.url = url(), .user = "KZ", .page = 10});
  EXPECT_GE(pulled.pages, 3U);
  EXPECT_EQ(pulled.received.refused.size(), 0U);
  EXPECT_EQ(to.read(to.node().id, {.query = {.types = {"incident"}}}).entries.size(), 30U);
}

TEST_F(HttpsServerTest, TakesABodyThatIsAnnounced) {
  HttpsClient asking = client();
  HttpRequest request{.method = "POST", .target = url(objects())};
  request.headers.add("Content-Type", "application/taxii+json;version=2.1");
  request.headers.add("Expect", "100-continue");
  request.body = envelope_with(world_.sent_by("KZ", draft("incident", 1), world_.label({"KG"})));
  EXPECT_EQ(asking.send(request).status, 202U);
  request.body = std::string(90'000, ' ') + request.body;
  EXPECT_EQ(asking.send(request).status, 202U) << "within the limit";
  request.body = std::string(110'000, ' ') + request.body;
  EXPECT_EQ(asking.send(request).status, 413U);
}

TEST_F(HttpsServerTest, ACertificateThatIsNotTrustedIsRefused) {
  HttpsClient trusting_the_system({.user = "KZ", .password = "password of KZ"});
  EXPECT_THROW(trusting_the_system.send({.target = url("/taxii2/")}), ConnectionError);
  HttpsClient asking = client();
  EXPECT_THROW(asking.send({.target = fmt::format("https://127.0.0.2:{}/taxii2/", port_)}),
               ConnectionError)
      << "the name is not the certificate's, or nobody listens there";
}

TEST_F(HttpsServerTest, OldTlsIsRefused) {
  EXPECT_FALSE(RawConnection(port_, TLS1_1_VERSION).is_open());
  EXPECT_TRUE(RawConnection(port_, TLS1_2_VERSION).is_open());
}

TEST_F(HttpsServerTest, AHeaderThatIsTooLargeIsRefused) {
  RawConnection hostile(port_);
  hostile.send("GET /taxii2/ HTTP/1.1\r\nX: " + std::string(6000, 'x'));
  EXPECT_THAT(hostile.rest(), StartsWith("HTTP/1.1 431"));
}

TEST_F(HttpsServerTest, ASlowHeaderIsCutOff) {
  RawConnection hostile(port_);
  hostile.send("GET /taxii2/ HTTP/1.1\r\nX: ");
  EXPECT_EQ(hostile.rest(), "") << "after its time, without an answer";
}

TEST_F(HttpsServerTest, WhatIsNoHttpIsRefused) {
  RawConnection hostile(port_);
  hostile.send("\x01\x02 nonsense\r\n\r\n");
  EXPECT_THAT(hostile.rest(), StartsWith("HTTP/1.1 400"));
}

TEST_F(HttpsServerTest, ABodyOfAStrangerIsNotRead) {
  RawConnection hostile(port_);
  hostile.send("POST " + objects() + " HTTP/1.1\r\nHost: x\r\nContent-Length: 99999\r\n\r\n");
  EXPECT_THAT(hostile.rest(), StartsWith("HTTP/1.1 401"));
}

TEST_F(HttpsServerTest, AChunkedBodyHasTheSameLimit) {
  RawConnection announced(port_);
  announced.send(post_head("Transfer-Encoding: chunked\r\n") + "fffffff\r\nx");
  EXPECT_THAT(announced.rest(), StartsWith("HTTP/1.1 413"));
  RawConnection in_parts(port_);
  in_parts.send(post_head("Transfer-Encoding: chunked\r\n"));
  const std::string part = "2000\r\n" + std::string(0x2000, ' ') + "\r\n";
  for (int i = 0; i < 13; ++i) in_parts.send(part);
  EXPECT_THAT(in_parts.rest(), StartsWith("HTTP/1.1 413"));
}

TEST_F(HttpsServerTest, TwoLengthsAreNoSmugglingPath) {
  RawConnection both(port_);
  both.send(post_head("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n") + "0\r\n\r\n");
  EXPECT_THAT(both.rest(), StartsWith("HTTP/1.1 400"));
  RawConnection twice(port_);
  twice.send(post_head("Content-Length: 2\r\nContent-Length: 5\r\n") + "{}");
  EXPECT_THAT(twice.rest(), StartsWith("HTTP/1.1 400"));
}

TEST_F(HttpsServerTest, AnUnknownTransferEncodingIsNoSmugglingPath) {
  const std::string hidden = "GET /taxii2/ HTTP/1.1\r\nHost: x\r\n\r\n";
  for (const char* coding : {"xchunked", "chunked, identity", "identity", "gzip, chunked",
                             "chunked\r\nTransfer-Encoding: chunked"}) {
    RawConnection hostile(port_);
    hostile.send(post_head(fmt::format("Transfer-Encoding: {}\r\n", coding)) + hidden);
    const std::string answer = hostile.rest();
    EXPECT_THAT(answer, testing::AnyOf(StartsWith("HTTP/1.1 501"), StartsWith("HTTP/1.1 400")))
        << coding;
    EXPECT_EQ(answer.find("HTTP/1.1 ", 1), std::string::npos)
        << coding << ": what follows is no request of its own";
  }
}

TEST_F(HttpsServerTest, ARequestHasOneHost) {
  for (const char* hosts : {"", "Host: x\r\nHost: y\r\n"}) {
    RawConnection hostile(port_);
    hostile.send(fmt::format("GET /taxii2/ HTTP/1.1\r\n{}\r\n", hosts));
    EXPECT_THAT(hostile.rest(), StartsWith("HTTP/1.1 400")) << hosts;
  }
}

/// A body after HEAD would be taken for the next answer.
TEST_F(HttpsServerTest, AnAnswerToHeadHasNoBody) {
  RawConnection asking(port_);
  asking.send(head("HEAD /taxii2/") + head("GET /taxii2/", "Connection: close\r\n"));
  const std::string answers = asking.rest();
  EXPECT_THAT(answers, StartsWith("HTTP/1.1 405"));
  EXPECT_THAT(answers, HasSubstr("\r\nAllow: GET\r\n"));
  const std::size_t end = answers.find("\r\n\r\n");
  ASSERT_NE(end, std::string::npos);
  EXPECT_THAT(answers.substr(end + 4), StartsWith("HTTP/1.1 200"));
}

TEST_F(HttpsServerTest, BodiesTogetherHaveALimit) {
  std::vector<std::unique_ptr<RawConnection>> hostile;
  for (int i = 0; i < 3; ++i) {
    hostile.push_back(std::make_unique<RawConnection>(port_));
    hostile.back()->send(post_head("Content-Length: 90000\r\n") + "{");
  }
  std::vector<std::string> answers;
  for (const auto& connection : hostile) answers.push_back(connection->rest());
  EXPECT_THAT(answers, testing::Contains(StartsWith("HTTP/1.1 503"))) << "whichever came last";
}

TEST_F(HttpsServerTest, GuessedPasswordsDoNotHoldUpOthers) {
  HttpsClient asking = client();
  ASSERT_EQ(asking.send({.target = url("/taxii2/")}).status, 200U);
  std::vector<std::unique_ptr<RawConnection>> guessing;
  for (int i = 0; i < 12; ++i) {
    guessing.push_back(std::make_unique<RawConnection>(port_));
    guessing.back()->send("GET /taxii2/ HTTP/1.1\r\nHost: x\r\nAuthorization: Basic eDp5\r\n\r\n");
  }
  EXPECT_EQ(asking.send({.target = url("/taxii2/")}).status, 200U);
}

TEST_F(HttpsServerTest, StopsWhenItIsTold) {
  RawConnection idle(port_);
  ASSERT_TRUE(idle.is_open());
  stop();
  EXPECT_EQ(idle.rest(), "");
  EXPECT_THROW(client().send({.target = url("/taxii2/")}), ConnectionError);
}

TEST_F(HttpsServerTest, SaysWhatIsWrongWithItsSettings) {
  ServerOptions wrong = options();
  wrong.certificate_key = folder_ / "certificate.pem";
  EXPECT_THROW(HttpsServer(wrong, service_), InvalidInput);
  wrong = options();
  for (const char* listen : {"here", "127.0.0.1", "127.0.0.1:99999", "300.1.1.1:80"}) {
    wrong.listen = listen;
    EXPECT_THROW(HttpsServer(wrong, service_), InvalidInput) << listen;
  }
  wrong.listen = fmt::format("127.0.0.1:{}", port_);
  EXPECT_THROW(HttpsServer(wrong, service_), std::runtime_error);
}

}  // namespace
}  // namespace panj::share
