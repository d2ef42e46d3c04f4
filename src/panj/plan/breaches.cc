// SPDX-License-Identifier: Apache-2.0
#include "panj/plan/breaches.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "panj/core/parallel.h"
#include "panj/core/problem.h"
#include "panj/core/progress.h"
#include "panj/explore/design.h"
#include "panj/explore/future_space.h"
#include "panj/explore/headline.h"
#include "panj/explore/history_match.h"
#include "panj/sim/model.h"
#include "panj/spillover/model.h"
#include "panj/spillover/schedule.h"
#include "panj/spillover/simulate.h"

namespace panj::plan {
namespace {

using spillover::Geometry;
using spillover::Parameters;
using spillover::SpilloverModel;

double mean_of(std::span<const double> row) {
  return std::accumulate(row.begin(), row.end(), 0.0) / static_cast<double>(row.size());
}

/// Runs models through the years and adds up what attempts they see.
class Run {
 public:
  Run(const Ground& ground, const sim::Lanes& lanes) : ground_(ground), lanes_(lanes) {}

  int shared_steps() const { return ground_.first_year_index() * ground_.settings.steps_per_year; }

  SpilloverModel::State history(const SpilloverModel& model) const {
    auto state = model.start(lanes_);
    for (int step = 0; step < shared_steps(); ++step) model.advance(state, lanes_, step);
    return state;
  }

  Outlook follow(const SpilloverModel& model, SpilloverModel::State& state) const {
    Outlook outlook;
    AttemptTable& table = outlook.table;
    table.stretches = model.geometry().size();
    table.attempts.assign(ground_.years.size() * table.stretches * kPlannedTypes.size(), 0.0);
    table.breaches = table.attempts;
    for (int step = shared_steps(); step < model.steps(); ++step) {
      model.advance(state, lanes_, step);
      add(model, state, step, outlook);
    }
    const double steps = model.steps() - shared_steps();
    outlook.circumstances.readiness /= steps;
    outlook.circumstances.intelligence /= steps;
    outlook.circumstances.corruption /= steps;
    return outlook;
  }

 private:
  void add(const SpilloverModel& model, const SpilloverModel::State& state, int step,
           Outlook& outlook) const {
    const auto& settings = model.settings();
    const auto year =
        static_cast<std::size_t>(step / settings.steps_per_year - ground_.first_year_index());
    const auto count = static_cast<double>(lanes_.count);
    for (std::size_t i = 0; i < outlook.table.stretches; ++i) {
      for (std::size_t a = 0; a < kPlannedTypes.size(); ++a) {
        const auto rate = state.now.rate[kPlannedTypes[a]].row(i);
        const auto stop = state.now.stop[kPlannedTypes[a]].row(i);
        const std::size_t cell = outlook.table.cell(year, i, a);
        for (std::size_t lane = 0; lane < lanes_.count; ++lane) {
          const double attempts = rate[lane] * settings.step_years() / count;
          outlook.table.attempts[cell] += attempts;
          outlook.table.breaches[cell] += attempts * (1 - stop[lane]);
        }
      }
    }
    outlook.circumstances.readiness += model.schedule().step(step).readiness;
    outlook.circumstances.intelligence +=
        mean_of(state.now.intelligence.row(0).first(lanes_.count));
    outlook.circumstances.corruption += mean_of(state.corruption.row(0).first(lanes_.count));
  }

  const Ground& ground_;
  sim::Lanes lanes_;
};

/// Whether a future comes through what is known of the past, in the mean over replicates.
class Record {
 public:
  explicit Record(const theatre::Theatre& theatre)
      : theatre_(theatre), band_(explore::history_band(theatre)) {}

  bool holds(const SpilloverModel& model, const SpilloverModel::State& state,
             const sim::Lanes& lanes) const {
    if (!theatre_.containment) return true;
    const explore::HeadlineReader reader(theatre_, model.outcomes(), model.settings().first_year);
    sim::OutcomeBlock block(model.outcomes(), lanes);
    model.write_outcomes(state, lanes, block);
    std::vector<double> values(explore::headlines().size() * lanes.count);
    reader.read(block, 0, lanes.count, values);
    const auto of = [&](std::string_view name) {
      return mean_of(
          std::span(values).subspan(explore::find_headline(name) * lanes.count, lanes.count));
    };
    return band_.incidents.contains(of("record_incidents")) &&
           band_.militants.contains(of("record_militants"));
  }

