// SPDX-License-Identifier: Apache-2.0
#include "panj/explore/exploration.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "panj/core/problem.h"
#include "panj/core/progress.h"
#include "panj/explore/detail/statistics.h"
#include "panj/explore/indicator.h"
#include "panj/explore/pareto.h"
#include "panj/explore/sensitivity.h"
#include "panj/explore/true_spread.h"

namespace panj::explore {
namespace {

constexpr double kHalf = 0.5;
constexpr double kWorstQuarter = 0.75;
constexpr std::size_t kMostDrivers = 12;
/// The outcome whose drivers are sought: an expected rate, hence little disturbed by chance.
constexpr std::string_view kDriven = "breaches_per_year";

std::vector<std::size_t> compared_headlines() {
  std::vector<std::size_t> compared;
  for (const char* name :
       {"contained", "reported_per_year", "breaches_per_year", "fatalities_per_year",
        "tonnes_through_per_year", "cost_musd_per_year"}) {
    compared.push_back(find_headline(name));
  }
  return compared;
}

class Analysis {
 public:
  Analysis(const TheatreStudy& study, const Summary& summary, const AnalysisOptions& options)
      : study_(study), summary_(summary), options_(options) {}

  Exploration run() {
    history_ = match_history(history_band(study_.theatre()), summary_, options_.history);
    leave_out_impossible_futures();
    describe_study();
    choose_thresholds();
    compare_packages();
    mark_affordable();
    mark_efficient();
    find_drivers();
    find_boxes();
    return std::move(result_);
  }

 private:
  /// A future in which no replicate could be run says nothing.
  void leave_out_impossible_futures() {
    std::size_t impossible = 0;
    for (std::size_t f = 0; f < history_.weights.size(); ++f) {
      const auto row = summary_.mean(0).row(f);
      if (std::ranges::none_of(row, [](double x) { return std::isnan(x); })) continue;
      history_.weights[f] = 0;
      ++impossible;
    }
    if (impossible == 0) return;
    result_.notes.push_back(fmt::format(
        "{} futures contradict the model (each attack would bring more than one other) and do not "
        "count",
        impossible));
  }

  void describe_study() {
    result_.futures = study_.experiment().futures;
    result_.replicates = study_.experiment().replicates;
    result_.failed_replicates = summary_.failed();
    result_.passed = history_.passed;
    result_.band = history_.band;
    result_.compared = compared_headlines();
    for (const double weight : history_.weights) result_.counted += weight > 0 ? 1U : 0U;
  }

  void choose_thresholds() {
    thresholds_ = options_.thresholds;
    if (thresholds_.empty()) thresholds_.push_back({find_headline("contained"), false, kHalf});
    for (const Threshold& threshold : thresholds_) {
      result_.thresholds.push_back(to_string(threshold));
      result_.good.push_back(in_words(threshold));
    }
    std::size_t met = 0;
    for (std::size_t p = 0; p < study_.packages().size(); ++p) {
      const auto holds = holds_in(summary_, p, thresholds_);
      for (std::size_t f = 0; f < holds.size(); ++f) {
        met += holds[f] && history_.weights[f] > 0 ? 1U : 0U;
      }
    }
    if (met > 0) return;
    const std::string all = fmt::format("{}", fmt::join(result_.thresholds, ", "));
    if (!options_.thresholds.empty()) {
      throw InvalidInput({.field = "require",
                          .what = fmt::format("no package meets {} in any future", all),
                          .why = "thresholds that nobody meets tell packages apart no more",
                          .suggestion = "loosen them"});
    }
    result_.notes.push_back(
        fmt::format("No package has {} in any future", fmt::join(result_.good, " and ")));
  }

  void compare_packages() {
    for (const theatre::Package& package : study_.packages()) {
      result_.packages.push_back(
          {.id = package.id, .name = package.name, .contained_range = {}, .outcomes = {}});
    }
    for (const std::size_t headline : result_.compared) {
      const auto rows = compare_regret(
          summary_.mean(headline), summary_.error(headline), history_.weights,
          headlines()[headline].direction,
          {.tail = options_.tail, .resamples = options_.resamples, .seed = options_.seed});
      for (std::size_t p = 0; p < rows.size(); ++p) {
        result_.packages[p].outcomes.push_back(rows[p]);
      }
    }
    for (std::size_t p = 0; p < result_.packages.size(); ++p) summarise(p);
  }

