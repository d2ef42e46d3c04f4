// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "panj/share/audit.h"
#include "panj/share/https_client.h"
#include "panj/share/store.h"

namespace panj::share {

/// A server answered, but not as TAXII 2.1 has it, or that we may not. Says what it said.
class ExchangeError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

struct PullOptions {
  std::string url{};         ///< of the server, its discovery, an API root or one collection
  std::string user{};        ///< as whom: each has a log, and so a cursor, of its own
  std::string collection{};  ///< only the one with this id; empty: all that may be read
  std::size_t page = 500;    ///< objects to ask for at a time
  std::string answerer{};    ///< Delivery::answerer
  std::function<void(std::size_t objects)> progress = [](std::size_t) {};  ///< of each page
};

/// What came of all pages together.
struct Pulled {
  Received received{};
  std::size_t objects = 0;
  std::size_t pages = 0;
  std::size_t receipts_sent = 0;
  std::size_t receipts_kept = 0;           ///< not sent: we may not write there
  std::optional<Checkpoint> checkpoint{};  ///< what a Panj node says of our log there
};

/// Takes in what a TAXII 2.1 server has that was not taken in yet, page after page; then sends
/// receipts for recalls.
///
///     HttpsClient client({.user = "KZ", .password = password, .authorities = "tj.pem"});
///     const Pulled pulled = pull(store, client, {.url = "https://tj.example:6443", .user = "KZ"});
///
/// A page and how far it reaches are stored in one transaction: whenever it is interrupted, the
/// next pull goes on where this one was. A page that comes twice, late or cut short is no harm:
/// versions are known by their hash, and what cannot be read is not taken in. The server's clock
/// counts, not ours. The password goes to the server of the URL, and nowhere else. Throws
/// ConnectionError and ExchangeError; pages before that stay.
Pulled pull(Store& store, HttpClient& client, const PullOptions& options);

}  // namespace panj::share
