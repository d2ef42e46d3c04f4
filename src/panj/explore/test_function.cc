// SPDX-License-Identifier: Apache-2.0
#include "panj/explore/test_function.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <numbers>

#include "panj/core/problem.h"

namespace panj::explore {
namespace {

constexpr double kPi = std::numbers::pi;

TestFunction ishigami() {
  constexpr double kA = 7.0;
  constexpr double kB = 0.1;
  const auto function = [](std::span<const double> unit) {
    const auto x = [&](std::size_t i) { return kPi * (2 * unit[i] - 1); };
    const double s2 = std::sin(x(1));
    const double squared = x(2) * x(2);
    return std::sin(x(0)) * (1 + kB * squared * squared) + kA * s2 * s2;
  };
  const double pi4 = kPi * kPi * kPi * kPi;
  const double v1 = (1 + kB * pi4 / 5) * (1 + kB * pi4 / 5) / 2;
  const double v2 = kA * kA / 8;
  const double v13 = kB * kB * pi4 * pi4 * (1.0 / 18 - 1.0 / 50);
  const double v = v1 + v2 + v13;
  return {.name = "ishigami",
          .inputs = {"x1", "x2", "x3"},
          .of_unit = function,
          .first = {v1 / v, v2 / v, 0},
          .total = {(v1 + v13) / v, v2 / v, v13 / v}};
}

TestFunction sobol_g() {
  static constexpr std::array<double, 8> kA{0, 1, 4.5, 9, 99, 99, 99, 99};
  const auto function = [](std::span<const double> unit) {
    double product = 1;
    for (std::size_t i = 0; i < kA.size(); ++i) {
      product *= (std::abs(4 * unit[i] - 2) + kA[i]) / (1 + kA[i]);
    }
    return product;
  };
  TestFunction g{.name = "sobol-g", .inputs = {}, .of_unit = function, .first = {}, .total = {}};
  double all = 1;
  const auto part = [](double a) { return 1 / (3 * (1 + a) * (1 + a)); };
  for (const double a : kA) all *= 1 + part(a);
  for (std::size_t i = 0; i < kA.size(); ++i) {
    g.inputs.push_back(fmt::format("x{}", i + 1));
    g.first.push_back(part(kA[i]) / (all - 1));
    g.total.push_back(part(kA[i]) * all / (1 + part(kA[i])) / (all - 1));
  }
  return g;
}

}  // namespace

TestFunction find_test_function(std::string_view name) {
  if (name == "ishigami") return ishigami();
  if (name == "sobol-g") return sobol_g();
  const std::array<std::string, 2> names{"ishigami", "sobol-g"};
  throw InvalidInput({.field = "function",
                      .what = fmt::format("'{}' is not a test function", name),
                      .suggestion = suggest_name(name, names)});
}

}  // namespace panj::explore
