// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "panj/sim/pack.h"

namespace panj::sim {

/// Instruction sets that kernels are compiled for.
enum class VectorUnits { baseline, avx2, avx512 };

std::string_view to_string(VectorUnits units);

/// What this processor has; or less, when the environment variable PANJ_VECTOR_UNITS names it.
VectorUnits vector_units();

/// Sets what `with_vector_units` uses, at most what the processor has. Returns what is now used.
/// For tests: results must not change.
VectorUnits use_vector_units(VectorUnits units);

namespace detail {

#if defined(__x86_64__)
template <class Kernel>
[[gnu::noinline, gnu::flatten, gnu::target("avx512f,avx512dq,avx512bw,avx512vl")]] void on_avx512(
    const Kernel& kernel) {
  kernel.template operator()<Pack8>();
}
template <class Kernel>
[[gnu::noinline, gnu::flatten, gnu::target("avx2")]] void on_avx2(const Kernel& kernel) {
  kernel.template operator()<Pack4>();
}
#endif
template <class Kernel>
[[gnu::noinline, gnu::flatten]] void on_baseline(const Kernel& kernel) {
  kernel.template operator()<Pack4>();
}

}  // namespace detail

/// Runs a kernel compiled for the best instructions of this processor and the pack that fills its
/// registers, with the same result on any: IEEE arithmetic lane by lane, never contracted (the
/// build sets -ffp-contract=off). A sum over lanes is taken in an order that no pack changes.
///
///     with_vector_units([&]<class Pack>() PANJ_KERNEL {
///       for (std::size_t lane = 0; lane < width; lane += kLanesIn<Pack>) …
///     });
///
/// Everything called inside is inlined and compiled three times, so a kernel should be a loop over
/// packs with PANJ_INLINE functions; mark slow paths [[gnu::noinline]] and pass them no packs. A
/// call costs about 2 ns: put a whole stage of a step inside one.
template <class Kernel>
void with_vector_units(const Kernel& kernel) {
#if defined(__x86_64__)
  switch (vector_units()) {
    case VectorUnits::avx512:
      return detail::on_avx512(kernel);
    case VectorUnits::avx2:
      return detail::on_avx2(kernel);
    case VectorUnits::baseline:
      break;
  }
#endif
  detail::on_baseline(kernel);
}

}  // namespace panj::sim
