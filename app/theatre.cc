// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <memory>
#include <string>

#include "command.h"
#include "output.h"
#include "panj/theatre/theatre.h"
#include "theatre_view.h"

namespace panj::app {
namespace {

void check(const std::string& path, bool json) {
  const theatre::Theatre theatre = theatre::read_theatre(path);
  if (json) {
    write_output({}, nlohmann::json{{"ok", true}, {"id", theatre.id}}.dump(2) + "\n");
  } else {
    write_output({}, fmt::format("{}: OK ({} members, {} stretches, {} assumptions, {} packages)\n",
                                 theatre.id, theatre.alliance.members.size(),
                                 theatre.border.stretches.size(), theatre.assumptions.size(),
                                 theatre.packages.size()));
  }
}

void show(const std::string& path, bool json) {
  const nlohmann::ordered_json view = theatre_view(theatre::read_theatre(path));
  write_output({}, (json ? view.dump(2) : theatre_text(view)) + "\n");
}

}  // namespace

void add_theatre(CLI::App& program, CommonOptions& common, ExitCode&) {
  CLI::App* theatre = program.add_subcommand("theatre", "Check or show a theatre file");
  theatre->require_subcommand(1);
  theatre->footer(
      "Examples:\n"
      "  panj theatre check theatres/tajik-afghan\n"
      "  panj theatre show theatres/tajik-afghan --json");
  const auto add = [&](const char* name, const char* help, void (*run)(const std::string&, bool)) {
    CLI::App* command = theatre->add_subcommand(name, help);
    add_common_options(*command, common);
    auto path = std::make_shared<std::string>();
    command->add_option("THEATRE", *path, "Folder of the theatre, or its theatre.toml")->required();
    command->callback([path, run, &common] { run(*path, common.json); });
  };
  add("check", "Read it and list every problem; exit code 3 when there is one", check);
  add("show", "Print what is in it and how long the border is, by source and scale", show);
}

}  // namespace panj::app
