// SPDX-License-Identifier: Apache-2.0
#include "panj/explore/design.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "panj/core/csv.h"
#include "panj/core/file.h"
#include "panj/core/number.h"
#include "panj/core/text.h"
#include "panj/explore/sampling.h"

namespace panj::explore {
namespace {

/// Fewer points than one in so many kept means that the constraints hardly leave anything.
constexpr std::size_t kMostDiscarded = 1000;
/// Bytes of a faulty field that a message shows.
constexpr std::size_t kMostShown = 40;

Matrix spread(std::span<const Dimension> dimensions, const DesignOptions& options,
              std::size_t points) {
  Matrix sample = options.sampling == Sampling::sobol
                      ? sobol_sequence(points, dimensions.size(), Scrambling::owen, options.seed)
                      : latin_hypercube(points, dimensions.size(), options.seed);
  correlate(sample, options.correlations, options.seed);
  for (std::size_t r = 0; r < sample.rows(); ++r) {
    for (std::size_t d = 0; d < dimensions.size(); ++d) {
      sample(r, d) = dimensions[d].at(sample(r, d));
    }
  }
  return sample;
}

Matrix kept_points(const Matrix& sample, const DesignOptions& options) {
  Matrix kept(0, sample.columns());
  for (std::size_t r = 0; r < sample.rows() && kept.rows() < options.points; ++r) {
    const auto holds = [&](const Constraint& c) { return c.holds(sample.row(r)); };
    if (std::ranges::all_of(options.constraints, holds)) kept.push_row(sample.row(r));
  }
  return kept;
}

/// Problems of one design file, and where its columns belong.
class DesignReader {
 public:
  DesignReader(const std::filesystem::path& path, std::span<const Dimension> dimensions)
      : path_(path.string()), dimensions_(dimensions), csv_(path) {}

  Design read() {
    if (!csv_.next())
      add("", "is empty", "a header of names and one row for each future");
    else
      read_header();
    problems_.throw_if_any();
    while (csv_.next()) read_row();
    if (problems_.empty() && design_.points.rows() == 0) {
      add("", "has no rows", "one row for each future");
    }
    problems_.throw_if_any();
    return std::move(design_);
  }

 private:
  void read_header() {
    const auto names = names_of(dimensions_);
    for (std::size_t i = 0; i < csv_.size(); ++i) {
      const std::string name(trimmed(csv_.field(i)));
      const auto found = std::ranges::find(names, name);
      if (name.empty()) {
        add("", fmt::format("column {} has no name", i + 1), "each column is an assumption");
      } else if (found == names.end()) {
        add(name, "is not a dimension", "", suggest_name(name, names));
      } else if (std::ranges::find(design_.names, name) != design_.names.end()) {
        add(name, "is given twice", "");
      } else {
        columns_.push_back(static_cast<std::size_t>(found - names.begin()));
        design_.names.push_back(name);
      }
    }
    design_.points = Matrix(0, columns_.size());
  }

  void read_row() {
    if (csv_.fault() != CsvFault::none) return add("", std::string(describe(csv_.fault())), "");
    if (csv_.size() != columns_.size()) {
      return add("", fmt::format("has {} values", csv_.size()),
                 fmt::format("the header has {} names", columns_.size()));
    }
    std::vector<double> row;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (const auto value = value_of(i)) row.push_back(*value);
    }
    if (row.size() == columns_.size()) design_.points.push_row(row);
  }

  std::optional<double> value_of(std::size_t column) {
    const Dimension& dimension = dimensions_[columns_[column]];
    const std::string_view text = trimmed(csv_.field(column));
    const auto value = parse_number<double>(text);
    if (!value || !std::isfinite(*value)) {
      add(dimension.name, fmt::format("is '{}'", printable(text, kMostShown)), "must be a number");
      return std::nullopt;
    }
    if (!dimension.range.contains(*value)) {
      add(dimension.name, fmt::format("is {}", *value),
          fmt::format("must lie in [{}, {}]", dimension.range.low, dimension.range.high));
      return std::nullopt;
    }
    return value;
  }

  void add(const std::string& field, std::string what, std::string why,
           std::string suggestion = "") {
    problems_.add({.file = path_,
                   .line = static_cast<std::size_t>(csv_.line()),
                   .field = field,
                   .what = std::move(what),
                   .why = std::move(why),
                   .suggestion = std::move(suggestion)});
  }

  std::string path_;
  std::span<const Dimension> dimensions_;
  CsvReader csv_;
  std::vector<std::size_t> columns_;
  Design design_;
  Problems problems_;
};

}  // namespace

Design make_design(std::span<const Dimension> dimensions, const DesignOptions& options) {
  PANJ_EXPECT(!dimensions.empty());
  check_dimensions(dimensions).throw_if_any();
  for (std::size_t points = options.points;; points *= 2) {
    const Matrix kept = kept_points(spread(dimensions, options, points), options);
    if (kept.rows() == options.points) return {names_of(dimensions), kept};
    if (points > kMostDiscarded * (kept.rows() + 1)) {
      throw InvalidInput({.field = "constraints",
                          .what = fmt::format("hold in {} of {} points", kept.rows(), points),
                          .why = "they must leave more than one point in a thousand",
                          .suggestion = "loosen a constraint or narrow the ranges"});
    }
  }
}

void write_design(const std::filesystem::path& path, const Design& design) {
  std::string csv = fmt::format("{}\n", fmt::join(design.names, ","));
  for (std::size_t r = 0; r < design.points.rows(); ++r) {
    csv += fmt::format("{}\n", fmt::join(design.points.row(r), ","));
  }
  write_file(path, csv);
}

Design read_design(const std::filesystem::path& path, std::span<const Dimension> dimensions) {
  return DesignReader(path, dimensions).read();
}

}  // namespace panj::explore
