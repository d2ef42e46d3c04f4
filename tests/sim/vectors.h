// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

#include "panj/sim/pack.h"
#include "panj/sim/vector_units.h"

namespace panj::sim {

/// Runs a test under each instruction set that the machine has.
template <class Test>
void for_each_vector_units(Test test) {
  const VectorUnits before = vector_units();
  for (const VectorUnits units : {VectorUnits::baseline, VectorUnits::avx2, VectorUnits::avx512}) {
    if (use_vector_units(units) == units) test(units);
  }
  use_vector_units(before);
}

/// `function` of packs, for each place of the inputs.
template <class Function, class... Inputs>
std::vector<double> by_packs(Function function, const Inputs&... inputs) {
  const std::size_t size = std::min({inputs.size()...});
  const std::size_t padded = (size + kLineLanes - 1) / kLineLanes * kLineLanes;
  const auto pad = [&](std::span<const double> in) {
    std::vector<double> all(in.begin(), in.begin() + static_cast<std::ptrdiff_t>(size));
    all.resize(padded, size == 0 ? 0.0 : all.back());
    return all;
  };
  const auto run = [&](const auto&... padded_inputs) {
    std::vector<double> out(padded);
    with_vector_units([&]<class Pack>() PANJ_KERNEL {
      for (std::size_t at = 0; at < padded; at += kLanesIn<Pack>)
        store(&out[at], function(load<Pack>(&padded_inputs[at])...));
    });
    out.resize(size);
    return out;
  };
  return run(pad(inputs)...);
}

}  // namespace panj::sim
