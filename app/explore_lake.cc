// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <memory>
#include <nlohmann/json.hpp>
#include <utility>

#include <fmt/format.h>

#include "explore_parts.h"
#include "number_in.h"
#include "output.h"
#include "panj/core/parallel.h"
#include "panj/core/problem.h"
#include "panj/explore/case_table.h"
#include "panj/explore/lake.h"
#include "panj/explore/lake_search.h"

namespace panj::app {
namespace {

using explore::LakeOutcome;
using explore::LakePolicy;
using nlohmann::ordered_json;

struct LakeCommand {
  std::string policies;
  explore::LakeSettings settings;
  std::size_t search = 0;
};

std::vector<LakePolicy> read_policies(const std::string& path) {
  static const std::vector<std::string> columns{"c1", "c2", "r1", "r2", "w1"};
  const explore::CaseTable table = explore::read_case_table(path, columns);
  std::vector<LakePolicy> policies(table.rows());
  const auto fill = [&](const char* name, double LakePolicy::*part) {
    const explore::PrimInput& column = table.find(name);
    if (column.kind == explore::InputKind::category) {
      throw InvalidInput({.file = path, .field = name, .what = "is not a number in every row"});
    }
    for (std::size_t i = 0; i < policies.size(); ++i) policies[i].*part = column.values[i];
  };
  fill("c1", &LakePolicy::c1);
  fill("c2", &LakePolicy::c2);
  fill("r1", &LakePolicy::r1);
  fill("r2", &LakePolicy::r2);
  fill("w1", &LakePolicy::w1);
  Problems problems;
  for (std::size_t i = 0; i < policies.size(); ++i) {
    for (const auto& [name, radius] :
         {std::pair{"r1", policies[i].r1}, std::pair{"r2", policies[i].r2}}) {
      if (radius != 0) continue;
      problems.add({.file = path,
                    .line = table.lines[i],
                    .field = name,
                    .what = "is 0",
                    .why = "a radius must not be 0"});
    }
  }
  problems.throw_if_any();
  return policies;
}

ordered_json to_json(const LakeOutcome& outcome) {
  return {{"max_p", outcome.max_p},
          {"utility", outcome.utility},
          {"inertia", outcome.inertia},
          {"reliability", outcome.reliability}};
}

std::string row_text(const LakeOutcome& o) {
  return fmt::format("{:>10.4f} {:>10.4f} {:>10.4f} {:>12.4f}\n", o.max_p, o.utility, o.inertia,
                     o.reliability);
}

void evaluate(const LakeCommand& command, const CommonOptions& common) {
  const explore::Lake lake(command.settings);
  const auto policies = read_policies(command.policies);
  std::vector<LakeOutcome> outcomes(policies.size());
  parallel_for(policies.size(), common.threads,
               [&](std::size_t i) { outcomes[i] = lake.evaluate(policies[i]); });
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    if (std::isfinite(outcomes[i].utility)) continue;
    throw InvalidInput({.file = command.policies,
                        .what = fmt::format("policy {} has no release that is a number", i + 1),
                        .why = "its centres lie too far away for its radii"});
  }
  if (common.json) {
    ordered_json rows = ordered_json::array();
    for (const LakeOutcome& outcome : outcomes) rows.push_back(to_json(outcome));
    return write_output({}, rows.dump(2) + "\n");
  }
  std::string text =
      fmt::format("{:>10} {:>10} {:>10} {:>12}\n", "max_p", "utility", "inertia", "reliability");
  for (const LakeOutcome& outcome : outcomes) text += row_text(outcome);
  write_output({}, text);
}

void search(const LakeCommand& command, const CommonOptions& common) {
  const explore::Lake lake(command.settings);
  const auto found = explore::search_lake(lake, command.search, common.seed, common.threads);
  ordered_json json{{"evaluations", command.search},
                    {"record", ordered_json::array()},
                    {"policies", ordered_json::array()}};
  std::string text =
      fmt::format("{:>10} {:>10} {:>10} {:>12}\n", "max_p", "utility", "inertia", "reliability");
  for (const auto& step : found.record) {
    json["record"].push_back({{"evaluations", step.evaluations},
                              {"points", step.points},
                              {"hypervolume", step.hypervolume}});
  }
  for (std::size_t i = 0; i < found.settings.rows(); ++i) {
    const auto settings = found.settings.row(i);
    const auto objectives = found.objectives.row(i);
    const LakeOutcome outcome{objectives[0], -objectives[1], -objectives[2], -objectives[3]};
    ordered_json row{{"c1", settings[0]},
                     {"c2", settings[1]},
                     {"r1", settings[2]},
                     {"r2", settings[3]},
                     {"w1", settings[4]}};
    row.update(to_json(outcome));
    json["policies"].push_back(std::move(row));
    text += row_text(outcome);
  }
  write_output({}, common.json ? json.dump(2) + "\n" : text);
}

}  // namespace

void add_explore_lake(CLI::App& explore, CommonOptions& common) {
  const auto options = std::make_shared<LakeCommand>();
  CLI::App& command = *explore.add_subcommand(
      "lake", "The shallow lake problem: evaluate or search policies; a check and a race track");
  auto* policies = command
                       .add_option("--policies", options->policies,
                                   "CSV with the columns c1, c2, r1, r2, w1 (others are ignored)")
                       ->type_name("FILE");
  command.add_option("--search", options->search, "Search with so many evaluations instead")
      ->check(CLI::Range(1, 1 << 30))
      ->excludes(policies);
  command.add_option("--futures", options->settings.samples, "Samples of the inflow")
      ->check(CLI::Range(1, 1000000))
      ->capture_default_str();
  command.add_option("--years", options->settings.years, "Years of each sample")
      ->check(CLI::Range(1, 65536))
      ->capture_default_str();
  command.add_option("--decay", options->settings.decay, "b: share of phosphorus that leaves")
      ->check(number_in(0, 1))
      ->capture_default_str();
  command.add_option("--recycling", options->settings.recycling, "q: exponent of recycling")
      ->check(number_in(1, 10))
      ->capture_default_str();
  add_common_options(command, common);
  command.footer(
      "Examples:\n"
      "  panj explore lake --policies archive.csv --futures 100 --years 100 --json\n"
      "  panj explore lake --search 150000 --json");
  command.callback([options, &common] {
    options->settings.seed = common.seed;
    if (options->search > 0) return search(*options, common);
    if (options->policies.empty()) throw CLI::RequiredError("--policies or --search");
    evaluate(*options, common);
  });
}

}  // namespace panj::app
