// SPDX-License-Identifier: Apache-2.0
#include "panj/forecast/backtest.h"

#include <fmt/format.h>

#include <memory>

#include "backtest_view.h"
#include "command.h"
#include "fitted_options.h"
#include "forecast_source.h"
#include "int_range.h"
#include "output.h"

namespace panj::app {
namespace {

using forecast::Backtest;
using forecast::Window;

struct BacktestCommand {
  ForecastSourceOptions source;
  std::vector<std::string> models{"zero", "last-poisson", "conflictology-12", "bootstrap-240"};
  std::string windows;
  std::string origins = "yearly";
  std::string leads = "3..14";
  std::string refit = "window";
  FittedOptions fitted;
  std::string report;
  std::string output;
};

std::vector<Window> parse_windows(const BacktestCommand& options) {
  const IntRange years = int_range_option(options.windows);
  const IntRange leads = int_range_option(options.leads);
  return options.origins == "monthly"
             ? forecast::monthly_windows(years.first, years.last, {leads.first, leads.last})
             : forecast::yearly_windows(years.first, years.last, {leads.first, leads.last});
}

forecast::Refit parse_refit(const std::string& text) {
  if (text == "yearly") return forecast::Refit::yearly;
  return text == "never" ? forecast::Refit::never : forecast::Refit::window;
}

void run(const BacktestCommand& options, const CommonOptions& common) {
  const std::vector<Window> windows = parse_windows(options);
  const auto vintages =
      read_vintages(options.source, windows.front().origin(), windows.back().origin());
  const auto models = find_models(options.models, options.fitted,
                                  modelled_panel(options.source, vintages.latest()));
  const Backtest result = forecast::run_backtest(
      vintages, models, windows,
      {.seed = common.seed, .threads = common.threads, .refit = parse_refit(options.refit)});
  for (const std::string& note : result.notes) fmt::print(stderr, "{}\n", note);
  if (!options.report.empty()) write_file(options.report, backtest_report(result, common.seed));
  write_output(options.output,
               common.json ? backtest_json(result, common.seed) : backtest_table(result));
}

}  // namespace

void add_backtest(CLI::App& program, CommonOptions& common, ExitCode&) {
  const auto options = std::make_shared<BacktestCommand>();
  CLI::App& command = *program.add_subcommand(
      "backtest",
      "Score forecasts against what came: each year's January to December forecast from the data\n"
      "to October of the year before (leads 3–14), as in the VIEWS prediction challenge");
  add_forecast_source_options(
      command, options->source,
      "Day whose knowledge of the workspace is what came [today]; origins see what they knew");
  command.add_option("--models,--model", options->models, "Models to compare, with commas between")
      ->delimiter(',')
      ->capture_default_str()
      ->type_name("A,B");
  command.add_option("--windows", options->windows, "Years to forecast: 2018..2021 or 2018")
      ->required()
      ->type_name("YEARS")
      ->check(is_int_range({1800, 2200}, "2018..2021"));
  command
      .add_option("--origins", options->origins,
                  "One window a year, or one for every month (yearly, monthly)")
      ->check(CLI::IsMember({"yearly", "monthly"}))
      ->capture_default_str();
  command
      .add_option("--leads", options->leads,
                  "Months after each origin to forecast and score: FIRST..LAST or one")
      ->capture_default_str()
      ->type_name("LEADS")
      ->check(is_int_range({1, forecast::kLongestLead}, "3..14"));
  command
      .add_option(
          "--refit", options->refit,
          "When models learn anew: at each window, once a year, or never (frozen at the first)")
      ->check(CLI::IsMember({"window", "yearly", "never"}))
      ->capture_default_str();
  add_fitted_options(command, options->fitted);
  command
      .add_option("--report", options->report,
                  "Also write scores by lead and kind of month, reliability and PIT as JSON")
      ->type_name("FILE");
  command.add_option("-o,--out", options->output, "Write here instead of to stdout")
      ->type_name("FILE");
  add_common_options(command, common);
  command.footer(
      "Models:\n" + forecast::describe_models() +
      "\nExamples:\n"
      "  panj backtest --panel deaths.csv --windows 2018..2021\n"
      "  panj backtest --panel deaths.csv --models zero,conflictology-6 --windows 2021 "
      "--json\n"
      "  panj backtest --panel deaths.csv --models default,conflictology-12 --windows "
      "2010..2021 \\\n"
      "      --origins monthly --refit yearly --leads 1..12 --report report.json\n"
      "  panj backtest --workspace work --by country --windows 2018..2021\n"
      "\nFrom a workspace each origin's forecast is made of what was known on its last "
      "day, and scored\nagainst what is known today. A panel's file knows only today.\n");
  command.callback([options, &common] { run(*options, common); });
}

}  // namespace panj::app
