// SPDX-License-Identifier: Apache-2.0
// Any bytes as the answers of a hostile server, one line each: "STATUS DATE-ADDED-LAST BODY". A
// pull ends with what it took in or with a reason, and takes in nothing that nobody signed.
#include <charconv>
#include <cstdlib>
#include <string>

#include "panj/core/problem.h"
#include "panj/share/pull.h"

namespace {

using namespace panj::share;  // NOLINT(google-build-using-namespace)

class HostileServer final : public HttpClient {
 public:
  explicit HostileServer(std::string answers) : answers_(std::move(answers)) {}

  HttpResponse send(const HttpRequest& request) override {
    if (!request.target.starts_with("https://")) std::abort();
    if (answers_.empty()) throw ConnectionError("the server went away");
    std::string line = take(answers_, '\n');
    const std::string status = take(line, ' ');
    HttpResponse response{.status = 200};
    std::from_chars(status.data(), status.data() + status.size(), response.status);
    response.headers.add("X-TAXII-Date-Added-Last", take(line, ' '));
    response.body = std::move(line);
    return response;
  }

 private:
  static std::string take(std::string& text, char end) {
    const std::size_t at = std::min(text.find(end), text.size());
    std::string taken = text.substr(0, at);
    text.erase(0, at + 1);
    return taken;
  }
  std::string answers_;
};

/// The identity of the member whose node the server may claim to be; its key signed nothing.
const std::string& partner(Store& store) {
  static const std::string id =
      store.add_member({.name = "KZ", .key = SigningKey::from_seed({3}).public_key()}).id;
  return id;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  static Store store(":memory:", {"node", SigningKey::from_seed({1}), SecretKey::from_seed({2})});
  std::string answers(reinterpret_cast<const char*>(data), size);
  const std::string& id = partner(store);
  const std::size_t at = answers.find("{node}");
  if (at != std::string::npos) answers.replace(at, 6, id);
  HostileServer server(answers);
  static int pulls = 0;  // each as another user, as a cursor is kept for each
  try {
    const Pulled pulled =
        pull(store, server, {.url = "https://node.test", .user = std::to_string(++pulls)});
    if (pulled.received.accepted != 0 || pulled.checkpoint) std::abort();
  } catch (const ConnectionError&) {
    return 0;
  } catch (const ExchangeError&) {
    return 0;
  }
  return 0;
}
