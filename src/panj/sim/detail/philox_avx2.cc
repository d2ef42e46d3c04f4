// SPDX-License-Identifier: Apache-2.0
#include "panj/sim/detail/philox_kernel.h"

namespace panj::sim::detail {

PhiloxFills philox_avx2() {
  return {fill_one, fill_pair, fill_quad};
}

}  // namespace panj::sim::detail
