// SPDX-License-Identifier: Apache-2.0
#include "panj/spillover/calibration.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <numeric>

#include "panj/core/contract.h"
#include "panj/core/parallel.h"
#include "panj/core/problem.h"
#include "panj/core/random.h"
#include "panj/core/sha256.h"
#include "panj/sim/ensemble.h"
#include "panj/sim/log_histogram.h"
#include "panj/sim/moments.h"
#include "panj/spillover/levers.h"
#include "panj/spillover/model.h"
#include "panj/spillover/simulate.h"

namespace panj::spillover {
namespace {

using theatre::Assumption;
using theatre::Theatre;

constexpr double kDecade = 10;
constexpr std::uint16_t kPriorKind = 0xFFFC;

bool spans_a_decade(const Assumption& assumption, std::size_t entry) {
  const double low = assumption.low[entry];
  return low > 0 && assumption.high[entry] / low >= kDecade * (1 - 1e-9);
}

/// Keeps the yearly reported incidents of every replicate.
class YearlyReports : public sim::Sink {
 public:
  void take(std::span<const sim::OutcomeBlock> blocks) override {
    const sim::OutcomeBlock& block = blocks.front();
    const std::size_t outcome = block.table().find("reported_incidents");
    for (std::size_t lane = 0; lane < block.lanes().count; ++lane) {
      std::vector<double> years;
      for (std::size_t y = 0; y < block.table().cells(outcome); ++y)
        years.push_back(block.row(outcome, y)[lane]);
      counts.push_back(std::move(years));
    }
  }
  std::vector<std::vector<double>> counts;
};

class Calibrator {
 public:
  Calibrator(const Theatre& theatre, std::span<const double> reported,
             const CalibrationOptions& options)
      : theatre_(theatre),
        reported_(reported.begin(), reported.end()),
        options_(options),
        drawn_(drawn_assumptions(theatre)),
        settings_{.first_year = theatre.reference_years.first,
                  .last_year = theatre.reference_years.last,
                  .invariants = Invariants::unchecked} {
    check();
  }

  Calibration run() {
    Calibration result;
    result.tolerance = options_.tolerance.value_or(static_cast<double>(reported_.size()));
    const auto narrowed = sim::narrow(
        drawn_.size(),
        [&](std::span<const double> places, std::uint32_t run) { return distances(places, run); },
        {.particles = options_.draws,
         .seed = options_.seed,
         .threads = options_.threads,
         .target = result.tolerance,
         .progress = options_.progress});
    result.stages = narrowed.stages;
    result.reached = narrowed.reached_target;
    result.runs = narrowed.runs;
    describe_years(narrowed, result);
    describe_assumptions(narrowed.places, result);
    result.impossible = impossible_;
    sha_of(narrowed, result);
    return result;
  }

 private:
  void check() const {
    const auto years = static_cast<std::size_t>(settings_.years());
    if (reported_.size() == years && !drawn_.empty() && options_.draws >= 10 &&
        options_.replicates >= 1) {
      parameters_of(theatre_);  // says what the theatre lacks
      return;
    }
    if (drawn_.empty()) {
      throw InvalidInput(Problem{.file = theatre_.file.string(),
                                 .what = "has no assumption with a range",
                                 .why = "calibration narrows ranges"});
    }
    throw InvalidInput(
        Problem{.field = "calibrate",
                .what = fmt::format("{} yearly counts, {} draws of {} replicates", reported_.size(),
                                    options_.draws, options_.replicates),
                .why = fmt::format("needs {} counts, at least 10 draws and 1 replicate", years)});
  }

  /// Yearly reported incidents of the replicates of one draw; none when the
  /// model cannot run so.
  std::vector<std::vector<double>> simulate(std::span<const double> places,
                                            std::uint32_t run) const {
    try {
      const auto parameters = parameters_of(theatre_, overrides_of(theatre_, drawn_, places));
      const SpilloverModel model(parameters, geometry_of(theatre_, parameters, options_.stretches),
                                 practised_levers(parameters), settings_);
      YearlyReports reports;
      sim::Sink* const sinks[] = {&reports};
      sim::run_ensemble(model,
                        {.replicates = options_.replicates,
                         .first_replicate = run * options_.replicates,
                         .seed = options_.seed,
                         .threads = 1,
                         .progress = Progress::Output::silent},
                        sinks);
      return reports.counts;
    } catch (const InvalidInput&) {
      ++impossible_;
      return {};
    }
  }

  std::vector<double> distances(std::span<const double> places, std::uint32_t run) const {
    std::vector<double> all;
    for (const auto& counts : simulate(places, run)) {
      double distance = 0;
      for (std::size_t y = 0; y < reported_.size(); ++y)
        distance += std::fabs(counts[y] - reported_[y]);
      all.push_back(distance);
    }
    all.resize(options_.replicates, std::numeric_limits<double>::infinity());
    return all;
  }

  struct Tally {
    std::vector<sim::Moments> moments;
    std::vector<sim::LogHistogram> histograms;
    sim::Moments levels;  ///< of draws that can be run
    sim::LogHistogram level_histogram;
  };

  Tally tally(const std::vector<std::vector<double>>& places, std::uint64_t first_run) const {
    std::vector<std::vector<std::vector<double>>> counts(places.size());
    parallel_for(places.size(), options_.threads, [&](std::size_t i) {
      counts[i] = simulate(places[i], static_cast<std::uint32_t>(first_run + i));
    });
    Tally tally{std::vector<sim::Moments>(reported_.size()),
                std::vector<sim::LogHistogram>(reported_.size()),
                {},
                {}};
    for (const auto& of_draw : counts) {
      if (of_draw.empty()) continue;
      double all_years = 0;
      for (const auto& years : of_draw) {
        for (std::size_t y = 0; y < years.size(); ++y) {
          tally.moments[y].add(years[y]);
          tally.histograms[y].add(years[y]);
          all_years += years[y];
        }
      }
      const double level = all_years / static_cast<double>(of_draw.size());
      tally.levels.add(level);
      tally.level_histogram.add(level);
    }
    return tally;
  }

