// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace panj::share::detail {

struct Login {
  std::string name{};
  std::string password{};
};

/// Reads an Authorization header of the scheme Basic (RFC 7617).
std::optional<Login> read_basic_login(std::string_view authorization);
std::string basic_authorization(const Login& login);

}  // namespace panj::share::detail
