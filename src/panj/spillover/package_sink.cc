// SPDX-License-Identifier: Apache-2.0
#include "panj/spillover/detail/package_sink.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "panj/core/contract.h"
#include "panj/core/number.h"
#include "panj/spillover/toll_steps.h"

namespace panj::spillover::detail {
namespace {

// Places of kArmedAttempts.
constexpr std::size_t kAttackPlace = 0;
constexpr std::size_t kInfiltrationPlace = 1;
constexpr std::size_t kFirePlace = 2;

std::size_t first_effects_year(const SpilloverModel& model) {
  const double start = model.parameters().practice.start_year - model.settings().first_year;
  return static_cast<std::size_t>(
      std::clamp(std::ceil(start - 1e-6), 0.0, model.settings().years() - 1.0));
}

std::size_t last_cell(const sim::OutcomeTable& table, const char* outcome) {
  const std::size_t index = table.find(outcome);
  return table.offset(index) + table.cells(index) - 1;
}

/// Half the interval of Wilson (1927) at one standard error: a share of 0 or 1 has one as well.
double share_error(double share, std::uint64_t count) {
  if (count < 2) return kUnknown;
  const auto n = static_cast<double>(count);
  return std::sqrt(share * (1 - share) / n + 1 / (4 * n * n)) / (1 + 1 / n);
}

}  // namespace

PackageSink::PackageSink(std::span<const SpilloverModel> models, const SimulationOptions& options)
    : table_(&models.front().outcomes()),
      settings_(options.settings),
      containment_(options.containment),
      tells_containment_(covers(settings_, containment_)),
      years_(static_cast<std::size_t>(settings_.years())),
      effects_from_(first_effects_year(models.front())),
      stretches_(models.front().geometry().size()),
      first_stretch_cell_(table_->offset(table_->find("stretch_attempts"))),
      first_reported_cell_(table_->offset(table_->find("stretch_reported"))) {
  for (const sim::Outcome& outcome : table_->outcomes()) {
    if (outcome.dimensions == std::vector<std::string>{"year"}) {
      add_series(outcome.name, outcome.unit, outcome.name, {0});
    }
  }
  add_series("attempts", "1", "attempts", {kAttackPlace, kInfiltrationPlace, kFirePlace});
  add_series("attack_attempts", "1", "attempts", {kAttackPlace});
  add_series("infiltration_attempts", "1", "attempts", {kInfiltrationPlace});
  add_series("fire_attempts", "1", "attempts", {kFirePlace});
  add_series("breaches", "1", "breaches", {kAttackPlace, kInfiltrationPlace, kFirePlace});
  add_series("armed_breaches", "1", "breaches", {kAttackPlace, kFirePlace});
  add_series("infiltration_breaches", "1", "breaches", {kInfiltrationPlace});
  add_series("expected_armed_breaches", "1", "expected_breaches", {kAttackPlace, kFirePlace});
  reported_ = find("reported_incidents");
  fatalities_ = find("fatalities");
  breaches_ = find("breaches");
  armed_ = find("armed_breaches");
  infiltration_ = find("infiltration_breaches");
  expected_armed_ = find("expected_armed_breaches");
  attempts_ = find("attempts");
  through_ = find("tonnes_through");
  seized_ = find("tonnes_seized");
  cost_ = find("cost_musd");
  militants_end_ = find("militants_end");
  worst_ = find("worst_incident");
  Package empty;
  empty.headlines.resize(kHeadlines.size());
  empty.differences.resize(kHeadlines.size());
  empty.improved.resize(kHeadlines.size());
  empty.equal.resize(kHeadlines.size());
  empty.series.assign(series_.size(), std::vector<Tally>(years_));
  empty.stretch_cells.resize(last_cell(*table_, "incidents_killing") + 1 - first_stretch_cell_);
  empty.any_reported.resize(stretches_);
  empty.deadly_years.resize(kTollSteps.size());
  packages_.assign(models.size(), empty);
}

void PackageSink::add_series(const std::string& name, const std::string& unit,
                             const std::string& outcome, const std::vector<std::size_t>& parts) {
  const std::size_t index = table_->find(outcome);
  const std::size_t per_year = table_->cells(index) / years_;
  YearSeries series{name, unit, {}};
  for (std::size_t y = 0; y < years_; ++y) {
    std::vector<std::size_t> cells;
    cells.reserve(parts.size());
    for (const std::size_t part : parts) {
      cells.push_back(table_->offset(index) + y * per_year + part);
    }
    series.cells.push_back(std::move(cells));
  }
  series_.push_back(std::move(series));
}

std::size_t PackageSink::find(const std::string& name) const {
  const auto found = std::ranges::find(series_, name, &YearSeries::name);
  PANJ_EXPECT(found != series_.end());
  return static_cast<std::size_t>(found - series_.begin());
}

std::size_t PackageSink::year(int calendar) const {
  PANJ_EXPECT(settings_.first_year <= calendar && calendar <= settings_.last_year);
  return static_cast<std::size_t>(calendar - settings_.first_year);
}

double PackageSink::sum(const sim::OutcomeBlock& block, std::size_t lane, std::size_t series,
                        std::pair<std::size_t, std::size_t> years) const {
  double total = 0;
  for (std::size_t y = years.first; y <= years.second; ++y) {
    for (const std::size_t cell : series_[series].cells[y]) total += block.cell_row(cell)[lane];
  }
  return total;
}

std::vector<double> PackageSink::headlines_of(const sim::OutcomeBlock& block,
                                              std::size_t lane) const {
  const std::pair window{effects_from_, years_ - 1};
  const auto length = static_cast<double>(years_ - effects_from_);
  const auto per_year = [&](std::size_t series) {
    return sum(block, lane, series, window) / length;
  };
  double worst = 0;
  for (std::size_t y = window.first; y <= window.second; ++y) {
    worst = std::max(worst, sum(block, lane, worst_, {y, y}));
  }
  return {per_year(reported_),
          per_year(fatalities_),
          per_year(breaches_),
          per_year(armed_),
          per_year(infiltration_),
          per_year(expected_armed_),
          per_year(attempts_),
          per_year(through_),
          per_year(seized_),
          per_year(cost_) * length,
          per_year(cost_),
          sum(block, lane, militants_end_, {years_ - 1, years_ - 1}),
          worst};
}

bool PackageSink::is_contained(const sim::OutcomeBlock& block, std::size_t lane) const {
  const auto mean = [&](theatre::Years years) {
    const std::pair window{year(years.first), year(years.last)};
    return sum(block, lane, reported_, window) /
           static_cast<double>(window.second - window.first + 1);
  };
  for (std::size_t y = year(containment_.years.first); y <= year(containment_.years.last); ++y) {
    if (sum(block, lane, worst_, {y, y}) >= containment_.deaths_too_many) return false;
  }
  return mean(containment_.years) <= mean(containment_.reference) + 1e-12;
}

void PackageSink::add(const sim::OutcomeBlock& block, std::size_t lane, Package& package) const {
  for (std::size_t s = 0; s < series_.size(); ++s) {
    for (std::size_t y = 0; y < years_; ++y) {
      package.series[s][y].add(sum(block, lane, s, {y, y}));
    }
  }
  for (std::size_t k = 0; k < package.stretch_cells.size(); ++k) {
    package.stretch_cells[k].add(block.cell_row(first_stretch_cell_ + k)[lane]);
  }
  for (std::size_t i = 0; i < stretches_; ++i) {
    if (block.cell_row(first_reported_cell_ + i)[lane] > 0) ++package.any_reported[i];
  }
  count_deadly_years(block, lane, package);
  if (tells_containment_ && is_contained(block, lane)) ++package.contained;
}

void PackageSink::count_deadly_years(const sim::OutcomeBlock& block, std::size_t lane,
                                     Package& package) const {
  for (std::size_t k = 0; k < kTollSteps.size(); ++k) {
    double years = 0;
    for (std::size_t y = effects_from_; y < years_; ++y) {
      if (sum(block, lane, fatalities_, {y, y}) >= kTollSteps[k]) ++years;
    }
    package.deadly_years[k].add(years / static_cast<double>(years_ - effects_from_));
  }
}

void PackageSink::compare(const std::vector<double>& first, const std::vector<double>& mine,
                          Package& package) const {
  for (std::size_t h = 0; h < kHeadlines.size(); ++h) {
    package.headlines[h].add(mine[h]);
    package.differences[h].add(mine[h] - first[h]);
    const double gain = kHeadlines[h].lower_is_better ? first[h] - mine[h] : mine[h] - first[h];
    if (gain > 0) ++package.improved[h];
    if (gain == 0) ++package.equal[h];
  }
}

void PackageSink::take(std::span<const sim::OutcomeBlock> blocks) {
  for (std::size_t lane = 0; lane < blocks.front().lanes().count; ++lane) {
    const std::vector<double> first = headlines_of(blocks.front(), lane);
    for (std::size_t m = 0; m < blocks.size(); ++m) {
      add(blocks[m], lane, packages_[m]);
      compare(first, headlines_of(blocks[m], lane), packages_[m]);
    }
    ++count_;
  }
}

PackageResult PackageSink::result_of(const Package& package, const Scenario& scenario) const {
  PackageResult result{.id = scenario.id, .name = scenario.name};
  const auto share = [&](std::uint64_t of) {
    return count_ == 0 ? 0.0 : static_cast<double>(of) / static_cast<double>(count_);
  };
  for (std::size_t h = 0; h < kHeadlines.size(); ++h) {
    result.headlines.push_back(package.headlines[h].distribution());
    const double base = packages_.front().headlines[h].mean();
    const sim::Moments& difference = package.differences[h];
    const double scale = base == 0 ? 0 : 1 / base;
    result.paired_to_first.push_back({difference.mean(), difference.error(),
                                      difference.mean() * scale,
                                      std::abs(difference.error() * scale),
                                      share(package.improved[h]), share(package.equal[h])});
  }
  for (std::size_t s = 0; s < series_.size(); ++s) {
    Series series{series_[s].name, series_[s].unit, {}};
    for (const Tally& tally : package.series[s]) series.years.push_back(tally.distribution());
    result.series.push_back(std::move(series));
  }
  const auto cell = [&](const char* outcome, std::size_t k) {
    return package.stretch_cells[table_->offset(table_->find(outcome)) - first_stretch_cell_ + k];
  };
  for (std::size_t i = 0; i < stretches_; ++i) {
    ByType<StretchRates> rates{};
    for (std::size_t k = 0; k < kArmedAttempts.size(); ++k) {
      const std::size_t place = i * kArmedAttempts.size() + k;
      rates[kArmedAttempts[k]] = {cell("stretch_attempts", place).mean(),
                                  cell("stretch_breaches", place).mean(),
                                  cell("stretch_incidents", place).mean()};
    }
    result.stretches.push_back(rates);
    result.stretch_reported.push_back(cell("stretch_reported", i).mean());
    result.stretch_any_reported.push_back(share(package.any_reported[i]));
  }
  const auto length = static_cast<double>(years_ - effects_from_);
  for (std::size_t k = 0; k < kTollSteps.size(); ++k) {
    const sim::Moments killing = cell("incidents_killing", k);
    const sim::Moments& years = package.deadly_years[k];
    result.exceedance.push_back({kTollSteps[k], killing.mean() / length, killing.error() / length,
                                 years.mean(), years.error()});
  }
  if (tells_containment_) {
    result.contained = share(package.contained);
    result.contained_error = share_error(*result.contained, count_);
  }
  return result;
}

SimulationResult PackageSink::result(std::span<const Scenario> scenarios) const {
  SimulationResult result{.first_year = settings_.first_year, .last_year = settings_.last_year};
  result.effects_from = settings_.first_year + static_cast<int>(effects_from_);
  for (std::size_t m = 0; m < packages_.size(); ++m) {
    result.packages.push_back(result_of(packages_[m], scenarios[m]));
  }
  return result;
}

}  // namespace panj::spillover::detail