  std::vector<std::vector<double>> draws_before() const {
    std::vector<std::vector<double>> places(options_.draws);
    for (std::size_t i = 0; i < places.size(); ++i) {
      RandomStream random(options_.seed,
                          {.replicate = static_cast<std::uint32_t>(i), .kind = kPriorKind});
      for (std::size_t d = 0; d < drawn_.size(); ++d) places[i].push_back(random.uniform());
    }
    return places;
  }

  void describe_years(const sim::SmcResult& narrowed, Calibration& result) const {
    const Tally before = tally(draws_before(), narrowed.runs);
    const Tally after = tally(narrowed.places, narrowed.runs + options_.draws);
    const auto range = [](const sim::LogHistogram& h) {
      return Range{h.quantile(0.05, sim::Measure::count), h.quantile(0.95, sim::Measure::count)};
    };
    const auto levels = [](const sim::LogHistogram& h) {
      return Range{h.quantile(0.05), h.quantile(0.95)};
    };
    result.level = {std::accumulate(reported_.begin(), reported_.end(), 0.0), before.levels.mean(),
                    levels(before.level_histogram), after.levels.mean(),
                    levels(after.level_histogram)};
    for (std::size_t y = 0; y < reported_.size(); ++y) {
      result.years.push_back({settings_.first_year + static_cast<int>(y), reported_[y],
                              before.moments[y].mean(), range(before.histograms[y]),
                              after.moments[y].mean(), range(after.histograms[y])});
    }
  }

  void describe_assumptions(const std::vector<std::vector<double>>& places,
                            Calibration& result) const {
    const auto narrowing = sim::narrowing_of(places);
    for (std::size_t d = 0; d < drawn_.size(); ++d) {
      const DrawnAssumption& drawn = drawn_[d];
      const Assumption& of = theatre_.assumptions[drawn.assumption];
      const std::size_t entry = drawn.shown(of);
      const bool one_of_many = drawn.entry.has_value() && !of.labels.empty();
      const auto value = [&](double place) { return drawn.value(of, entry, place); };
      result.assumptions.push_back({of.key,
                                    one_of_many ? of.labels[entry] : std::string(),
                                    of.unit,
                                    of.basis,
                                    !drawn.entry.has_value(),
                                    drawn.logarithmic,
                                    of.values[entry],
                                    {of.low[entry], of.high[entry]},
                                    value(narrowing[d].q05),
                                    value(narrowing[d].q50),
                                    value(narrowing[d].q95),
                                    narrowing[d]});
    }
  }

  static void sha_of(const sim::SmcResult& narrowed, Calibration& result) {
    Sha256 sha;
    for (const auto& place : narrowed.places) sha.add(std::as_bytes(std::span(place)));
    for (const auto& of_draw : narrowed.distances) sha.add(std::as_bytes(std::span(of_draw)));
    result.digest = sha.hex();
  }

  const Theatre& theatre_;
  std::vector<double> reported_;
  const CalibrationOptions& options_;
  std::vector<DrawnAssumption> drawn_;
  Settings settings_;
  mutable std::atomic<std::uint64_t> impossible_{0};
};

}  // namespace

double DrawnAssumption::value(const Assumption& of, std::size_t index, double place) const {
  const double low = of.low[index];
  const double high = of.high[index];
  const bool by_factor = logarithmic && low > 0;
  const double drawn = by_factor ? low * std::pow(high / low, place) : low + (high - low) * place;
  return std::clamp(drawn, low, high);
}

std::size_t DrawnAssumption::shown(const Assumption& of) const {
  if (entry) return *entry;
  for (std::size_t i = 0; i < of.values.size(); ++i) {
    if (of.low[i] < of.high[i]) return i;
  }
  return 0;
}

std::vector<DrawnAssumption> drawn_assumptions(const Theatre& theatre) {
  std::vector<DrawnAssumption> all;
  for (std::size_t a = 0; a < theatre.assumptions.size(); ++a) {
    const Assumption& assumption = theatre.assumptions[a];
    if (assumption.is_point()) continue;
    if (assumption.moves_together) {
      DrawnAssumption together{.assumption = a};
      together.logarithmic = spans_a_decade(assumption, together.shown(assumption));
      all.push_back(together);
      continue;
    }
    for (std::size_t i = 0; i < assumption.values.size(); ++i) {
      if (assumption.low[i] < assumption.high[i])
        all.push_back({a, i, spans_a_decade(assumption, i)});
    }
  }
  return all;
}

std::vector<Override> overrides_of(const Theatre& theatre, std::span<const DrawnAssumption> drawn,
                                   std::span<const double> places) {
  PANJ_EXPECT(drawn.size() == places.size());
  std::vector<Override> overrides;
  for (std::size_t d = 0; d < drawn.size(); ++d) {
    const Assumption& of = theatre.assumptions[drawn[d].assumption];
    if (drawn[d].entry) {
      overrides.push_back(
          {of.key, *drawn[d].entry, drawn[d].value(of, *drawn[d].entry, places[d])});
      continue;
    }
    for (std::size_t i = 0; i < of.values.size(); ++i)
      overrides.push_back({of.key, i, drawn[d].value(of, i, places[d])});
  }
  return overrides;
}

Calibration calibrate(const Theatre& theatre, std::span<const double> reported,
                      const CalibrationOptions& options) {
  return Calibrator(theatre, reported, options).run();
}

}  // namespace panj::spillover
