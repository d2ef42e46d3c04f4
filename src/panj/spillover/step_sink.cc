// SPDX-License-Identifier: Apache-2.0
#include "panj/spillover/detail/step_sink.h"

namespace panj::spillover::detail {
namespace {

constexpr std::string_view kPrefix = "step_";

}  // namespace

StepSink::StepSink(const sim::OutcomeTable& table, std::size_t packages)
    : steps_(table.dimension("time").size()) {
  for (std::size_t o = 0; o < table.outcomes().size(); ++o) {
    const auto& over = table.outcomes()[o].dimensions;
    if (!over.empty() && over.front() == "time") add_sources(table, o);
  }
  tallies_.assign(packages, std::vector<Tally>(sources_.size() * steps_));
}

/// One series for each label of each dimension but `stretch`, over which all are summed.
void StepSink::add_sources(const sim::OutcomeTable& table, std::size_t outcome) {
  const std::size_t before = sources_.size();
  const auto& over = table.outcomes()[outcome].dimensions;
  for (std::size_t d = 1; d < over.size(); ++d) {
    if (over[d] != "stretch") add_source(table, outcome, over[d]);
  }
  if (sources_.size() == before) add_source(table, outcome, "");
}

void StepSink::add_source(const sim::OutcomeTable& table, std::size_t outcome,
                          const std::string& over) {
  const sim::Outcome& described = table.outcomes()[outcome];
  const std::size_t stride = table.cells(outcome) / steps_;
  const std::vector<std::string> labels =
      over.empty() ? std::vector<std::string>{""} : table.dimension(over).labels;
  std::size_t below = 1;  // cells for each place along `over`
  for (std::size_t d = described.dimensions.size(); d-- > 1 && described.dimensions[d] != over;) {
    below *= table.dimension(described.dimensions[d]).size();
  }
  const std::size_t first = sources_.size();
  for (const std::string& label : labels) {
    sources_.push_back({described.name.substr(kPrefix.size()), label, described.unit, stride, {}});
  }
  for (std::size_t cell = 0; cell < stride; ++cell) {
    const std::size_t place = over.empty() ? 0 : cell / below % labels.size();
    sources_[first + place].cells.push_back(table.offset(outcome) + cell);
  }
}

void StepSink::take(std::span<const sim::OutcomeBlock> blocks) {
  for (std::size_t m = 0; m < blocks.size(); ++m) {
    const sim::OutcomeBlock& block = blocks[m];
    std::vector<double> sums(block.lanes().count);
    for (std::size_t s = 0; s < sources_.size(); ++s) {
      for (std::size_t step = 0; step < steps_; ++step) {
        sums.assign(sums.size(), 0.0);
        for (const std::size_t cell : sources_[s].cells) {
          const auto row = block.cell_row(cell + step * sources_[s].stride);
          for (std::size_t lane = 0; lane < sums.size(); ++lane) sums[lane] += row[lane];
        }
        for (const double sum : sums) tallies_[m][s * steps_ + step].add(sum);
      }
    }
  }
}

std::vector<StepSeries> StepSink::series(std::size_t package) const {
  std::vector<StepSeries> all;
  for (std::size_t s = 0; s < sources_.size(); ++s) {
    StepSeries series{sources_[s].outcome, sources_[s].of, sources_[s].unit, {}};
    for (std::size_t step = 0; step < steps_; ++step) {
      series.steps.push_back(tallies_[package][s * steps_ + step].distribution());
    }
    all.push_back(std::move(series));
  }
  return all;
}

}  // namespace panj::spillover::detail
