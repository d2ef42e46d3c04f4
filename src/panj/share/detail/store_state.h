// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <mutex>
#include <string>

#include "panj/share/detail/connections.h"
#include "panj/share/detail/intake.h"
#include "panj/share/detail/label_book.h"
#include "panj/share/detail/write_session.h"
#include "panj/share/store.h"

namespace panj::share {

struct Store::State {
  State(const std::string& where, NodeIdentity node, Clock given_clock, Founding founding);

  template <class Action>
  auto on_connection(Action&& action) {
    return detail::with_connection(connections, std::forward<Action>(action));
  }
  /// One transaction, too: what others write meanwhile is not seen.
  template <class Action>
  auto read(Action&& action) {
    return on_connection([&](detail::Database& database) {
      const detail::ReadTransaction transaction(database);
      return action(database);
    });
  }
  /// One transaction.
  template <class Action>
  auto write(Action&& action) {
    const std::lock_guard lock(writing);
    return on_connection([&](detail::Database& database) {
      detail::WriteSession session(database, labels, identity, clock());
      auto result = action(session);
      session.finish();
      return result;
    });
  }
  void found(detail::WriteSession& session);
  std::optional<Member> find(const char* column, std::string_view value);

  NodeIdentity identity;
  Clock clock;
  std::string collection;
  detail::Connections connections;
  detail::LabelBook labels;
  std::mutex writing;
  Member self;
};

}  // namespace panj::share
