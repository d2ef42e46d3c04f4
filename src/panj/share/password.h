// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "panj/share/member.h"

namespace panj::share {

class Store;

/// What guessing a password costs: 64 MiB and two passes (libsodium's interactive cost), or next to
/// nothing, for tests.
enum class PasswordCost : std::uint8_t { interactive, lowest };

/// Argon2id with its salt and cost, as text.
std::string hash_password(std::string_view password, PasswordCost cost = PasswordCost::interactive);

/// Tells who logs in with a name and a password.
///
///     Authenticator authenticator(store);
///     if (const auto member = authenticator.login(name, password)) …
///
/// A login that succeeded is remembered, as a keyed digest in memory, until the member changes:
/// only the first request pays for the hash. A name that is not there costs as much as a wrong
/// password. One hash is computed at a time, so that guessing takes 64 MiB and one processor at
/// most. Any number of threads may call.
class Authenticator {
 public:
  /// `cost` is what a name that is not there costs: that of the members' hashes.
  explicit Authenticator(const Store& store, PasswordCost cost = PasswordCost::interactive);
  Authenticator(Authenticator&&) noexcept;
  ~Authenticator();

  /// The member as it is now; nothing when name or password is wrong.
  std::optional<Member> login(std::string_view name, std::string_view password);
  /// Whether login() will answer without hashing.
  bool remembers(std::string_view name, std::string_view password) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace panj::share
