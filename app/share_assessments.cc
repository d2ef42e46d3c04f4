// SPDX-License-Identifier: Apache-2.0
#include "share_assessments.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "panj/brief/json.h"
#include "panj/brief/share_view.h"
#include "panj/core/file.h"
#include "panj/core/problem.h"

namespace panj::app {
namespace {

Problem no_forecast(const std::string& file, const std::string& what) {
  return {.file = file,
          .what = what,
          .why = "must be what panj forecast --json wrote",
          .suggestion = "panj forecast --panel FILE --json -o forecast.json"};
}

/// "0.05": 3.5, … in ascending order of the levels.
std::vector<std::pair<double, double>> quantiles_of(const nlohmann::json& object) {
  std::vector<std::pair<double, double>> quantiles;
  for (const auto& [level, value] : object.items()) {
    quantiles.emplace_back(std::stod(level), value.get<double>());
  }
  std::ranges::sort(quantiles);
  return quantiles;
}

/// The members "probability_at_least_N".
std::vector<std::pair<double, double>> chances_of(const nlohmann::json& forecast) {
  constexpr std::string_view kPrefix = "probability_at_least_";
  std::vector<std::pair<double, double>> chances;
  for (const auto& [name, value] : forecast.items()) {
    if (!name.starts_with(kPrefix)) continue;
    chances.emplace_back(std::stod(name.substr(kPrefix.size())), value.get<double>());
  }
  std::ranges::sort(chances);
  return chances;
}

std::vector<share::SharedForecast> forecasts_of(const nlohmann::json& table,
                                                const std::string& file) {
  const auto origin = parse_month(table.at("origin").get<std::string>());
  if (!origin) throw InvalidInput(no_forecast(file, "its origin is no month"));
  std::vector<share::SharedForecast> forecasts;
  for (const nlohmann::json& item : table.at("forecasts")) {
    forecasts.push_back({.unit = item.at("unit").get<std::string>(),
                         .target = table.at("target").get<std::string>(),
                         .model = table.at("model").get<std::string>(),
                         .origin = *origin,
                         .lead = item.at("lead").get<int>(),
                         .quantiles = quantiles_of(item.at("quantiles")),
                         .chances = chances_of(item),
                         .mean = item.at("mean").get<double>(),
                         .note = table.at("note").get<std::string>(),
                         .seed = table.at("seed").get<std::uint64_t>()});
  }
  return forecasts;
}

std::optional<share::Label> label_of(const brief::BriefContent& content, const std::string& file) {
  if (!content.label) return std::nullopt;
  auto label = brief::label_of(*content.label);
  if (!label) {
    throw InvalidInput(Problem{.file = file,
                               .field = "label.level",
                               .what = "is '" + content.label->level + "'",
                               .why = "must be a level of TLP 2.0"});
  }
  if (label->onward == share::OnwardRelease::originator_only) {
    throw InvalidInput(Problem{.file = file,
                               .field = "label",
                               .what = "is " + content.label->text,
                               .why = "it shows what only its originator may pass on",
                               .suggestion = "publish one that was made without --share"});
  }
  return label;
}

}  // namespace

std::vector<share::SharedForecast> read_shared_forecasts(const std::string& file) {
  const std::string text = read_file(file);
  try {
    return forecasts_of(nlohmann::json::parse(text), file);
  } catch (const nlohmann::json::exception&) {
    throw InvalidInput(no_forecast(file, "is no forecast in JSON"));
  } catch (const std::logic_error&) {  // of std::stod
    throw InvalidInput(no_forecast(file, "has a level or count that is no number"));
  }
}

LabelledBrief read_shared_brief(const std::string& file) {
  const brief::BriefContent content = brief::read_brief(read_file(file));
  const auto issued = parse_date(content.meta.issued);
  if (!issued) {
    throw InvalidInput(Problem{.file = file,
                               .field = "meta.issued",
                               .what = "is '" + content.meta.issued + "'",
                               .why = "must be a day, YYYY-MM-DD"});
  }
  share::SharedBrief shared{
      .title = content.meta.title, .area = content.meta.area, .issued = *issued};
  for (const brief::Statement& statement : content.bottom_line) {
    shared.findings.push_back({.text = statement.text,
                               .probability = statement.probability,
                               .low = statement.low,
                               .high = statement.high,
                               .confidence = statement.confidence,
                               .definition = statement.definition});
  }
  return {.brief = std::move(shared), .label = label_of(content, file)};
}

}  // namespace panj::app
