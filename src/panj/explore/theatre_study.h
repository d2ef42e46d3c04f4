// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "panj/explore/design.h"
#include "panj/explore/experiment.h"
#include "panj/explore/future_space.h"
#include "panj/explore/headline.h"
#include "panj/spillover/model.h"
#include "panj/theatre/theatre.h"

namespace panj::explore {

struct StudyOptions {
  std::size_t futures = 1000;
  std::size_t replicates = 50;          ///< of each future under each package
  std::vector<std::string> packages{};  ///< ids; empty: all of the theatre, in its order
  Sampling sampling = Sampling::latin_hypercube;
  std::vector<std::string> constraints{};   ///< "a <= b" over assumptions, see constraint.h
  std::vector<std::string> correlations{};  ///< "a ~ b = 0.5" of ranks, see correlation.h
  std::uint64_t seed = 1;
  int last_year = 0;  ///< 0: the last year of containment
  /// Outcomes of the spillover model to keep in full beside the headlines, by name; with the
  /// dimension time in place of year, and "_by_time" after the name where a headline has it too.
  std::vector<std::string> outcomes{};
  std::size_t futures_per_chunk = 8;
};

/// A programme that waits for what is seen: its first tranche falls due on the first 1 January,
/// once measures have started and not before the programme's own first year, after a year with more
/// publicly reported armed incidents than `incidents`. Each replicate goes by its own record.
struct ReleaseRule {
  double incidents = 0.0;
};

/// Headlines of replicates under a rule.
struct RuledRun {
  std::vector<double> values;  ///< by headline and replicate
  std::vector<int> released;   ///< year of the first tranche, by replicate; 0: never
};

/// The experiment on a theatre: futures drawn from its assumptions × its packages × replicates of
/// the spillover model. A replicate has the same luck in every package; futures have luck of their
/// own.
///
///     const TheatreStudy study(theatre, {.futures = 200, .replicates = 20});
///     run_chunk(study.experiment(), 0, 2);
class TheatreStudy {
 public:
  /// With a design of its own, or drawn. Throws InvalidInput for parts that the theatre lacks,
  /// unknown packages, outcomes and assumptions (nearest names), empty ranges, and more than 2³²
  /// replicates of all futures together.
  TheatreStudy(theatre::Theatre theatre, StudyOptions options,
               std::optional<Design> design = std::nullopt);
  TheatreStudy(const TheatreStudy&) = delete;
  TheatreStudy& operator=(const TheatreStudy&) = delete;

  const theatre::Theatre& theatre() const { return theatre_; }
  const StudyOptions& options() const { return options_; }
  const FutureSpace& space() const { return *space_; }
  const Design& design() const { return design_; }
  const Experiment& experiment() const { return experiment_; }
  const std::vector<theatre::Package>& packages() const { return packages_; }

  /// Headlines of some replicates of packages with some assumptions set, by package, headline and
  /// replicate: for searches and break-evens. Replicate numbers name the luck.
  std::vector<double> headlines_of(const std::vector<spillover::Override>& overrides,
                                   std::span<const theatre::Package> packages,
                                   std::uint32_t first_replicate, std::size_t replicates) const;
  /// Cost a year of each package since measures start, in M$, in the theatre's own future: all
  /// assumptions as stated, mean over 64 replicates. NaN where none could be run.
  std::vector<double> stated_costs() const;
  /// `headlines_of` for one package whose programme waits for a rule, whatever its delay. A run
  /// that waits goes on without the programme, and from its release as if the delay had been
  /// planned. At most a few times the cost of one package.
  RuledRun headlines_under(const std::vector<spillover::Override>& overrides,
                           const theatre::Package& package, const ReleaseRule& rule,
                           std::uint32_t first_replicate, std::size_t replicates) const;

 private:
  void choose_packages();
  void choose_outcomes();
  void run(const std::vector<spillover::Override>& overrides,
           std::span<const theatre::Package> packages, std::uint32_t first_replicate,
           std::size_t replicates, std::span<double> values) const;
  void run_batch(std::span<const spillover::SpilloverModel> models, const sim::Lanes& lanes,
                 std::size_t first, std::size_t replicates, std::span<double> values) const;
  /// Calls `run_lanes(lanes, first)` for all replicates, one by one where some fail together.
  template <class RunLanes>
  void in_batches(std::uint32_t first_replicate, std::size_t replicates, RunLanes run_lanes) const;
  int first_release(const theatre::Package& package) const;
  void run_ruled(std::span<const spillover::SpilloverModel> models, int first_release,
                 const ReleaseRule& rule, const sim::Lanes& lanes, std::size_t first,
                 RuledRun& run) const;
  void take_released(const spillover::SpilloverModel& model, const spillover::State& state,
                     const sim::Lanes& lanes, std::size_t first, int year, RuledRun& run) const;
  void keep(const sim::OutcomeBlock& block, std::size_t first, std::size_t replicates,
            std::span<double> values) const;
  std::vector<spillover::SpilloverModel> models_of(
      const std::vector<spillover::Override>& overrides,
      std::span<const theatre::Package> packages) const;
  spillover::Settings settings() const;

  theatre::Theatre theatre_;
  StudyOptions options_;
  std::unique_ptr<FutureSpace> space_;
  Design design_;
  std::vector<theatre::Package> packages_;
  std::vector<std::size_t> kept_;  ///< model outcomes kept in full
  std::unique_ptr<HeadlineReader> reader_;
  int shared_steps_ = 0;  ///< before measures start all packages have one history
  Experiment experiment_;
};

}  // namespace panj::explore
