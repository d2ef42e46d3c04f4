// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <string>

namespace panj {

/// Tells on stderr how far long work has come.
///
/// On a terminal: one line redrawn in place, with a bar, the rate and the time left. In a pipe or a
/// log: nothing for the first seconds, then a plain line every ten. `advance` may be called from
/// any thread and costs an atomic addition most of the time.
///
///     Progress progress("ingest GED.csv", file_size, "B");
///     progress.advance(block.size());
class Progress {
 public:
  enum class Output { automatic, terminal, lines, silent };

  /// `total` in `unit`s; 0 when unknown.
  Progress(std::string task, std::uint64_t total, std::string unit,
           Output output = Output::automatic);
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  ~Progress();

  void advance(std::uint64_t amount = 1);

  /// The line as it would be drawn after `seconds`: "ingest  [#####     ] 50%  1.2 MB/s  0:10
  /// left".
  std::string line(std::uint64_t done, double seconds, bool with_bar) const;

  /// Turns all progress off, for tests and `--quiet`.
  static void silence();

 private:
  using Clock = std::chrono::steady_clock;
  void draw(Clock::time_point now);

  std::string task_;
  std::uint64_t total_;
  std::string unit_;
  Output output_;
  Clock::time_point start_ = Clock::now();
  std::atomic<std::uint64_t> done_{0};
  std::atomic<Clock::rep> next_draw_;
  std::mutex drawing_;
  bool drawn_ = false;
};

}  // namespace panj
