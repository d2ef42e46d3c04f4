// SPDX-License-Identifier: Apache-2.0
#include "panj/explore/netcdf_writer.h"

#include <fmt/format.h>
#include <netcdf.h>

#include <cmath>
#include <limits>
#include <map>
#include <stdexcept>

#include "panj/core/file.h"

namespace panj::explore {
namespace {

constexpr int kCompression = 1;  ///< deflate level: half the size for a tenth of the time

class NetcdfFile {
 public:
  explicit NetcdfFile(std::string path) : path_(std::move(path)) {
    check(nc_create(path_.c_str(), NC_NETCDF4 | NC_CLOBBER, &file_));
  }
  NetcdfFile(const NetcdfFile&) = delete;
  NetcdfFile& operator=(const NetcdfFile&) = delete;
  ~NetcdfFile() {
    if (file_ >= 0) nc_close(file_);
  }

  void close() {
    const int file = file_;
    file_ = -1;
    check(nc_close(file));
  }

  int dimension(const std::string& name, std::size_t size) {
    const auto known = dimensions_.find(name);
    if (known != dimensions_.end()) return known->second;
    int id = 0;
    check(nc_def_dim(file_, name.c_str(), size, &id));
    dimensions_[name] = id;
    return id;
  }
  bool has_dimension(const std::string& name) const { return dimensions_.contains(name); }

  int variable(const std::string& name, nc_type type, const std::vector<int>& dimensions) {
    int id = 0;
    check(nc_def_var(file_, name.c_str(), type, static_cast<int>(dimensions.size()),
                     dimensions.data(), &id));
    return id;
  }
  void compress(int variable, const std::vector<std::size_t>& block) {
    check(nc_def_var_chunking(file_, variable, NC_CHUNKED, block.data()));
    check(nc_def_var_deflate(file_, variable, 1, 1, kCompression));
    const double missing = std::numeric_limits<double>::quiet_NaN();
    check(nc_def_var_fill(file_, variable, NC_FILL, &missing));
  }
  void attribute(int variable, const char* name, const std::string& text) {
    check(nc_put_att_text(file_, variable, name, text.size(), text.c_str()));
  }
  void put(int variable, const std::vector<std::size_t>& start,
           const std::vector<std::size_t>& count, const double* values) {
    check(nc_put_vara_double(file_, variable, start.data(), count.data(), values));
  }
  void put_texts(int variable, const std::vector<std::string>& texts) {
    for (std::size_t i = 0; i < texts.size(); ++i) {
      const char* text = texts[i].c_str();
      check(nc_put_var1_string(file_, variable, &i, &text));
    }
  }
  void put_all(int variable, const std::vector<double>& values) {
    check(nc_put_var_double(file_, variable, values.data()));
  }

 private:
  void check(int status) const {
    if (status == NC_NOERR) return;
    throw std::runtime_error(
        fmt::format("cannot write {}: {} (disk full?)", path_, nc_strerror(status)));
  }

  std::string path_;
  int file_ = -1;
  std::map<std::string, int> dimensions_;
};

/// The file's variables, and how values get into them.
class ExperimentFile {
 public:
  ExperimentFile(const std::string& path, const Experiment& experiment, const Design& design,
                 const ExperimentNotes& notes)
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

  void close() { file_.close(); }

 private:
  void write_notes(const ExperimentNotes& notes) {
    file_.attribute(NC_GLOBAL, "Conventions", "CF-1.8");
    file_.attribute(NC_GLOBAL, "title", notes.title);
    file_.attribute(NC_GLOBAL, "history", notes.history);
    file_.attribute(NC_GLOBAL, "source", notes.source);
    file_.attribute(NC_GLOBAL, "run_id", notes.run_id);
    file_.attribute(NC_GLOBAL, "digest", notes.digest);
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
      const int id = file_.variable(outcome.name, NC_DOUBLE, dimensions);
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
    const int id = file_.variable(dimension.name, NC_DOUBLE,
                                  {file_.dimension(dimension.name, dimension.size())});
    if (!dimension.unit.empty()) file_.attribute(id, "units", dimension.unit);
    file_.put_all(id, dimension.coordinates);
  }

  void write_names(const std::string& name, const std::string& dimension,
                   const std::vector<std::string>& names) {
    file_.put_texts(file_.variable(name, NC_STRING, {file_.dimension(dimension, names.size())}),
                    names);
  }

  void write_numbers(const std::string& name, const std::string& dimension, std::size_t count,
                     const std::string& meaning) {
    const int id = file_.variable(name, NC_INT64, {file_.dimension(dimension, count)});
    file_.attribute(id, "long_name", meaning);
    std::vector<double> numbers(count);
    for (std::size_t i = 0; i < count; ++i) numbers[i] = static_cast<double>(i);
    file_.put_all(id, numbers);
  }

  void write_design(const Design& design) {
    if (design.names.empty()) return;
    write_names("assumption", "assumption", design.names);
    const int id = file_.variable("assumption_value", NC_DOUBLE,
                                  {shape_[0], file_.dimension("assumption", design.names.size())});
    file_.attribute(id, "long_name", "what each future takes the assumptions to be");
    file_.put_all(id, {design.points.values().begin(), design.points.values().end()});
  }

  void write_weights(const std::vector<double>& weights) {
    const int id = file_.variable("future_weight", NC_DOUBLE, {shape_[0]});
    file_.attribute(id, "long_name", "1 when the future reproduces the record, else 0");
    file_.put_all(id, weights);
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
    file_.put(variables_[outcome], start, count, values.data());
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
  const std::filesystem::path unfinished = path.string() + ".unfinished";
  try {
    ExperimentFile file(unfinished.string(), experiment, design, notes);
    for (std::size_t i = 0; i < experiment.chunks(); ++i) file.add(chunk(i));
    file.close();
    std::filesystem::rename(unfinished, path);
  } catch (...) {
    std::error_code ignored;
    std::filesystem::remove(unfinished, ignored);
    throw;
  }
}

}  // namespace panj::explore
