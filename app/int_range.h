// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace panj::app {

/// Whole numbers from `first` to `last`, both included.
struct IntRange {
  int first = 0;
  int last = 0;
};

/// Reads "3..14", or "3" for that number alone. Throws InvalidInput about the option `field` unless
/// allowed.first ≤ first ≤ last ≤ allowed.last.
IntRange parse_int_range(const std::string& field, const std::string& text, IntRange allowed,
                         const std::string& example);

}  // namespace panj::app
