// SPDX-License-Identifier: Apache-2.0
#include "panj/plan/patrol_draw.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <numeric>
#include <random>

#include "panj/core/contract.h"
#include "panj/core/csv.h"
#include "panj/core/random.h"
#include "panj/plan/icalendar.h"

namespace panj::plan {
namespace {

constexpr std::uint16_t kDrawKind = 0x7061;  // apart from all simulated events
constexpr std::uint16_t kWalkKind = 0x7064;

std::vector<std::size_t> random_order(RandomStream& random, std::size_t size) {
  std::vector<std::size_t> order(size);
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (std::size_t i = size; i > 1; --i) {
    const auto j = static_cast<std::size_t>(random.uniform() * static_cast<double>(i));
    std::swap(order[i - 1], order[std::min(j, i - 1)]);
  }
  return order;
}

/// One of the windows that `allowed` takes, in proportion to their shares; the last without any.
template <class Allowed>
const Window& draw_window(RandomStream& random, const std::vector<WindowShare>& windows,
                          Allowed allowed) {
  double all = 0;
  for (const WindowShare& window : windows) all += allowed(window.posts) ? window.share : 0;
  double left = random.uniform() * all;
  const Window* drawn = &windows.back().posts;
  for (const WindowShare& window : windows) {
    if (!allowed(window.posts)) continue;
    drawn = &window.posts;
    left -= window.share;
    if (left < 0) break;
  }
  return *drawn;
}

}  // namespace

std::vector<std::size_t> draw_walk(const LinePatrol& patrol, std::size_t steps,
                                   std::uint64_t seed) {
  PANJ_EXPECT(!patrol.windows.empty());
  RandomStream random(seed, {.kind = kWalkKind});
  const auto& windows = patrol.windows;
  const Window* at = &draw_window(random, windows, [](const Window&) { return true; });
  std::vector<std::size_t> walk;
  for (std::size_t step = 0; step < steps; ++step) {
    walk.push_back(static_cast<std::size_t>(at->front()));
    const auto continues = [at](const Window& next) {
      return std::equal(at->begin() + 1, at->end(), next.begin());
    };
    const auto near = [at](const Window& next) { return std::abs(next[0] - at->front()) <= 1; };
    const bool ends = std::ranges::none_of(windows, continues, &WindowShare::posts);
    at = ends ? &draw_window(random, windows, near)  // shares of rounding may lead nowhere
              : &draw_window(random, windows, continues);
  }
  return walk;
}

std::vector<PatrolDay> draw_patrols(std::span<const Fraction> coverage, Date first, int days,
                                    std::uint64_t seed) {
  std::vector<PatrolDay> drawn;
  for (int day = 0; day < days; ++day) {
    RandomStream random(seed, {.replicate = static_cast<std::uint32_t>(day), .kind = kDrawKind});
    const std::vector<std::size_t> order = random_order(random, coverage.size());
    const std::vector<Roster> rosters = comb(coverage, order);
    const Fraction u(random.uniform());
    Fraction below(0);
    PatrolDay patrol{first + std::chrono::days(day), {}};
    for (const Roster& roster : rosters) {
      below += roster.probability;
      if (u >= below) continue;
      patrol.stretches = roster.stretches;
      break;
    }
    drawn.push_back(std::move(patrol));
  }
  return drawn;
}

std::uint64_t secret_seed() {
  std::random_device device;
  return (std::uint64_t{device()} << 32) | device();
}

std::string patrol_csv(std::span<const PatrolDay> days, std::span<const std::string> names) {
  std::string text = "date,stretch\n";
  for (const PatrolDay& day : days) {
    for (const std::size_t i : day.stretches) {
      text += fmt::format("{},{}\n", panj::to_string(day.day), csv_quoted(names[i]));
    }
  }
  return text;
}

std::string patrol_icalendar(std::span<const PatrolDay> days, std::span<const std::string> names) {
  PANJ_EXPECT(!days.empty());
  std::vector<DayEvent> events;
  for (const PatrolDay& day : days) {
    for (const std::size_t i : day.stretches) {
      events.push_back({day.day, day.day, "Patrol " + names[i], {}, names[i]});
    }
  }
  return icalendar("Patrols", events, days.front().day);
}

}  // namespace panj::plan
