// SPDX-License-Identifier: Apache-2.0
#include "panj/event/ingest.h"

#include <fmt/format.h>

#include <filesystem>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>

#include "bad_rows.h"
#include "command.h"
#include "dates.h"
#include "one_of.h"
#include "panj/core/file.h"
#include "panj/core/log.h"
#include "panj/core/progress.h"

namespace panj::app {
namespace {

using event::Bounds;
using event::Encoding;
using event::Format;
using event::IncidentReader;
using event::IngestCounts;
using nlohmann::ordered_json;
namespace fs = std::filesystem;

constexpr auto kIngestHelp = R"(
Formats: UCDP GED, UCDP Candidate (with or without header) and Panj's own CSV, recognised by their
columns. All files are looked at first: when one of them cannot be used at all (missing, empty,
unknown columns), every such file is reported, nothing is written, and the exit code is 3. Then each
file is taken in by itself, whole or not at all. Rows that cannot be used go to the table
'quarantine' of WORKSPACE/events.gpkg with the reason; the exit code is then 4.

About 1 % of UCDP's rows have a best estimate outside their own [low, high]. They are quarantined,
unless --widen-bounds is given.

Examples:
  panj ingest work GEDEvent_v23_1.csv --known-on 2023-06-01
  panj ingest work GEDEvent_v23_0_10.csv --known-on 2023-11-20 --widen-bounds
  panj ingest work border-log.csv --encoding latin-1)";

struct IngestOptions {
  std::string workspace;
  std::vector<std::string> files;
  std::string known_on;
  std::string source_version;
  event::ReaderOptions reader;
  bool widen_bounds = false;
};

/// For an option that is_date(): a day that has come. What counts as known only later would be in
/// the store and shown to nobody.
CLI::Validator has_come() {
  return {[](std::string& text) -> std::string {
            const auto date = parse_date(text);
            if (!date || *date <= today()) return "";
            return fmt::format("{} has not come yet (must be {}, today in UTC, or before)", text,
                               to_string(today()));
          },
          ""};
}

struct OpenedFile {
  std::string path;
  std::unique_ptr<IncidentReader> reader;
};

/// Its digest is taken before its rows are read: a pipe would be empty by then.
void check_is_file(const std::string& path) {
  std::error_code unknown;
  const fs::file_status status = fs::status(path, unknown);
  if (!fs::exists(status) || fs::is_regular_file(status) || fs::is_directory(status)) return;
  throw InvalidInput(Problem{.file = path,
                             .what = "is a pipe or a device",
                             .why = "must be a file: it is read twice",
                             .suggestion = "write it to a file first"});
}

/// Opens all files, or throws InvalidInput with the problems of all that cannot be used.
std::vector<OpenedFile> open_all(const IngestOptions& options) {
  std::vector<OpenedFile> opened;
  Problems problems;
  for (const std::string& path : options.files) {
    try {
      check_is_file(path);
      opened.push_back({path, event::open_incidents(path, options.reader)});
    } catch (const InvalidInput& error) {
      for (const Problem& problem : error.problems()) problems.add(problem);
    }
  }
  problems.throw_if_any();
  return opened;
}

/// A release below one that is held was known before it, which nothing says without --known-on.
void warn_of_higher_release(const event::EventStore& store, const event::IngestSource& source,
                            const IngestOptions& options) {
  if (!options.known_on.empty() || source.format != "ucdp") return;
  const std::string above = store.release_above(source);
  if (above.empty()) return;
  spdlog::warn(
      "{}: is release {}, and the store holds {}; without --known-on its content counts as known "
      "only from today: give the day of its release",
      source.file, source.version, above);
}

IngestCounts ingest_file(event::EventStore& store, OpenedFile& file, const IngestOptions& options,
                         unsigned threads) {
  const std::string name = fs::path(file.path).filename().string();
  const event::IngestSource source{
      .file = name,
      .sha256 = sha256_of_file(file.path),
      .format = file.reader->format() == Format::ucdp ? "ucdp" : "panj",
      .version =
          options.source_version.empty() ? event::version_from_name(name) : options.source_version,
      .known_on = date_option(options.known_on, today())};
  warn_of_higher_release(store, source, options);
  Progress progress("ingest " + name, fs::file_size(file.path), "B");
  IngestCounts counts = event::ingest(store, *file.reader, source, progress, threads);
  if (counts.read == 0) spdlog::warn("{}: has column names but no rows", file.path);
  return counts;
}

ordered_json to_json(const std::string& path, const IngestCounts& counts) {
  return {{"file", path},
          {"read", counts.read},
          {"accepted", counts.accepted},
          {"updated", counts.updated},
          {"duplicate", counts.duplicate},
          {"quarantined", counts.quarantined}};
}

ExitCode run(const IngestOptions& options, const CommonOptions& common) {
  std::vector<OpenedFile> files = open_all(options);
  event::EventStore store = event::EventStore::open_for_writing(options.workspace);
  ordered_json results = ordered_json::array();
  bool quarantined = false;
  std::vector<IngestCounts> all;
  for (OpenedFile& file : files) {
    const IngestCounts counts = ingest_file(store, file, options, common.threads);
    file.reader.reset();
    quarantined = quarantined || counts.quarantined > 0;
    results.push_back(to_json(file.path, counts));
    all.push_back(counts);
    if (!common.json) {
      fmt::print("{}: {} read, {} accepted, {} updated, {} duplicate, {} quarantined\n", file.path,
                 counts.read, counts.accepted, counts.updated, counts.duplicate,
                 counts.quarantined);
    }
  }
  const std::string store_path = (fs::path(options.workspace) / "events.gpkg").string();
  for (const IngestCounts& counts : all) report_bad_rows(counts);
  if (common.json) {
    fmt::print("{}\n", ordered_json{{"store", store_path}, {"files", results}}.dump(2));
  } else if (quarantined) {
    fmt::print("Why rows were quarantined is in the table 'quarantine' of {}\n", store_path);
  }
  return quarantined ? ExitCode::quarantined : ExitCode::done;
}

}  // namespace

