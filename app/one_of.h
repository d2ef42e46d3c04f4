// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace panj::app {

/// Reads the names of an enumeration: `option->transform(one_of(kFormats))`.
template <class Enum>
CLI::Validator one_of(std::map<std::string, Enum> names) {
  return {[names = std::move(names)](std::string& text) -> std::string {
            const auto found = names.find(text);
            if (found == names.end()) {
              std::vector<std::string> all;
              for (const auto& [name, value] : names) all.push_back(name);
              return fmt::format("'{}' is none of {}", text, fmt::join(all, ", "));
            }
            text = std::to_string(static_cast<int>(found->second));
            return {};
          },
          ""};
}

}  // namespace panj::app
