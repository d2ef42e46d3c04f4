// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace panj::explore::detail {

/// Kinds of random numbers of this layer (`EventKey::kind`), far from those of the models, so that
/// a design never shares numbers with the runs that it steers.
enum RandomKind : std::uint16_t {
  shuffle_kind = 0xE000,
  jitter_kind = 0xE001,
  scramble_kind = 0xE002,
  scores_kind = 0xE003,
  bootstrap_kind = 0xE004,
  dummy_kind = 0xE005,
  lake_noise_kind = 0xE006,
  first_generation_kind = 0xE007,
  selection_kind = 0xE008,
  variation_kind = 0xE009,
};

}  // namespace panj::explore::detail
