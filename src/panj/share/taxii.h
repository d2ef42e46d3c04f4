// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <string>

#include "panj/share/http.h"
#include "panj/share/password.h"
#include "panj/share/store.h"

namespace panj::share {

/// TAXII 2.1 (OASIS, 2021) over a store: from request to answer, without a socket.
///
///     /taxii2/                             discovery
///     /share/                              the API root, with the identity of the node
///     /share/collections/                  one collection: the caller's own log
///     /share/collections/ID/manifest/      …/objects/  …/objects/ID/  …/objects/ID/versions/
///     /share/status/ID/                    what became of a POST
///     /share/checkpoint/                   the node's signed word on the caller's log (not of
///     TAXII)
///
/// Who asks is known by name and password (Basic); nobody else learns even which paths exist. Every
/// answer follows from the caller's own log and rights: what was not released to a member is, in
/// status, headers and body, the same as what does not exist.
///
/// Refusals are TAXII's error resources: 400 a parameter is wrong · 401 who are you · 403 may see
/// the collection but not do this · 404 nothing here for you · 405 · 406 · 413 · 415 · 422 the body
/// is no envelope · 500 and 503 with no word of why (`report` gets it).
class TaxiiService final : public HttpService {
 public:
  struct Options {
    std::string title = "Panj";
    std::size_t max_body = std::size_t{16} << 20;  ///< of a POST; told in the API root
    std::size_t max_objects = 10'000;  ///< of a POST: each has a line in the status that is kept
    std::size_t page_limit = 1000;     ///< objects in a page at most
    std::size_t page_bytes = std::size_t{2} << 20;           ///< a page ends before it is larger
    PasswordCost password_cost = PasswordCost::interactive;  ///< of guessing: Authenticator
    std::function<void(const std::string&)> report = [](const std::string&) {};
  };

  explicit TaxiiService(Store& store) : TaxiiService(store, Options()) {}
  TaxiiService(Store& store, Options options);

  Lane lane(const HttpRequest& head) const override;
  std::optional<HttpResponse> refuse(const HttpRequest& head) override;
  HttpResponse respond(const HttpRequest& request) override;

 private:
  struct Call;
  Call begin(const HttpRequest& head);
  HttpResponse answer(const Call& call, const std::string& body);
  HttpResponse discovery() const;
  HttpResponse api_root() const;
  HttpResponse collections(const Member& member) const;
  HttpResponse page(const Call& call) const;
  HttpResponse post(const Call& call, const std::string& body);
  HttpResponse erase(const Call& call);
  HttpResponse guarded(const std::function<HttpResponse()>& action);
  Json collection_of(const Member& member) const;

  Store& store_;
  Options options_;
  Authenticator authenticator_;
};

}  // namespace panj::share
