// SPDX-License-Identifier: Apache-2.0
#include "panj/explore/headline.h"

#include <algorithm>

#include "panj/core/contract.h"
#include "panj/core/date.h"
#include "panj/core/problem.h"

namespace panj::explore {
namespace {

int last_year_of(const sim::OutcomeTable& table, int first_year) {
  return first_year + static_cast<int>(table.dimension("year").size()) - 1;
}

}  // namespace

const std::vector<Headline>& headlines() {
  static const std::vector<Headline> all{
      {"contained", "1", "whether the replicate is contained as the theatre defines it",
       Direction::higher_is_better},
      {"reported_per_year", "1/yr", "reported armed incidents a year in the years of containment"},
      {"breaches_per_year", "1/yr", "expected armed breaches a year since measures start"},
      {"fatalities_per_year", "1/yr", "deaths in incidents a year since measures start"},
      {"worst_incident", "1", "deaths in the worst incident in the years of containment"},
      {"tonnes_through_per_year", "t/yr", "drugs that pass a year since measures start"},
      {"cost_musd_per_year", "M$/yr", "cost a year since measures start"},
      {"record_incidents", "1", "reported armed incidents in the reference years together"},
      {"record_militants", "1", "militants in the middle of the last reference year"}};
  return all;
}

std::size_t find_headline(std::string_view name) {
  const auto found = std::ranges::find(headlines(), name, &Headline::name);
  if (found != headlines().end()) return static_cast<std::size_t>(found - headlines().begin());
  std::vector<std::string> names;
  for (const Headline& headline : headlines()) names.push_back(headline.name);
  throw InvalidInput({.field = std::string(name),
                      .what = "is not an outcome",
                      .suggestion = suggest_name(name, names)});
}

HeadlineReader::HeadlineReader(const theatre::Theatre& theatre, const sim::OutcomeTable& table,
                               int first_year)
    : containment_(theatre.containment.value()),
      measures_{Month::of(theatre.measures.value().start).year(), last_year_of(table, first_year)},
      first_year_(first_year),
      reported_(table.find("reported_incidents")),
      worst_(table.find("worst_incident")),
      fatalities_(table.find("fatalities")),
      through_(table.find("tonnes_through")),
      cost_(table.find("cost_musd")),
      militants_(table.find("militants")),
      breaches_(table.find("expected_breaches")) {
  PANJ_EXPECT(containment_.reference.first >= first_year &&
              containment_.years.last <= measures_.last);
  const auto& labels = table.dimension("type").labels;
  types_ = labels.size();
  for (std::size_t e = 0; e < types_; ++e) {
    if (labels[e] == "attack" || labels[e] == "fire") armed_.push_back(e);
  }
}

double HeadlineReader::sum(const sim::OutcomeBlock& block, std::size_t outcome,
                           theatre::Years years, std::size_t lane) const {
  double total = 0;
  for (int year = years.first; year <= years.last; ++year) {
    total += block.row(outcome, static_cast<std::size_t>(year - first_year_))[lane];
  }
  return total;
}

double HeadlineReader::mean(const sim::OutcomeBlock& block, std::size_t outcome,
                            theatre::Years years, std::size_t lane) const {
  return sum(block, outcome, years, lane) / (years.last - years.first + 1);
}

void HeadlineReader::read(const sim::OutcomeBlock& block, std::size_t first, std::size_t replicates,
                          std::span<double> values) const {
  const auto& years = containment_.years;
  for (std::size_t lane = 0; lane < block.lanes().count; ++lane) {
    const auto put = [&](std::size_t headline, double value) {
      values[headline * replicates + first + lane] = value;
    };
    const double reported = mean(block, reported_, years, lane);
    double worst = 0;
    for (int year = years.first; year <= years.last; ++year) {
      worst =
          std::max(worst, block.row(worst_, static_cast<std::size_t>(year - first_year_))[lane]);
    }
    double breaches = 0;
    for (int year = measures_.first; year <= measures_.last; ++year) {
      const auto y = static_cast<std::size_t>(year - first_year_);
      for (const std::size_t e : armed_) breaches += block.row(breaches_, y * types_ + e)[lane];
    }
    const bool contained =
        reported <= mean(block, reported_, containment_.reference, lane) + 1e-12 &&
        worst < containment_.deaths_too_many;
    const int last = containment_.reference.last;
    put(0, contained ? 1.0 : 0.0);
    put(1, reported);
    put(2, breaches / (measures_.last - measures_.first + 1));
    put(3, mean(block, fatalities_, measures_, lane));
    put(4, worst);
    put(5, mean(block, through_, measures_, lane));
    put(6, mean(block, cost_, measures_, lane));
    put(7, sum(block, reported_, containment_.reference, lane));
    put(8, mean(block, militants_, {last, last}, lane));
  }
}

}  // namespace panj::explore