  void summarise(std::size_t p) {
    PackageResult& package = result_.packages[p];
    package.contained = package.outcomes.front().mean;
    package.cost_musd_per_year = package.outcomes.back().mean.value;
    package.satisfied = share_of(holds_in(summary_, p, thresholds_), history_.weights);
    package.contained_range = range_over_futures(
        summary_.mean(0).column(p), summary_.error(0).column(p), history_.weights, {0.05, 0.95});
  }

  /// Within the theatre's budget, unless the options say otherwise, at the stated values: the
  /// budget is stated at the same prices, and a brief judges by them. What the first package costs
  /// is spent anyway.
  void mark_affordable() {
    const auto& stated = study_.theatre().measures->budget;
    result_.budget_musd_per_year = options_.budget_musd_per_year.value_or(
        stated ? stated->value() : std::numeric_limits<double>::infinity());
    const auto costs = study_.stated_costs();
    double best = -1;
    for (std::size_t p = 0; p < result_.packages.size(); ++p) {
      PackageResult& package = result_.packages[p];
      package.cost_stated_musd_per_year = costs[p];
      package.is_affordable = p == 0 || costs[p] - costs[0] <= result_.budget_musd_per_year;
      if (!package.is_affordable || package.contained.value <= best) continue;
      best = package.contained.value;
      result_.best = p;
    }
  }

  void mark_efficient() {
    result_.efficient_in = options_.pareto.empty() ? result_.compared : options_.pareto;
    const std::size_t cost = find_headline("cost_musd_per_year");
    if (std::ranges::find(result_.efficient_in, cost) == result_.efficient_in.end()) {
      result_.efficient_in.push_back(cost);
    }
    Matrix objectives(result_.packages.size(), result_.efficient_in.size());
    for (std::size_t k = 0; k < result_.efficient_in.size(); ++k) {
      const std::size_t headline = result_.efficient_in[k];
      const Direction direction = headlines()[headline].direction;
      const auto rows = compare_regret(summary_.mean(headline), summary_.error(headline),
                                       history_.weights, direction, {.resamples = 1});
      const double sign = direction == Direction::lower_is_better ? 1 : -1;
      for (std::size_t p = 0; p < rows.size(); ++p) objectives(p, k) = sign * rows[p].mean.value;
    }
    for (const std::size_t p : pareto_set(objectives)) result_.packages[p].is_efficient = true;
  }

  void find_drivers() {
    const Design& design = study_.design();
    const auto outcome = summary_.mean(find_headline(kDriven)).column(0);
    Matrix inputs(0, design.names.size());
    std::vector<double> output;
    for (std::size_t f = 0; f < outcome.size(); ++f) {
      if (!(history_.weights[f] > 0)) continue;
      inputs.push_row(design.points.row(f));
      output.push_back(outcome[f]);
    }
    result_.outcome_of_drivers = kDriven;
    const std::size_t slices = std::min<std::size_t>(10, output.size() / 20);
    if (slices < 2) {
      result_.notes.emplace_back("Too few futures count to say what drives the outcome");
      return;
    }
    const Pawn moved = pawn(inputs, output, {.slices = slices, .seed = options_.seed});
    std::vector<double> sorted = output;
    std::ranges::sort(sorted);
    std::vector<bool> bad;
    bad.reserve(output.size());
    for (const double value : output) {
      bad.push_back(value > detail::quantile(sorted, kWorstQuarter));
    }
    const auto regional = regional_sensitivity(inputs, bad);
    for (std::size_t d = 0; d < design.names.size(); ++d) {
      const Indicator indicator =
          indicator_of(study_.theatre(), study_.space().find(design.names[d]));
      result_.drivers.push_back({design.names[d], indicator.subject, moved.inputs[d].median,
                                 regional[d].shift,
                                 moved.inputs[d].median > moved.chance_level_of_all});
    }
    result_.chance_level = moved.chance_level_of_all;
    std::ranges::stable_sort(result_.drivers, std::ranges::greater{}, &Driver::pawn);
    result_.drivers.resize(std::min(result_.drivers.size(), kMostDrivers));
  }

