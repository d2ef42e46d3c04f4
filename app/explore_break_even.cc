// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <memory>

#include "explore_parts.h"
#include "output.h"
#include "panj/core/problem.h"
#include "panj/explore/break_even.h"
#include "panj/theatre/theatre.h"

namespace panj::app {
namespace {

using nlohmann::ordered_json;

struct BreakEvenCommand {
  std::string theatre;
  std::string package;
  std::string against;
  std::string assumption;
  std::string outcome = "breaches_per_year";
  std::size_t replicates = 1000;
};

ordered_json as_json(const BreakEvenCommand& command, const explore::BreakEven& found) {
  ordered_json json{{"package", command.package},
                    {"assumption", command.assumption},
                    {"outcome", command.outcome},
                    {"value", found.value ? ordered_json(*found.value) : ordered_json(nullptr)}};
  if (found.value) json["interval"] = {found.interval.low, found.interval.high};
  json["difference_at_low"] = {{"value", found.at_low.value}, {"error", found.at_low.error}};
  json["difference_at_high"] = {{"value", found.at_high.value}, {"error", found.at_high.error}};
  json["sentence"] = found.sentence;
  return json;
}

void run(const BreakEvenCommand& command, const CommonOptions& common) {
  theatre::Theatre theatre = theatre::read_theatre(command.theatre);
  const std::string against = command.against.empty() && !theatre.packages.empty()
                                  ? theatre.packages.front().id
                                  : command.against;
  if (against == command.package) {
    throw InvalidInput({.field = "package",
                        .what = fmt::format("'{}' is compared with itself", against),
                        .suggestion = "name another package with --package or --against"});
  }
  // One future, the theatre's own: its design has no columns.
  explore::StudyOptions options{
      .futures = 1, .packages = {against, command.package}, .seed = common.seed};
  const explore::TheatreStudy study(std::move(theatre), options);
  const explore::BreakEvenQuestion question{1, 0, explore::find_headline(command.outcome),
                                            study.space().find(command.assumption).dimension.name};
  const auto found = explore::find_break_even(
      study, question, {.replicates = command.replicates, .threads = common.threads});
  write_output({}, common.json ? as_json(command, found).dump(2) + "\n" : found.sentence + "\n");
}

}  // namespace

void add_explore_break_even(CLI::App& explore, CommonOptions& common) {
  const auto options = std::make_shared<BreakEvenCommand>();
  CLI::App& command = *explore.add_subcommand(
      "break-even", "The value of an assumption at which a package stops helping");
  command.add_option("THEATRE", options->theatre, "Folder of the theatre, or its theatre.toml")
      ->required();
  command.add_option("--package", options->package, "Id of the package")->required();
  command.add_option("--against", options->against, "What it is compared to (the first package)");
  command.add_option("--assumption", options->assumption, "Dotted key of the theatre file")
      ->required();
  command.add_option("--outcome", options->outcome, "What must get better")->capture_default_str();
  command.add_option("--replicates", options->replicates, "Paired runs at each value")
      ->check(CLI::Range(2, 10000000))
      ->capture_default_str();
  add_common_options(command, common);
  command.footer(
      "Example:\n  panj explore break-even theatres/tajik-afghan --package P5 \\\n"
      "      --assumption surroundings.economy.relief_diversion");
  command.callback([options, &common] { run(*options, common); });
}

}  // namespace panj::app
