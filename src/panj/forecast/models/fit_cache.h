// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <future>
#include <map>
#include <mutex>
#include <utility>

namespace panj::forecast {

/// Makes each fit once, also when several threads ask for it at the same time: the first makes it,
/// the others wait. Kept as long as the cache lives.
template <class Fit>
class FitCache {
 public:
  /// The fit of the data with this digest, and `part` of it; `make` is called when there is none.
  /// What `make` throws, every asker gets.
  Fit get(std::uint64_t digest, int part, const std::function<Fit()>& make) {
    std::promise<Fit> promise;
    std::shared_future<Fit> future;
    bool ours = false;
    {
      const std::lock_guard lock(mutex_);
      auto [entry, is_new] = fits_.try_emplace({digest, part});
      if (is_new) entry->second = promise.get_future().share();
      ours = is_new;
      future = entry->second;
    }
    if (ours) {
      try {
        promise.set_value(make());
      } catch (...) {
        promise.set_exception(std::current_exception());
      }
    }
    return future.get();
  }

 private:
  std::mutex mutex_;
  std::map<std::pair<std::uint64_t, int>, std::shared_future<Fit>> fits_;
};

}  // namespace panj::forecast
