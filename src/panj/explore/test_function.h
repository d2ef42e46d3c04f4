// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace panj::explore {

/// A function whose Sobol indices are known in closed form: to see that the estimates are right.
struct TestFunction {
  std::string name;
  std::vector<std::string> inputs;
  std::function<double(std::span<const double>)> of_unit;  ///< takes unit coordinates
  std::vector<double> first;                               ///< exact S_i
  std::vector<double> total;                               ///< exact T_i
};

/// `ishigami`: sin x1 + 7 sin² x2 + 0.1 x3⁴ sin x1 on [−π, π]³ (Ishigami & Homma 1990).
/// `sobol-g`: Π (|4 u_i − 2| + a_i) / (1 + a_i) with a = 0, 1, 4.5, 9, 99, 99, 99, 99 on [0, 1]⁸
/// (Saltelli & Sobol 1995). Throws InvalidInput for another name.
TestFunction find_test_function(std::string_view name);

}  // namespace panj::explore
