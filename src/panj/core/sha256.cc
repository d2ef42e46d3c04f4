// SPDX-License-Identifier: Apache-2.0
#include "panj/core/sha256.h"

#include <openssl/evp.h>

#include <string_view>

namespace panj {

struct Sha256::Context {
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> state{EVP_MD_CTX_new(), &EVP_MD_CTX_free};
};

Sha256::Sha256() : context_(std::make_unique<Context>()) {
  EVP_DigestInit_ex(context_->state.get(), EVP_sha256(), nullptr);
}
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;
Sha256::~Sha256() = default;

void Sha256::add(std::string_view bytes) {
  EVP_DigestUpdate(context_->state.get(), bytes.data(), bytes.size());
}

void Sha256::add(std::span<const std::byte> bytes) {
  EVP_DigestUpdate(context_->state.get(), bytes.data(), bytes.size());
}

void Sha256::add(const Bytes& digest) {
  EVP_DigestUpdate(context_->state.get(), digest.data(), digest.size());
}

Sha256::Bytes Sha256::take() {
  Bytes digest{};
  EVP_DigestFinal_ex(context_->state.get(), digest.data(), nullptr);
  EVP_DigestInit_ex(context_->state.get(), nullptr, nullptr);
  return digest;
}

std::string Sha256::hex() {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const unsigned char byte : take()) {
    text += kDigits[byte >> 4U];
    text += kDigits[byte & 0xFU];
  }
  return text;
}

}  // namespace panj
