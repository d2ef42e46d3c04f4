// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "panj/share/detail/database.h"

namespace panj::share::detail {

/// Connections to one store for any number of threads: each is used by one at a time.
class Connections {
 public:
  explicit Connections(std::string where) : where_(std::move(where)) {}

  /// A connection that goes back when the lease ends.
  class Lease {
   public:
    Lease(Connections& owner, std::unique_ptr<Database> database)
        : owner_(owner), database_(std::move(database)) {}
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    ~Lease() { owner_.give_back(std::move(database_)); }
    Database& operator*() const { return *database_; }
    Database* operator->() const { return database_.get(); }
    /// After an error the connection may be broken: the next lease gets a new one.
    void discard() { database_.reset(); }

   private:
    Connections& owner_;
    std::unique_ptr<Database> database_;
  };
  Lease lease();

 private:
  void give_back(std::unique_ptr<Database> database);

  std::string where_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Database>> idle_;
};

/// Runs `action` on a connection; one that failed is not used again.
template <class Action>
auto with_connection(Connections& connections, Action&& action) {
  auto lease = connections.lease();
  try {
    return action(*lease);
  } catch (const DatabaseError&) {
    lease.discard();
    throw;
  }
}

}  // namespace panj::share::detail
