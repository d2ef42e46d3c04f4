// SPDX-License-Identifier: Apache-2.0
#include "panj/brief/spillover_view.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "panj/brief/wording.h"
#include "panj/core/contract.h"

namespace panj::brief {
namespace {

using spillover::PackageResult;
using spillover::SimulationResult;

// Half-widths of normal intervals in standard errors.
constexpr double kHalf90 = 1.645;
constexpr double kHalf50 = 0.674;

std::string span(int first, int last) {
  return fmt::format("{}–{}", first, last);
}

double extra_cost(const PackageResult& package) {
  return package.paired_to_first[spillover::headline("cost_musd_per_year")].mean;
}

struct Shown {
  std::string_view series;
  std::string name;
};

std::vector<YearValue> record_of(const theatre::Years& years,
                                 const std::vector<Incident>& incidents) {
  std::vector<YearValue> record;
  for (int year = years.first; year <= years.last; ++year) record.push_back({year, 0.0});
  for (const auto& incident : incidents) {
    const int year = std::stoi(incident.date.substr(0, 4));
    if (incident.armed && incident.stretch && years.first <= year && year <= years.last)
      record[static_cast<std::size_t>(year - years.first)].value += 1.0;
  }
  return record;
}

OutcomeSeries series_of(const SimulationResult& simulation, std::size_t best, const Shown& shown) {
  OutcomeSeries series{.name = shown.name, .unit = "a year"};
  const auto* base = simulation.packages.front().find_series(shown.series);
  const auto* package = simulation.packages[best].find_series(shown.series);
  PANJ_EXPECT(base != nullptr && package != nullptr);
  for (std::size_t i = 0; i < base->years.size(); ++i) {
    const int year = simulation.first_year + static_cast<int>(i);
    const auto& d = base->years[i];
    series.status_quo.push_back({year, d.q05, d.q25, d.q50, d.q75, d.q95, d.mean});
    if (best != 0) series.package_mean.push_back({year, package->years[i].mean});
  }
  return series;
}

PackageEffect effect_of(const PackageResult& package) {
  const auto& paired = package.paired_to_first[spillover::headline("reported_incidents_per_year")];
  const double mean = 100 * paired.relative;
  const double error = 100 * paired.relative_error;
  return {.id = package.id,
          .name = package.name,
          .mean = mean,
          .low = mean - kHalf90 * error,
          .high = mean + kHalf90 * error,
          .low50 = mean - kHalf50 * error,
          .high50 = mean + kHalf50 * error,
          .better = paired.share_improved,
          .contained = package.contained,
          .contained_error = package.contained_error,
          .cost = extra_cost(package)};
}

Statement containment_statement(const PackageResult& package, std::string text,
                                const theatre::Containment& containment,
                                const std::optional<Exploration>& ranges) {
  PANJ_EXPECT(package.contained.has_value());
  const double contained = *package.contained;
  Statement statement{.text = std::move(text),
                      .probability = contained,
                      .low = std::max(0.0, contained - kHalf90 * package.contained_error),
                      .high = std::min(1.0, contained + kHalf90 * package.contained_error),
                      .definition = containment.definition};
  statement.confidence =
      "Confidence is low: the interval holds only the error of the simulation, at the stated "
      "values of all assumptions.";
  if (!ranges) return statement;
  const auto found = std::ranges::find(ranges->packages, package.id, &PackageRange::id);
  if (found == ranges->packages.end()) return statement;
  statement.probability = found->contained;
  statement.low = found->contained_low;
  statement.high = found->contained_high;
  statement.confidence = fmt::format(
      "Confidence is low: the interval is the range over {} plausible futures; at the stated "
      "values of all assumptions it is {}.",
      count(static_cast<double>(ranges->futures)), percent(contained));
  return statement;
}

}  // namespace

std::size_t best_affordable(const SimulationResult& simulation, std::optional<double> budget) {
  std::size_t best = 0;
  for (std::size_t i = 1; i < simulation.packages.size(); ++i) {
    const auto& package = simulation.packages[i];
    if (budget && extra_cost(package) > *budget) continue;
    const auto& leader = simulation.packages[best];
    const bool cheaper = best != 0 && extra_cost(package) < extra_cost(leader);
    if (package.contained > leader.contained || (package.contained == leader.contained && cheaper))
      best = i;
  }
  return best;
}

SpilloverOutlook outlook_of(const SimulationResult& simulation, std::size_t best,
                            const theatre::Years& reference,
                            const std::vector<Incident>& incidents) {
  SpilloverOutlook outlook{.window = span(simulation.effects_from, simulation.last_year),
                           .replicates = simulation.replicates,
                           .best = simulation.packages[best].id,
                           .best_name = simulation.packages[best].name};
  for (const Shown& shown : {Shown{"reported_incidents", "Reported armed incidents"},
                             Shown{"infiltration_breaches", "Infiltrations that succeed"},
                             Shown{"fatalities", "Deaths"}})
    outlook.series.push_back(series_of(simulation, best, shown));
  outlook.series.front().observed = record_of(reference, incidents);
  for (std::size_t i = 1; i < simulation.packages.size(); ++i)
    outlook.packages.push_back(effect_of(simulation.packages[i]));
  return outlook;
}

std::vector<LeverShare> drivers_of(const spillover::Explanation& explanation,
                                   const SimulationResult& simulation) {
  constexpr std::string_view kReported = "reported_incidents_per_year";
  const double base = simulation.packages.front().of(kReported).mean;
  if (base <= 0.0) return {};
  const std::size_t reported = spillover::headline(kReported);
  std::vector<LeverShare> shares;
  for (const auto& effect : explanation.effects) {
    const double mean = 100 * effect.mean[reported] / base;
    const double half = 100 * kHalf90 * effect.mc_error[reported] / base;
    shares.push_back({effect.lever, effect.acts_on, mean, mean - half, mean + half});
  }
  std::ranges::stable_sort(shares, std::less{}, &LeverShare::mean);
  return shares;
}

void add_risks(std::vector<Stretch>& stretches, const SimulationResult& simulation,
               std::size_t best) {
  const auto& base = simulation.packages.front().stretch_any_reported;
  const auto& package = simulation.packages[best].stretch_any_reported;
  PANJ_EXPECT(base.size() == stretches.size());
  for (std::size_t i = 0; i < stretches.size(); ++i) {
    stretches[i].risk = base[i];
    if (best != 0) stretches[i].risk_with_package = package[i];
    stretches[i].readout +=
        fmt::format(" Chance of a reported armed incident in {}: {}",
                    span(simulation.effects_from, simulation.last_year), percent(base[i]));
    stretches[i].readout +=
        best == 0 ? "."
                  : fmt::format(", {} with {}.", percent(package[i]), simulation.packages[best].id);
  }
}

std::vector<Statement> containment_statements(const SimulationResult& simulation, std::size_t best,
                                              const theatre::Containment& containment,
                                              const std::optional<Exploration>& ranges) {
  const std::string years = span(containment.years.first, containment.years.last);
  std::vector<Statement> statements = {containment_statement(
      simulation.packages.front(),
      fmt::format("The spillover is contained in {} if nothing changes", years), containment,
      ranges)};
  if (best == 0) return statements;
  const auto& package = simulation.packages[best];
  statements.push_back(containment_statement(
      package,
      fmt::format("The same with the best affordable package: {} {}, {} M$ a year more", package.id,
                  package.name, millions(extra_cost(package))),
      containment, ranges));
  return statements;
}

}  // namespace panj::brief