 private:
  const theatre::Theatre& theatre_;
  explore::HistoryBand band_;
};

/// The tables of all candidates in one future; none when it cannot be or does not count.
std::vector<AttemptTable> run_future(const Ground& ground, std::span<const Candidate> candidates,
                                     const Parameters& p, const sim::Lanes& lanes,
                                     const Record& record) {
  const Geometry geometry = spillover::geometry_of(ground.theatre, p);
  std::vector<SpilloverModel> models;
  for (const Candidate& candidate : candidates) {
    models.emplace_back(p, geometry, candidate.levers(p), ground.settings);
  }
  const Run run(ground, lanes);
  const auto history = run.history(models.front());
  std::vector<AttemptTable> tables;
  for (const SpilloverModel& model : models) {
    auto state = history;
    tables.push_back(run.follow(model, state).table);
    if (tables.size() == 1 && !record.holds(model, state, lanes)) return {};
  }
  return tables;
}

}  // namespace

double harm_of(const AttemptTable& table, const spillover::ByType<double>& harm) {
  double sum = 0;
  for (std::size_t c = 0; c < table.breaches.size(); ++c) {
    sum += harm[kPlannedTypes[c % kPlannedTypes.size()]] * table.breaches[c];
  }
  return sum;
}

FutureOptions fresh(FutureOptions options) {
  constexpr std::uint64_t kOther = 0x9E3779B97F4A7C15ULL;
  options.seed ^= kOther;
  return options;
}

Outlook stated_outlook(const Ground& ground, std::size_t replicates, std::uint64_t seed) {
  const SpilloverModel model(ground.parameters, ground.geometry,
                             spillover::practised_levers(ground.parameters), ground.settings);
  const Run run(ground, {seed, 0, replicates});
  auto state = run.history(model);
  Outlook outlook = run.follow(model, state);
  outlook.circumstances.patrol_effect = ground.parameters.defence.patrol_effect[0];
  return outlook;
}

FutureTables draw_futures(const Ground& ground, std::span<const Candidate> candidates,
                          const FutureOptions& options) {
  const explore::FutureSpace space(ground.theatre);
  const explore::Design design = explore::make_design(
      space.design_dimensions(), {.points = options.futures, .seed = options.seed});
  const Record record(ground.theatre);
  std::vector<std::vector<AttemptTable>> all(options.futures);
  Progress progress("futures", options.futures, "futures");
  parallel_for(options.futures, options.threads, [&](std::size_t f) {
    try {
      const Parameters p = spillover::parameters_of(
          ground.theatre, space.overrides(design.names, design.points.row(f)));
      const sim::Lanes lanes{options.seed, static_cast<std::uint32_t>(f * options.replicates),
                             options.replicates};
      all[f] = run_future(ground, candidates, p, lanes, record);
    } catch (const InvalidInput&) {
      all[f].clear();  // such a future cannot be, as when every attack brings more than one other
    } catch (const sim::ReplicateError&) {
      all[f].clear();
    }
    progress.advance();
  });
  FutureTables result{.tables = std::vector<std::vector<AttemptTable>>(candidates.size()),
                      .drawn = options.futures};
  for (auto& tables : all) {
    for (std::size_t c = 0; c < tables.size(); ++c) {
      result.tables[c].push_back(std::move(tables[c]));
    }
  }
  return result;
}

FutureTables tables_over_futures(const Ground& ground, std::span<const Candidate> candidates,
                                 const FutureOptions& options) {
  FutureTables result = draw_futures(ground, candidates, options);
  if (!result.tables.front().empty()) return result;
  throw InvalidInput(
      Problem{.file = ground.theatre.file.string(),
              .field = "history",
              .what = fmt::format("is not reproduced by any of {} futures", options.futures),
              .why = "a plan needs futures that come through the record",
              .suggestion = "draw more futures, or check the ranges of assumptions"});
}

}  // namespace panj::plan
