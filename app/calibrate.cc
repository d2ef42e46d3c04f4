// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>

#include "bad_rows.h"
#include "command.h"
#include "number_in.h"
#include "output.h"
#include "panj/brief/compose.h"
#include "panj/core/file.h"
#include "panj/core/manifest.h"
#include "panj/core/problem.h"
#include "panj/event/incident_reader.h"
#include "panj/event/ingest.h"
#include "panj/spillover/calibration.h"

namespace panj::app {
namespace {

namespace fs = std::filesystem;
using nlohmann::ordered_json;
using spillover::CalibratedAssumption;
using spillover::Calibration;

constexpr const char* kCalibrateHelp = R"(
Examples:
  panj calibrate theatres/tajik-afghan                     half a minute, with a table
  panj calibrate theatres/tajik-afghan --draws 60 --replicates 12 --json
  panj calibrate theatres/tajik-afghan --out out/calibration

With --out: assumptions.csv, calibrate.json, manifest.json.)";

/// Incidents farther from the line happened elsewhere, as in the brief.
constexpr double kReachKm = 60.0;

struct CalibrateOptions {
  std::string theatre;
  spillover::CalibrationOptions calibration;
  std::string out;
};

/// Armed incidents near the line in each of the reference years. Rows that cannot be used are left
/// out and counted in `bad`.
std::vector<double> reported_incidents(const theatre::Theatre& theatre, event::IngestCounts& bad) {
  if (!theatre.incidents) {
    throw InvalidInput(Problem{.file = theatre.file.string(),
                               .field = "incidents",
                               .what = "is missing",
                               .why = "calibration needs the reported incidents"});
  }
  const auto& years = theatre.reference_years;
  std::vector<double> counts(static_cast<std::size_t>(years.last - years.first + 1), 0.0);
  const auto reader = event::open_incidents(theatre.incidents->path);
  using Row = event::IncidentReader::Row;
  for (auto row = reader->next(); row != Row::end; row = reader->next()) {
    if (row == Row::bad) {
      event::count_bad(reader->bad_row(), theatre.incidents->path.string(), bad);
      continue;
    }
    const event::Incident& incident = reader->incident();
    const int year = Month::of(incident.first).year();
    if (!brief::is_armed(incident.type) || !incident.place.is_located()) continue;
    if (year < years.first || year > years.last) continue;
    const auto at = theatre.border.line().project(*incident.place.coordinates);
    if (at.distance_km <= kReachKm) counts[static_cast<std::size_t>(year - years.first)] += 1;
  }
  return counts;
}

std::string name_of(const CalibratedAssumption& a) {
  return a.label.empty() ? a.key : a.key + "." + a.label;
}

ordered_json json_of(const CalibratedAssumption& a) {
  const auto& n = a.narrowing;
  return {{"assumption", name_of(a)},
          {"unit", a.unit},
          {"basis", std::string(theatre::to_string(a.basis))},
          {"scale", a.logarithmic ? "log" : "linear"},
          {"moves_together", a.moves_together},
          {"best", a.best},
          {"before", {{"low", a.before.low}, {"high", a.before.high}}},
          {"after", {{"q05", a.q05}, {"q50", a.q50}, {"q95", a.q95}}},
          {"width_ratio", n.width_ratio},
          {"width_ratio_error", n.width_error},
          {"ks_distance", n.distance},
          {"ks_threshold", n.threshold},
          {"effective_size", n.effective_size},
          {"narrowed", n.narrowed}};
}

ordered_json json_of(const Calibration& result) {
  ordered_json json = {{"digest", result.digest},
                       {"runs", result.runs},
                       {"impossible_draws", result.impossible},
                       {"tolerance", result.tolerance},
                       {"tolerance_reached", result.reached}};
  for (const auto& stage : result.stages) {
    json["stages"].push_back({{"tolerance", stage.tolerance},
                              {"effective_size", stage.effective_size},
                              {"accepted", stage.accepted}});
  }
  for (const auto& y : result.years) {
    json["reported_incidents"].push_back(
        {{"year", y.year},
         {"reported", y.reported},
         {"before", {{"mean", y.before_mean}, {"q05", y.before.low}, {"q95", y.before.high}}},
         {"after", {{"mean", y.after_mean}, {"q05", y.after.low}, {"q95", y.after.high}}}});
  }
  const auto& level = result.level;
  json["expected_in_all_years"] = {
      {"reported", level.reported},
      {"before",
       {{"mean", level.before_mean}, {"q05", level.before.low}, {"q95", level.before.high}}},
      {"after", {{"mean", level.after_mean}, {"q05", level.after.low}, {"q95", level.after.high}}}};
  for (const auto& a : result.assumptions) json["assumptions"].push_back(json_of(a));
  return json;
}

std::string as_csv(const Calibration& result) {
  std::string csv =
      "assumption,unit,basis,scale,best,before_low,before_high,"
      "after_q05,after_q50,after_q95,"
      "width_ratio,width_ratio_error,ks_distance,ks_threshold,"
      "effective_size,narrowed\n";
  for (const auto& a : result.assumptions) {
    const auto& n = a.narrowing;
    csv += fmt::format(
        "{},\"{}\",{},{},{},{},{},{},{},{},{:.4f},{:.4f},{:.4f},"
        "{:.4f},{:.1f},{}\n",
        name_of(a), a.unit, theatre::to_string(a.basis), a.logarithmic ? "log" : "linear", a.best,
        a.before.low, a.before.high, a.q05, a.q50, a.q95, n.width_ratio, n.width_error, n.distance,
        n.threshold, n.effective_size, n.narrowed ? "yes" : "no");
  }
  return csv;
}

std::string years_text(const Calibration& result) {
  std::string text = "Reported incidents, and what the model gives (mean, 5–95 %):\n";
  for (const auto& y : result.years) {
    text += fmt::format(
        "  {}  reported {:.0f}   before {:.1f} ({:.0f}–{:.0f})   after {:.1f} "
        "({:.0f}–{:.0f})\n",
        y.year, y.reported, y.before_mean, y.before.low, y.before.high, y.after_mean, y.after.low,
        y.after.high);
  }
  const auto& level = result.level;
  return text +
         fmt::format(
             "\nExpected in all these years by draws of the assumptions (mean, 5–95 % of draws):\n"
             "  reported {:.0f}   before {:.1f} ({:.1f}–{:.1f})   after {:.1f} ({:.1f}–{:.1f})\n"
             "This level is what incidents narrow; many assumptions move it, each a little.\n",
             level.reported, level.before_mean, level.before.low, level.before.high,
             level.after_mean, level.after.low, level.after.high);
}

/// Those that moved most, against chance, first.
std::vector<const CalibratedAssumption*> by_movement(const Calibration& result) {
  std::vector<const CalibratedAssumption*> sorted;
  for (const auto& a : result.assumptions) sorted.push_back(&a);
  std::ranges::stable_sort(sorted, std::greater{}, [](const CalibratedAssumption* a) {
    return a->narrowing.distance / a->narrowing.threshold;
  });
  return sorted;
}

std::string unmoved_text(std::span<const CalibratedAssumption* const> sorted) {
  std::string names;
  std::size_t unmoved = 0;
  double threshold = 0;
  for (const CalibratedAssumption* a : sorted) {
    if (a->narrowing.narrowed) continue;
    ++unmoved;
    threshold = std::max(threshold, a->narrowing.threshold);
    names += fmt::format("  {}\n", name_of(*a));
  }
  if (unmoved == 0) return {};
  return fmt::format(
      "\nThe incidents cannot narrow these {} of {}:\n"
      "(none moved further than chance moves some of so many draws: a Kolmogorov–Smirnov distance\n"
      "of up to {:.2f}; four times the --draws would show a move half as large)\n{}",
      unmoved, sorted.size(), threshold, names);
}

std::string calibration_text(const Calibration& result) {
  const auto sorted = by_movement(result);
  std::string text = years_text(result);
  text += fmt::format("\nNarrowed by the incidents:\n  {:<44} {:>10} {:>22} {:>22}  width\n", "",
                      "best", "before", "after (5–95 %)");
  bool any = false;
  for (const CalibratedAssumption* a : sorted) {
    if (!a->narrowing.narrowed) continue;
    any = true;
    text += fmt::format("  {:<44} {:>10.4g} {:>22} {:>22}  {:.2f} ± {:.2f}\n", name_of(*a), a->best,
                        fmt::format("{:.4g}–{:.4g}", a->before.low, a->before.high),
                        fmt::format("{:.4g}–{:.4g}", a->q05, a->q95), a->narrowing.width_ratio,
                        a->narrowing.width_error);
  }
  if (!any) text += "  none\n";
  return text + unmoved_text(sorted) +
         fmt::format("\n{} draws simulated; tolerance {:.0f} {}.\n", result.runs, result.tolerance,
                     result.reached ? "reached" : "not reached");
}

ExitCode run(const CalibrateOptions& options, const CommonOptions& common) {
  const auto theatre = theatre::read_theatre(options.theatre);
  event::IngestCounts bad;
  const auto reported = reported_incidents(theatre, bad);
  auto settings = options.calibration;
  settings.seed = common.seed;
  settings.threads = common.threads;
  Manifest manifest("calibrate", common.arguments, common.seed);
  manifest.add_input(theatre.file);
  for (const fs::path& line : theatre.border.line_files) manifest.add_input(line);
  manifest.add_input(theatre.incidents->path);
  manifest.add_setting("draws", std::to_string(settings.draws));
  manifest.add_setting("replicates", std::to_string(settings.replicates));
  const Calibration result = [&] {
    const auto timing = manifest.time("calibrate");
    return spillover::calibrate(theatre, reported, settings);
  }();
  const std::string json = json_of(result).dump(2) + "\n";
  if (!options.out.empty()) {
    const fs::path out = options.out;
    write_file(out / "assumptions.csv", as_csv(result));
    write_file(out / "calibrate.json", json);
    manifest.add_output(out / "assumptions.csv");
    manifest.add_output(out / "calibrate.json");
    manifest.write(out / "manifest.json");
  }
  report_bad_rows(bad);
  write_output({}, common.json ? json : calibration_text(result));
  return bad.quarantined > 0 ? ExitCode::quarantined : ExitCode::done;
}

}  // namespace

