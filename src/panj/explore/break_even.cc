// SPDX-License-Identifier: Apache-2.0
#include "panj/explore/break_even.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "panj/core/contract.h"
#include "panj/core/parallel.h"
#include "panj/core/random.h"
#include "panj/explore/indicator.h"
#include "panj/explore/sensitivity.h"

namespace panj::explore {
namespace {

/// A difference counts as one when it exceeds so many standard errors.
constexpr double kClear = 2.0;
constexpr std::size_t kReplicatesTogether = 50;

class BreakEvenFinder {
 public:
  BreakEvenFinder(const TheatreStudy& study, const BreakEvenQuestion& question,
                  const BreakEvenOptions& options)
      : study_(study),
        question_(question),
        options_(options),
        along_(study.space().find(question.assumption)) {}

  BreakEven find() {
    BreakEven result{.question = question_, .value = {}, .sentence = {}};
    std::vector<double> places(options_.grid);
    std::vector<Estimate> differences(options_.grid);
    for (std::size_t i = 0; i < places.size(); ++i) {
      places[i] = static_cast<double>(i) / static_cast<double>(places.size() - 1);
      differences[i] = difference_at(places[i]);
    }
    result.at_low = differences.front();
    result.at_high = differences.back();
    for (std::size_t i = 0; i + 1 < places.size(); ++i) {
      if (!changes_sign(differences, i)) continue;
      narrow(places[i], differences[i], places[i + 1], differences[i + 1], result);
      break;
    }
    result.sentence = sentence(result);
    return result;
  }

 private:
  /// The sign changes between i and i + 1, and is clear somewhere on each side.
  static bool changes_sign(const std::vector<Estimate>& differences, std::size_t i) {
    const double before = differences[i].value;
    const double after = differences[i + 1].value;
    if (before * after > 0 || before == after) return false;
    const auto clear = [](double side, const Estimate& d) {
      return d.value * side > 0 && std::abs(d.value) > kClear * d.error;
    };
    const double side = before != 0 ? before : -after;
    bool clear_before = false;
    bool clear_after = false;
    for (std::size_t k = 0; k < differences.size(); ++k) {
      if (k <= i)
        clear_before = clear_before || clear(side, differences[k]);
      else
        clear_after = clear_after || clear(-side, differences[k]);
    }
    return clear_before && clear_after;
  }

  void narrow(double low, Estimate at_low, double high, Estimate at_high, BreakEven& result) {
    for (unsigned i = 0; i < options_.halvings; ++i) {
      const double middle = (low + high) / 2;
      const Estimate at_middle = difference_at(middle);
      if (at_middle.value * at_low.value > 0) {
        low = middle;
        at_low = at_middle;
      } else {
        high = middle;
        at_high = at_middle;
      }
    }
    const double rise = at_high.value - at_low.value;
    const double place = rise != 0 ? low - at_low.value * (high - low) / rise : (low + high) / 2;
    // The slope over a wider stretch: between neighbouring places chance would weigh too much.
    constexpr double kReach = 0.1;
    const double from = std::max(0.0, place - kReach);
    const double to = std::min(1.0, place + kReach);
    const double slope = (difference_at(to).value - difference_at(from).value) / (to - from);
    const double width = normal_quantile((1 + options_.level) / 2) *
                         std::max(at_low.error, at_high.error) / std::abs(slope);
    result.value = along_.dimension.at(place);
    result.interval = {along_.dimension.at(std::max(0.0, place - width)),
                       along_.dimension.at(std::min(1.0, place + width))};
  }

  Estimate difference_at(double place) const {
    const std::vector<std::string> names{question_.assumption};
    const std::vector<double> point{along_.dimension.at(place)};
    const auto overrides = study_.space().overrides(names, point);
    const std::vector<theatre::Package> packages{study_.packages()[question_.reference],
                                                 study_.packages()[question_.package]};
    std::vector<double> differences(options_.replicates);
    const std::size_t batches =
        (options_.replicates + kReplicatesTogether - 1) / kReplicatesTogether;
    parallel_for(batches, options_.threads, [&](std::size_t batch) {
      const std::size_t first = batch * kReplicatesTogether;
      const std::size_t count = std::min(kReplicatesTogether, options_.replicates - first);
      const auto values =
          study_.headlines_of(overrides, packages, static_cast<std::uint32_t>(first), count);
      const std::size_t width = headlines().size() * count;
      for (std::size_t r = 0; r < count; ++r) {
        const std::size_t at = question_.headline * count + r;
        differences[first + r] = values[width + at] - values[at];
      }
    });
    return estimate_of(differences);
  }

