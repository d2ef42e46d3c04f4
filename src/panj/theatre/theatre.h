// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "panj/core/date.h"
#include "panj/theatre/alliance.h"
#include "panj/theatre/assumption.h"
#include "panj/theatre/border.h"
#include "panj/theatre/defence.h"
#include "panj/theatre/economy.h"
#include "panj/theatre/measures.h"
#include "panj/theatre/package.h"
#include "panj/theatre/threat.h"

namespace panj::theatre {

/// Years from first to last, both included.
struct Years {
  int first = 0;
  int last = 0;
};

/// A table that belongs to the theatre, with how far it is complete.
struct DataFile {
  std::filesystem::path path;  ///< absolute or relative to the working folder, ready to open
  std::string source;          ///< attribution
  Date complete_to{};          ///< the last day it covers
};

/// When a future counts as contained: reported armed incidents per year in `years` at or below
/// their mean in `reference`, and no single incident with `deaths_too_many` deaths or more.
struct Containment {
  Years reference;
  Years years;
  int deaths_too_many = 0;
  std::string definition;  ///< in words, for the brief
};

/// What a plausible future must have come through: the record of the reference years, with room for
/// what is not known of it.
struct History {
  std::optional<Range> incidents;  ///< reported armed incidents, all reference years together
  std::optional<Range> militants;  ///< in the middle of the last reference year
  std::string source;
};

/// A dated statement of the analysis, reported as a statement.
struct Claim {
  std::string date;  ///< ISO 8601 day or month, or words such as "standing"
  std::string text;
  Basis basis = Basis::article;
};

/// One border and one alliance, with everything known or assumed about them.
///
///     const Theatre theatre = read_theatre("theatres/tajik-afghan");
///     theatre.border.line().project(incident.position).chainage_km
///     for (const Assumption& a : theatre.assumptions) …   // all of them, in file order
///
/// Identity, alliance and border are always there; the other parts are as complete as the file.
struct Theatre {
  std::filesystem::path file;  ///< the theatre.toml
  std::string id;
  std::string name;
  std::string question;
  bool is_example = false;             ///< made to show the format, not to inform
  std::vector<std::string> home;       ///< country names as in the deaths table
  std::vector<std::string> next_door;  ///< likewise
  Years reference_years;

  Alliance alliance;
  Border border;
  std::optional<Threat> threat;
  std::optional<Defence> defence;
  std::optional<Surroundings> surroundings;
  std::optional<Measures> measures;
  std::vector<Package> packages;
  std::optional<Containment> containment;
  std::optional<History> history;
  std::vector<Claim> claims;
  std::optional<DataFile> incidents;  ///< Panj CSV
  std::optional<DataFile> deaths;     ///< year, month, country, deaths_sb

  /// Copies of every assumption above, in file order.
  std::vector<Assumption> assumptions;

  /// Every file that it is made from, for a manifest: theatre.toml, border lines, incidents,
  /// deaths.
  std::vector<std::filesystem::path> files() const;
};

/// Reads a theatre folder (or its theatre.toml) with its border lines. Throws InvalidInput with
/// every problem of the file: line, dotted key, what was found, what is allowed, and the nearest
/// valid name. The format is in docs/guide/theatre-file.md.
Theatre read_theatre(const std::filesystem::path& folder_or_file);

/// The same from a text; files that it names are looked for beside `file`, which need not exist.
Theatre parse_theatre(std::string_view text, const std::filesystem::path& file);

}  // namespace panj::theatre