void add_ingest(CLI::App& program, CommonOptions& common, ExitCode& exit_code) {
  CLI::App* command = program.add_subcommand("ingest", "Take incident files into the event store");
  const auto options = std::make_shared<IngestOptions>();
  add_common_options(*command, common);
  command->add_option("workspace", options->workspace, "Folder of the event store")->required();
  command->add_option("files", options->files, "Incident files")->required();
  const std::map<std::string, Format> formats = {
      {"auto", Format::automatic}, {"ucdp", Format::ucdp}, {"panj", Format::panj}};
  command->add_option("--format", options->reader.format, "auto, ucdp or panj")
      ->transform(one_of(formats))
      ->default_str("auto");
  command
      ->add_option("--known-on", options->known_on,
                   "Day from which the content counts as known, YYYY-MM-DD (default: today)")
      ->check(is_date())
      ->check(has_come());
  command->add_option("--source-version", options->source_version,
                      "Release of the source, such as 23.1 (default: from the file's name)");
  const std::map<std::string, Encoding> encodings = {{"utf-8", Encoding::utf8},
                                                     {"latin-1", Encoding::latin1}};
  command->add_option("--encoding", options->reader.encoding, "utf-8 or latin-1")
      ->transform(one_of(encodings))
      ->default_str("utf-8");
  command->add_flag("--widen-bounds", options->widen_bounds,
                    "Accept rows whose best lies outside [low, high], with the bounds widened");
  command->footer(kIngestHelp);
  command->callback([options, &common, &exit_code] {
    if (options->widen_bounds) options->reader.bounds = Bounds::widen;
    exit_code = run(*options, common);
  });
}

}  // namespace panj::app
