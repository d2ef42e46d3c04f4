// SPDX-License-Identifier: Apache-2.0
#include "panj/spillover/detail/limit_runs.h"

#include <cmath>
#include <numeric>

#include "panj/sim/ensemble.h"
#include "panj/spillover/detail/rates_without_chance.h"
#include "panj/spillover/schedule.h"

namespace panj::spillover::detail {
namespace {

/// Keeps everything: limit cases are small.
class Keep : public sim::Sink {
 public:
  void take(std::span<const sim::OutcomeBlock> blocks) override {
    const sim::OutcomeBlock& block = blocks.front();
    for (std::size_t lane = 0; lane < block.lanes().count; ++lane) {
      std::vector<double> values;
      for (std::size_t cell = 0; cell < block.table().total_cells(); ++cell) {
        values.push_back(block.cell_row(cell)[lane]);
      }
      replicates.push_back(std::move(values));
    }
  }
  std::vector<std::vector<double>> replicates;
};

}  // namespace

double Moments::error() const {
  return std::sqrt(variance / static_cast<double>(count));
}

Moments moments(const std::vector<double>& values) {
  const auto n = static_cast<double>(values.size());
  Moments result{.count = values.size()};
  result.mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
  for (const double value : values) {
    result.variance += (value - result.mean) * (value - result.mean) / (n - 1);
  }
  return result;
}

std::vector<std::vector<double>> Outcomes::by_year(const std::string& outcome,
                                                   std::size_t part) const {
  const std::size_t index = table_.find(outcome);
  const std::size_t years = table_.dimension("year").size();
  const std::size_t parts = table_.cells(index) / years;
  std::vector<std::vector<double>> all;
  for (const auto& replicate : replicates_) {
    std::vector<double> values;
    for (std::size_t y = 0; y < years; ++y) {
      values.push_back(replicate[table_.offset(index) + y * parts + part]);
    }
    all.push_back(std::move(values));
  }
  return all;
}

Moments Outcomes::yearly(const std::string& outcome, std::size_t part) const {
  std::vector<double> all;
  for (const auto& years : by_year(outcome, part))
    all.insert(all.end(), years.begin(), years.end());
  return moments(all);
}

Moments Outcomes::replicate_means(const std::string& outcome, std::size_t part) const {
  std::vector<double> means;
  for (const auto& years : by_year(outcome, part)) {
    means.push_back(std::accumulate(years.begin(), years.end(), 0.0) /
                    static_cast<double>(years.size()));
  }
  return moments(means);
}

Moments Outcomes::year(const std::string& outcome, std::size_t year, std::size_t part) const {
  std::vector<double> values;
  for (const auto& years : by_year(outcome, part)) values.push_back(years[year]);
  return moments(values);
}

Moments Outcomes::last_year(const std::string& outcome) const {
  return year(outcome, table_.dimension("year").size() - 1, 0);
}

double Outcomes::total(const std::string& outcome, std::size_t part) const {
  double sum = 0;
  for (const auto& years : by_year(outcome, part)) {
    sum = std::accumulate(years.begin(), years.end(), sum);
  }
  return sum;
}

double LimitRun::spectral_radius() const {
  const Geometry g = geometry();
  return spillover::spectral_radius(parameters, g, reference_of(parameters, g, settings.ideal));
}

SpilloverModel LimitRun::model() const {
  LeverSettings settings_of_levers = practised_levers(parameters);
  if (levers) levers(settings_of_levers, stretches);
  return {parameters, geometry(), settings_of_levers, settings};
}

Outcomes LimitRun::simulate(const LimitCaseOptions& options) const {
  const SpilloverModel simulated = model();
  Keep keep;
  sim::Sink* const sinks[] = {&keep};
  sim::run_ensemble(simulated,
                    {.replicates = options.replicates,
                     .seed = options.seed,
                     .threads = options.threads,
                     .lanes = 32,
                     .task = "limit case"},
                    sinks);
  return {simulated.outcomes(), std::move(keep.replicates)};
}

ByType<std::vector<double>> LimitRun::last_rates(const LimitCaseOptions& options,
                                                 std::size_t paths) const {
  const SpilloverModel simulated = model();
  const sim::Lanes lanes{options.seed, 0, paths};
  State state = simulated.start(lanes);
  for (int step = 0; step < simulated.steps(); ++step) simulated.advance(state, lanes, step);
  ByType<std::vector<double>> rates;
  for (const Type e : kArmedAttempts) {
    rates[e].assign(paths, 0.0);
    for (std::size_t i = 0; i < stretches; ++i) {
      for (std::size_t lane = 0; lane < paths; ++lane) {
        rates[e][lane] += state.now.rate[e].row(i)[lane];
      }
    }
  }
  return rates;
}

ByType<double> LimitRun::rates_without_chance() const {
  LeverSettings settings_of_levers = practised_levers(parameters);
  if (levers) levers(settings_of_levers, stretches);
  return detail::rates_without_chance(parameters, geometry(), settings, settings_of_levers);
}

double LimitRun::last_season(Type e) const {
  return model().schedule().step(settings.steps() - 1).season[e];
}

}  // namespace panj::spillover::detail
