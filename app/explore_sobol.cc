// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "explore_parts.h"
#include "number_in.h"
#include "output.h"
#include "panj/core/problem.h"
#include "panj/explore/sobol_indices.h"
#include "panj/explore/test_function.h"
#include "panj/explore/theatre_indices.h"
#include "panj/theatre/theatre.h"

namespace panj::app {
namespace {

using explore::SobolIndices;
using explore::SobolOptions;
using explore::TestFunction;
using nlohmann::ordered_json;

/// What is not given has a default of its own for functions and for theatres.
struct SobolCommand {
  std::string function;
  std::string theatre;
  std::string package;
  std::string outcome = "reported_per_year";
  explore::IndicesQuestion question;
  std::optional<std::size_t> points;
  std::optional<double> level;
  SobolOptions options;
  bool pairs = false;
};

ordered_json intervals_json(const std::vector<Range>& intervals) {
  ordered_json json = ordered_json::array();
  for (const Range& interval : intervals) json.push_back({interval.low, interval.high});
  return json;
}

/// What functions and theatres have in common, after `head`.
ordered_json indices_json(ordered_json head, const std::vector<std::string>& inputs,
                          const SobolIndices& indices, const SobolOptions& options) {
  head.update({{"n", options.points},
               {"inputs", inputs},
               {"first", indices.first},
               {"total", indices.total},
               {"first_interval", intervals_json(indices.first_interval)},
               {"total_interval", intervals_json(indices.total_interval)},
               {"level", options.level},
               {"mean", indices.mean},
               {"variance", indices.variance}});
  if (indices.second.rows() == 0) return head;
  ordered_json rows = ordered_json::array();
  for (std::size_t i = 0; i < indices.second.rows(); ++i) {
    const auto row = indices.second.row(i);
    rows.push_back(std::vector<double>(row.begin(), row.end()));
  }
  head["second"] = std::move(rows);
  return head;
}

std::string interval_text(const std::vector<Range>& all, std::size_t i) {
  return all.empty() ? "–" : fmt::format("{:.4f} to {:.4f}", all[i].low, all[i].high);
}

std::string as_table(const TestFunction& function, const SobolIndices& indices) {
  std::string text = fmt::format("{:<6} {:>8} {:>18} {:>8} {:>8} {:>18} {:>8}\n", "input", "first",
                                 "interval", "exact", "total", "interval", "exact");
  for (std::size_t i = 0; i < function.inputs.size(); ++i) {
    text +=
        fmt::format("{:<6} {:>8.4f} {:>18} {:>8.4f} {:>8.4f} {:>18} {:>8.4f}\n", function.inputs[i],
                    indices.first[i], interval_text(indices.first_interval, i), function.first[i],
                    indices.total[i], interval_text(indices.total_interval, i), function.total[i]);
  }
  return text;
}

std::string as_table(const SobolCommand& command, const explore::TheatreIndices& found,
                     const SobolOptions& options) {
  const SobolIndices& indices = found.indices;
  const auto& headline = explore::headlines()[command.question.headline];
  std::string text =
      fmt::format("{} under {}: mean {:.4g}, variance {:.4g} over {} points ({} runs)\n\n",
                  headline.description, command.package, indices.mean, indices.variance,
                  options.points, found.runs);
  text += fmt::format("{:>8} {:>18} {:>8} {:>18}  {}\n", "first", "interval", "total", "interval",
                      "assumption");
  for (std::size_t i = 0; i < found.subjects.size(); ++i) {
    text += fmt::format("{:>8.4f} {:>18} {:>8.4f} {:>18}  {} ({})\n", indices.first[i],
                        interval_text(indices.first_interval, i), indices.total[i],
                        interval_text(indices.total_interval, i), found.subjects[i],
                        command.question.assumptions[i]);
  }
  for (std::size_t i = 0; i < indices.second.rows(); ++i) {
    for (std::size_t j = i + 1; j < indices.second.rows(); ++j) {
      text += fmt::format("{:>8.4f} of the pair {} × {}\n", indices.second(i, j),
                          command.question.assumptions[i], command.question.assumptions[j]);
    }
  }
  if (!(indices.variance > 0)) return text + "\nThe outcome is the same at every point.\n";
  if (command.question.replicates == 1) {
    return text + "\nOne replicate cannot tell chance apart.\n";
  }
  return text + fmt::format("\nAbout {} of the variance is chance: more replicates lessen it.\n",
                            explore::percent(found.chance_share));
}

ordered_json as_json(const SobolCommand& command, const explore::TheatreIndices& found,
                     const SobolOptions& options) {
  const ordered_json head{{"theatre", command.theatre},
                          {"package", command.package},
                          {"outcome", command.outcome},
                          {"replicates", command.question.replicates}};
  ordered_json json = indices_json(head, command.question.assumptions, found.indices, options);
  json["subjects"] = found.subjects;
  json["runs"] = found.runs;
  // One replicate cannot tell.
  json["chance_share"] =
      command.question.replicates > 1 ? ordered_json(found.chance_share) : ordered_json(nullptr);
  return json;
}

void index_function(const SobolCommand& command, const SobolOptions& options, bool json) {
  const TestFunction function = explore::find_test_function(command.function);
  const SobolIndices indices =
      explore::sobol_indices_of(function.of_unit, function.inputs.size(), options);
  if (!json) return write_output({}, as_table(function, indices));
  const ordered_json head{{"function", function.name}};
  ordered_json all = indices_json(head, function.inputs, indices, options);
  all["exact"] = {{"first", function.first}, {"total", function.total}};
  write_output({}, all.dump(2) + "\n");
}

void index_theatre(SobolCommand command, const SobolOptions& options, bool json) {
  theatre::Theatre theatre = theatre::read_theatre(command.theatre);
  command.question.headline = explore::find_headline(command.outcome);
  if (command.package.empty() && !theatre.packages.empty()) {
    command.package = theatre.packages.front().id;
  }
  command.theatre = theatre.id;
  explore::StudyOptions study_options{.futures = 1, .seed = options.seed};
  if (!command.package.empty()) study_options.packages = {command.package};
  const explore::TheatreStudy study(std::move(theatre), study_options);
  const auto found = explore::theatre_indices(study, command.question, options);
  write_output({}, json ? as_json(command, found, options).dump(2) + "\n"
                        : as_table(command, found, options));
}

void run(const SobolCommand& command, const CommonOptions& common) {
  const bool of_theatre = !command.theatre.empty();
  if (!of_theatre && command.function.empty()) {
    throw CLI::RequiredError("THEATRE with --assumptions, or --function");
  }
  if (of_theatre && command.question.assumptions.empty()) {
    throw CLI::RequiredError("--assumptions");
  }
  SobolOptions options = command.options;
  options.points = command.points.value_or(of_theatre ? 256 : options.points);
  options.level = command.level.value_or(of_theatre ? 0.9 : options.level);
  options.seed = common.seed;
  options.threads = common.threads;
  options.order =
      command.pairs ? explore::SobolOrder::with_pairs : explore::SobolOrder::first_and_total;
  if (of_theatre) {
    index_theatre(command, options, common.json);
  } else {
    index_function(command, options, common.json);
  }
}

/// What only a theatre has.
void add_indices_options(CLI::App& command, SobolCommand& options) {
  CLI::Option* const theatre =
      command.add_option("THEATRE", options.theatre, "Folder of the theatre, or its theatre.toml");
  command
      .add_option("--assumptions", options.question.assumptions,
                  "Dotted keys of the theatre file with commas between; all others stay as stated")
      ->delimiter(',')
      ->type_name("A,B")
      ->needs(theatre);
  command.add_option("--package", options.package, "Id of the package (the first)")->needs(theatre);
  command.add_option("--outcome", options.outcome, "Whose mean over replicates is explained")
      ->needs(theatre)
      ->capture_default_str();
  command.add_option("--replicates", options.question.replicates, "Runs of each point")
      ->check(CLI::Range(1, 1000000))
      ->needs(theatre)
      ->capture_default_str();
}

}  // namespace

void add_explore_sobol(CLI::App& explore, CommonOptions& common) {
  const auto options = std::make_shared<SobolCommand>();
  CLI::App& command = *explore.add_subcommand(
      "sobol",
      "Which share of an outcome's variance each of a few assumptions makes, alone and with the\n"
      "others; or the indices of a function whose exact ones are known, to check the method");
  add_indices_options(command, *options);
  command.add_option("--function", options->function, "ishigami or sobol-g")->excludes("THEATRE");
  command
      .add_option("--n", options->points,
                  "Base points; a power of two is best (256; of a function 1024)")
      ->check(CLI::Range(2, 1 << 24));
  command.add_flag("--second-order", options->pairs, "The shares of pairs too");
  command
      .add_option("--resamples", options->options.resamples,
                  "Bootstrap resamples for the intervals; 0 for none")
      ->check(CLI::Range(0, 100000))
      ->capture_default_str();
  command.add_option("--level", options->level, "Of the intervals (0.9; of a function 0.95)")
      ->check(number_in(0, 1));
  add_common_options(command, common);
  command.footer(
      "Examples:\n"
      "  panj explore sobol theatres/tajik-afghan --package P1 \\\n"
      "      --assumptions threat.attempts.excitation,threat.people.foreign_fighters\n"
      "  panj explore sobol --function ishigami --n 16384 --json");
  command.callback([options, &common] { run(*options, common); });
}

}  // namespace panj::app
