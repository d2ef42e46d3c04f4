// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <filesystem>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>

#include "bad_rows.h"
#include "brief_chain.h"
#include "command.h"
#include "dates.h"
#include "panj/brief/json.h"
#include "panj/brief/page.h"
#include "panj/core/file.h"
#include "panj/core/log.h"
#include "panj/core/problem.h"
#include "panj/forecast/fitted_model.h"
#include "panj/forecast/hubverse.h"
#include "panj/share/node.h"
#include "simulation_view.h"

namespace panj::app {
namespace {

constexpr const char* kBriefHelp = R"(
Examples:
  panj brief theatres/tajik-afghan                    into out/tajik-afghan
  panj brief theatres/tajik-afghan --quick --out /tmp/brief
  panj brief my-theatre --issued 2026-01-15 --words ipcc
  panj brief theatres/tajik-afghan --share kz         with what partners shared with the node kz

Writes brief.html, which opens offline in any browser, and beside it what it was made from:
brief.json, events.gpkg, deaths.csv, forecast.csv, scores.json, the simulation's outcomes.csv,
series.csv and stretches.csv, and manifest.json.)";

namespace fs = std::filesystem;
using nlohmann::ordered_json;

struct BriefOptions {
  std::string theatre;
  std::string out;
  std::string words = "icd203";
  std::string issued;
  std::string share;
  bool quick = false;
};

std::string scores_json(const brief::BriefContent& content) {
  return brief::to_json(content).at("skill").dump(2) + "\n";
}

std::string forecast_csv(const forecast::PredictiveSample& sample) {
  std::vector<std::size_t> units(sample.units().size());
  for (std::size_t i = 0; i < units.size(); ++i) units[i] = i;
  return forecast::to_hubverse_csv(sample, units, "deaths_sb", forecast::OutputType::quantile);
}

/// SHA-256 of every input by its path.
using Digests = std::map<fs::path, std::string>;

/// Which file each of the brief's sources is, by the source's name.
std::map<std::string, fs::path> files_of_sources(const theatre::Theatre& theatre) {
  std::map<std::string, fs::path> files;
  for (const auto* file : {&theatre.deaths, &theatre.incidents}) {
    if (*file) files[(*file)->path.filename().string()] = (*file)->path;
  }
  for (std::size_t i = 0; i < theatre.border.lines.size(); ++i) {
    files[brief::source_name(theatre.border.lines[i])] = theatre.border.line_files[i];
  }
  return files;
}

void digest_sources(brief::BriefContent& content, const theatre::Theatre& theatre,
                    const Digests& digests) {
  const auto files = files_of_sources(theatre);
  for (auto& source : content.sources) source.sha256 = digests.at(files.at(source.name));
}

theatre::Theatre theatre_with_deaths(const std::string& path) {
  auto theatre = theatre::read_theatre(path);
  if (!theatre.deaths)
    throw InvalidInput(Problem{.file = theatre.file.string(),
                               .field = "deaths",
                               .what = "is missing",
                               .why = "must name the table of monthly deaths to forecast from"});
  return theatre;
}

/// A brief of a day on which its data were not yet known would say what nobody could say then.
void check_day_of_issue(const theatre::Theatre& theatre, Date issued) {
  Problems problems;
  for (const auto* file : {&theatre.deaths, &theatre.incidents}) {
    if (!*file || (*file)->complete_to <= issued) continue;
    problems.add({.file = (*file)->path.string(),
                  .field = "--issued",
                  .what = fmt::format("is {}, before the file's last day, {}", to_string(issued),
                                      to_string((*file)->complete_to)),
                  .why = "a brief rests on what was known on its day",
                  .suggestion = "give a later day, or a theatre whose files end before"});
  }
  problems.throw_if_any();
}

/// What partners shared with the node; how far its log went is kept in the manifest.
brief::SharedView shared_with(const BriefOptions& options, Date issued, Manifest& manifest) {
  if (options.share.empty()) return {};
  share::Node node(options.share);
  const share::Store& store = node.store();
  const share::Checkpoint log = store.checkpoint(store.node().id);
  manifest.add_setting("share", fmt::format("{} {}, {} entries, {}", store.node().name, log.node,
                                            log.sequence, log.chain));
  auto shared = brief::shared_by_partners(store, issued);
  if (shared.items.empty()) {
    spdlog::info("{}: partners had shared nothing by {}", options.share, to_string(issued));
  }
  return shared;
}

std::string command_of(const BriefOptions& options, const CommonOptions& common, Date issued) {
  return fmt::format("panj brief {} --issued {} --words {} --seed {}{}{}", options.theatre,
                     to_string(issued), options.words, common.seed, options.quick ? " --quick" : "",
                     options.share.empty() ? "" : " --share " + options.share);
}

Manifest manifest_of(const BriefOptions& options, const CommonOptions& common, Date issued,
                     const theatre::Theatre& theatre, Digests& digests) {
  Manifest manifest("brief", common.arguments, common.seed);
  for (const fs::path& file : theatre.files()) {
    digests[file] = manifest.add_input(file);
  }
  const auto fitted = forecast::fitted_model_beside(theatre.deaths->path);
  if (fs::exists(fitted)) manifest.add_input(fitted);
  manifest.add_setting("issued", to_string(issued));
  manifest.add_setting("words", options.words);
  manifest.add_setting("quick", options.quick ? "yes" : "no");
  return manifest;
}

void write_files(const brief::BriefContent& content, const BriefChain& chain, const fs::path& out,
                 Manifest& manifest) {
  const std::string json =
      brief::to_json(content).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  std::vector<std::pair<std::string, std::string>> files = {
      {"deaths.csv", event::to_csv(chain.deaths)},
      {"forecast.csv", forecast_csv(*chain.outlook)},
      {"scores.json", scores_json(content)},
      {"brief.json", json + "\n"},
      {"brief.html", brief::to_html(content)}};
  if (chain.simulation) {
    files.emplace_back("outcomes.csv", outcomes_csv(*chain.simulation));
    files.emplace_back("series.csv", series_csv(*chain.simulation));
    files.emplace_back("stretches.csv", stretches_csv(*chain.simulation));
  }
  for (const auto& [name, text] : files) {
    write_file(out / name, text);
    manifest.add_output(out / name);
  }
  manifest.write(out / "manifest.json");
}

template <class Part>
const Part* pointer_to(const std::optional<Part>& part) {
  return part ? &*part : nullptr;
}

brief::BriefContent content_of(const BriefOptions& options, const theatre::Theatre& theatre,
                               const BriefChain& chain, const brief::SharedView& shared,
                               Date issued, const CommonOptions& common) {
  auto content = brief::compose({.theatre = theatre,
                                 .deaths = chain.deaths,
                                 .incidents = chain.incidents,
                                 .model = chain.model,
                                 .outlook = *chain.outlook,
                                 .earlier = pointer_to(chain.earlier),
                                 .backtest = chain.backtest,
                                 .monthly = pointer_to(chain.monthly),
                                 .simulation = pointer_to(chain.simulation),
                                 .explanation = pointer_to(chain.explanation),
                                 .exploration = pointer_to(chain.exploration),
                                 .plan = chain.plan,
                                 .shared = shared,
                                 .issued = issued,
                                 .words = brief::parse_likelihood_scale(options.words).value(),
                                 .seed = common.seed});
  content.meta.command = command_of(options, common, issued);
  if (!chain.fitted->note().empty()) {
    content.skill.protocol += fmt::format(" {}.", chain.fitted->note());
  }
  return content;
}

void print_brief(const brief::BriefContent& content, const event::IngestCounts& counts,
                 const fs::path& page, bool json) {
  if (!json) {
    fmt::print("{}\n", page.string());
    return;
  }
  fmt::print("{}\n", ordered_json{{"brief", page.string()},
                                  {"run", content.meta.run},
                                  {"quarantined", counts.quarantined}}
                         .dump(2));
}

ExitCode run(const BriefOptions& options, const CommonOptions& common) {
  const Date issued = date_option(options.issued, today());
  const auto theatre = theatre_with_deaths(options.theatre);
  check_day_of_issue(theatre, issued);
  const fs::path out = options.out.empty() ? fs::path("out") / theatre.id : fs::path(options.out);

  Digests digests;
  Manifest manifest = manifest_of(options, common, issued, theatre, digests);
  const auto shared = shared_with(options, issued, manifest);
  const TemporaryFolder aside(out);
  const std::string incidents_sha256 =
      theatre.incidents ? digests.at(theatre.incidents->path) : std::string();
  const BriefChain chain = run_brief_chain(theatre, {.issued = issued, .quick = options.quick},
                                           aside.path(), incidents_sha256, common, manifest);

  auto content = content_of(options, theatre, chain, shared, issued, common);
  content.meta.run = manifest.run_id();
  digest_sources(content, theatre, digests);
  if (theatre.incidents) {
    fs::rename(aside.path() / "events.gpkg", out / "events.gpkg");
    manifest.add_output(out / "events.gpkg");
  }
  write_files(content, chain, out, manifest);
  report_bad_rows(chain.counts);
  print_brief(content, chain.counts, out / "brief.html", common.json);
  return chain.counts.quarantined > 0 ? ExitCode::quarantined : ExitCode::done;
}

}  // namespace

