// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "command.h"
#include "dates.h"
#include "output.h"
#include "store_panel.h"

namespace panj::app {
namespace {

struct PanelCommand {
  std::string workspace;
  std::string as_of;
  std::string output;
  StorePanelOptions panel;
};

void run(const PanelCommand& command, bool json) {
  const event::PanelColumns columns = columns_of(command.panel);
  const auto counting = counting_of(command.panel);
  const Date as_of = date_option(command.as_of, today());
  const auto store = event::EventStore::open_for_reading(command.workspace);
  const CountedPanel counted = count_incidents(store, counting, as_of);
  warn_of_left_out(counted, columns.unit);
  const event::Panel& panel = counted.panel;
  if (!json) return write_output(command.output, event::to_csv(panel, columns));
  nlohmann::ordered_json series = nlohmann::ordered_json::object();
  for (const std::string& unit : panel.units()) series[unit] = panel.series(*panel.find(unit));
  nlohmann::ordered_json result = {{"as_of", to_string(as_of)}, {"unit", columns.unit},
                                   {"value", columns.value},    {"left_out", counted.left_out},
                                   {"first", nullptr},          {"series", series}};
  if (!panel.empty()) result["first"] = to_string(panel.first());
  write_output(command.output, result.dump(2) + "\n");
}

}  // namespace

void add_panel(CLI::App& program, CommonOptions& common, ExitCode&) {
  CLI::App* command = program.add_subcommand("panel", "Count incidents by place and month");
  const auto options = std::make_shared<PanelCommand>();
  add_common_options(*command, common);
  command->add_option("workspace", options->workspace, "Folder of the event store")->required();
  add_store_panel_options(*command, options->panel);
  command
      ->add_option("--as-of", options->as_of,
                   "Day whose knowledge is asked for, YYYY-MM-DD (default: today)")
      ->check(is_date());
  command->add_option("-o,--out,--output", options->output, "File to write (default: stdout)");
  command->footer(R"(
Examples:
  panj panel work --by country --type state_based -o deaths.csv
  panj panel work --by grid --of count --from 2023-01 --to 2023-12 --as-of 2024-01-31
  panj panel work --by stretch --theatre theatres/tajik-afghan
  panj panel work --by distance --border line.geojson

Distance bands: 0-10, 10-25, 25-50, 50-100, 100-200 km from the line.)");
  command->callback([options, &common] { run(*options, common.json); });
}

}  // namespace panj::app
