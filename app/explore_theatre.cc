// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <filesystem>
#include <memory>

#include "explore_parts.h"
#include "number_in.h"
#include "output.h"
#include "panj/core/manifest.h"
#include "panj/core/problem.h"
#include "panj/explore/break_even.h"
#include "panj/explore/netcdf_writer.h"
#include "panj/explore/run_experiment.h"
#include "panj/theatre/theatre.h"

namespace panj::app {
namespace {

namespace fs = std::filesystem;
using explore::ChunkStore;
using explore::Exploration;
using explore::TheatreStudy;
using nlohmann::ordered_json;

struct TheatreCommand {
  StudyCommand study;
  std::string out;
  bool force = false;
  bool quick = false;
  bool no_netcdf = false;
  std::string history = "filter";
  std::vector<std::string> require;
  std::vector<std::string> pareto;
  std::optional<double> budget;
};

/// Everything of one run of the command.
class TheatreExploration {
 public:
  TheatreExploration(const TheatreCommand& command, const CommonOptions& common,
                     const explore::Ranks& ranks)
      : command_(command),
        common_(common),
        ranks_(ranks),
        theatre_(theatre::read_theatre(command.study.theatre)),
        study_(theatre_, study_options(), read_study_design(command.study, theatre_)),
        out_(command.out.empty() ? fs::path("out") / theatre_.id / "explore"
                                 : fs::path(command.out)) {
    for (const std::string& text : command.require) {
      analysis_.thresholds.push_back(explore::parse_threshold(text));
    }
    for (const std::string& name : command.pareto) {
      analysis_.pareto.push_back(explore::find_headline(name));
    }
    analysis_.history = history_use(command.history);
    analysis_.budget_musd_per_year = command.budget;
    analysis_.seed = common.seed;
  }

  ExitCode run() {
    const ChunkStore store = open_store();
    const auto report = explore::run_missing(study_.experiment(), store, ranks_, common_.threads);
    if (!ranks_.is_first()) return ExitCode::done;
    explore::Summary summary(study_.experiment(), explore::headlines().size());
    for (std::size_t i = 0; i < study_.experiment().chunks(); ++i) summary.add(store.read(i));
    try {
      report_on(store, report, summary);
    } catch (const InvalidInput& error) {
      for (const Problem& problem : error.problems()) {
        fmt::print(stderr, "{}\n", to_string(problem));
      }
      fmt::print(stderr, "The runs are kept in {}: the same command goes on from them\n",
                 (out_ / "chunks").string());
      return ExitCode::invalid_input;
    }
    return ExitCode::done;
  }

 private:
  /// What the runs say; throws InvalidInput when thresholds or history leave nothing to say.
  void report_on(const ChunkStore& store, const explore::RunReport& report,
                 const explore::Summary& summary) const {
    const Exploration exploration = explore::analyse(study_, summary, analysis_);
    ordered_json json{
        {"digest", store.digest()},
        {"chunks", {{"all", report.chunks}, {"found", report.found}, {"ran", report.ran}}}};
    json.update(app::to_json(exploration));
    const auto history =
        explore::match_history(explore::history_band(theatre_), summary, analysis_.history);
    json["break_evens"] = break_evens(summary, history.weights);
    write_files(store, json, history.weights);
    std::string text = as_text(exploration);
    for (const auto& question : json["break_evens"]) {
      text += question["sentence"].get<std::string>() + ".\n";
    }
    text += fmt::format("\nWritten to {}; digest {}\n", out_.string(),
                        json["digest"].get<std::string>());
    write_output({}, common_.json ? json.dump(2) + "\n" : text);
  }

  explore::StudyOptions study_options() const {
    explore::StudyOptions options = command_.study.options;
    options.seed = common_.seed;
    if (command_.study.sobol) options.sampling = explore::Sampling::sobol;
    return options;
  }

  /// The first rank looks first, so that the others find its decision.
  ChunkStore open_store() const {
    const fs::path folder = out_ / "chunks";
    if (ranks_.is_first() && !command_.force && !explore::ChunkStore::is_in(folder) &&
        fs::exists(out_ / "exploration.json")) {
      throw InvalidInput({.file = out_.string(),
                          .what = "holds the results of another run",
                          .why = "its chunks are gone, so that nothing can go on from it",
                          .suggestion = "choose another folder, or replace them with --force"});
    }
    const auto existing = command_.force ? explore::Existing::replace : explore::Existing::refuse;
    if (!ranks_.is_first()) {
      ranks_.wait_for_all();
      return {folder, study_.experiment(), explore::Existing::refuse};
    }
    ChunkStore store(folder, study_.experiment(), existing);
    ranks_.wait_for_all();
    return store;
  }

