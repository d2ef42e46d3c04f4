// SPDX-License-Identifier: Apache-2.0
#include "panj/share/detail/connections.h"

namespace panj::share::detail {

Connections::Lease Connections::lease() {
  {
    const std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      std::unique_ptr<Database> database = std::move(idle_.back());
      idle_.pop_back();
      return {*this, std::move(database)};
    }
  }
  return {*this, open_database(where_)};
}

void Connections::give_back(std::unique_ptr<Database> database) {
  if (!database) return;
  const std::lock_guard lock(mutex_);
  idle_.push_back(std::move(database));
}

}  // namespace panj::share::detail
