// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "panj/share/detail/database.h"
#include "panj/share/label.h"

namespace panj::share::detail {

/// Labels by the id of their marking, kept in memory: an id means one label for ever. Any number of
/// threads may call.
class LabelBook {
 public:
  /// Nothing when the store has no such label, or keeps another under its id.
  std::optional<Label> find(Database& database, const std::string& id);
  /// Stores it when it is new; its id. Within a write transaction.
  std::string keep(Database& database, const Label& label);
  /// After a transaction that did not end well: what it had stored is not there.
  void forget();

 private:
  std::mutex mutex_;
  std::map<std::string, Label> known_;
  std::optional<std::pair<Label, std::string>> last_kept_;
};

}  // namespace panj::share::detail