  static Estimate estimate_of(const std::vector<double>& values) {
    double sum = 0;
    double squares = 0;
    double count = 0;
    for (const double value : values) {
      if (std::isnan(value)) continue;
      sum += value;
      squares += value * value;
      ++count;
    }
    if (count < 2) return {};
    const double mean = sum / count;
    return {mean, std::sqrt(std::max(0.0, squares / count - mean * mean) / (count - 1))};
  }

  std::string sentence(const BreakEven& result) const {
    const std::string& package = study_.packages()[question_.package].name;
    const Indicator indicator = indicator_of(study_.theatre(), along_);
    const bool lower_is_better =
        headlines()[question_.headline].direction == Direction::lower_is_better;
    const bool helps_at_low = (result.at_low.value < 0) == lower_is_better;
    if (result.value) {
      return fmt::format("{} {} once {} exceeds {} ({:.0f}% interval {} to {})", package,
                         helps_at_low ? "stops helping" : "begins to help", indicator.subject,
                         indicator.amount(*result.value), 100 * options_.level,
                         indicator.amount(result.interval.low),
                         indicator.amount(result.interval.high));
    }
    const bool clear = std::abs(result.at_low.value) > kClear * result.at_low.error &&
                       std::abs(result.at_high.value) > kClear * result.at_high.error;
    return fmt::format("{} {} whatever {} is", package,
                       !clear         ? "makes no clear difference"
                       : helps_at_low ? "helps"
                                      : "does not help",
                       indicator.subject);
  }

  const TheatreStudy& study_;
  BreakEvenQuestion question_;
  const BreakEvenOptions& options_;
  const FutureDimension& along_;
};

/// The assumption that tells best where a package harms, with the distance.
struct Decider {
  std::size_t dimension = 0;
  double distance = 0.0;
};

Decider decider_of(const Matrix& inputs, const std::vector<bool>& harms) {
  Decider best;
  const auto regional = regional_sensitivity(inputs, harms);
  for (std::size_t d = 0; d < regional.size(); ++d) {
    if (regional[d].distance > best.distance) best = {d, regional[d].distance};
  }
  return best;
}

}  // namespace

BreakEven find_break_even(const TheatreStudy& study, const BreakEvenQuestion& question,
                          const BreakEvenOptions& options) {
  PANJ_EXPECT(options.grid >= 3 && options.replicates >= 2);
  return BreakEvenFinder(study, question, options).find();
}

std::vector<BreakEvenQuestion> break_even_questions(const TheatreStudy& study,
                                                    const Summary& summary,
                                                    const std::vector<double>& weights,
                                                    std::size_t most) {
  const std::size_t headline = find_headline("breaches_per_year");
  const Matrix& outcome = summary.mean(headline);
  std::vector<std::pair<double, BreakEvenQuestion>> found;
  for (std::size_t p = 1; p < study.packages().size(); ++p) {
    Matrix inputs(0, study.design().names.size());
    std::vector<bool> harms;
    for (std::size_t f = 0; f < outcome.rows(); ++f) {
      if (!(weights[f] > 0)) continue;
      inputs.push_row(study.design().points.row(f));
      harms.push_back(outcome(f, p) > outcome(f, 0));
    }
    const auto count = static_cast<double>(std::ranges::count(harms, true));
    const double share = harms.empty() ? 0.0 : count / static_cast<double>(harms.size());
    if (share < 0.05 || share > 0.95) continue;
    const Decider decider = decider_of(inputs, harms);
    found.push_back({decider.distance, {p, 0, headline, study.design().names[decider.dimension]}});
  }
  std::ranges::stable_sort(found, std::ranges::greater{}, [](const auto& f) { return f.first; });
  std::vector<BreakEvenQuestion> questions;
  for (std::size_t i = 0; i < std::min(most, found.size()); ++i) {
    questions.push_back(found[i].second);
  }
  return questions;
}

std::vector<BreakEven> find_break_evens(const TheatreStudy& study, const Summary& summary,
                                        const std::vector<double>& weights,
                                        const BreakEvenOptions& options) {
  std::vector<BreakEven> found;
  for (const BreakEvenQuestion& question : break_even_questions(study, summary, weights)) {
    found.push_back(find_break_even(study, question, options));
  }
  return found;
}

}  // namespace panj::explore
