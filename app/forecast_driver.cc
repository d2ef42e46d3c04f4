// SPDX-License-Identifier: Apache-2.0
#include "forecast_driver.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "fitted_options.h"
#include "panj/core/problem.h"
#include "panj/forecast/history.h"

namespace panj::app {
namespace {

constexpr int kMonths = 12;

[[noreturn]] void missing(const theatre::Theatre& theatre, const std::string& field,
                          const std::string& why) {
  throw InvalidInput(
      Problem{.file = theatre.file.string(), .field = field, .what = "is missing", .why = why});
}

const theatre::DataFile& deaths_of(const theatre::Theatre& theatre) {
  if (!theatre.deaths) missing(theatre, "deaths", "--driver forecast needs the table of deaths");
  return *theatre.deaths;
}

}  // namespace

std::vector<std::filesystem::path> files_next_door(const theatre::Theatre& theatre,
                                                   const std::string& model_name) {
  std::vector<std::filesystem::path> files{deaths_of(theatre).path};
  const auto fitted = forecast::fitted_model_beside(files.front().string());
  if (model_name == forecast::kDefaultModel && std::filesystem::exists(fitted)) {
    files.push_back(fitted);
  }
  return files;
}

spillover::ViolenceForecast forecast_next_door(const theatre::Theatre& theatre,
                                               const std::string& model_name, std::uint64_t seed) {
  const std::filesystem::path& deaths = deaths_of(theatre).path;
  const event::Panel panel = event::read_panel(deaths);
  const forecast::History history(panel, panel.last());
  const forecast::Model model = find_model(model_name, {}, {.file = deaths.string()});
  const auto fitted = model.fit(history, {1, kMonths});
  for (const auto& note : notes_of(model, *fitted, history)) {
    fmt::print(stderr, "{}\n", note);
  }
  const auto sample = fitted->predict(history, {1, kMonths}, seed);
  spillover::ViolenceForecast result{.origin = panel.last(), .recent = 0.0, .samples = {}};
  result.samples.assign(kMonths, std::vector<double>(sample.draws(), 0.0));
  bool found = false;
  for (std::size_t unit = 0; unit < sample.units().size(); ++unit) {
    if (std::ranges::find(theatre.next_door, sample.units()[unit]) == theatre.next_door.end()) {
      continue;
    }
    found = true;
    const auto last = history.last_known(history.units()[unit], kMonths);
    result.recent += std::accumulate(last.begin(), last.end(), 0.0) /
                     static_cast<double>(std::max<std::size_t>(1, last.size()));
    for (int lead = 1; lead <= kMonths; ++lead) {
      const auto draws = sample.at(unit, lead);
      auto& month = result.samples[static_cast<std::size_t>(lead) - 1];
      for (std::size_t k = 0; k < draws.size(); ++k) month[k] += draws[k];
    }
  }
  if (!found) missing(theatre, "deaths", "must hold a country of theatre.next_door");
  return result;
}

}  // namespace panj::app
