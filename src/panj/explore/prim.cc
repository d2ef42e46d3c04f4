// SPDX-License-Identifier: Apache-2.0
#include "panj/explore/prim.h"

#include <algorithm>

#include "panj/core/contract.h"
#include "panj/explore/detail/prim_search.h"

namespace panj::explore {
namespace {

bool holds(const BoxLimit& limit, InputKind kind, double value) {
  return detail::is_inside({limit.low, limit.high, limit.categories}, kind, value);
}

double harmonic_mean(const Box& box) {
  const double sum = box.coverage + box.density;
  return sum > 0 ? 2 * box.coverage * box.density / sum : 0.0;
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
  const Box* best = nullptr;
  for (const Box& box : steps) {
    if (box.limits.empty() || box.limits.size() > most_limits) continue;
    if (best == nullptr || harmonic_mean(box) > harmonic_mean(*best)) best = &box;
  }
  if (best == nullptr) return std::nullopt;
  std::vector<BoxLimit> telling;
  for (const BoxLimit& limit : best->limits) {
    const double p = std::min(limit.quasi_p_low.value_or(1), limit.quasi_p_high.value_or(1));
    if (p <= level) telling.push_back(limit);
  }
  if (telling.empty()) return std::nullopt;
  return measure_box(inputs, of_interest, std::move(telling));
}

}  // namespace panj::explore
