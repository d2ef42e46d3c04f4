// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "explore_parts.h"
#include "output.h"
#include "panj/core/problem.h"
#include "panj/explore/sobol_indices.h"
#include "panj/explore/test_function.h"

namespace panj::app {
namespace {

using explore::SobolIndices;
using explore::SobolOptions;
using explore::TestFunction;
using nlohmann::ordered_json;

struct SobolCommand {
  std::string function;
  SobolOptions options;
  bool pairs = false;
};

ordered_json intervals_json(const std::vector<Range>& intervals) {
  ordered_json json = ordered_json::array();
  for (const Range& interval : intervals) json.push_back({interval.low, interval.high});
  return json;
}

std::string as_json(const TestFunction& function, const SobolIndices& indices,
                    const SobolOptions& options) {
  ordered_json json{{"function", function.name},
                    {"n", options.points},
                    {"inputs", function.inputs},
                    {"first", indices.first},
                    {"total", indices.total},
                    {"first_interval", intervals_json(indices.first_interval)},
                    {"total_interval", intervals_json(indices.total_interval)},
                    {"level", options.level},
                    {"mean", indices.mean},
                    {"variance", indices.variance},
                    {"exact", {{"first", function.first}, {"total", function.total}}}};
  if (indices.second.rows() > 0) {
    ordered_json rows = ordered_json::array();
    for (std::size_t i = 0; i < indices.second.rows(); ++i) {
      const auto row = indices.second.row(i);
      rows.push_back(std::vector<double>(row.begin(), row.end()));
    }
    json["second"] = std::move(rows);
  }
  return json.dump(2) + "\n";
}

std::string as_table(const TestFunction& function, const SobolIndices& indices) {
  std::string text = fmt::format("{:<6} {:>8} {:>18} {:>8} {:>8} {:>18} {:>8}\n", "input", "first",
                                 "interval", "exact", "total", "interval", "exact");
  const auto interval = [](const std::vector<Range>& all, std::size_t i) {
    return all.empty() ? std::string("–")
                       : fmt::format("{:.4f} to {:.4f}", all[i].low, all[i].high);
  };
  for (std::size_t i = 0; i < function.inputs.size(); ++i) {
    text +=
        fmt::format("{:<6} {:>8.4f} {:>18} {:>8.4f} {:>8.4f} {:>18} {:>8.4f}\n", function.inputs[i],
                    indices.first[i], interval(indices.first_interval, i), function.first[i],
                    indices.total[i], interval(indices.total_interval, i), function.total[i]);
  }
  return text;
}

void run(const SobolCommand& command, const CommonOptions& common) {
  const TestFunction function = explore::find_test_function(command.function);
  SobolOptions options = command.options;
  options.seed = common.seed;
  options.threads = common.threads;
  options.order =
      command.pairs ? explore::SobolOrder::with_pairs : explore::SobolOrder::first_and_total;
  const SobolIndices indices =
      explore::sobol_indices_of(function.of_unit, function.inputs.size(), options);
  write_output({}, common.json ? as_json(function, indices, options) : as_table(function, indices));
}

}  // namespace

void add_explore_sobol(CLI::App& explore, CommonOptions& common) {
  const auto options = std::make_shared<SobolCommand>();
  CLI::App& command = *explore.add_subcommand(
      "sobol", "Sobol indices of a function whose exact indices are known: a check of the method");
  command.add_option("--function", options->function, "ishigami or sobol-g")->required();
  command.add_option("--n", options->options.points, "Base points; a power of two is best")
      ->check(CLI::Range(2, 1 << 24))
      ->capture_default_str();
  command.add_flag("--second-order", options->pairs, "The shares of pairs too");
  command
      .add_option("--resamples", options->options.resamples,
                  "Bootstrap resamples for the intervals; 0 for none")
      ->check(CLI::Range(0, 100000))
      ->capture_default_str();
  command.add_option("--level", options->options.level, "Of the intervals")
      ->check(number_in(0, 1))
      ->capture_default_str();
  add_common_options(command, common);
  command.footer("Example:\n  panj explore sobol --function ishigami --n 16384 --json");
  command.callback([options, &common] { run(*options, common); });
}

}  // namespace panj::app
