// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "command.h"
#include "dates.h"
#include "output.h"
#include "panj/event/incident_csv.h"
#include "panj/event/store.h"

namespace panj::app {
namespace {

using nlohmann::ordered_json;

struct IncidentsOptions {
  std::string workspace;
  std::string as_of;
  std::string output;
};

ordered_json to_json(const event::Incident& incident) {
  ordered_json object;
  const auto& columns = event::panj_columns();
  const auto values = event::panj_values(incident);
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (values[i].empty()) continue;
    if (event::is_number_column(columns[i])) {
      object[columns[i]] = ordered_json::parse(values[i]);
    } else {
      object[columns[i]] = values[i];
    }
  }
  return object;
}

void run(const IncidentsOptions& options, bool json) {
  const Date as_of = date_option(options.as_of, today());
  const event::EventStore store = event::EventStore::open_for_reading(options.workspace);
  std::string text = json ? "" : event::panj_csv_header();
  ordered_json incidents = ordered_json::array();
  store.read(as_of, [&](const event::Incident& incident) {
    if (json) {
      incidents.push_back(to_json(incident));
    } else {
      text += event::to_panj_csv(incident);
    }
  });
  if (json) {
    text = ordered_json{{"as_of", to_string(as_of)}, {"incidents", std::move(incidents)}}.dump(2) +
           "\n";
  }
  write_output(options.output, text);
}

}  // namespace

void add_incidents(CLI::App& program, CommonOptions& common, ExitCode&) {
  CLI::App* command =
      program.add_subcommand("incidents", "Print the incidents as they were known on a day");
  const auto options = std::make_shared<IncidentsOptions>();
  add_common_options(*command, common);
  command->add_option("workspace", options->workspace, "Folder of the event store")->required();
  command
      ->add_option("--as-of", options->as_of,
                   "Day whose knowledge is asked for, YYYY-MM-DD (default: today)")
      ->check(is_date());
  command->add_option("-o,--out,--output", options->output, "File to write (default: stdout)");
  command->footer(R"(
Prints Panj's own CSV, which panj ingest reads, or JSON with --json.

Examples:
  panj incidents work --as-of 2023-12-31 > known.csv
  panj incidents work --json)");
  command->callback([options, &common] { run(*options, common.json); });
}

}  // namespace panj::app
