// SPDX-License-Identifier: Apache-2.0
#include "panj/share/detail/basic_login.h"

#include <sodium.h>

#include <algorithm>
#include <cctype>

#include "panj/share/detail/bytes.h"

namespace panj::share::detail {
namespace {

constexpr int kVariant = sodium_base64_VARIANT_ORIGINAL;

}  // namespace

std::optional<Login> read_basic_login(std::string_view authorization) {
  constexpr std::string_view kScheme = "basic ";
  const bool is_basic =
      authorization.size() > kScheme.size() &&
      std::equal(kScheme.begin(), kScheme.end(), authorization.begin(), [](char a, char b) {
        return a == static_cast<char>(std::tolower(static_cast<unsigned char>(b)));
      });
  if (!is_basic) return std::nullopt;
  authorization.remove_prefix(kScheme.size());
  while (authorization.starts_with(' ')) authorization.remove_prefix(1);
  std::string text(authorization.size(), '\0');
  std::size_t size = 0;
  if (sodium_base642bin(reinterpret_cast<unsigned char*>(text.data()), text.size(),
                        authorization.data(), authorization.size(), nullptr, &size, nullptr,
                        kVariant) != 0) {
    return std::nullopt;
  }
  text.resize(size);
  const std::size_t colon = text.find(':');
  if (colon == std::string::npos) return std::nullopt;
  return Login{.name = text.substr(0, colon), .password = text.substr(colon + 1)};
}

std::string basic_authorization(const Login& login) {
  const std::string text = login.name + ":" + login.password;
  std::string encoded(sodium_base64_encoded_len(text.size(), kVariant), '\0');
  sodium_bin2base64(encoded.data(), encoded.size(), bytes_of(text), text.size(), kVariant);
  encoded.pop_back();
  return "Basic " + encoded;
}

}  // namespace panj::share::detail
