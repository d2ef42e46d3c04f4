// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <compare>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace panj::share {

/// An Ed25519 public key (RFC 8032). As text: 64 lower-case hexadecimal digits.
struct PublicKey {
  std::array<unsigned char, 32> bytes{};

  auto operator<=>(const PublicKey&) const = default;
};

std::string to_string(const PublicKey& key);
std::optional<PublicKey> parse_public_key(std::string_view text);

/// What two people read to each other over the telephone when they exchange keys: eight groups of
/// four digits of the key's SHA-256.
std::string fingerprint(const PublicKey& key);

/// The STIX identity of who holds the key: its UUID is made from the key, so that nobody else can
/// sign as this identity, whatever an object's fields say.
std::string identity_of(const PublicKey& key);

/// Whether `signature` (128 hexadecimal digits) is this key's over `message`. Weak keys and
/// signatures in a second form are refused, as libsodium does.
bool is_signed_by(const PublicKey& key, std::string_view message, std::string_view signature);

/// A signing key. Its memory is wiped when it ends.
class SigningKey {
 public:
  static SigningKey generate();
  /// For tests: the same 32 bytes give the same key.
  static SigningKey from_seed(const std::array<unsigned char, 32>& seed);
  /// Reads what save() wrote. Throws InvalidInput when it is no key, or when others may read it.
  static SigningKey load(const std::filesystem::path& path);

  SigningKey(SigningKey&&) noexcept;
  SigningKey(const SigningKey&) = default;
  ~SigningKey();

  const PublicKey& public_key() const { return public_; }
  std::string sign(std::string_view message) const;  ///< 128 hexadecimal digits
  /// Writes the seed, readable by the owner only. Refuses to replace a file.
  void save(const std::filesystem::path& path) const;

 private:
  SigningKey() = default;
  std::array<unsigned char, 64> secret_{};
  PublicKey public_{};
};

/// A key that never leaves the node: for `next` tokens and for ids that nobody can guess.
class SecretKey {
 public:
  static SecretKey generate();
  static SecretKey from_seed(const std::array<unsigned char, 32>& seed) { return SecretKey(seed); }
  static SecretKey load(const std::filesystem::path& path);
  void save(const std::filesystem::path& path) const;

  /// BLAKE2b of the message under this key, as raw bytes.
  std::array<unsigned char, 32> code(std::string_view message) const;
  /// Compares in constant time.
  bool is_code(std::string_view message, std::string_view code_bytes) const;

 private:
  explicit SecretKey(const std::array<unsigned char, 32>& bytes) : bytes_(bytes) {}
  std::array<unsigned char, 32> bytes_{};
};

/// Writes a new file that only the owner may read (0600), whole or not at all. Throws
/// std::runtime_error when there is one already.
void write_secret(const std::filesystem::path& path, std::string_view content);

/// `type--` and a UUID (form 5) from the first 16 bytes of a digest.
std::string id_from_digest(std::string_view type, std::string_view digest_bytes);

/// SHA-256 as 32 raw bytes.
std::string sha256_bytes(std::string_view message);

}  // namespace panj::share