void add_calibrate(CLI::App& program, CommonOptions& common, ExitCode& exit_code) {
  const auto options = std::make_shared<CalibrateOptions>();
  CLI::App& command =
      *program.add_subcommand("calibrate",
                              "Narrow the theatre's assumptions to what its reported "
                              "incidents allow, and say which of\n"
                              "them the incidents cannot narrow");
  command.add_option("theatre", options->theatre, "Theatre folder or its theatre.toml")
      ->required()
      ->type_name("THEATRE");
  auto& calibration = options->calibration;
  command.add_option("--draws", calibration.draws, "Draws of the assumptions to keep")
      ->capture_default_str()
      ->check(CLI::Range(10, 100000));
  command.add_option("--replicates", calibration.replicates, "Random runs of each draw")
      ->capture_default_str()
      ->check(CLI::Range(1, 10000));
  command
      .add_option("--tolerance", calibration.tolerance,
                  "Incidents by which the yearly counts may be off, all years "
                  "together\n"
                  "[one for each year]")
      ->check(number_in(0, 1e12));
  command.add_option("--stretches", calibration.stretches,
                     "Equal stretches instead of the theatre's");
  command.add_option("-o,--out", options->out, "Write tables and manifest to this folder")
      ->type_name("DIR");
  add_common_options(command, common);
  command.footer(kCalibrateHelp);
  command.callback([options, &common, &exit_code] { exit_code = run(*options, common); });
}

}  // namespace panj::app
