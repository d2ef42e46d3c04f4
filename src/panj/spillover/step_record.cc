// SPDX-License-Identifier: Apache-2.0
#include "panj/spillover/detail/step_record.h"

#include <algorithm>

#include "panj/sim/elementary.h"
#include "panj/spillover/load.h"

namespace panj::spillover::detail {

/// The rows of one step.
struct StepRecorder::Page {
  const Step& now;
  State& state;

  std::span<double> row(Rows rows, std::size_t cell) const {
    return state.record.row(rows.first + static_cast<std::size_t>(now.index) * rows.cells + cell);
  }
  void copy(Rows rows, std::size_t cell, std::span<const double> from) const {
    std::ranges::copy(from, row(rows, cell).begin());
  }
  void copy_all(Rows rows, const sim::LaneTable& from) const {
    for (std::size_t i = 0; i < from.rows(); ++i) copy(rows, i, from.row(i));
  }
  /// Σ of the rows, each lane times `unit`.
  void sum(Rows rows, std::size_t cell, const sim::LaneTable& from, double unit = 1) const {
    const auto to = row(rows, cell);
    for (std::size_t i = 0; i < from.rows(); ++i) {
      for (std::size_t lane = 0; lane < to.size(); ++lane) to[lane] += from.row(i)[lane];
    }
    for (double& value : to) value *= unit;
  }
  template <class Function>
  void map(Rows rows, std::size_t cell, std::span<const double> from, Function function) const {
    std::ranges::transform(from, row(rows, cell).begin(), function);
  }
};

StepRecorder::StepRecorder(const World& world, const sim::OutcomeTable& table)
    : world_(&world),
      table_(&table),
      attempts_(rows("step_attempts")),
      detected_(rows("step_detected")),
      stopped_(rows("step_stopped")),
      breaches_(rows("step_breaches")),
      expected_attempts_(rows("step_expected_attempts")),
      expected_breaches_(rows("step_expected_breaches")),
      fatalities_(rows("step_fatalities")),
      reported_(rows("step_reported_incidents")),
      entering_(rows("step_tonnes_entering")),
      seized_(rows("step_tonnes_seized")),
      through_(rows("step_tonnes_through")),
      stock_(rows("step_tonnes_stock")),
      cost_(rows("step_cost_musd")),
      hardship_(rows("step_hardship")),
      cohesion_(rows("step_cohesion")),
      divergence_(rows("step_divergence")),
      intelligence_(rows("step_intelligence")),
      readiness_(rows("step_readiness")),
      corruption_(rows("step_corruption")),
      militants_(rows("step_militants")),
      tolerance_(rows("step_tolerance")),
      cover_(rows("step_funds_cover")),
      equipment_(rows("step_equipment")),
      backlog_(rows("step_backlog")) {}

StepRecorder::Rows StepRecorder::rows(const char* outcome) const {
  const std::size_t index = table_->find(outcome);
  return {table_->offset(index),
          table_->cells(index) / static_cast<std::size_t>(world_->s.steps())};
}

void StepRecorder::keep_events(const Page& page) const {
  const Workings& work = page.state.now;
  for (std::size_t i = 0; i < world_->g.size(); ++i) {
    for (std::size_t k = 0; k < kArmedAttempts.size(); ++k) {
      const Type e = kArmedAttempts[k];
      const std::size_t cell = i * kArmedAttempts.size() + k;
      page.copy(attempts_, cell, work.attempts[e].row(i));
      page.copy(detected_, cell, work.detected[e].row(i));
      page.copy(stopped_, cell, work.stopped[e].row(i));
      page.copy(breaches_, cell, work.breaches[e].row(i));
      const auto rate = work.rate[e].row(i);
      const auto stop = work.stop[e].row(i);
      const double dt = world_->dt;
      page.map(expected_attempts_, cell, rate, [dt](double r) { return r * dt; });
      const auto breaching = page.row(expected_breaches_, cell);
      for (std::size_t lane = 0; lane < rate.size(); ++lane) {
        breaching[lane] = rate[lane] * (1.0 - stop[lane]) * dt;
      }
    }
  }
  page.copy_all(fatalities_, work.deaths);
  page.copy_all(reported_, work.reported);
}

void StepRecorder::keep_flows(const Page& page) const {
  const Workings& work = page.state.now;
  page.sum(entering_, 0, work.entering, kLoadTonnes);
  page.sum(seized_, 0, work.seized, kLoadTonnes);
  page.sum(through_, 0, work.through, kLoadTonnes);
  page.sum(stock_, 0, page.state.stock, kLoadTonnes);
  page.copy(cost_, 0, work.cost.row(0));
}

void StepRecorder::keep_levels(const Page& page) const {
  const State& s = page.state;
  page.map(hardship_, 0, s.hardship.row(0), [](double y) { return sim::exp(y); });
  page.map(cohesion_, 0, s.cohesion.row(0), [](double c) { return sim::logistic(c); });
  std::ranges::fill(page.row(divergence_, 0), page.now.in.standing.divergence);
  page.copy(intelligence_, 0, s.now.intelligence.row(0));
  std::ranges::fill(page.row(readiness_, 0), page.now.in.readiness);
  page.copy(corruption_, 0, s.corruption.row(0));
  page.copy_all(militants_, s.militants);
  page.copy_all(tolerance_, s.now.tolerance);
  page.copy_all(cover_, s.now.cover);
  for (std::size_t j = 0; j < kKinds; ++j) {
    page.sum(equipment_, j, s.equipment[j]);
    page.sum(backlog_, j, s.backlog[j]);
  }
}

void StepRecorder::keep(const Step& now, State& state) const {
  const Page page{now, state};
  keep_events(page);
  keep_flows(page);
  keep_levels(page);
}

}  // namespace panj::spillover::detail
