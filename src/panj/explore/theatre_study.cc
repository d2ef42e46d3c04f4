// SPDX-License-Identifier: Apache-2.0
#include "panj/explore/theatre_study.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>

#include "panj/core/contract.h"
#include "panj/core/date.h"
#include "panj/core/file.h"
#include "panj/core/manifest.h"
#include "panj/core/number.h"
#include "panj/core/problem.h"
#include "panj/sim/model.h"
#include "panj/spillover/simulate.h"

namespace panj::explore {
namespace {

constexpr std::size_t kBatch = 64;  ///< replicates that go through a step together

void require(const theatre::Theatre& theatre) {
  Problems problems;
  const auto need = [&](bool there, const char* part, const char* why) {
    if (there) return;
    problems.add({.file = theatre.file.string(), .field = part, .what = "is missing", .why = why});
  };
  need(theatre.containment.has_value(), "containment", "it says when a future counts as contained");
  need(theatre.measures.has_value(), "measures", "it says from when packages bite");
  need(!theatre.packages.empty(), "package", "packages are what is compared");
  problems.throw_if_any();
}

/// Each replicate of each future has luck of its own, by a number of 32 bits.
void require_luck_for(std::size_t futures, std::size_t replicates) {
  constexpr std::uint64_t kLucks = std::uint64_t{1} << 32;
  if (replicates == 0 || futures <= kLucks / replicates) return;
  throw InvalidInput(
      {.field = "replicates",
       .what = fmt::format("of {} for each of {} futures are too many", replicates, futures),
       .why = fmt::format("there is luck for {} runs under each package", kLucks),
       .suggestion = "take fewer"});
}

/// Everything that the runs depend on: another program or another border gives other results.
std::string identity_of(const theatre::Theatre& theatre, const StudyOptions& options,
                        const Design& design, int last_year) {
  std::string text = "panj " + version() + "\n" + sha256_of_file(theatre.file) + "\n";
  for (const auto& line : theatre.border.line_files) text += sha256_of_file(line) + "\n";
  text +=
      fmt::format("seed {}, to {}\n{}\n", options.seed, last_year, fmt::join(design.names, ","));
  for (std::size_t r = 0; r < design.points.rows(); ++r) {
    text += fmt::format("{}\n", fmt::join(design.points.row(r), ","));
  }
  return text;
}

/// An outcome of the model as an experiment keeps it: years are times, as numbers, and what has the
/// name of a headline is told apart by its dimension.
StoredOutcome stored_outcome(const sim::OutcomeTable& table, const sim::Outcome& outcome) {
  StoredOutcome stored{outcome.name, outcome.unit, outcome.description};
  for (const std::string& name : outcome.dimensions) {
    stored.dimensions.push_back(table.dimension(name));
    if (name != "year") continue;
    sim::Dimension& time = stored.dimensions.back();
    time.name = "time";
    time.unit = "1";
    for (const std::string& year : time.labels) {
      time.coordinates.push_back(parse_number<double>(year).value_or(kUnknown));
    }
    time.labels.clear();
  }
  const bool is_headline =
      std::ranges::find(headlines(), outcome.name, &Headline::name) != headlines().end();
  if (is_headline) stored.name += "_by_time";
  return stored;
}

}  // namespace

TheatreStudy::TheatreStudy(theatre::Theatre theatre, StudyOptions options,
                           std::optional<Design> design)
    : theatre_(std::move(theatre)), options_(std::move(options)) {
  require(theatre_);
  if (options_.last_year == 0) options_.last_year = theatre_.containment->years.last;
  space_ = std::make_unique<FutureSpace>(theatre_);
  choose_packages();
  if (design) {
    design_ = *std::move(design);
    options_.futures = design_.points.rows();
    require_luck_for(options_.futures, options_.replicates);
  } else {
    require_luck_for(options_.futures, options_.replicates);
    const auto dimensions = space_->design_dimensions();
    DesignOptions drawn{
        .sampling = options_.sampling, .points = options_.futures, .seed = options_.seed};
    for (const std::string& text : options_.constraints) {
      drawn.constraints.push_back(parse_constraint(text, names_of(dimensions)));
    }
    for (const std::string& text : options_.correlations) {
      drawn.correlations.push_back(parse_correlation(text, names_of(dimensions)));
    }
    design_ = make_design(dimensions, drawn);
  }
  choose_outcomes();
  experiment_.futures = options_.futures;
  experiment_.replicates = options_.replicates;
  experiment_.futures_per_chunk = options_.futures_per_chunk;
  experiment_.identity = identity_of(theatre_, options_, design_, options_.last_year);
  experiment_.run = [this](std::size_t future, std::span<double> values) {
    run(space_->overrides(design_.names, design_.points.row(future)), packages_,
        static_cast<std::uint32_t>(future * options_.replicates), options_.replicates, values);
  };
}

void TheatreStudy::choose_packages() {
  std::vector<std::string> ids;
  for (const auto& package : theatre_.packages) ids.push_back(package.id);
  const auto& wanted = options_.packages.empty() ? ids : options_.packages;
  Problems problems;
  for (const std::string& id : wanted) {
    const auto found = std::ranges::find(theatre_.packages, id, &theatre::Package::id);
    if (found == theatre_.packages.end()) {
      problems.add({.field = "packages",
                    .what = fmt::format("'{}' is not a package of the theatre", id),
                    .suggestion = suggest_name(id, ids)});
    } else if (std::ranges::find(experiment_.packages, id) != experiment_.packages.end()) {
      problems.add({.field = "packages", .what = fmt::format("'{}' is given twice", id)});
    } else {
      packages_.push_back(*found);
      experiment_.packages.push_back(id);
    }
  }
  problems.throw_if_any();
}

/// Headlines first, then the model's outcomes that were asked for, with their dimensions.
void TheatreStudy::choose_outcomes() {
  for (const Headline& headline : headlines()) {
    experiment_.outcomes.push_back({headline.name, headline.unit, headline.description});
  }
  const auto models = models_of({}, std::span(packages_).first(1));
  const sim::OutcomeTable& table = models.front().outcomes();
  reader_ = std::make_unique<HeadlineReader>(theatre_, table, settings().first_year);
  const int start = Month::of(theatre_.measures->start).year();
  shared_steps_ =
      std::clamp(start - settings().first_year, 0, settings().years()) * settings().steps_per_year;
  std::vector<std::string> names;
  for (const sim::Outcome& outcome : table.outcomes()) names.push_back(outcome.name);
  for (const std::string& name : options_.outcomes) {
    const auto found = std::ranges::find(names, name);
    if (found == names.end()) {
      throw InvalidInput({.field = "outcomes",
                          .what = fmt::format("'{}' is not an outcome of the model", name),
                          .suggestion = suggest_name(name, names)});
    }
    kept_.push_back(static_cast<std::size_t>(found - names.begin()));
    StoredOutcome stored = stored_outcome(table, table.outcomes()[kept_.back()]);
    if (std::ranges::find(experiment_.outcomes, stored.name, &StoredOutcome::name) !=
        experiment_.outcomes.end()) {
      throw InvalidInput(
          {.field = "outcomes", .what = fmt::format("'{}' is given twice", stored.name)});
    }
    experiment_.outcomes.push_back(std::move(stored));
  }
}

spillover::Settings TheatreStudy::settings() const {
  return {.first_year = theatre_.containment->reference.first,
          .last_year = options_.last_year,
          .invariants = spillover::Invariants::unchecked};
}

std::vector<spillover::SpilloverModel> TheatreStudy::models_of(
    const std::vector<spillover::Override>& overrides,
    std::span<const theatre::Package> packages) const {
  const spillover::Parameters parameters = spillover::parameters_of(theatre_, overrides);
  const auto geometry = spillover::geometry_of(theatre_, parameters);
  std::vector<spillover::SpilloverModel> models;
  for (const theatre::Package& package : packages) {
    models.emplace_back(parameters, geometry, spillover::levers_of(parameters, package),
                        settings());
  }
  return models;
}

void TheatreStudy::keep(const sim::OutcomeBlock& block, std::size_t first, std::size_t replicates,
                        std::span<double> values) const {
  reader_->read(block, first, replicates, values);
  std::size_t cell = headlines().size();
  for (const std::size_t outcome : kept_) {
    for (std::size_t c = 0; c < block.table().cells(outcome); ++c, ++cell) {
      const auto row = block.row(outcome, c).first(block.lanes().count);
      std::ranges::copy(row,
                        values.begin() + static_cast<std::ptrdiff_t>(cell * replicates + first));
    }
  }
}

void TheatreStudy::run_batch(std::span<const spillover::SpilloverModel> models,
                             const sim::Lanes& lanes, std::size_t first, std::size_t replicates,
                             std::span<double> values) const {
  auto history = models.front().start(lanes);
  for (int step = 0; step < shared_steps_; ++step) models.front().advance(history, lanes, step);
  const std::size_t width = experiment_.cells() * replicates;
  for (std::size_t p = 0; p < models.size(); ++p) {
    auto state = history;
    for (int step = shared_steps_; step < models[p].steps(); ++step) {
      models[p].advance(state, lanes, step);
    }
    sim::OutcomeBlock block(models[p].outcomes(), lanes);
    models[p].write_outcomes(state, lanes, block);
    keep(block, first, replicates, values.subspan(p * width, width));
  }
}

template <class RunLanes>
void TheatreStudy::in_batches(std::uint32_t first_replicate, std::size_t replicates,
                              RunLanes run_lanes) const {
  for (std::size_t first = 0; first < replicates; first += kBatch) {
    const std::size_t count = std::min(kBatch, replicates - first);
    const sim::Lanes lanes{options_.seed, first_replicate + static_cast<std::uint32_t>(first),
                           count};
    try {
      run_lanes(lanes, first);
    } catch (const sim::ReplicateError&) {
      for (std::size_t lane = 0; lane < count; ++lane) {
        try {
          run_lanes(sim::Lanes{options_.seed, lanes.replicate(lane), 1}, first + lane);
        } catch (const sim::ReplicateError&) {
          continue;
        }
      }
    }
  }
}

void TheatreStudy::run(const std::vector<spillover::Override>& overrides,
                       std::span<const theatre::Package> packages, std::uint32_t first_replicate,
                       std::size_t replicates, std::span<double> values) const {
  std::ranges::fill(values, std::numeric_limits<double>::quiet_NaN());
  std::vector<spillover::SpilloverModel> models;
  try {
    models = models_of(overrides, packages);
  } catch (const InvalidInput&) {
    return;  // such a future cannot be, as when every attack brings more than one other
  }
  in_batches(first_replicate, replicates, [&](const sim::Lanes& lanes, std::size_t first) {
    run_batch(models, lanes, first, replicates, values);
  });
}

std::vector<double> TheatreStudy::headlines_of(const std::vector<spillover::Override>& overrides,
                                               std::span<const theatre::Package> packages,
                                               std::uint32_t first_replicate,
                                               std::size_t replicates) const {
  const std::size_t width = experiment_.cells() * replicates;
  std::vector<double> values(packages.size() * width);
  run(overrides, packages, first_replicate, replicates, values);
  std::vector<double> headline_values;
  const std::size_t kept = headlines().size() * replicates;
  for (std::size_t p = 0; p < packages.size(); ++p) {
    const auto from = values.begin() + static_cast<std::ptrdiff_t>(p * width);
    headline_values.insert(headline_values.end(), from, from + static_cast<std::ptrdiff_t>(kept));
  }
  return headline_values;
}

std::vector<double> TheatreStudy::stated_costs() const {
  const auto values = headlines_of({}, packages_, 0, kBatch);
  const std::size_t width = headlines().size() * kBatch;
  const std::size_t cost = find_headline("cost_musd_per_year") * kBatch;
  std::vector<double> means;
  for (std::size_t p = 0; p < packages_.size(); ++p) {
    double sum = 0;
    double count = 0;
    for (const double value : std::span(values).subspan(p * width + cost, kBatch)) {
      if (std::isnan(value)) continue;
      sum += value;
      ++count;
    }
    means.push_back(count > 0 ? sum / count : std::numeric_limits<double>::quiet_NaN());
  }
  return means;
}

/// The first 1 January on which a release can fall due.
int TheatreStudy::first_release(const theatre::Package& package) const {
  const auto& programmes = theatre_.measures->programmes;
  const auto programme = std::ranges::find(programmes, package.programme, &theatre::Programme::id);
  PANJ_EXPECT(programme != programmes.end());
  const Month start = Month::of(theatre_.measures->start);
  const int january = start == Month(start.year(), 1) ? start.year() : start.year() + 1;
  return std::max({january, programme->first_year, settings().first_year + 1});
}

void TheatreStudy::take_released(const spillover::SpilloverModel& model,
                                 const spillover::State& state, const sim::Lanes& lanes,
                                 std::size_t first, int year, RuledRun& run) const {
  sim::OutcomeBlock block(model.outcomes(), lanes);
  model.write_outcomes(state, lanes, block);
  std::vector<double> values(headlines().size() * lanes.count);
  reader_->read(block, 0, lanes.count, values);
  for (std::size_t lane = 0; lane < lanes.count; ++lane) {
    if (run.released[first + lane] != year) continue;
    for (std::size_t h = 0; h < headlines().size(); ++h) {
      run.values[h * run.released.size() + first + lane] = values[h * lanes.count + lane];
    }
  }
}

/// The first model waits; each other is that of a release a year later than the one before.
void TheatreStudy::run_ruled(std::span<const spillover::SpilloverModel> models, int first_release,
                             const ReleaseRule& rule, const sim::Lanes& lanes, std::size_t first,
                             RuledRun& run) const {
  const auto released = std::span(run.released).subspan(first, lanes.count);
  std::ranges::fill(released, 0);
  const spillover::SpilloverModel& waiting = models.front();
  const spillover::Settings covered = settings();
  const std::size_t reported = waiting.outcomes().find("reported_incidents");
  auto state = waiting.start(lanes);
  int step = 0;
  for (std::size_t m = 1; m < models.size(); ++m) {
    const int year = first_release + static_cast<int>(m) - 1;
    const int january = (year - covered.first_year) * covered.steps_per_year;
    for (; step < january; ++step) waiting.advance(state, lanes, step);
    sim::OutcomeBlock seen(waiting.outcomes(), lanes);
    waiting.write_outcomes(state, lanes, seen);
    const auto incidents =
        seen.row(reported, static_cast<std::size_t>(year - 1 - covered.first_year));
    bool any = false;
    for (std::size_t lane = 0; lane < lanes.count; ++lane) {
      if (released[lane] != 0 || !(incidents[lane] > rule.incidents)) continue;
      released[lane] = year;
      any = true;
    }
    if (!any) continue;
    auto released_state = state;
    for (int t = january; t < models[m].steps(); ++t) models[m].advance(released_state, lanes, t);
    take_released(models[m], released_state, lanes, first, year, run);
  }
  for (; step < waiting.steps(); ++step) waiting.advance(state, lanes, step);
  take_released(waiting, state, lanes, first, 0, run);
}

RuledRun TheatreStudy::headlines_under(const std::vector<spillover::Override>& overrides,
                                       const theatre::Package& package, const ReleaseRule& rule,
                                       std::uint32_t first_replicate,
                                       std::size_t replicates) const {
  RuledRun run{std::vector<double>(headlines().size() * replicates,
                                   std::numeric_limits<double>::quiet_NaN()),
               std::vector<int>(replicates, 0)};
  const int first_year = first_release(package);
  const auto& programmes = theatre_.measures->programmes;
  const int planned =
      std::ranges::find(programmes, package.programme, &theatre::Programme::id)->first_year;
  std::vector<theatre::Package> variants{package};
  variants.front().programme.clear();
  for (int year = first_year; year <= settings().last_year; ++year) {
    variants.push_back(package);
    variants.back().programme_delay_years = year - planned;
  }
  std::vector<spillover::SpilloverModel> models;
  try {
    models = models_of(overrides, variants);
  } catch (const InvalidInput&) {
    return run;  // as in `run`
  }
  in_batches(first_replicate, replicates, [&](const sim::Lanes& lanes, std::size_t first) {
    run_ruled(models, first_year, rule, lanes, first, run);
  });
  return run;
}

}  // namespace panj::explore
