// SPDX-License-Identifier: Apache-2.0
#include "panj/sim/outcome.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "panj/core/contract.h"

namespace panj::sim {

OutcomeTable::OutcomeTable(std::vector<Dimension> dimensions, std::vector<Outcome> outcomes)
    : dimensions_(std::move(dimensions)), outcomes_(std::move(outcomes)) {
  std::set<std::string> names;
  for (const Dimension& each : dimensions_) {
    PANJ_EXPECT(!each.name.empty() && names.insert(each.name).second);
    PANJ_EXPECT(each.size() > 0 && (each.labels.empty() || each.coordinates.empty()));
  }
  for (const Outcome& each : outcomes_) {
    PANJ_EXPECT(!each.name.empty() && names.insert(each.name).second);
    std::size_t cells = 1;
    for (const std::string& name : each.dimensions) cells *= dimension(name).size();
    offsets_.push_back(offsets_.back() + cells);
  }
}

const Dimension& OutcomeTable::dimension(std::string_view name) const {
  const auto found = std::ranges::find(dimensions_, name, &Dimension::name);
  PANJ_EXPECT(found != dimensions_.end());
  return *found;
}

std::size_t OutcomeTable::find(std::string_view name) const {
  const auto found = std::ranges::find(outcomes_, name, &Outcome::name);
  PANJ_EXPECT(found != outcomes_.end());
  return static_cast<std::size_t>(found - outcomes_.begin());
}

std::string OutcomeTable::cell_name(std::size_t outcome, std::size_t cell) const {
  const Outcome& named = outcomes_[outcome];
  std::string places;
  std::size_t below = cells(outcome);
  for (const std::string& name : named.dimensions) {
    const Dimension& over = dimension(name);
    below /= over.size();
    const std::size_t place = cell / below % over.size();
    if (!places.empty()) places += ", ";
    places += over.labels.empty() ? fmt::format("{}", over.coordinates[place]) : over.labels[place];
  }
  return places.empty() ? named.name : fmt::format("{}[{}]", named.name, places);
}

OutcomeBlock::OutcomeBlock(const OutcomeTable& table, const Lanes& lanes)
    : table_(&table), lanes_(lanes), values_(table.total_cells() * lanes.padded(), 0.0) {}

}  // namespace panj::sim
