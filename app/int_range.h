// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace panj::app {

/// Whole numbers from `first` to `last`, both included.
struct IntRange {
  int first = 0;
  int last = 0;
};

/// For an option that holds "3..14", or "3" for that number alone, with allowed.first ≤ first ≤
/// last ≤ allowed.last: `option->check(is_int_range({1, 36}, "3..14"))`.
CLI::Validator is_int_range(IntRange allowed, std::string example);

/// What such an option holds.
IntRange int_range_option(const std::string& checked);

}  // namespace panj::app
