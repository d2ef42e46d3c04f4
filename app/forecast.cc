// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <numeric>

#include "command.h"
#include "dates.h"
#include "fitted_options.h"
#include "forecast_source.h"
#include "int_range.h"
#include "output.h"
#include "panj/core/manifest.h"
#include "panj/core/problem.h"
#include "panj/forecast/history.h"
#include "panj/forecast/hubverse.h"
#include "panj/forecast/model.h"
#include "panj/forecast/sample_netcdf.h"

namespace panj::app {
namespace {

using forecast::PredictiveSample;
using nlohmann::ordered_json;

struct ForecastOptions {
  ForecastSourceOptions source;
  std::string model{forecast::kDefaultModel};
  FittedOptions fitted;
  std::string origin;
  std::string leads = "1..12";
  std::vector<std::string> units;
  std::string format = "hubverse";
  std::string output_type = "quantile";
  std::string samples;
  std::string output;
};

/// The history's units that were asked for, as places in the sample; all when none was.
std::vector<std::size_t> chosen_units(const std::vector<std::string>& asked,
                                      const PredictiveSample& sample, const event::Panel& panel) {
  std::vector<std::size_t> chosen(sample.units().size());
  std::iota(chosen.begin(), chosen.end(), std::size_t{0});
  if (asked.empty()) return chosen;
  chosen.clear();
  Problems problems;
  for (const std::string& unit : asked) {
    if (const auto place = sample.find(unit)) {
      chosen.push_back(*place);
    } else if (panel.find(unit)) {
      problems.add({.field = "units",
                    .what = fmt::format("'{}' has no data in the twelve months to {}", unit,
                                        to_string(sample.origin())),
                    .suggestion = "choose another origin"});
    } else {
      problems.add({.field = "units",
                    .what = fmt::format("'{}' is not in the panel", unit),
                    .suggestion = suggest_name(unit, panel.units())});
    }
  }
  problems.throw_if_any();
  return chosen;
}

/// The model, and what it says of its fit.
struct Issued {
  std::string name;
  std::string note;
  std::vector<std::string> short_units;
  std::vector<std::string> left_out;  ///< units that were asked for and have no forecast
};

ordered_json as_json(const PredictiveSample& sample, const std::vector<std::size_t>& units,
                     const Issued& model, std::uint64_t seed, const ForecastSource& source) {
  ordered_json json = {{"model", model.name},
                       {"note", model.note},
                       {"short_units", model.short_units},
                       {"left_out", model.left_out},
                       {"origin", to_string(sample.origin())},
                       {"seed", seed},
                       {"target", source.columns.value},
                       {"forecasts", ordered_json::array()}};
  json.update(vintages_json(source));
  for (const std::size_t unit : units) {
    for (int lead = sample.leads().first; lead <= sample.leads().last; ++lead) {
      const auto draws = sample.at(unit, lead);
      ordered_json quantiles;
      for (const double level : forecast::kQuantileLevels) {
        quantiles[fmt::format("{}", level)] = sample.quantile(unit, lead, level);
      }
      json["forecasts"].push_back(
          {{"unit", sample.units()[unit]},
           {"month", to_string(sample.origin() + lead)},
           {"lead", lead},
           {"mean", forecast::mean_of(draws)},
           {"probability_at_least_1", sample.probability_at_least(unit, lead, 1)},
           {"probability_at_least_25", sample.probability_at_least(unit, lead, 25)},
           {"quantiles", quantiles}});
    }
  }
  return json;
}

/// Says on stderr what a reader of the numbers has to know.
void print_notes(const std::vector<std::string>& of_model, const ForecastSource& source) {
  for (const std::string& note : of_model) fmt::print(stderr, "{}\n", note);
  const std::string vintages = describe_vintages(source);
  if (!vintages.empty()) fmt::print(stderr, "{}\n", vintages);
}

void run(const ForecastOptions& options, const CommonOptions& common) {
  const IntRange leads = int_range_option(options.leads);
  const ForecastSource source = read_forecast_source(options.source, options.origin);
  const forecast::History history(source.panel, source.origin);
  const forecast::Model model =
      find_model(options.model, options.fitted, modelled_panel(options.source, source.panel));
  const auto fitted = model.fit(history, {leads.first, leads.last});
  const bool all_units = options.units.empty();
  const Issued issued{model.name, fitted->note(), fitted->short_units(history),
                      all_units ? history.left_out() : std::vector<std::string>{}};
  print_notes(notes_of(model, *fitted, history), source);
  if (!issued.left_out.empty()) fmt::print(stderr, "{}\n", describe_left_out(history));
  const auto sample = with_revisions(
      source, fitted->predict(history, {leads.first, leads.last}, common.seed), common.seed);
  const std::vector<std::size_t> units = chosen_units(options.units, sample, source.panel);
  const auto& [unit, value] = source.columns;
  if (!options.samples.empty()) {
    write_netcdf(options.samples, sample, units,
                 {.target = value,
                  .unit_column = unit,
                  .model = issued.name,
                  .note = issued.note,
                  .source = fmt::format("panj {}, seed {}", version(), common.seed)});
  }
  if (common.json) {
    const auto json = as_json(sample, units, issued, common.seed, source);
    write_output(options.output, json.dump(2) + "\n");
  } else if (options.format == "views") {
    write_output(options.output, to_views_csv(sample, units, unit));
  } else {
    const auto type = options.output_type == "sample" ? forecast::OutputType::sample
                                                      : forecast::OutputType::quantile;
    write_output(options.output, to_hubverse_csv(sample, units, value, type));
  }
}

}  // namespace

void add_forecast(CLI::App& program, CommonOptions& common, ExitCode&) {
  const auto options = std::make_shared<ForecastOptions>();
  CLI::App& command = *program.add_subcommand(
      "forecast", "Say how many deaths or incidents may come, with what chance, month by month");
  add_forecast_source_options(
      command, options->source,
      "Day whose knowledge of the workspace is used [last day of --origin, or today]");
  command.add_option("--model", options->model, "One of the models below")
      ->capture_default_str()
      ->type_name("NAME");
  add_fitted_options(command, options->fitted);
  command.add_option("--origin", options->origin, "Last month to be known [the panel's last]")
      ->type_name("YYYY-MM")
      ->check(is_month());
  command.add_option("--leads", options->leads, "Months after the origin: FIRST..LAST or one")
      ->capture_default_str()
      ->type_name("LEADS")
      ->check(is_int_range({1, forecast::kLongestLead}, "1..12"));
  command.add_option("--units", options->units, "Units to print, with commas between [all]")
      ->delimiter(',')
      ->type_name("A,B");
  command
      .add_option(
          "--format", options->format,
          "Columns of the CSV: hubverse's, or VIEWS's month_id, unit, draw, outcome (views)")
      ->check(CLI::IsMember({"hubverse", "views"}))
      ->capture_default_str();
  command
      .add_option("--output-type", options->output_type,
                  "Rows of hubverse's CSV: quantiles and mean, or every draw (sample)")
      ->check(CLI::IsMember({"quantile", "sample"}))
      ->capture_default_str();
  command
      .add_option("--samples", options->samples,
                  "Write every draw as CF-NetCDF too, which opens in xarray")
      ->type_name("FILE.nc");
  command.add_option("-o,--out", options->output, "Write here instead of to stdout")
      ->type_name("FILE");
  add_common_options(command, common);
  command.footer(
      "Models:\n" + forecast::describe_models() +
      "\nThe CSV has hubverse's columns: origin_date, location, target, horizon, output_type,\n"
      "output_type_id, value.\n"
      "\nExamples:\n"
      "  panj forecast --panel deaths.csv\n"
      "  panj forecast --panel deaths.csv --fitted world.model.json --leads 1..36\n"
      "  panj forecast --panel deaths.csv --model conflictology-12 --units Afghanistan,Tajikistan\n"
      "  panj forecast --panel deaths.csv --unit-column country_id --format views -o views.csv\n"
      "  panj forecast --workspace work --by country --as-of 2024-01-31 --samples draws.nc\n"
      "  panj forecast --workspace work --by stretch --of count --theatre theatres/tajik-afghan\n"
      "  panj forecast --panel deaths.csv --model last-poisson --origin 2023-10 --leads 3..14 -o "
      "forecast.csv\n");
  command.callback([options, &common] { run(*options, common); });
}

}  // namespace panj::app
