// SPDX-License-Identifier: Apache-2.0
#include "panj/share/keys.h"

#include <fmt/format.h>
#include <sodium.h>
#include <sys/stat.h>

#include "panj/core/contract.h"
#include "panj/core/file.h"
#include "panj/core/problem.h"
#include "panj/share/detail/bytes.h"

namespace panj::share {
namespace {

using detail::bytes_of;
using detail::from_hex;
using detail::text_of;
using detail::to_hex;

constexpr std::string_view kSeedPrefix = "panj-ed25519-seed ";
constexpr std::string_view kSecretPrefix = "panj-secret ";

/// The 32 bytes of a key file.
std::array<unsigned char, 32> load_bytes(const std::filesystem::path& path,
                                         std::string_view prefix) {
  constexpr std::size_t kLimit = 4096;
  std::string text = read_file(path, kLimit);
  struct stat info {};
  if (::stat(path.c_str(), &info) == 0 && (info.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    throw InvalidInput({.file = path.string(),
                        .what = "can be read by others",
                        .why = "whoever has this key can act in your name",
                        .suggestion = fmt::format("chmod 600 {}", path.string())});
  }
  std::array<unsigned char, 32> bytes{};
  while (!text.empty() && text.back() == '\n') text.pop_back();
  if (!text.starts_with(prefix) || !from_hex(std::string_view(text).substr(prefix.size()), bytes)) {
    throw InvalidInput({.file = path.string(),
                        .what = "is no key",
                        .why = fmt::format("must be '{}' and 64 hexadecimal digits", prefix)});
  }
  sodium_memzero(text.data(), text.size());
  return bytes;
}

void save_bytes(const std::filesystem::path& path, std::string_view prefix,
                std::span<const unsigned char> bytes) {
  write_secret(path, fmt::format("{}{}\n", prefix, to_hex(bytes)));
}

}  // namespace

std::string to_string(const PublicKey& key) {
  return to_hex(key.bytes);
}

std::optional<PublicKey> parse_public_key(std::string_view text) {
  PublicKey key;
  if (!from_hex(text, key.bytes)) return std::nullopt;
  return key;
}

std::string fingerprint(const PublicKey& key) {
  const std::string digits = sha256(text_of(key.bytes));
  std::string groups = digits.substr(0, 4);
  for (std::size_t at = 4; at < 32; at += 4) groups.append(1, ' ').append(digits, at, 4);
  return groups;
}

std::string identity_of(const PublicKey& key) {
  return id_from_digest("identity",
                        sha256_bytes(fmt::format("panj-identity-1\n{}", to_string(key))));
}

bool is_signed_by(const PublicKey& key, std::string_view message, std::string_view signature) {
  std::array<unsigned char, crypto_sign_BYTES> bytes{};
  if (!from_hex(signature, bytes)) return false;
  return crypto_sign_verify_detached(bytes.data(), bytes_of(message), message.size(),
                                     key.bytes.data()) == 0;
}

SigningKey SigningKey::generate() {
  detail::start_sodium();
  std::array<unsigned char, 32> seed{};
  randombytes_buf(seed.data(), seed.size());
  return from_seed(seed);
}

SigningKey SigningKey::from_seed(const std::array<unsigned char, 32>& seed) {
  detail::start_sodium();
  SigningKey key;
  crypto_sign_seed_keypair(key.public_.bytes.data(), key.secret_.data(), seed.data());
  return key;
}

SigningKey SigningKey::load(const std::filesystem::path& path) {
  return from_seed(load_bytes(path, kSeedPrefix));
}

SigningKey::SigningKey(SigningKey&& other) noexcept = default;

SigningKey::~SigningKey() {
  sodium_memzero(secret_.data(), secret_.size());
}

std::string SigningKey::sign(std::string_view message) const {
  std::array<unsigned char, crypto_sign_BYTES> signature{};
  crypto_sign_detached(signature.data(), nullptr, bytes_of(message), message.size(),
                       secret_.data());
  return to_hex(signature);
}

void SigningKey::save(const std::filesystem::path& path) const {
  save_bytes(path, kSeedPrefix, std::span(secret_).first(crypto_sign_SEEDBYTES));
}

SecretKey SecretKey::generate() {
  detail::start_sodium();
  std::array<unsigned char, 32> bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  return SecretKey(bytes);
}

SecretKey SecretKey::load(const std::filesystem::path& path) {
  return SecretKey(load_bytes(path, kSecretPrefix));
}

void SecretKey::save(const std::filesystem::path& path) const {
  save_bytes(path, kSecretPrefix, bytes_);
}

std::array<unsigned char, 32> SecretKey::code(std::string_view message) const {
  std::array<unsigned char, 32> code{};
  crypto_generichash(code.data(), code.size(), bytes_of(message), message.size(), bytes_.data(),
                     bytes_.size());
  return code;
}

bool SecretKey::is_code(std::string_view message, std::string_view code_bytes) const {
  const auto expected = code(message);
  return code_bytes.size() == expected.size() &&
         sodium_memcmp(expected.data(), code_bytes.data(), expected.size()) == 0;
}

std::string id_from_digest(std::string_view type, std::string_view digest_bytes) {
  PANJ_EXPECT(digest_bytes.size() >= 16);
  std::string bytes(digest_bytes.substr(0, 16));
  bytes[6] = static_cast<char>((bytes[6] & 0x0F) | 0x50);
  bytes[8] = static_cast<char>((bytes[8] & 0x3F) | 0x80);
  const std::string hex = to_hex({bytes_of(bytes), bytes.size()});
  return fmt::format("{}--{}-{}-{}-{}-{}", type, hex.substr(0, 8), hex.substr(8, 4),
                     hex.substr(12, 4), hex.substr(16, 4), hex.substr(20));
}

std::string sha256_bytes(std::string_view message) {
  std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
  crypto_hash_sha256(digest.data(), bytes_of(message), message.size());
  return std::string(text_of(digest));
}

}  // namespace panj::share
