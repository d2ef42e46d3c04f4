// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <cstddef>
#include <mutex>

namespace panj::sim::detail {

/// Lets workers that take numbered jobs in rising order hand in their results in that order.
class Turns {
 public:
  /// Waits until all jobs before `job` are handed in. False when one has failed: then give up.
  bool wait_for(std::size_t job) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return next_ == job || failed_; });
    return !failed_;
  }
  void next() {
    const std::lock_guard lock(mutex_);
    ++next_;
    changed_.notify_all();
  }
  void fail() {
    const std::lock_guard lock(mutex_);
    failed_ = true;
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::size_t next_ = 0;
  bool failed_ = false;
};

}  // namespace panj::sim::detail
