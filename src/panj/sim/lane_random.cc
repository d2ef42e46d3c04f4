// SPDX-License-Identifier: Apache-2.0
#include "panj/sim/lane_random.h"

#include <initializer_list>

#include "panj/core/contract.h"
#include "panj/sim/detail/philox.h"
#include "panj/sim/elementary.h"
#include "panj/sim/vector_units.h"

namespace panj::sim {
namespace {

detail::PhiloxFills fills() {
#if defined(__x86_64__)
  switch (vector_units()) {
    case VectorUnits::avx512:
      return detail::philox_avx512();
    case VectorUnits::avx2:
      return detail::philox_avx2();
    case VectorUnits::baseline:
      break;
  }
#endif
  return detail::philox_baseline();
}

detail::PhiloxJob job_of(const Lanes& lanes, const DrawKey& key,
                         std::initializer_list<std::span<double>> outs) {
  PANJ_EXPECT(key.step >= 0 && key.step < 65536);
  for (const auto& out : outs) PANJ_EXPECT(out.size() >= lanes.padded());
  return {lanes.seed, lanes.first, (static_cast<std::uint32_t>(key.step) << 16) | key.kind,
          key.entity, key.block,   lanes.padded()};
}

}  // namespace

void fill_uniform(const Lanes& lanes, const DrawKey& key, std::span<double> out) {
  double* const outs[] = {out.data()};
  fills().one(job_of(lanes, key, {out}), outs);
}

void fill_uniform_pair(const Lanes& lanes, const DrawKey& key, std::span<double> first,
                       std::span<double> second) {
  double* const outs[] = {first.data(), second.data()};
  fills().pair(job_of(lanes, key, {first, second}), outs);
}

void fill_uniform_quad(const Lanes& lanes, const DrawKey& key, std::span<double> first,
                       std::span<double> second, std::span<double> third,
                       std::span<double> fourth) {
  double* const outs[] = {first.data(), second.data(), third.data(), fourth.data()};
  fills().quad(job_of(lanes, key, {first, second, third, fourth}), outs);
}

void fill_normal(const Lanes& lanes, const DrawKey& key, std::span<double> out) {
  fill_uniform(lanes, key, out);
  with_vector_units([&]<class Pack>() PANJ_KERNEL {
    for (std::size_t lane = 0; lane < lanes.padded(); lane += kLanesIn<Pack>)
      store(&out[lane], normal_quantile(load<Pack>(&out[lane])));
  });
}

}  // namespace panj::sim
