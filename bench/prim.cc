// SPDX-License-Identifier: Apache-2.0
// PRIM alone on a table of cases: the processor milliseconds of one search at alpha 0.1, with the
// choice of a box (median of 21), and how many boxes it went through. bench/explore.py calls it.
//
//     prim FILE OUTCOME THRESHOLD
#include <fmt/format.h>

#include <algorithm>
#include <ctime>
#include <vector>

#include "panj/core/number.h"
#include "panj/explore/case_table.h"

int main(int argc, char** argv) {
  using namespace panj;
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  const auto threshold = arguments.size() == 3 ? parse_number<double>(arguments[2]) : std::nullopt;
  if (!threshold) {
    fmt::print(stderr, "usage: prim FILE OUTCOME THRESHOLD\n");
    return 2;
  }
  const auto table = explore::read_case_table(arguments[0]);
  const auto of_interest =
      explore::cases_of_interest(table, arguments[1], explore::Side::above, *threshold);
  const auto inputs = explore::choose_inputs(table, arguments[1], of_interest, {}).inputs;
  std::vector<double> milliseconds;
  std::size_t boxes = 0;
  for (int run = 0; run < 21; ++run) {
    const std::clock_t start = std::clock();
    const auto steps = explore::find_box(inputs, of_interest, {.peel_alpha = 0.1});
    const auto chosen = explore::choose_box(inputs, of_interest, steps);
    milliseconds.push_back(1000.0 * static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC);
    boxes = steps.size() + (chosen ? 1 : 0);
  }
  std::ranges::sort(milliseconds);
  fmt::print("{:.3f} {}\n", milliseconds[milliseconds.size() / 2], boxes);
}
