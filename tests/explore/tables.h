// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <initializer_list>
#include <string>
#include <vector>

#include "panj/core/problem.h"
#include "panj/explore/matrix.h"

namespace panj::explore {

inline Matrix matrix_of(std::initializer_list<std::initializer_list<double>> rows) {
  Matrix matrix;
  for (const auto& row : rows) matrix.push_row(std::vector<double>(row));
  return matrix;
}

/// What `call` finds wrong with its input, a line for each problem.
template <class Call>
std::string problems_of(Call call) {
  try {
    call();
  } catch (const InvalidInput& error) {
    std::string text;
    for (const Problem& problem : error.problems()) text += to_string(problem) + "\n";
    return text;
  }
  return "";
}

}  // namespace panj::explore
