// SPDX-License-Identifier: Apache-2.0
#include "panj/explore/theatre_indices.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "panj/core/contract.h"
#include "panj/core/problem.h"
#include "panj/core/progress.h"
#include "panj/explore/headline.h"
#include "panj/explore/indicator.h"
#include "panj/explore/summary.h"

namespace panj::explore {
namespace {

/// The dimensions that are named. Throws InvalidInput with all that is wrong with the names.
std::vector<FutureDimension> indexed_dimensions(const TheatreStudy& study,
                                                const std::vector<std::string>& assumptions) {
  Problems problems;
  std::vector<FutureDimension> found;
  for (std::size_t i = 0; i < assumptions.size(); ++i) {
    const auto before = assumptions.begin() + static_cast<std::ptrdiff_t>(i);
    if (std::find(assumptions.begin(), before, assumptions[i]) != before) {
      problems.add({.field = "assumptions", .what = fmt::format("'{}' is given twice", *before)});
      continue;
    }
    try {
      found.push_back(study.space().find(assumptions[i]));
    } catch (const InvalidInput& error) {
      for (const Problem& problem : error.problems()) problems.add(problem);
    }
  }
  if (assumptions.empty() || assumptions.size() > kMostIndexed) {
    problems.add({.field = "assumptions",
                  .what = fmt::format("{} are named", assumptions.size()),
                  .why = fmt::format("from 1 to {} can be", kMostIndexed),
                  .suggestion = "take those that `panj explore` says move the outcome most"});
  }
  problems.throw_if_any();
  return found;
}

/// An experiment whose futures are points of the unit cube and whose one outcome is the headline.
/// All have the luck of the same replicates.
Experiment experiment_at(const TheatreStudy& study, const IndicesQuestion& question,
                         const std::vector<FutureDimension>& dimensions, const Matrix& points) {
  const theatre::Package& package = study.packages()[question.package];
  Experiment experiment{.futures = points.rows(),
                        .packages = {package.id},
                        .replicates = question.replicates,
                        .outcomes = {study.experiment().outcomes[question.headline]},
                        .run = {},
                        .futures_per_chunk = 256};
  experiment.run = [&](std::size_t future, std::span<double> values) {
    std::vector<double> point;
    for (std::size_t i = 0; i < dimensions.size(); ++i) {
      point.push_back(dimensions[i].dimension.at(points(future, i)));
    }
    const auto all = study.headlines_of(study.space().overrides(question.assumptions, point),
                                        std::span(&package, 1), 0, question.replicates);
    const auto wanted =
        std::span(all).subspan(question.headline * question.replicates, question.replicates);
    std::ranges::copy(wanted, values.begin());
  };
  return experiment;
}

/// Points × replicates as a two-way table: what is left of it beside the means of its rows and of
/// its columns is luck that points do not share.
class LuckTable {
 public:
  explicit LuckTable(std::size_t replicates) : of_replicate_(replicates, 0.0) {}

  /// A point whose replicates did not all succeed is left out.
  void add(std::span<const double> runs) {
    if (std::ranges::any_of(runs, [](double run) { return std::isnan(run); })) return;
    if (points_ == 0) origin_ = runs.front();
    double sum = 0;
    for (std::size_t r = 0; r < runs.size(); ++r) {
      const double value = runs[r] - origin_;
      sum += value;
      squares_ += value * value;
      of_replicate_[r] += value;
    }
    squares_of_points_ += sum * sum;
    sum_ += sum;
    ++points_;
  }

  /// How much the means of points vary by it.
  double variance_of_means() const {
    const auto replicates = static_cast<double>(of_replicate_.size());
    if (points_ < 2 || replicates < 2) return 0;
    double squares_of_replicates = 0;
    for (const double sum : of_replicate_) squares_of_replicates += sum * sum;
    const double left = squares_ - squares_of_points_ / replicates -
                        squares_of_replicates / points_ + sum_ * sum_ / (points_ * replicates);
    return std::max(0.0, left) / ((points_ - 1) * (replicates - 1)) / replicates;
  }

 private:
  std::vector<double> of_replicate_;
  double origin_ = 0;  ///< taken off first, so that squares keep their digits
  double squares_ = 0;
  double squares_of_points_ = 0;
  double sum_ = 0;
  double points_ = 0;
};

/// Leaving points out would tie the assumptions to each other, and the indices need them
/// independent.
void refuse_contradictions(const std::vector<double>& outputs) {
  const auto count =
      std::ranges::count_if(outputs, [](double output) { return std::isnan(output); });
  if (count == 0) return;
  throw InvalidInput({.field = "assumptions",
                      .what = fmt::format("{} of {} points contradict the model (each attack would "
                                          "bring more than one other)",
                                          count, outputs.size()),
                      .why = "indices need an outcome at every point",
                      .suggestion = "narrow the ranges, or leave the assumption out that does it"});
}

}  // namespace

TheatreIndices theatre_indices(const TheatreStudy& study, const IndicesQuestion& question,
                               const SobolOptions& options) {
  PANJ_EXPECT(question.package < study.packages().size() &&
              question.headline < headlines().size() && question.replicates >= 1);
  const auto dimensions = indexed_dimensions(study, question.assumptions);
  TheatreIndices result;
  for (const FutureDimension& dimension : dimensions) {
    result.subjects.push_back(indicator_of(study.theatre(), dimension).subject);
  }
  const Matrix design = sobol_design(dimensions.size(), options);
  const Experiment experiment = experiment_at(study, question, dimensions, design);
  Summary summary(experiment, 1);
  Progress progress("sobol", design.rows(), "points");
  LuckTable luck(question.replicates);
  for (std::size_t i = 0; i < experiment.chunks(); ++i) {
    const Chunk chunk = run_chunk(experiment, i, options.threads, [&] { progress.advance(); });
    summary.add(chunk);
    for (std::size_t f = 0; f < chunk.futures; ++f) luck.add(chunk.of(experiment, f, 0, 0));
  }
  const std::vector<double> outputs = summary.mean(0).column(0);
  refuse_contradictions(outputs);
  result.indices = sobol_indices(outputs, dimensions.size(), options);
  result.runs = design.rows() * question.replicates;
  if (result.indices.variance > 0) {
    result.chance_share = luck.variance_of_means() / result.indices.variance;
  }
  return result;
}

}  // namespace panj::explore