  /// Futures in which a package fails its thresholds; or, when it fails nearly always or never, its
  /// worst quarter.
  std::vector<bool> failures(std::size_t package, std::string& failing) const {
    std::vector<bool> fails = holds_in(summary_, package, thresholds_);
    fails.flip();
    const double share = share_of(fails, history_.weights).value;
    if (share > 0.05 && share < 0.95) {
      std::vector<std::string> misses;
      for (const Threshold& threshold : thresholds_) misses.push_back(miss_in_words(threshold));
      failing = fmt::format("{}", fmt::join(misses, " or "));
      return fails;
    }
    const std::size_t headline = find_headline(kDriven);
    std::vector<double> values;
    for (std::size_t f = 0; f < history_.weights.size(); ++f) {
      if (history_.weights[f] > 0) values.push_back(summary_.mean(headline)(f, package));
    }
    std::ranges::sort(values);
    const double bound = detail::quantile(values, kWorstQuarter);
    failing =
        fmt::format("{} above {:.2g}, the worst quarter", headlines()[headline].description, bound);
    for (std::size_t f = 0; f < fails.size(); ++f) {
      fails[f] = summary_.mean(headline)(f, package) > bound;
    }
    return fails;
  }

  void find_boxes() {
    std::vector<std::size_t> packages{result_.best};
    if (result_.best != 0) packages.push_back(0);
    for (const std::size_t package : packages) {
      std::string failing;
      const auto fails = failures(package, failing);
      BoxOptions options{.prim = options_.prim, .most_limits = options_.most_limits};
      if (auto box = find_failure_box(study_, summary_, history_, package, fails, options)) {
        box->failing = failing;
        result_.boxes.push_back(*std::move(box));
      }
      options.inputs = BoxInputs::observable;
      options.most_limits = 3;
      if (package != result_.best) continue;
      if (const auto box = find_failure_box(study_, summary_, history_, package, fails, options)) {
        add_tripwires(*box);
      }
    }
  }

  void add_tripwires(const FailureBox& box) {
    for (const BoxSentence& limit : box.limits) {
      result_.tripwires.push_back({.package = box.package,
                                   .indicator = limit.subject,
                                   .threshold = limit.bound,
                                   .now = limit.stated,
                                   .watch = limit.watch,
                                   .sentence = box.sentence,
                                   .density = box.density,
                                   .base_rate = box.base_rate,
                                   .coverage = box.coverage});
    }
  }

  const TheatreStudy& study_;
  const Summary& summary_;
  const AnalysisOptions& options_;
  HistoryMatch history_;
  std::vector<Threshold> thresholds_;
  Exploration result_;
};

}  // namespace

Exploration analyse(const TheatreStudy& study, const Summary& summary,
                    const AnalysisOptions& options) {
  return Analysis(study, summary, options).run();
}

Exploration explore_theatre(const theatre::Theatre& theatre, const StudyOptions& study,
                            const AnalysisOptions& analysis, unsigned threads) {
  const TheatreStudy prepared(theatre, study);
  const Experiment& experiment = prepared.experiment();
  Summary summary(experiment, headlines().size());
  Progress progress("explore", experiment.futures, "futures");
  for (std::size_t i = 0; i < experiment.chunks(); ++i) {
    summary.add(run_chunk(experiment, i, threads, [&] { progress.advance(); }));
  }
  Exploration exploration = analyse(prepared, summary, analysis);
  const auto history = match_history(history_band(theatre), summary, analysis.history);
  exploration.break_evens =
      find_break_evens(prepared, summary, history.weights, {.threads = threads});
  return exploration;
}

}  // namespace panj::explore
