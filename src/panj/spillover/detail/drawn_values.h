// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "panj/spillover/parameters.h"
#include "panj/theatre/assumption.h"

namespace panj::spillover::detail {

/// The values of a theatre's assumptions after a draw.
class DrawnValues {
 public:
  /// Throws InvalidInput with every override that fits no assumption or lies outside its range.
  DrawnValues(const theatre::Theatre& theatre, std::span<const Override> overrides);

  const std::vector<double>& all(const theatre::Assumption& assumption) const;
  double number(const theatre::Assumption& assumption) const { return all(assumption).front(); }
  /// The label must exist.
  double label(const theatre::Assumption& assumption, std::string_view label) const;
  double label_or(const theatre::Assumption& assumption, std::string_view label,
                  double otherwise) const;
  /// 0 for types that the list leaves out.
  ByType<double> by_type(const theatre::Assumption& assumption) const;
  ByKind<double> by_kind(const theatre::Assumption& assumption) const;
  /// One row of a matrix whose columns are types.
  ByType<double> row_by_type(const theatre::Assumption& assumption, std::string_view row) const;

 private:
  std::map<std::string, std::vector<double>, std::less<>> changed_;
};

}  // namespace panj::spillover::detail
