// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <string>

#include "command.h"
#include "output.h"
#include "panj/core/problem.h"
#include "panj/core/text.h"
#include "panj/event/ingest.h"
#include "panj/event/panel.h"
#include "panj/theatre/theatre.h"
#include "theatre_view.h"

namespace panj::app {
namespace {

/// The countries of the theatre, by their names in the table of deaths.
void check_countries(const theatre::Theatre& theatre, const std::vector<std::string>& known,
                     Problems& problems) {
  const auto check = [&](const std::string& field, const std::vector<std::string>& names) {
    for (const std::string& name : names) {
      if (std::ranges::find(known, name) != known.end()) continue;
      problems.add(
          {.file = theatre.file.string(),
           .field = "theatre." + field,
           .what = fmt::format("'{}' is not in {}", name, theatre.deaths->path.filename().string()),
           .why = "countries are named as there",
           .suggestion = suggest_name(name, known)});
    }
  };
  check("home", theatre.home);
  check("next_door", theatre.next_door);
}

/// Its rows, also whether they lie within what the theatre says it covers.
void check_incidents(const theatre::DataFile& file, Problems& problems) {
  const auto add = [&](const event::BadRow& bad, const std::string& suggestion) {
    for (Problem& problem : event::problems_of(bad, file.path.string())) {
      problem.suggestion = suggestion;
      problems.add(std::move(problem));
    }
  };
  const auto reader = event::open_incidents(file.path);
  using Row = event::IncidentReader::Row;
  for (auto row = reader->next(); row != Row::end; row = reader->next()) {
    if (row == Row::bad) {
      add(reader->bad_row(), "");
    } else if (auto later = event::not_yet_known(*reader, file.complete_to)) {
      later->reason = fmt::format("the theatre says that the file is complete to {}",
                                  to_string(file.complete_to));
      add(*later, "mend the date, or incidents.complete_to");
    }
  }
}

/// The files that the theatre names, to the last row.
void check_data(const theatre::Theatre& theatre) {
  Problems problems;
  const auto collect = [&](const auto& read) {
    try {
      read();
    } catch (const InvalidInput& error) {
      for (const Problem& problem : error.problems()) problems.add(problem);
    }
  };
  if (theatre.deaths) {
    collect([&] {
      check_countries(theatre, event::read_panel(theatre.deaths->path).units(), problems);
    });
  }
  if (theatre.incidents) collect([&] { check_incidents(*theatre.incidents, problems); });
  problems.throw_if_any();
}

std::string problems_json(const std::vector<Problem>& problems) {
  auto all = nlohmann::ordered_json::array();
  for (const Problem& problem : problems) {
    all.push_back({{"file", problem.file},
                   {"line", problem.line},
                   {"field", problem.field},
                   {"what", problem.what},
                   {"why", problem.why},
                   {"suggestion", problem.suggestion}});
  }
  return nlohmann::ordered_json{{"ok", false}, {"problems", all}}.dump(
             2, ' ', false, nlohmann::json::error_handler_t::replace) +
         "\n";
}

/// A theatre that is fit for use. Who asks for JSON gets the problems on stdout as well.
theatre::Theatre checked_theatre(const std::string& path, bool json) {
  try {
    theatre::Theatre theatre = theatre::read_theatre(path);
    check_data(theatre);
    return theatre;
  } catch (const InvalidInput& error) {
    if (json) write_output({}, problems_json(error.problems()));
    throw;
  }
}

void check(const std::string& path, bool json) {
  const theatre::Theatre theatre = checked_theatre(path, json);
  if (json) {
    write_output({}, nlohmann::json{{"ok", true}, {"id", theatre.id}}.dump(2) + "\n");
  } else {
    write_output({}, fmt::format("{}: OK ({}, {}, {}, {})\n", theatre.id,
                                 counted(theatre.alliance.members.size(), "member", "members"),
                                 counted(theatre.border.stretches.size(), "stretch", "stretches"),
                                 counted(theatre.assumptions.size(), "assumption", "assumptions"),
                                 counted(theatre.packages.size(), "package", "packages")));
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
