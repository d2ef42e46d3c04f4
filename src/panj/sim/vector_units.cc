// SPDX-License-Identifier: Apache-2.0
#include "panj/sim/vector_units.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdlib>

namespace panj::sim {
namespace {

constexpr std::array<std::string_view, 3> kNames{"baseline", "avx2", "avx512"};

VectorUnits of_processor() {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512dq") != 0 &&
      __builtin_cpu_supports("avx512bw") != 0 && __builtin_cpu_supports("avx512vl") != 0) {
    return VectorUnits::avx512;
  }
  if (__builtin_cpu_supports("avx2") != 0) return VectorUnits::avx2;
#endif
  return VectorUnits::baseline;
}

VectorUnits at_start() {
  const char* wanted = std::getenv("PANJ_VECTOR_UNITS");
  if (wanted == nullptr) return of_processor();
  const auto found = std::ranges::find(kNames, std::string_view(wanted));
  if (found == kNames.end()) return of_processor();
  return std::min(static_cast<VectorUnits>(found - kNames.begin()), of_processor());
}

std::atomic<VectorUnits>& in_use() {
  static std::atomic<VectorUnits> units{at_start()};
  return units;
}

}  // namespace

std::string_view to_string(VectorUnits units) {
  return kNames[static_cast<std::size_t>(units)];
}

VectorUnits vector_units() {
  return in_use().load(std::memory_order_relaxed);
}

VectorUnits use_vector_units(VectorUnits units) {
  in_use() = std::min(units, of_processor());
  return in_use();
}

}  // namespace panj::sim
