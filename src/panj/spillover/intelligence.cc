// SPDX-License-Identifier: Apache-2.0
#include "panj/spillover/intelligence.h"

namespace panj::spillover {

Sources::Sources(const Parameters& p, const LeverSettings& levers) {
  const std::size_t members = p.members.size();
  own_ = p.members[p.exposed].intelligence;
  for (std::size_t m = 0; m < members; ++m) {
    if (m == p.exposed) continue;
    shared_.push_back(p.members[m].intelligence * levers.sharing[m * members + p.exposed]);
  }
  shared_.push_back(p.regimes[levers.regime].intelligence);
}

}  // namespace panj::spillover
