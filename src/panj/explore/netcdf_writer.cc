// SPDX-License-Identifier: Apache-2.0
#include "panj/explore/netcdf_writer.h"

#include "panj/core/netcdf_file.h"

namespace panj::explore {
namespace {

/// The file's variables, and how values get into them.
class ExperimentFile {
 public:
  ExperimentFile(const std::filesystem::path& path, const Experiment& experiment,
                 const Design& design, const ExperimentNotes& notes)
      : file_(path), experiment_(experiment) {
    write_notes(notes);
    shape_ = {file_.dimension("future", experiment.futures),
              file_.dimension("package", experiment.packages.size()),
              file_.dimension("realization", experiment.replicates)};
    define_outcomes();
    write_names("package", "package", experiment.packages);
    write_numbers("future", "future", experiment.futures, "number of the future, from 0");
    write_numbers("realization", "realization", experiment.replicates,
                  "number of the replicate, from 0; the same luck in every package");
    write_design(design);
    if (!notes.weights.empty()) write_weights(notes.weights);
  }

  void add(const Chunk& chunk) {
    std::size_t first_cell = 0;
    for (std::size_t o = 0; o < experiment_.outcomes.size(); ++o) {
      add(chunk, o, first_cell);
      first_cell += experiment_.outcomes[o].cells();
    }
  }

  void finish() { file_.finish(); }

 private:
  void write_notes(const ExperimentNotes& notes) {
    file_.attribute(NetcdfFile::kGlobal, "title", notes.title);
    file_.attribute(NetcdfFile::kGlobal, "history", notes.history);
    file_.attribute(NetcdfFile::kGlobal, "source", notes.source);
    file_.attribute(NetcdfFile::kGlobal, "run_id", notes.run_id);
    file_.attribute(NetcdfFile::kGlobal, "digest", notes.digest);
  }

  void define_outcomes() {
    for (const StoredOutcome& outcome : experiment_.outcomes) {
      std::vector<int> dimensions = shape_;
      std::vector<std::size_t> block{1, experiment_.packages.size(), experiment_.replicates};
      for (const sim::Dimension& own : outcome.dimensions) {
        const bool is_new = !file_.has_dimension(own.name);
        dimensions.push_back(file_.dimension(own.name, own.size()));
        block.push_back(own.size());
        if (is_new) write_coordinate(own);
      }
      const int id = file_.variable(outcome.name, NetcdfFile::Type::real, dimensions);
      file_.compress(id, block);
      file_.attribute(id, "units", outcome.unit);
      file_.attribute(id, "long_name",
                      outcome.description.empty() ? outcome.name : outcome.description);
      variables_.push_back(id);
    }
  }

  void write_coordinate(const sim::Dimension& dimension) {
    if (!dimension.labels.empty())
      return write_names(dimension.name, dimension.name, dimension.labels);
    const int id = file_.variable(dimension.name, NetcdfFile::Type::real,
                                  {file_.dimension(dimension.name, dimension.size())});
    if (!dimension.unit.empty()) file_.attribute(id, "units", dimension.unit);
    file_.put(id, dimension.coordinates);
  }

  void write_names(const std::string& name, const std::string& dimension,
                   const std::vector<std::string>& names) {
    file_.put(
        file_.variable(name, NetcdfFile::Type::text, {file_.dimension(dimension, names.size())}),
        names);
  }

  void write_numbers(const std::string& name, const std::string& dimension, std::size_t count,
                     const std::string& meaning) {
    const int id =
        file_.variable(name, NetcdfFile::Type::integer, {file_.dimension(dimension, count)});
    file_.attribute(id, "long_name", meaning);
    std::vector<double> numbers(count);
    for (std::size_t i = 0; i < count; ++i) numbers[i] = static_cast<double>(i);
    file_.put(id, numbers);
  }

  void write_design(const Design& design) {
    if (design.names.empty()) return;
    write_names("assumption", "assumption", design.names);
    const int id = file_.variable("assumption_value", NetcdfFile::Type::real,
                                  {shape_[0], file_.dimension("assumption", design.names.size())});
    file_.attribute(id, "long_name", "what each future takes the assumptions to be");
    file_.put(id, design.points.values());
  }

  void write_weights(const std::vector<double>& weights) {
    const int id = file_.variable("future_weight", NetcdfFile::Type::real, {shape_[0]});
    file_.attribute(id, "long_name", "1 when the future reproduces the record, else 0");
    file_.put(id, weights);
  }

  /// The file has replicates before the outcome's own dimensions, chunks have them after.
  void add(const Chunk& chunk, std::size_t outcome, std::size_t first_cell) {
    const std::size_t cells = experiment_.outcomes[outcome].cells();
    const std::size_t replicates = experiment_.replicates;
    const std::size_t packages = experiment_.packages.size();
    std::vector<double> values(chunk.futures * packages * replicates * cells);
    std::size_t row = 0;
    for (std::size_t f = 0; f < chunk.futures; ++f) {
      for (std::size_t p = 0; p < packages; ++p, row += replicates * cells) {
        for (std::size_t c = 0; c < cells; ++c) {
          const auto from = chunk.of(experiment_, f, p, first_cell + c);
          for (std::size_t r = 0; r < replicates; ++r) values[row + r * cells + c] = from[r];
        }
      }
    }
    std::vector<std::size_t> start{chunk.first_future, 0, 0};
    std::vector<std::size_t> count{chunk.futures, packages, replicates};
    for (const sim::Dimension& own : experiment_.outcomes[outcome].dimensions) {
      start.push_back(0);
      count.push_back(own.size());
    }
    file_.put(variables_[outcome], start, count, values);
  }

  NetcdfFile file_;
  const Experiment& experiment_;
  std::vector<int> shape_;
  std::vector<int> variables_;
};

}  // namespace

void write_netcdf(const std::filesystem::path& path, const Experiment& experiment,
                  const Design& design, const ExperimentNotes& notes,
                  const std::function<Chunk(std::size_t)>& chunk) {
  ExperimentFile file(path, experiment, design, notes);
  for (std::size_t i = 0; i < experiment.chunks(); ++i) file.add(chunk(i));
  file.finish();
}

}  // namespace panj::explore
