// SPDX-License-Identifier: Apache-2.0
// Any text as a planning problem: each kind of problem is read, or every fault is a message.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "panj/core/problem.h"
#include "panj/plan/calendar_instance.h"
#include "panj/plan/general_sum_instance.h"
#include "panj/plan/instance_file.h"
#include "panj/plan/interdiction_instance.h"
#include "panj/plan/patrol_instance.h"
#include "panj/plan/placement_instance.h"
#include "panj/plan/roster_instance.h"

namespace {

template <class Read>
void attempt(const Read& read) {
  try {
    (void)read();
  } catch (const panj::InvalidInput& error) {
    for (const panj::Problem& problem : error.problems()) (void)to_string(problem);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace plan = panj::plan;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  attempt([&] {
    const plan::InstanceFile file = plan::parse_instance(text, "fuzz.json");
    attempt([&] { return plan::read_placement(file); });
    attempt([&] { return plan::read_zero_sum(file); });
    attempt([&] { return plan::read_general_sum(file); });
    attempt([&] { return plan::read_quantal(file); });
    attempt([&] { return plan::read_interdiction(file); });
    attempt([&] { return plan::read_calendar(file); });
    attempt([&] { return plan::read_coverage(file); });
    attempt([&] { return plan::read_line_games(file); });
    return file.name;
  });
  return 0;
}
