// SPDX-License-Identifier: Apache-2.0
// What clients of others send, byte for byte as recorded from taxii2-client 2.3.0 (OASIS) on
// Debian's python3-requests 2.28.1 and from curl 7.88.1, which both went through against `panj
// share serve`. The names in braces stand for what differs from node to node.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "panj/core/file.h"
#include "panj/share/certificate.h"
#include "panj/share/https_server.h"
#include "share/caller.h"
#include "share/raw_connection.h"
#include "share/world.h"

namespace panj::share {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

std::string filled_in(std::string text, const std::map<std::string, std::string>& values) {
  for (const auto& [name, value] : values) {
    const std::string place = "{" + name + "}";
    for (std::size_t at = text.find(place); at != std::string::npos; at = text.find(place, at)) {
      text.replace(at, place.size(), value);
      at += value.size();
    }
  }
  return text;
}

/// A node with 10 incidents for KZ behind a socket, and a client's one connection to it.
class ClientTranscriptTest : public testing::Test {
 protected:
  ClientTranscriptTest() {
    give_passwords(world_);
    for (int i = 0; i < 10; ++i) world_.publish(draft("incident", i), world_.label({"KZ"}));
    const Certificate made = make_certificate("node", "localhost");
    write_file(folder_.path() / "certificate.pem", made.certificate);
    write_file(folder_.path() / "key.pem", made.key);
    server_ = std::make_unique<HttpsServer>(
        ServerOptions{.listen = "127.0.0.1:0",
                      .certificate = folder_.path() / "certificate.pem",
                      .certificate_key = folder_.path() / "key.pem"},
        service_);
    thread_ = std::thread([this] { server_->run(); });
    const std::string address = server_->address();
    values_["port"] = address.substr(address.rfind(':') + 1);
    values_["login"] = request_of("KZ", "GET", "/").headers.get("Authorization");
    values_["collection"] = world_.store().collection_id();
    values_["incident"] = world_.seen("KZ").front();
    connection_ = std::make_unique<RawConnection>(std::stoi(values_["port"]));
  }
  ~ClientTranscriptTest() override {
    connection_.reset();
    server_->stop();
    thread_.join();
  }

  /// Sends a request as it was recorded, and reads the answer.
  std::string send(const std::string& first_line, const std::string& headers,
                   const std::string& body = "") {
    std::string text = filled_in(first_line, values_) + " HTTP/1.1\r\n";
    for (std::size_t at = 0; at < headers.size();) {
      const std::size_t end = headers.find('\n', at);
      text += filled_in(headers.substr(at, end - at), values_) + "\r\n";
      at = end + 1;
    }
    connection_->send(text + "\r\n");
    if (!body.empty()) connection_->send(body);
    const std::string answer = connection_->answer();
    EXPECT_THAT(answer, HasSubstr("\r\nContent-Type: application/taxii+json;version=2.1\r\n"));
    return answer;
  }
  Json body_of(const std::string& answer) {
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 20"));
    return Json::parse(answer.substr(answer.find("\r\n\r\n") + 4));
  }

  const TemporaryFolder folder_{testing::TempDir()};
  World world_{"transcript"};
  TaxiiService service_{world_.store(), {}};
  std::unique_ptr<HttpsServer> server_;
  std::thread thread_;
  std::unique_ptr<RawConnection> connection_;
  std::map<std::string, std::string> values_;
};

TEST_F(ClientTranscriptTest, Taxii2ClientGoesThrough) {
  const std::string reading =
      "Host: 127.0.0.1:{port}\nUser-Agent: taxii2-client/2.3.0\nAccept-Encoding: gzip, deflate\n"
      "Accept: application/taxii+json;version=2.1\nConnection: keep-alive\n"
      "Authorization: {login}\n";
  EXPECT_EQ(body_of(send("GET /taxii2/", reading))["default"], "/share/");
  EXPECT_EQ(body_of(send("GET /share/", reading))["versions"][0],
            "application/taxii+json;version=2.1");
  EXPECT_EQ(body_of(send("GET /share/collections/", reading))["collections"][0]["id"],
            values_["collection"]);

  const std::string objects = "/share/collections/{collection}/objects/";
  Json page = body_of(send("GET " + objects + "?limit=4", reading));
  std::size_t read = page["objects"].size();
  EXPECT_EQ(read, 4U);
  while (page.value("more", false)) {
    values_["next"] = page["next"].get<std::string>();
    page = body_of(send("GET " + objects + "?limit=4&next={next}", reading));
    read += page["objects"].size();
  }
  EXPECT_EQ(read, world_.seen_ids("KZ").size());

  EXPECT_EQ(
      body_of(send("GET /share/collections/{collection}/manifest/?limit=2", reading))["objects"]
          .size(),
      2U);
  EXPECT_EQ(
      body_of(send("GET " + objects + "?match%5Btype%5D=incident", reading))["objects"].size(),
      10U);
  EXPECT_EQ(body_of(send("GET " + objects + "{incident}/", reading))["objects"][0]["id"],
            values_["incident"]);
  EXPECT_EQ(body_of(send("GET " + objects + "{incident}/versions/", reading))["versions"].size(),
            1U);

  // It posts what it did not sign and marks nothing; the node keeps that for itself and the sender.
  const std::string writing =
      "Host: 127.0.0.1:{port}\nUser-Agent: python-requests/2.28.1\n"
      "Accept-Encoding: gzip, deflate\nAccept: application/taxii+json;version=2.1\n"
      "Connection: keep-alive\n";
  const std::string note =
      filled_in(R"({"objects": [{"type": "note", "spec_version": "2.1", )"
                R"("id": "note--7a1c1c52-0000-4000-8000-000000000001", )"
                R"("created": "2026-01-01T00:00:00.000Z", "modified": "2026-01-01T00:00:00.000Z", )"
                R"("content": "seen", "object_refs": ["{incident}"]}]})",
                values_);
  const Json status =
      body_of(send("POST " + objects,
                   writing + fmt::format("Content-Type: application/taxii+json;version=2.1\n"
                                         "Content-Length: {}\nAuthorization: {{login}}\n",
                                         note.size()),
                   note));
  EXPECT_EQ(status["status"], "complete");
  values_["status"] = status["id"].get<std::string>();
  EXPECT_EQ(body_of(send("GET /share/status/{status}/", reading))["total_count"], 1);
  EXPECT_THAT(send("DELETE " + objects + "{incident}/",
                   writing + "Content-Length: 0\nAuthorization: {login}\n"),
              StartsWith("HTTP/1.1 403 "))
      << "a member does not delete what another made";
}

TEST_F(ClientTranscriptTest, CurlGoesThrough) {
  EXPECT_EQ(body_of(send("GET /taxii2/",
                         "Host: 127.0.0.1:{port}\nAuthorization: {login}\n"
                         "User-Agent: curl/7.88.1\nAccept: */*\n"))["title"],
            "Panj");
}

}  // namespace
}  // namespace panj::share
