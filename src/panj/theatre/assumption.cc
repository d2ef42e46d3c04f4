// SPDX-License-Identifier: Apache-2.0
#include "panj/theatre/assumption.h"

#include <algorithm>

#include "panj/core/contract.h"

namespace panj::theatre {

std::string_view to_string(Basis basis) {
  switch (basis) {
    case Basis::article:
      return "article";
    case Basis::public_reporting:
      return "public-reporting";
    case Basis::assumption:
      return "assumption";
  }
  return "";
}

double Assumption::value() const {
  PANJ_EXPECT(values.size() == 1);
  return values.front();
}

double Assumption::value(std::string_view label) const {
  const auto index = find(label);
  PANJ_EXPECT(index.has_value());
  return values[*index];
}

double Assumption::value(std::string_view row, std::string_view column) const {
  return value(std::string(row) + "." + std::string(column));
}

Range Assumption::range() const {
  PANJ_EXPECT(low.size() == 1 && high.size() == 1);
  return {low.front(), high.front()};
}

std::optional<std::size_t> Assumption::find(std::string_view label) const {
  const auto found = std::ranges::find(labels, label);
  if (found == labels.end()) return std::nullopt;
  return static_cast<std::size_t>(found - labels.begin());
}

}  // namespace panj::theatre
