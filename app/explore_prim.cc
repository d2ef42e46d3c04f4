// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <limits>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "explore_parts.h"
#include "number_in.h"
#include "output.h"
#include "panj/core/problem.h"
#include "panj/explore/case_table.h"
#include "panj/explore/prim.h"

namespace panj::app {
namespace {

using explore::Box;
using explore::BoxLimit;
using explore::InputChoice;
using explore::PrimInput;
using nlohmann::ordered_json;

struct PrimCommand {
  std::string csv;
  std::string outcome;
  std::optional<double> above;
  std::optional<double> below;
  std::vector<std::string> inputs;
  explore::PrimOptions options;
};

ordered_json to_json(const std::optional<double>& value) {
  return value ? ordered_json(*value) : ordered_json(nullptr);
}

std::vector<std::string> categories_of(const BoxLimit& limit, const PrimInput& input) {
  std::vector<std::string> names;
  for (std::size_t c = 0; c < input.categories.size(); ++c) {
    if (((limit.categories >> c) & 1U) != 0) names.push_back(input.categories[c]);
  }
  return names;
}

ordered_json to_json(const BoxLimit& limit, const PrimInput& input) {
  ordered_json json{{"input", input.name}};
  if (input.kind == explore::InputKind::category) {
    json["categories"] = categories_of(limit, input);
    json["quasi_p"] = to_json(limit.quasi_p_low);
    return json;
  }
  json["low"] = limit.low;
  json["high"] = limit.high;
  json["quasi_p_low"] = to_json(limit.quasi_p_low);
  json["quasi_p_high"] = to_json(limit.quasi_p_high);
  return json;
}

ordered_json to_json(const Box& box, const std::vector<PrimInput>& inputs) {
  static constexpr const char* kSteps[] = {"start", "peel", "paste"};
  ordered_json json{{"step", kSteps[static_cast<int>(box.step)]},
                    {"coverage", box.coverage},
                    {"density", box.density},
                    {"mass", box.mass},
                    {"cases", box.cases},
                    {"of_interest", box.of_interest},
                    {"restricted", box.limits.size()},
                    {"limits", ordered_json::array()}};
  for (const BoxLimit& limit : box.limits) {
    json["limits"].push_back(to_json(limit, inputs[limit.input]));
  }
  return json;
}

std::string as_json(const std::vector<Box>& steps, const std::optional<Box>& chosen,
                    const InputChoice& choice) {
  ordered_json json{{"inputs", ordered_json::array()}, {"left_out", ordered_json::array()}};
  for (const PrimInput& input : choice.inputs) json["inputs"].push_back(input.name);
  for (const auto& column : choice.left_out) {
    json["left_out"].push_back({{"column", column.name}, {"reason", column.reason}});
  }
  json["trajectory"] = ordered_json::array();
  for (const Box& box : steps) json["trajectory"].push_back(to_json(box, choice.inputs));
  json["chosen"] = chosen ? to_json(*chosen, choice.inputs) : ordered_json(nullptr);
  return json.dump(2) + "\n";
}

std::string limit_text(const BoxLimit& limit, const PrimInput& input) {
  if (input.kind == explore::InputKind::category) {
    return fmt::format("  {} is one of {} (quasi-p {:.2g})\n", input.name,
                       fmt::join(categories_of(limit, input), ", "), limit.quasi_p_low.value_or(1));
  }
  std::string text;
  if (limit.quasi_p_low) {
    text += fmt::format("  {} at least {:.6g} (quasi-p {:.2g})\n", input.name, limit.low,
                        *limit.quasi_p_low);
  }
  if (limit.quasi_p_high) {
    text += fmt::format("  {} at most {:.6g} (quasi-p {:.2g})\n", input.name, limit.high,
                        *limit.quasi_p_high);
  }
  return text;
}

std::string as_table(const std::vector<Box>& steps, const std::optional<Box>& chosen,
                     const InputChoice& choice) {
  std::string text = fmt::format("{:>4} {:>9} {:>9} {:>6} {:>11}\n", "step", "coverage", "density",
                                 "cases", "restricted");
  for (std::size_t i = 0; i < steps.size(); ++i) {
    text += fmt::format("{:>4} {:>9.4f} {:>9.4f} {:>6} {:>11}\n", i, steps[i].coverage,
                        steps[i].density, steps[i].cases, steps[i].limits.size());
  }
  for (const auto& column : choice.left_out) {
    text += fmt::format("Left out: '{}' ({})\n", column.name, column.reason);
  }
  if (!chosen) return text + "No limit tells the cases of interest apart.\n";
  text += fmt::format("\n{:.0f} % of the {} cases of interest lie where (density {:.0f} %)\n",
                      100 * chosen->coverage, steps.front().of_interest, 100 * chosen->density);
  for (const BoxLimit& limit : chosen->limits) {
    text += limit_text(limit, choice.inputs[limit.input]);
  }
  return text;
}

void run(const PrimCommand& command, const CommonOptions& common) {
  if (command.above.has_value() == command.below.has_value()) {
    throw CLI::RequiredError("Exactly one of --above and --below");
  }
  std::vector<std::string> columns = command.inputs;
  if (!columns.empty()) columns.push_back(command.outcome);
  const explore::CaseTable table = explore::read_case_table(command.csv, columns);
  const std::vector<bool> of_interest = explore::cases_of_interest(
      table, command.outcome, command.above ? explore::Side::above : explore::Side::below,
      command.above ? *command.above : *command.below);
  const InputChoice choice =
      explore::choose_inputs(table, command.outcome, of_interest, command.inputs);
  const std::vector<Box> steps = explore::find_box(choice.inputs, of_interest, command.options);
  const auto chosen = explore::choose_box(choice.inputs, of_interest, steps);
  write_output({}, common.json ? as_json(steps, chosen, choice) : as_table(steps, chosen, choice));
}

}  // namespace

void add_explore_prim(CLI::App& explore, CommonOptions& common) {
  const auto options = std::make_shared<PrimCommand>();
  CLI::App& command = *explore.add_subcommand(
      "prim", "Where do the cases of interest lie? Boxes by patient rule induction (PRIM)");
  command.add_option("--csv", options->csv, "Table of cases: inputs and outcomes as columns")
      ->required()
      ->type_name("FILE");
  command.add_option("--outcome", options->outcome, "Column that says what is of interest")
      ->required()
      ->type_name("COLUMN");
  const auto any =
      number_in(std::numeric_limits<double>::lowest(), std::numeric_limits<double>::max());
  command.add_option("--above", options->above, "Cases of interest lie above this")
      ->check(any)
      ->type_name("NUMBER");
  command.add_option("--below", options->below, "Cases of interest lie below this")
      ->check(any)
      ->type_name("NUMBER");
  command
      .add_option("--inputs", options->inputs,
                  "Columns to restrict, with commas between; without it, those that can be inputs")
      ->delimiter(',')
      ->type_name("A,B");
  const auto share = number_in(0.0001, 0.4999);
  command.add_option("--alpha", options->options.peel_alpha, "Share peeled off at a time")
      ->check(share)
      ->capture_default_str();
  command.add_option("--paste-alpha", options->options.paste_alpha, "Share pasted at a time")
      ->check(share)
      ->capture_default_str();
  command.add_option("--minimum-mass", options->options.minimum_mass, "Least share in a box")
      ->check(number_in(0, 1))
      ->capture_default_str();
  add_common_options(command, common);
  command.footer(
      "Example:\n  panj explore prim --csv runs.csv --outcome cost --above 290 --alpha 0.1");
  command.callback([options, &common] { run(*options, common); });
}

}  // namespace panj::app
