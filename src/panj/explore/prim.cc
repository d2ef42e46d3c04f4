// SPDX-License-Identifier: Apache-2.0
#include "panj/explore/prim.h"

#include <algorithm>
#include <array>

#include "panj/core/contract.h"
#include "panj/explore/detail/prim_search.h"

namespace panj::explore {
namespace {

bool holds(const BoxLimit& limit, InputKind kind, double value) {
  return detail::is_inside({limit.low, limit.high, limit.categories}, kind, value);
}

/// Of the way from the base rate to certainty, what a box must go to be worth telling.
constexpr double kLeastLift = 0.1;
/// Patient peels follow chance where most cases are of interest; coarse ones see what is behind it.
constexpr std::array kCoarsePeels = {0.1, 0.2, 0.3};

/// How far a density goes from the base rate, which is 0, to certainty.
double lift(double density, double base) {
  return (density - base) / (1 - base);
}

/// The harmonic mean of coverage and lift: nothing for a box that is no denser than all cases.
double worth(double coverage, double lift) {
  return lift > 0 ? 2 * coverage * lift / (coverage + lift) : 0.0;
}

std::vector<BoxLimit> telling_limits(std::span<const BoxLimit> limits, double level) {
  std::vector<BoxLimit> telling;
  for (const BoxLimit& limit : limits) {
    const double p = std::min(limit.quasi_p_low.value_or(1), limit.quasi_p_high.value_or(1));
    if (p <= level) telling.push_back(limit);
  }
  return telling;
}

/// Cases and hits inside `limits`, with one of them replaced.
std::pair<std::size_t, std::size_t> count(std::span<const PrimInput> inputs,
                                          const std::vector<bool>& of_interest,
                                          std::span<const BoxLimit> limits) {
  std::size_t cases = 0;
  std::size_t hits = 0;
  for (std::size_t i = 0; i < of_interest.size(); ++i) {
    const bool inside = std::ranges::all_of(limits, [&](const BoxLimit& limit) {
      const PrimInput& input = inputs[limit.input];
      return holds(limit, input.kind, input.values[i]);
    });
    if (!inside) continue;
    ++cases;
    if (of_interest[i]) ++hits;
  }
  return {cases, hits};
}

}  // namespace

std::vector<Box> find_box(std::span<const PrimInput> inputs, const std::vector<bool>& of_interest,
                          const PrimOptions& options, const std::vector<bool>& left_out) {
  PANJ_EXPECT(options.peel_alpha > 0 && options.peel_alpha < 0.5);
  PANJ_EXPECT(options.paste_alpha > 0 && options.paste_alpha < 0.5);
  PANJ_EXPECT(left_out.empty() || left_out.size() == of_interest.size());
  detail::PrimSearch search(inputs, of_interest, options, left_out);
  std::vector<Box> steps{search.box(BoxStep::start)};
  while (search.peel()) steps.push_back(search.box(BoxStep::peel));
  while (search.paste()) steps.push_back(search.box(BoxStep::paste));
  return steps;
}

bool contains(const Box& box, std::span<const PrimInput> inputs, std::size_t index) {
  return std::ranges::all_of(box.limits, [&](const BoxLimit& limit) {
    const PrimInput& input = inputs[limit.input];
    return holds(limit, input.kind, input.values[index]);
  });
}

Box measure_box(std::span<const PrimInput> inputs, const std::vector<bool>& of_interest,
                std::vector<BoxLimit> limits) {
  const auto [cases, hits] = count(inputs, of_interest, limits);
  const auto interest = static_cast<double>(std::ranges::count(of_interest, true));
  Box box{.cases = cases, .of_interest = hits, .limits = std::move(limits)};
  box.coverage = interest > 0 ? static_cast<double>(hits) / interest : 0.0;
  box.density = cases > 0 ? static_cast<double>(hits) / static_cast<double>(cases) : 0.0;
  box.mass = static_cast<double>(cases) / static_cast<double>(of_interest.size());
  for (BoxLimit& limit : box.limits) {
    const detail::Bounds whole = detail::bounds_around(inputs[limit.input]);
    const BoxLimit kept = limit;
    const auto without = [&](double low, double high, std::uint64_t categories) {
      limit.low = low;
      limit.high = high;
      limit.categories = categories;
      const auto [wider_cases, wider_hits] = count(inputs, of_interest, box.limits);
      limit = kept;
      return detail::quasi_p(box.of_interest, box.cases, wider_hits, wider_cases);
    };
    std::optional<double> low;
    std::optional<double> high;
    if (inputs[limit.input].kind == InputKind::category) {
      low = without(0, 0, whole.categories);
    } else {
      if (kept.low > whole.low) low = without(whole.low, kept.high, 0);
      if (kept.high < whole.high) high = without(kept.low, whole.high, 0);
    }
    limit.quasi_p_low = low;
    limit.quasi_p_high = high;
  }
  return box;
}

std::optional<Box> choose_box(std::span<const PrimInput> inputs,
                              const std::vector<bool>& of_interest, std::span<const Box> steps,
                              std::size_t most_limits, double level) {
  const auto interest = static_cast<double>(std::ranges::count(of_interest, true));
  const double base = interest / static_cast<double>(of_interest.size());
  if (!(base > 0) || !(base < 1)) return std::nullopt;
  std::vector<std::pair<double, std::vector<BoxLimit>>> candidates;
  for (const Box& box : steps) {
    auto limits = telling_limits(box.limits, level);
    if (limits.empty() || limits.size() > most_limits) continue;
    const auto [cases, hits] = limits.size() == box.limits.size()
                                   ? std::pair{box.cases, box.of_interest}
                                   : count(inputs, of_interest, limits);
    const double risen = lift(static_cast<double>(hits) / static_cast<double>(cases), base);
    if (risen < kLeastLift) continue;
    candidates.emplace_back(worth(static_cast<double>(hits) / interest, risen), std::move(limits));
  }
  std::ranges::stable_sort(candidates,
                           [](const auto& a, const auto& b) { return a.first > b.first; });
  for (auto& [score, limits] : candidates) {
    Box box = measure_box(inputs, of_interest, std::move(limits));
    // Without one limit another may tell no more.
    for (auto kept = telling_limits(box.limits, level); kept.size() < box.limits.size();
         kept = telling_limits(box.limits, level)) {
      box = measure_box(inputs, of_interest, std::move(kept));
    }
    if (!box.limits.empty() && lift(box.density, base) >= kLeastLift) return box;
  }
  return std::nullopt;
}

std::optional<Box> find_telling_box(std::span<const PrimInput> inputs,
                                    const std::vector<bool>& of_interest,
                                    const PrimOptions& options, std::size_t most_limits) {
  std::vector<Box> steps = find_box(inputs, of_interest, options);
  for (const double peel : kCoarsePeels) {
    if (peel <= options.peel_alpha) continue;
    PrimOptions coarse = options;
    coarse.peel_alpha = peel;
    const auto more = find_box(inputs, of_interest, coarse);
    steps.insert(steps.end(), more.begin(), more.end());
  }
  return choose_box(inputs, of_interest, steps, most_limits);
}

}  // namespace panj::explore
