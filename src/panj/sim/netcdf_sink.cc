// SPDX-License-Identifier: Apache-2.0
#include "panj/sim/netcdf_sink.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "panj/core/contract.h"
#include "panj/core/netcdf_file.h"

namespace panj::sim {
namespace {

constexpr std::size_t kReplicatesInChunk = 128;
/// A megabyte: a chunk that outgrows the library's cache is compressed anew with every batch.
constexpr std::size_t kNumbersInChunk = std::size_t{1} << 17;

std::size_t replicates_in_chunk(std::size_t replicates, std::size_t cells) {
  const std::size_t fitting = std::max<std::size_t>(1, kNumbersInChunk / cells);
  return std::clamp<std::size_t>(replicates, 1, std::min(kReplicatesInChunk, fitting));
}

}  // namespace

/// The open file, with the numbers of the outcomes' variables.
class NetcdfSink::File {
 public:
  File(const OutcomeTable& table, const NetcdfOptions& options) : file_(options.path) {
    if (!options.title.empty()) file_.attribute(NetcdfFile::kGlobal, "title", options.title);
    if (!options.source.empty()) file_.attribute(NetcdfFile::kGlobal, "source", options.source);
    if (!options.packages.empty()) define(Dimension{"package", options.packages});
    define_replicates(options);
    for (const Dimension& each : table.dimensions()) define(each);
    for (std::size_t o = 0; o < table.outcomes().size(); ++o) define(o, table, options);
  }

  void put(std::size_t outcome, std::span<const std::size_t> start,
           std::span<const std::size_t> count, std::span<const double> values) {
    file_.put(outcomes_[outcome], start, count, values);
  }

  void finish() { file_.finish(); }

 private:
  void define(const Dimension& each) {
    const int dimension = file_.dimension(each.name, each.size());
    const auto type = each.labels.empty() ? NetcdfFile::Type::real : NetcdfFile::Type::text;
    const int variable = file_.variable(each.name, type, {dimension});
    if (!each.unit.empty()) file_.attribute(variable, "units", each.unit);
    if (each.unit.find(" since ") != std::string::npos) {
      file_.attribute(variable, "standard_name", "time");
      file_.attribute(variable, "calendar", "standard");
    }
    if (each.labels.empty()) {
      file_.put(variable, each.coordinates);
    } else {
      file_.put(variable, each.labels);
    }
  }

  void define_replicates(const NetcdfOptions& options) {
    const int dimension = file_.dimension("replicate", options.replicates);
    const int variable = file_.variable("replicate", NetcdfFile::Type::integer, {dimension});
    file_.attribute(variable, "standard_name", "realization");
    file_.attribute(variable, "units", "1");
    std::vector<double> numbers(options.replicates);
    std::iota(numbers.begin(), numbers.end(), options.first_replicate);
    file_.put(variable, numbers);
  }

  void define(std::size_t outcome, const OutcomeTable& table, const NetcdfOptions& options) {
    const Outcome& each = table.outcomes()[outcome];
    std::vector<int> over;
    std::vector<std::size_t> block;
    if (!options.packages.empty()) {
      over.push_back(file_.dimension("package", options.packages.size()));
      block.push_back(1);
    }
    over.push_back(file_.dimension("replicate", options.replicates));
    block.push_back(replicates_in_chunk(options.replicates, table.cells(outcome)));
    for (const std::string& name : each.dimensions) {
      const std::size_t size = table.dimension(name).size();
      over.push_back(file_.dimension(name, size));
      block.push_back(size);
    }
    const int variable = file_.variable(each.name, NetcdfFile::Type::real, over);
    file_.compress(variable, block);
    file_.attribute(variable, "units", each.unit);
    if (!each.description.empty()) file_.attribute(variable, "long_name", each.description);
    outcomes_.push_back(variable);
  }

  NetcdfFile file_;
  std::vector<int> outcomes_;
};

NetcdfSink::NetcdfSink(const OutcomeTable& table, NetcdfOptions options)
    : table_(table),
      options_(std::move(options)),
      file_(std::make_unique<File>(table_, options_)) {}

NetcdfSink::~NetcdfSink() = default;

void NetcdfSink::take(std::span<const OutcomeBlock> blocks) {
  PANJ_EXPECT(file_ != nullptr);
  PANJ_EXPECT(blocks.size() == std::max<std::size_t>(1, options_.packages.size()));
  const Lanes& lanes = blocks.front().lanes();
  std::vector<double> values;
  for (std::size_t m = 0; m < blocks.size(); ++m) {
    for (std::size_t o = 0; o < table_.outcomes().size(); ++o) {
      const std::size_t cells = table_.cells(o);
      values.resize(lanes.count * cells);
      for (std::size_t cell = 0; cell < cells; ++cell) {
        const auto row = blocks[m].row(o, cell);
        for (std::size_t lane = 0; lane < lanes.count; ++lane)
          values[lane * cells + cell] = row[lane];
      }
      std::vector<std::size_t> start{m, lanes.first - options_.first_replicate};
      std::vector<std::size_t> count{1, lanes.count};
      for (const std::string& name : table_.outcomes()[o].dimensions) {
        start.push_back(0);
        count.push_back(table_.dimension(name).size());
      }
      const std::size_t skip = options_.packages.empty() ? 1 : 0;
      file_->put(o, std::span(start).subspan(skip), std::span(count).subspan(skip), values);
    }
  }
}

void NetcdfSink::finish() {
  PANJ_EXPECT(file_ != nullptr);
  file_->finish();
  file_.reset();
}

}  // namespace panj::sim
