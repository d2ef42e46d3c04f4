// SPDX-License-Identifier: Apache-2.0
#include "panj/sim/summary.h"

#include "panj/core/contract.h"

namespace panj::sim {

Summary::Summary(const OutcomeTable& table, std::size_t model, std::size_t quantile_cells)
    : table_(table),
      model_(model),
      moments_(table.total_cells()),
      histograms_(table.total_cells()) {
  for (std::size_t o = 0; o < table.outcomes().size(); ++o)
    counted_.push_back(table.cells(o) <= quantile_cells);
}

void Summary::take(std::span<const OutcomeBlock> blocks) {
  const OutcomeBlock& block = blocks[model_];
  PANJ_EXPECT(block.table().total_cells() == moments_.size());
  for (std::size_t o = 0; o < table_.outcomes().size(); ++o) {
    for (std::size_t cell = table_.offset(o); cell < table_.offset(o) + table_.cells(o); ++cell) {
      for (const double value : block.cell_row(cell).first(block.lanes().count)) {
        if (value != value) continue;
        moments_[cell].add(value);
        if (counted_[o]) histograms_[cell].add(value);
      }
    }
  }
}

std::size_t Summary::cell_of(std::string_view outcome, std::size_t cell) const {
  const std::size_t o = table_.find(outcome);
  PANJ_EXPECT(cell < table_.cells(o));
  return table_.offset(o) + cell;
}

const Moments& Summary::moments(std::string_view outcome, std::size_t cell) const {
  return moments_[cell_of(outcome, cell)];
}

bool Summary::has_quantiles(std::string_view outcome) const {
  return counted_[table_.find(outcome)];
}

const LogHistogram& Summary::histogram(std::string_view outcome, std::size_t cell) const {
  PANJ_EXPECT(has_quantiles(outcome));
  return histograms_[cell_of(outcome, cell)];
}

double Summary::quantile(std::string_view outcome, std::size_t cell, double p) const {
  return histogram(outcome, cell).quantile(p, table_.outcomes()[table_.find(outcome)].measure);
}

double Summary::share_at_least(std::string_view outcome, std::size_t cell, double threshold) const {
  return histogram(outcome, cell).share_at_least(threshold);
}

PairedSummary::PairedSummary(const OutcomeTable& table, std::size_t models) : table_(table) {
  PANJ_EXPECT(models >= 1);
  cells_.assign(models - 1, std::vector<Cell>(table.total_cells()));
}

void PairedSummary::take(std::span<const OutcomeBlock> blocks) {
  PANJ_EXPECT(blocks.size() == cells_.size() + 1);
  const std::size_t lanes = blocks.front().lanes().count;
  for (std::size_t m = 0; m < cells_.size(); ++m) {
    PANJ_EXPECT(blocks[m + 1].table().total_cells() == table_.total_cells());
    for (std::size_t c = 0; c < table_.total_cells(); ++c) {
      const auto reference = blocks.front().cell_row(c);
      const auto row = blocks[m + 1].cell_row(c);
      Cell& cell = cells_[m][c];
      for (std::size_t lane = 0; lane < lanes; ++lane) {
        const double difference = row[lane] - reference[lane];
        if (difference != difference) continue;
        cell.moments.add(difference);
        cell.below += difference < 0 ? 1U : 0U;
        cell.above += difference > 0 ? 1U : 0U;
      }
    }
  }
}

PairedDifference PairedSummary::difference(std::size_t model, std::string_view outcome,
                                           std::size_t cell) const {
  PANJ_EXPECT(model >= 1 && model <= cells_.size());
  const std::size_t o = table_.find(outcome);
  PANJ_EXPECT(cell < table_.cells(o));
  const Cell& found = cells_[model - 1][table_.offset(o) + cell];
  const auto n = static_cast<double>(found.moments.count());
  const auto share = [n](std::uint64_t count) { return static_cast<double>(count) / n; };
  return {found.moments, share(found.below),
          share(found.moments.count() - found.below - found.above), share(found.above)};
}

}  // namespace panj::sim
