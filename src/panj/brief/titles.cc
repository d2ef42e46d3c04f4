// SPDX-License-Identifier: Apache-2.0
#include "panj/brief/titles.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "panj/brief/wording.h"

namespace panj::brief {
namespace {

std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i)
    text += (i == 0 ? "" : i + 1 == names.size() ? " and " : ", ") + names[i];
  return text;
}

std::optional<double> recent_mean(const Forecast& forecast) {
  double sum = 0.0;
  int months = 0;
  for (auto point = forecast.observed.rbegin(); point != forecast.observed.rend() && months < 12;
       ++point, ++months) {
    if (!point->deaths) return std::nullopt;
    sum += *point->deaths;
  }
  if (months < 12) return std::nullopt;
  return sum / months;
}

std::optional<double> crps(const Window& window, const std::string& model) {
  const auto found = window.scores.find(model);
  if (found == window.scores.end()) return std::nullopt;
  return found->second.crps;
}

}  // namespace

std::string border_title(const BriefContent& content) {
  std::vector<const Stretch*> stretches;
  std::uint64_t total = 0;
  for (const auto& stretch : content.stretches) {
    stretches.push_back(&stretch);
    total += stretch.incidents;
  }
  std::ranges::stable_sort(stretches, std::greater{}, [](auto* s) { return s->incidents; });
  std::uint64_t held = 0;
  std::vector<const Stretch*> top;
  while (top.size() < std::min<std::size_t>(3, stretches.size()) && held * 3 < total * 2) {
    top.push_back(stretches[top.size()]);
    held += top.back()->incidents;
  }
  if (total < 4 || held * 3 < total * 2) return "Reported incidents along the border";
  std::ranges::sort(top, std::less{}, [](auto* s) { return s->from; });
  std::vector<std::string> names;
  names.reserve(top.size());
  for (const auto* stretch : top) names.push_back(stretch->id);
  return fmt::format("{} of {} reported incidents fall on {}: {}", held, total,
                     counted(static_cast<double>(top.size()), "stretch", "stretches"),
                     listed(names));
}

std::string exposure_note(const BriefContent& content) {
  std::vector<const Stretch*> stretches;
  for (const auto& stretch : content.stretches)
    if (stretch.risk) stretches.push_back(&stretch);
  if (!content.spillover || stretches.size() < 4) return {};
  std::ranges::stable_sort(stretches, std::greater{}, [](auto* s) { return *s->risk; });
  const double high = *stretches[0]->risk;
  const double low = *stretches[2]->risk;
  std::vector<std::string> names{stretches[0]->id, stretches[1]->id, stretches[2]->id};
  std::ranges::sort(names);
  return fmt::format(
      "The simulation expects reported incidents most on {} (a chance of {} each in {}). It goes "
      "by "
      "where groups stand, by terrain and by the assumptions below, not by the few places on "
      "record, many of which are known only to the district.",
      listed(names), low < high ? percent_range(low, high) : percent(high),
      content.spillover->window);
}

std::string record_title(const BriefContent& content) {
  const auto quiet = std::ranges::count_if(content.records, [](const Country& country) {
    if (country.deaths.size() < 12) return false;
    return std::all_of(country.deaths.end() - 12, country.deaths.end(),
                       [](const auto& deaths) { return deaths && *deaths == 0.0; });
  });
  if (quiet == 0) return "State-based deaths per month";
  return fmt::format("{} of {} countries had no recorded death in the last 12 months of data",
                     quiet, content.records.size());
}

std::string forecast_title(const Forecast& forecast) {
  const auto mean = recent_mean(forecast);
  if (mean && !forecast.fan.empty() && forecast.fan.back().q05 > *mean)
    return fmt::format("{}: deaths are expected to rise above their recent level", forecast.unit);
  if (mean && !forecast.fan.empty() && forecast.fan.back().q95 < *mean)
    return fmt::format("{}: deaths are expected to fall below their recent level", forecast.unit);
  return fmt::format("{}: deaths per month", forecast.unit);
}

std::string series_title(const OutcomeSeries& series) {
  std::string plain = fmt::format("{} {}", series.name, series.unit);
  if (series.observed.empty() || series.status_quo.empty()) return plain;
  double mean = 0.0;
  for (const auto& point : series.observed) mean += point.value;
  mean /= static_cast<double>(series.observed.size());
  const auto& end = series.status_quo.back();
  if (end.q25 > mean)
    return fmt::format("{}: above the record by {} if nothing changes", series.name, end.year);
  if (end.q75 < mean)
    return fmt::format("{}: below the record by {} if nothing changes", series.name, end.year);
  return plain;
}

