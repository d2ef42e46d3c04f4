// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <memory>

#include "explore_parts.h"
#include "output.h"
#include "panj/explore/policy_search.h"
#include "panj/theatre/theatre.h"

namespace panj::app {
namespace {

using nlohmann::ordered_json;

struct SearchCommand {
  StudyCommand study;
  explore::PolicyOptions options;
  std::string history = "filter";
  bool rules = false;
};

ordered_json search_json(const explore::PolicySearch& found) {
  ordered_json json{
      {"futures", found.futures},
      {"counted", found.counted},
      {"passed_history", {{"value", found.passed.value}, {"error", found.passed.error}}},
      {"hypervolume_reference", found.reference},
      {"record", ordered_json::array()},
      {"policies", ordered_json::array()}};
  for (const auto& step : found.record) {
    json["record"].push_back({{"evaluations", step.evaluations},
                              {"points", step.points},
                              {"hypervolume", step.hypervolume}});
  }
  for (const auto& policy : found.policies) {
    json["policies"].push_back(
        {{"id", policy.package.id},
         {"settings", policy.package.name},
         {"release_above_incidents",
          policy.rule ? ordered_json(policy.rule->incidents) : ordered_json(nullptr)},
         {"released_share", policy.rule ? ordered_json(policy.released) : ordered_json(nullptr)},
         {"breaches_per_year", policy.breaches_per_year},
         {"tail_breaches_per_year", policy.tail_breaches},
         {"cost_musd_per_year", policy.cost_musd_per_year}});
  }
  return json;
}

std::string search_text(const explore::PolicySearch& found) {
  std::string text =
      fmt::format("{} futures; {} of them reproduce the record; {} futures count\n\n",
                  found.futures, explore::percent(found.passed.value), found.counted);
  text +=
      fmt::format("{:>8} {:>11} {:>11}  {}\n", "M$/year", "breaches/y", "worst share", "settings");
  for (const auto& policy : found.policies) {
    text += fmt::format("{:>8.1f} {:>11.2f} {:>11.2f}  {}", policy.cost_musd_per_year,
                        policy.breaches_per_year, policy.tail_breaches, policy.package.name);
    if (policy.rule) text += fmt::format(" (released in {:.0f} % of runs)", 100 * policy.released);
    text += "\n";
  }
  text += "\nHypervolume:";
  for (const auto& step : found.record) {
    text += fmt::format(" {:.3g} ({})", step.hypervolume, step.evaluations);
  }
  return text + "\n";
}

void run(const SearchCommand& command, const CommonOptions& common) {
  theatre::Theatre theatre = theatre::read_theatre(command.study.theatre);
  auto design = read_study_design(command.study, theatre);
  explore::StudyOptions options = command.study.options;
  options.seed = common.seed;
  const explore::TheatreStudy study(std::move(theatre), options, std::move(design));
  explore::PolicyOptions search = command.options;
  search.seed = common.seed;
  search.threads = common.threads;
  search.history = history_use(command.history);
  if (command.rules) search.release = explore::Release::by_rule_too;
  const auto found = explore::search_policies(study, search);
  write_output({}, common.json ? search_json(found).dump(2) + "\n" : search_text(found));
}

}  // namespace

void add_explore_search(CLI::App& explore, CommonOptions& common) {
  const auto options = std::make_shared<SearchCommand>();
  options->study.options.futures = 16;
  options->study.options.replicates = 8;
  CLI::App& command = *explore.add_subcommand(
      "search",
      "Search lever settings that trade cost against armed breaches, on average and in the worst\n"
      "futures");
  add_study_options(command, options->study);
  command.get_option("THEATRE")->required();
  command.add_option("--evaluations", options->options.evaluations, "Packages to try")
      ->check(CLI::Range(1, 10000000))
      ->capture_default_str();
  command.add_option("--population", options->options.population, "Packages in a generation")
      ->check(CLI::Range(4, 100000))
      ->capture_default_str();
  add_history_option(command, options->history);
  command.add_flag("--rules", options->rules,
                   "Also let a programme wait until a year has more reported incidents than a "
                   "threshold");
  add_common_options(command, common);
  command.footer(
      "Examples:\n"
      "  panj explore search theatres/tajik-afghan --evaluations 2000\n"
      "  panj explore search theatres/tajik-afghan --rules --json");
  command.callback([options, &common] { run(*options, common); });
}

}  // namespace panj::app
