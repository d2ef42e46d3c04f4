// SPDX-License-Identifier: Apache-2.0
#include "panj/brief/exploration_view.h"

#include <fmt/format.h>

#include <algorithm>

#include "panj/explore/headline.h"

namespace panj::brief {
namespace {

/// The strongest unknowns shown.
constexpr std::size_t kDrivers = 8;

PackageRange range_of(const explore::PackageResult& package, double first_cost,
                      std::size_t outcome) {
  PackageRange range{.id = package.id,
                     .name = package.name,
                     .contained = package.contained.value,
                     .contained_low = package.contained_range.low,
                     .contained_high = package.contained_range.high,
                     .meets = package.satisfied.value,
                     .cost = package.cost_musd_per_year - first_cost};
  if (outcome < package.outcomes.size()) {
    const auto& row = package.outcomes[outcome];
    range.expected = row.mean.value;
    range.error = row.mean.error;
    range.worst_tenth = row.cvar.value;
    range.regret = row.max_regret.value;
  }
  return range;
}

BoxLimit limit_of(const explore::BoxSentence& side) {
  BoxLimit limit{.name = side.subject,
                 .unit = side.unit,
                 .from = side.scale * side.whole.low,
                 .to = side.scale * side.whole.high};
  if (side.low > side.whole.low) limit.low = side.scale * side.low;
  if (side.high < side.whole.high) limit.high = side.scale * side.high;
  return limit;
}

FailureBox box_of(const explore::FailureBox& found) {
  FailureBox box{.package = found.package,
                 .fails = found.failing,
                 .share = found.base_rate,
                 .coverage = found.coverage,
                 .density = found.density};
  for (const auto& side : found.limits) box.limits.push_back(limit_of(side));
  return box;
}

/// Which of the compared outcomes a brief shows: reported incidents where they are among them, else
/// the first that is better low.
std::size_t shown_outcome(const explore::Exploration& explored) {
  const auto place_of = [&](auto wanted) {
    return static_cast<std::size_t>(std::ranges::find_if(explored.compared, wanted) -
                                    explored.compared.begin());
  };
  const auto reported = place_of(
      [](std::size_t headline) { return headline == explore::find_headline("reported_per_year"); });
  if (reported < explored.compared.size()) return reported;
  return place_of([](std::size_t headline) {
    return explore::headlines()[headline].direction == explore::Direction::lower_is_better;
  });
}

std::string described(const std::string& headline) {
  return headline.empty() ? headline
                          : explore::headlines()[explore::find_headline(headline)].description;
}

std::string outcome_name(const explore::Exploration& explored, std::size_t outcome) {
  if (outcome >= explored.compared.size()) return "the outcome";
  return explore::headlines()[explored.compared[outcome]].description;
}

}  // namespace

Exploration exploration_of(const explore::Exploration& explored, const std::string& package) {
  const std::size_t outcome = shown_outcome(explored);
  Exploration exploration{.futures = explored.counted,
                          .passed = explored.passed.value,
                          .outcome = outcome_name(explored, outcome),
                          .driver_outcome = described(explored.outcome_of_drivers),
                          .chance = explored.chance_level};
  const double first_cost =
      explored.packages.empty() ? 0.0 : explored.packages.front().cost_musd_per_year;
  for (const auto& result : explored.packages)
    exploration.packages.push_back(range_of(result, first_cost, outcome));
  for (const auto& driver : explored.drivers) {
    if (!driver.is_telling || exploration.drivers.size() == kDrivers) break;
    exploration.drivers.push_back(
        {.name = driver.subject, .share = driver.pawn, .low = driver.pawn, .high = driver.pawn});
  }
  const auto mine = std::ranges::find(explored.boxes, package, &explore::FailureBox::package);
  if (mine != explored.boxes.end())
    exploration.box = box_of(*mine);
  else if (!explored.boxes.empty())
    exploration.box = box_of(explored.boxes.front());
  for (const auto& wire : explored.tripwires)
    exploration.tripwires.push_back({wire.indicator, wire.now, wire.threshold, wire.sentence});
  for (const auto& found : explored.break_evens)
    exploration.break_evens.push_back(found.sentence + ".");
  return exploration;
}

}  // namespace panj::brief
