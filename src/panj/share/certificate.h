// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace panj::share {

/// In PEM.
struct Certificate {
  std::string certificate;
  std::string key;
};

/// A certificate for trying: an ECDSA key on P-256, signed by itself, good for a year, for
/// `localhost`, 127.0.0.1 and `host` (a name or an address). Partners need one of an authority that
/// they trust, or this file from the right hands.
Certificate make_certificate(const std::string& name, const std::string& host);

}  // namespace panj::share