  ordered_json break_evens(const explore::Summary& summary,
                           const std::vector<double>& weights) const {
    ordered_json json = ordered_json::array();
    const explore::BreakEvenOptions options{.replicates = command_.quick ? 100U : 400U,
                                            .threads = common_.threads};
    for (const auto& found : explore::find_break_evens(study_, summary, weights, options)) {
      ordered_json one{{"package", study_.packages()[found.question.package].id},
                       {"assumption", found.question.assumption},
                       {"outcome", explore::headlines()[found.question.headline].name},
                       {"value", nullptr},
                       {"sentence", found.sentence}};
      if (found.value) {
        one["value"] = *found.value;
        one["interval"] = {found.interval.low, found.interval.high};
      }
      json.push_back(std::move(one));
    }
    return json;
  }

  void write_files(const ChunkStore& store, const ordered_json& json,
                   const std::vector<double>& weights) const {
    Manifest manifest("explore", common_.arguments, common_.seed);
    manifest.add_input(theatre_.file);
    manifest.add_setting("digest", json["digest"].get<std::string>());
    explore::write_design(out_ / "design.csv", study_.design());
    write_file(out_ / "exploration.json", json.dump(2) + "\n");
    if (!command_.no_netcdf) {
      const auto& experiment = study_.experiment();
      explore::ExperimentNotes notes{
          .title = "Exploration of " + theatre_.name,
          .history = fmt::format("panj {}", fmt::join(common_.arguments, " ")),
          .source = "panj " + version(),
          .run_id = manifest.run_id(),
          .digest = json["digest"].get<std::string>(),
          .weights = weights};
      explore::write_netcdf(out_ / "experiment.nc", experiment, study_.design(), notes,
                            [&](std::size_t i) { return store.read(i); });
    }
    manifest.write(out_ / "manifest.json");
  }

  const TheatreCommand& command_;
  const CommonOptions& common_;
  const explore::Ranks& ranks_;
  theatre::Theatre theatre_;
  TheatreStudy study_;
  fs::path out_;
  explore::AnalysisOptions analysis_;
};

ExitCode run(TheatreCommand command, const CommonOptions& common) {
  if (command.study.theatre.empty()) {
    throw CLI::RequiredError("THEATRE, or one of the subcommands");
  }
  if (command.quick) {
    command.study.options.futures = std::min<std::size_t>(command.study.options.futures, 120);
    command.study.options.replicates = std::min<std::size_t>(command.study.options.replicates, 16);
  }
  const explore::Ranks ranks;
  try {
    return TheatreExploration(command, common, ranks).run();
  } catch (const std::exception& error) {
    if (ranks.size() == 1) throw;
    // The others would wait for ever for a rank that has left.
    fmt::print(stderr, "panj: rank {} of {}: {}\n", ranks.rank(), ranks.size(), error.what());
    const bool is_input = dynamic_cast<const InvalidInput*>(&error) != nullptr;
    const auto code = is_input ? ExitCode::invalid_input : ExitCode::failed;
    ranks.abort(static_cast<int>(code));
    return code;
  }
}

}  // namespace

void add_explore_theatre(CLI::App& explore, CommonOptions& common, ExitCode& exit_code) {
  const auto options = std::make_shared<TheatreCommand>();
  add_study_options(explore, options->study);
  explore
      .add_option("--outcomes", options->study.options.outcomes,
                  "Outcomes of the spillover model to keep in full beside the headlines")
      ->delimiter(',')
      ->type_name("A,B");
  explore.add_option("-o,--out", options->out, "Folder to write (out/ID/explore); resumed there")
      ->type_name("DIR");
  explore.add_flag("--force", options->force, "Replace another run's results in that folder");
  explore.add_flag("--quick", options->quick,
                   "Few futures and replicates: a first look in seconds");
  explore.add_flag("--no-netcdf", options->no_netcdf, "Leave experiment.nc out");
  add_history_option(explore, options->history);
  explore.add_option("--require", options->require,
                     "What a package must reach in a future: 'fatalities_per_year <= 5'; may be "
                     "given several times ('contained >= 0.5')");
  explore
      .add_option(
          "--pareto", options->pareto,
          "Outcomes that efficient packages are judged on, beside their cost (all compared)")
      ->delimiter(',')
      ->type_name("A,B");
  explore
      .add_option("--budget", options->budget,
                  "M$ a year beyond the first package, at the stated values (the theatre's budget)")
      ->check(number_in(0, kMostMoney));
  add_common_options(explore, common);
  explore.footer(
      "Examples:\n"
      "  panj explore theatres/tajik-afghan --futures 2000 --replicates 50\n"
      "  mpirun -n 4 panj explore theatres/tajik-afghan --futures 20000 --out /shared/run\n"
      "  panj explore theatres/tajik-afghan --require 'fatalities_per_year <= 4' --json");
  explore.callback([&explore, options, &common, &exit_code] {
    if (explore.get_subcommands().empty()) exit_code = run(*options, common);
  });
}

}  // namespace panj::app
