// SPDX-License-Identifier: Apache-2.0
#include "panj/sim/model.h"

#include <fmt/format.h>

namespace panj::sim {

std::string to_string(const Failure& failure) {
  const std::string entity = failure.entity.empty() ? "" : ", " + failure.entity;
  return fmt::format("replicate {}, step {}{}: {}", failure.replicate, failure.step, entity,
                     failure.what);
}

}  // namespace panj::sim
