// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace panj::explore::detail {

/// How an assumption of a theatre file is spoken of.
struct Wording {
  std::string_view key;      ///< with "*" or "[]" for the entry of a list, and a label where told
  std::string_view subject;  ///< {0} stands for the name of the list's entry, {1} for the label
  /// With the space before it. " times …" is of a common factor, " … from stated" of a common
  /// shift, anything else of the number itself.
  std::string_view unit;
  double scale;            ///< shown number / the assumption's number
  std::string_view watch;  ///< empty: cannot be watched
};

/// The wording of a key, that with the label first; none when there is no wording.
const Wording* find_wording(std::string_view key, std::string_view label);

}  // namespace panj::explore::detail
