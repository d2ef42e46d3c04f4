// SPDX-License-Identifier: Apache-2.0
#include "panj/plan/shift_rosters.h"

#include <fmt/format.h>

#include <algorithm>

#include "panj/core/csv.h"
#include "panj/core/random.h"
#include "panj/plan/detail/flow_rounding.h"
#include "panj/plan/icalendar.h"

namespace panj::plan {
namespace {

using detail::FlowEdge;

/// Makes the edges of a plan's flow over some shifts, in an order that is random within each shift.
class Unrolled {
 public:
  Unrolled(const ShiftPlan& plan, std::size_t shifts, std::uint64_t order_seed)
      : plan_(plan), shifts_(shifts), order_(order_seed, {.kind = kOrderKind}) {
    for (std::size_t shift = 0; shift < shifts; ++shift) {
      if (shift == 0) add_ends(true);
      add_posts(shift);
      shift + 1 < shifts ? add_moves(shift) : add_ends(false);
    }
    // All crews come back. The amount is whole, so rounding leaves it; were begin and end one
    // vertex, a cycle could run through it and send out a crew more or less.
    const auto crews = static_cast<std::int64_t>(plan.rules().crews);
    edges_.push_back({kEnd, kBegin, crews * plan.unit()});
  }

  std::size_t vertices() const { return kFirst + 2 * shifts_ * plan_.posts().size(); }
  std::vector<FlowEdge>& edges() { return edges_; }

  /// Follows each crew through whole amounts.
  std::vector<Tour> tours() const {
    const std::int64_t unit = plan_.unit();
    std::vector<std::vector<std::uint32_t>> next(
        vertices());  // a vertex for each crew that goes on
    for (const FlowEdge& edge : edges_) {
      next[edge.from].insert(next[edge.from].end(), static_cast<std::size_t>(edge.amount / unit),
                             edge.to);
    }
    std::vector<Tour> tours;
    for (const std::uint32_t start : next[kBegin]) {
      Tour& tour = tours.emplace_back();
      for (std::uint32_t at = start; at != kEnd;) {
        if ((at - kFirst) % 2 == 0) {
          const ShiftPlan::Post& post = plan_.posts()[(at - kFirst) / 2 % plan_.posts().size()];
          tour.push_back(post.rests ? std::nullopt : std::optional(post.stretch));
        }
        const std::uint32_t onward = next[at].back();
        next[at].pop_back();
        at = onward;
      }
    }
    return tours;
  }

 private:
  static constexpr std::uint32_t kBegin = 0;
  static constexpr std::uint32_t kEnd = 1;
  static constexpr std::uint32_t kFirst = 2;
  static constexpr std::uint16_t kOrderKind = 0x7063;

  /// Where crews come to a post in a shift, and, one further, where they leave it.
  std::uint32_t vertex(std::size_t shift, std::size_t post) const {
    return static_cast<std::uint32_t>(kFirst + 2 * (shift * plan_.posts().size() + post));
  }

  void shuffle_from(std::size_t first) {
    for (std::size_t i = edges_.size(); i > first + 1; --i) {
      const auto pick = static_cast<std::size_t>(order_.uniform() * static_cast<double>(i - first));
      std::swap(edges_[i - 1], edges_[first + std::min(pick, i - first - 1)]);
    }
  }
  void add_ends(bool begin) {
    const std::size_t first = edges_.size();
    const std::size_t shift = begin ? 0 : shifts_ - 1;
    for (std::size_t p = 0; p < plan_.posts().size(); ++p) {
      const std::uint32_t at = vertex(shift, p);
      const std::int64_t amount = plan_.posts()[p].amount;
      edges_.push_back(begin ? FlowEdge{kBegin, at, amount} : FlowEdge{at + 1, kEnd, amount});
    }
    shuffle_from(first);
  }
  void add_posts(std::size_t shift) {
    const std::size_t first = edges_.size();
    for (std::size_t p = 0; p < plan_.posts().size(); ++p) {
      edges_.push_back({vertex(shift, p), vertex(shift, p) + 1, plan_.posts()[p].amount});
    }
    shuffle_from(first);
  }
  void add_moves(std::size_t shift) {
    const std::size_t first = edges_.size();
    for (const ShiftPlan::Move& move : plan_.moves()) {
      edges_.push_back({vertex(shift, move.from) + 1, vertex(shift + 1, move.to), move.amount});
    }
    shuffle_from(first);
  }

  const ShiftPlan& plan_;
  std::size_t shifts_;
  RandomStream order_;
  std::vector<FlowEdge> edges_;
};

/// A crew on a stretch in one shift.
struct Duty {
  Date day{};
  int shift = 0;
  std::size_t crew = 0;
  std::size_t stretch = 0;
};

std::vector<Duty> duties_of(std::span<const Tour> tours, const ShiftTimes& times) {
  std::vector<Duty> duties;
  const std::size_t shifts = tours.empty() ? 0 : tours.front().size();
  for (std::size_t s = 0; s < shifts; ++s) {
    const int number = static_cast<int>(s);
    for (std::size_t crew = 0; crew < tours.size(); ++crew) {
      if (!tours[crew][s]) continue;
      duties.push_back({times.first + std::chrono::days(number / times.per_day),
                        number % times.per_day, crew, *tours[crew][s]});
    }
  }
  return duties;
}

}  // namespace

std::vector<Tour> draw_tours(const ShiftPlan& plan, std::size_t shifts, std::uint64_t order_seed,
                             const Coin& coin) {
  if (shifts == 0) return std::vector<Tour>(plan.rules().crews);
  Unrolled flow(plan, shifts, order_seed);
  detail::round_flow(flow.edges(), flow.vertices(), plan.unit(), coin);
  return flow.tours();
}

std::vector<Tour> draw_tours(const ShiftPlan& plan, std::size_t shifts, std::uint64_t seed) {
  constexpr std::uint16_t kCoinKind = 0x7062;  // apart from all simulated events
  RandomStream random(seed, {.kind = kCoinKind});
  return draw_tours(plan, shifts, seed, [&](std::int64_t heads, std::int64_t tails) {
    return random.uniform() * static_cast<double>(heads + tails) < static_cast<double>(heads);
  });
}

std::string tours_csv(std::span<const Tour> tours, const ShiftTimes& times,
                      std::span<const std::string> names) {
  std::string text = "date,shift,crew,stretch\n";
  for (const Duty& duty : duties_of(tours, times)) {
    text += fmt::format("{},{},{},{}\n", panj::to_string(duty.day), duty.shift + 1, duty.crew + 1,
                        csv_quoted(names[duty.stretch]));
  }
  return text;
}

std::string tours_icalendar(std::span<const Tour> tours, const ShiftTimes& times,
                            std::span<const std::string> names) {
  std::vector<DayEvent> events;
  for (const Duty& duty : duties_of(tours, times)) {
    const std::string& name = names[duty.stretch];
    const int begin = duty.shift * kMinutesADay / times.per_day;
    const int end = (duty.shift + 1) * kMinutesADay / times.per_day;
    events.push_back({.first = duty.day,
                      .last = duty.day,
                      .summary = fmt::format("Crew {}: patrol {}", duty.crew + 1, name),
                      .location = name,
                      .from_minute = begin,
                      .minutes = end - begin});
  }
  return icalendar("Patrols", events, times.first);
}

}  // namespace panj::plan
