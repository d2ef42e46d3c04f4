// SPDX-License-Identifier: Apache-2.0
#include "panj/share/password.h"

#include <fmt/format.h>
#include <sodium.h>

#include <map>
#include <mutex>
#include <stdexcept>

#include "panj/share/detail/bytes.h"
#include "panj/share/store.h"

namespace panj::share {

std::string hash_password(std::string_view password, PasswordCost cost) {
  detail::start_sodium();
  const bool is_lowest = cost == PasswordCost::lowest;
  std::string hash(crypto_pwhash_STRBYTES, '\0');
  if (crypto_pwhash_str(
          hash.data(), password.data(), password.size(),
          is_lowest ? crypto_pwhash_OPSLIMIT_MIN : crypto_pwhash_OPSLIMIT_INTERACTIVE,
          is_lowest ? crypto_pwhash_MEMLIMIT_MIN : crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0) {
    throw std::runtime_error("there is too little memory to hash a password");
  }
  hash.resize(hash.find('\0'));
  return hash;
}

namespace {

constexpr std::size_t kLongestPassword = 1024;

}  // namespace

struct Authenticator::State {
  State(const Store& given, PasswordCost given_cost)
      : store(given), cost(given_cost), key(SecretKey::generate()) {}

  /// What was remembered of a login: a keyed digest of the password and the member's epoch.
  using Remembered = std::pair<std::array<unsigned char, 32>, std::int64_t>;

  const Store& store;
  PasswordCost cost;
  SecretKey key;
  std::once_flag is_nobody_made;
  std::string nobody;
  std::mutex mutex;
  std::map<std::string, Remembered, std::less<>> remembered;  ///< by member id
  std::mutex hashing;

  std::array<unsigned char, 32> digest_of(std::string_view name, std::string_view password) const {
    return key.code(fmt::format("{}\n{}", name, password));
  }
  bool remembers(const Member& member, const std::array<unsigned char, 32>& digest) {
    const std::lock_guard lock(mutex);
    const auto found = remembered.find(member.id);
    return found != remembered.end() && found->second.second == member.epoch &&
           sodium_memcmp(found->second.first.data(), digest.data(), digest.size()) == 0;
  }
  /// What an unknown name is checked against, so that it takes as long as a wrong password.
  const std::string& hash_of_nobody() {
    std::call_once(is_nobody_made, [this] { nobody = hash_password("", cost); });
    return nobody;
  }
  bool is_password(const std::string& hash, std::string_view password) {
    const std::lock_guard lock(hashing);
    return crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
  }
};

Authenticator::Authenticator(const Store& store, PasswordCost cost)
    : state_(std::make_unique<State>(store, cost)) {}
Authenticator::Authenticator(Authenticator&&) noexcept = default;
Authenticator::~Authenticator() = default;

std::optional<Member> Authenticator::login(std::string_view name, std::string_view password) {
  if (password.size() > kLongestPassword) return std::nullopt;
  auto member = state_->store.find_member(name);
  const bool can_log_in = member && !member->password_hash.empty();
  const auto digest = state_->digest_of(name, password);
  if (can_log_in && state_->remembers(*member, digest)) return member;
  const bool is_right =
      state_->is_password(can_log_in ? member->password_hash : state_->hash_of_nobody(), password);
  if (!can_log_in || !is_right) return std::nullopt;
  const std::lock_guard lock(state_->mutex);
  state_->remembered[member->id] = {digest, member->epoch};
  return member;
}

bool Authenticator::remembers(std::string_view name, std::string_view password) const {
  const auto member = state_->store.find_member(name);
  return member && state_->remembers(*member, state_->digest_of(name, password));
}

}  // namespace panj::share