std::string packages_title(const SpilloverOutlook& outlook) {
  std::vector<const PackageEffect*> effects;
  for (const auto& effect : outlook.packages) effects.push_back(&effect);
  std::ranges::sort(effects, std::less{}, [](auto* effect) { return effect->mean; });
  if (effects.empty() || effects[0]->high >= 0) return "What the packages change";
  if (effects.size() > 1 && effects[0]->high >= effects[1]->low) return "What the packages change";
  return fmt::format("{} {} cuts reported armed incidents most: {}", effects[0]->id,
                     effects[0]->name, change(effects[0]->mean));
}

std::string sensitivity_title(const Exploration& exploration) {
  std::vector<const Driver*> drivers;
  for (const auto& driver : exploration.drivers) drivers.push_back(&driver);
  std::ranges::sort(drivers, std::greater{}, [](auto* driver) { return driver->share; });
  if (drivers.size() < 2 || drivers[0]->low == drivers[0]->high ||
      drivers[0]->low <= drivers[1]->high)
    return "Which unknowns drive the outcome";
  return fmt::format("{} drives the outcome most", capitalised(drivers[0]->name));
}

std::string regret_title(const Exploration& exploration) {
  std::vector<const PackageRange*> packages;
  for (const auto& range : exploration.packages) packages.push_back(&range);
  std::ranges::sort(packages, std::less{}, [](auto* range) { return range->regret; });
  if (packages.size() < 2 || score(packages[0]->regret) == score(packages[1]->regret))
    return "The packages over all plausible futures";
  return fmt::format("{} {} is never far from the best", packages[0]->id, packages[0]->name);
}

std::string box_title(const FailureBox& box) {
  if (box.limits.empty() || box.density <= box.share) return "When the package fails";
  if (box.limits.size() == 1)
    return fmt::format("{} fails mostly under one condition", box.package);
  return fmt::format("{} fails mostly when {} conditions coincide", box.package, box.limits.size());
}

std::string investment_title(const Investment& investment) {
  constexpr const char* kPlain = "Where and when to invest";
  if (investment.years.empty()) return kPlain;
  std::map<std::string, double> spent;
  double total = 0.0;
  for (const auto& purchase : investment.purchases) {
    if (purchase.year != investment.years.front()) continue;
    spent[purchase.stretch] += purchase.cost;
    total += purchase.cost;
  }
  std::vector<std::pair<double, std::string>> ranked;
  ranked.reserve(spent.size());
  for (const auto& [stretch, cost] : spent) ranked.emplace_back(-cost, stretch);
  std::ranges::sort(ranked);
  std::vector<std::string> top;
  double held = 0.0;
  for (const auto& [cost, stretch] : ranked) {
    if (2 * held >= total || top.size() == 3) break;
    held -= cost;
    top.push_back(stretch);
  }
  if (top.empty() || 2 * held < total) return kPlain;
  std::ranges::sort(top);
  return fmt::format("Half of the first year's money goes to {}", listed(top));
}

std::string skill_title(const Skill& skill) {
  std::size_t won = 0;
  double issued_sum = 0.0;
  std::map<std::string, double> sums;
  for (const auto& window : skill.windows) {
    const auto issued = crps(window, skill.issued_model);
    if (!issued) return "Past accuracy";
    issued_sum += *issued;
    bool best = true;
    for (const auto& model : skill.models) {
      if (model == skill.issued_model) continue;
      const auto rival = crps(window, model);
      if (!rival) return "Past accuracy";
      sums[model] += *rival;
      best = best && *issued < *rival;
    }
    if (best) ++won;
  }
  const bool best_mean =
      std::ranges::all_of(sums, [&](const auto& sum) { return issued_sum < sum.second; });
  if (sums.empty() || !best_mean || 2 * won <= skill.windows.size()) return "Past accuracy";
  return fmt::format("The issued model had the smallest error in {} of {} past windows", won,
                     skill.windows.size());
}

std::string calibration_title(const Calibration& calibration) {
  if (calibration.reliability.empty()) return "Calibration";
  const Reliability& rarest = calibration.reliability.back();
  double given = 0;
  double came = 0;
  double cells = 0;
  for (const auto& bin : rarest.bins) {
    const auto weight = static_cast<double>(bin.cells);
    given += weight * bin.forecast;
    came += weight * bin.observed;
    cells += weight;
  }
  if (cells == 0) return "Calibration";
  return fmt::format("{} or more deaths in a month: {} given on average, {} came true",
                     count(rarest.threshold), percent(given / cells), percent(came / cells));
}

}  // namespace panj::brief