void add_brief(CLI::App& program, CommonOptions& common, ExitCode& exit_code) {
  const auto options = std::make_shared<BriefOptions>();
  CLI::App& command = *program.add_subcommand(
      "brief", "The whole chain: from a theatre to a briefing and everything it was made from");
  command.add_option("theatre", options->theatre, "Folder of the theatre, or its theatre.toml")
      ->required();
  command.add_option("-o,--out", options->out, "Folder to write to (default: out/<theatre id>)")
      ->type_name("DIR");
  command.add_flag("--quick", options->quick,
                   "Test past accuracy on the last year only, simulate fewer replicates, no "
                   "range of futures and no plan");
  command.add_option("--words", options->words, "Likelihood words: icd203 or ipcc")
      ->check(CLI::IsMember({"icd203", "ipcc"}))
      ->capture_default_str();
  command.add_option("--issued", options->issued, "Day of issue, YYYY-MM-DD (default: today)")
      ->check(is_date());
  command
      .add_option("--share", options->share,
                  "Node whose partners' incidents and assessments are shown, each with its label")
      ->type_name("NODE");
  command.footer(kBriefHelp);
  add_common_options(command, common);
  command.callback([options, &common, &exit_code] { exit_code = run(*options, common); });
}

}  // namespace panj::app
