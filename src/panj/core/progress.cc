// SPDX-License-Identifier: Apache-2.0
#include "panj/core/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace panj {
namespace {

std::atomic<bool> silenced{false};

constexpr auto kTerminalPeriod = std::chrono::milliseconds(100);
constexpr auto kLinePeriod = std::chrono::seconds(10);

std::string scaled(double amount, const std::string& unit) {
  if (amount >= 1e9) return fmt::format("{:.1f} G{}", amount / 1e9, unit);
  if (amount >= 1e6) return fmt::format("{:.1f} M{}", amount / 1e6, unit);
  if (amount >= 1e3) return fmt::format("{:.1f} k{}", amount / 1e3, unit);
  return fmt::format("{:.0f} {}", amount, unit);
}

std::string clock_time(double seconds) {
  const long whole = std::lround(seconds);
  return fmt::format("{}:{:02}", whole / 60, whole % 60);
}

}  // namespace

Progress::Progress(std::string task, std::uint64_t total, std::string unit, Output output)
    : task_(std::move(task)), total_(total), unit_(std::move(unit)), output_(output) {
  if (output_ == Output::automatic) {
    output_ = silenced ? Output::silent
                       : (::isatty(STDERR_FILENO) != 0 ? Output::terminal : Output::lines);
  }
  const auto first =
      output_ == Output::terminal ? Clock::duration(kTerminalPeriod) : Clock::duration(kLinePeriod);
  next_draw_ = (start_ + first).time_since_epoch().count();
}

Progress::~Progress() {
  if (!drawn_) return;
  draw(Clock::now());
  if (output_ == Output::terminal) std::fputs("\n", stderr);
}

void Progress::advance(std::uint64_t amount) {
  done_.fetch_add(amount, std::memory_order_relaxed);
  if (output_ == Output::silent) return;
  const Clock::time_point now = Clock::now();
  if (now.time_since_epoch().count() < next_draw_.load(std::memory_order_relaxed)) return;
  const std::unique_lock lock(drawing_, std::try_to_lock);
  if (lock) draw(now);
}

void Progress::draw(Clock::time_point now) {
  const bool terminal = output_ == Output::terminal;
  const double seconds = std::chrono::duration<double>(now - start_).count();
  const std::string text = line(done_.load(std::memory_order_relaxed), seconds, terminal);
  fmt::print(stderr, "{}{}{}", terminal ? "\r\033[K" : "", text, terminal ? "" : "\n");
  std::fflush(stderr);
  drawn_ = true;
  const auto period = terminal ? Clock::duration(kTerminalPeriod) : Clock::duration(kLinePeriod);
  next_draw_ = (now + period).time_since_epoch().count();
}

std::string Progress::line(std::uint64_t done, double seconds, bool with_bar) const {
  constexpr int kBarWidth = 24;
  const double rate = seconds > 0 ? static_cast<double>(done) / seconds : 0.0;
  std::string text = task_;
  if (total_ > 0) {
    const double share = std::min(1.0, static_cast<double>(done) / static_cast<double>(total_));
    if (with_bar) {
      const int filled = static_cast<int>(share * kBarWidth);
      text +=
          fmt::format("  [{:<{}}]", std::string(static_cast<std::size_t>(filled), '#'), kBarWidth);
    }
    text += fmt::format(" {:3.0f}%", 100 * share);
  } else {
    text += "  " + scaled(static_cast<double>(done), unit_);
  }
  text += fmt::format("  {}/s", scaled(rate, unit_));
  if (total_ > done && rate > 0) {
    text += fmt::format("  {} left", clock_time(static_cast<double>(total_ - done) / rate));
  }
  return text;
}

void Progress::silence() {
  silenced = true;
}

}  // namespace panj
