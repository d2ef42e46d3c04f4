// SPDX-License-Identifier: Apache-2.0
#include "panj/forecast/skill.h"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>
#include <numeric>

#include "panj/core/contract.h"
#include "panj/core/random.h"
#include "panj/forecast/predictive_sample.h"

namespace panj::forecast {
namespace {

constexpr std::uint16_t kBootstrapKind = 40;
constexpr double kNoNumber = std::numeric_limits<double>::quiet_NaN();

using Loss = double Scores::*;

/// Sums of a loss by window and unit.
std::vector<std::vector<double>> losses_by_unit(const Backtest& backtest, std::size_t model,
                                                Loss loss) {
  std::vector<std::vector<double>> losses;
  for (const WindowScores& window : backtest.windows) {
    std::vector<double>& row = losses.emplace_back();
    for (const ScoreSum& unit : window.tallies[model].by_unit) row.push_back(unit.sum.*loss);
  }
  return losses;
}

std::vector<double> losses_by_window(const Backtest& backtest, std::size_t model, Loss loss) {
  std::vector<double> losses;
  for (const WindowScores& window : backtest.windows) losses.push_back(window.scores[model].*loss);
  return losses;
}

bool is_monthly(const Backtest& backtest) {
  return std::ranges::any_of(backtest.windows,
                             [](const WindowScores& w) { return w.window.months_later != 0; });
}

/// Windows of a block: two years, or twelve months.
std::size_t block_of(const Backtest& backtest) {
  return is_monthly(backtest) ? 12 : 2;
}

/// Fewer windows than two blocks and one more tell nothing of chance: their blocks drawn again are
/// nearly the same few sets.
bool are_enough(std::size_t windows, std::size_t block) {
  return windows >= 2 * block + 1;
}

/// Places in [0, count), in circular blocks of `block` from random starts.
std::vector<std::size_t> block_resample(std::size_t count, std::size_t block,
                                        RandomStream& random) {
  std::vector<std::size_t> places;
  while (places.size() < count) {
    const auto start = static_cast<std::size_t>(random.uniform() * static_cast<double>(count));
    for (std::size_t i = 0; i < block && places.size() < count; ++i) {
      places.push_back((start + i) % count);
    }
  }
  return places;
}

Range middle_90(std::vector<double> values) {
  std::erase_if(values, [](double v) { return !std::isfinite(v); });
  if (values.empty()) return {kNoNumber, kNoNumber};
  std::ranges::sort(values);
  return {quantile_of_sorted(values, 0.05), quantile_of_sorted(values, 0.95)};
}

double percent_gain(double loss, double reference) {
  return 100 * (1 - loss / reference);
}

double mean_gain(const std::vector<double>& loss, const std::vector<double>& reference,
                 const std::vector<std::size_t>& windows) {
  double sum = 0;
  for (const std::size_t w : windows) sum += percent_gain(loss[w], reference[w]);
  return sum / static_cast<double>(windows.size());
}

double pooled_gain(const std::vector<double>& loss, const std::vector<double>& reference,
                   const std::vector<std::size_t>& windows) {
  double of_model = 0;
  double of_reference = 0;
  for (const std::size_t w : windows) {
    of_model += loss[w];
    of_reference += reference[w];
  }
  return percent_gain(of_model, of_reference);
}

std::vector<std::size_t> all_places(std::size_t count) {
  std::vector<std::size_t> places(count);
  std::iota(places.begin(), places.end(), std::size_t{0});
  return places;
}

/// Sums over units, each as often as `times` says.
std::vector<double> weighted_sums(const std::vector<std::vector<double>>& losses,
                                  const std::vector<double>& times) {
  std::vector<double> sums;
  sums.reserve(losses.size());
  for (const auto& row : losses) {
    sums.push_back(std::inner_product(row.begin(), row.end(), times.begin(), 0.0));
  }
  return sums;
}

/// The intervals of a summary, all from the same replicates.
class Bootstrap90 {
 public:
  Bootstrap90(const Backtest& backtest, std::size_t model, std::size_t reference)
      : block_(block_of(backtest)),
        crps_{losses_by_window(backtest, model, &Scores::crps),
              losses_by_window(backtest, reference, &Scores::crps)},
        log1p_{losses_by_window(backtest, model, &Scores::crps_log1p),
               losses_by_window(backtest, reference, &Scores::crps_log1p)},
        of_model_(losses_by_unit(backtest, model, &Scores::crps)),
        of_reference_(losses_by_unit(backtest, reference, &Scores::crps)) {}

  void fill(SkillSummary& summary, const SkillOptions& options) const {
    if (!are_enough(crps_.model.size(), block_)) {
      const Range unknown{kNoNumber, kNoNumber};
      summary.mw90 = summary.mw90_units = summary.pool90 = summary.log1p90 = unknown;
      return;
    }
    std::vector<double> mw;
    std::vector<double> mw_units;
    std::vector<double> pool;
    std::vector<double> log1p;
    for (int r = 0; r < options.replicates; ++r) {
      RandomStream random(options.seed,
                          {.replicate = static_cast<std::uint32_t>(r), .kind = kBootstrapKind});
      const auto windows = block_resample(crps_.model.size(), block_, random);
      mw.push_back(mean_gain(crps_.model, crps_.reference, windows));
      pool.push_back(pooled_gain(crps_.model, crps_.reference, windows));
      log1p.push_back(pooled_gain(log1p_.model, log1p_.reference, windows));
      std::vector<double> times(of_model_.front().size(), 0.0);
      for (const std::size_t unit : block_resample(times.size(), 1, random)) times[unit] += 1;
      mw_units.push_back(
          mean_gain(weighted_sums(of_model_, times), weighted_sums(of_reference_, times), windows));
    }
    summary.mw90 = middle_90(std::move(mw));
    summary.mw90_units = middle_90(std::move(mw_units));
    summary.pool90 = middle_90(std::move(pool));
    summary.log1p90 = middle_90(std::move(log1p));
  }

 private:
  struct Pair {
    std::vector<double> model;
    std::vector<double> reference;
  };
  std::size_t block_;
  Pair crps_;
  Pair log1p_;
  std::vector<std::vector<double>> of_model_;
  std::vector<std::vector<double>> of_reference_;
};

/// A loss of both by window, without some units: mean over the window's other cells.
class WithoutUnits {
 public:
  WithoutUnits(const Backtest& backtest, std::size_t model, std::size_t reference,
               const std::vector<std::size_t>& left_out)
      : backtest_(backtest), model_(model), reference_(reference) {
    times_.assign(backtest.windows.front().tallies[model].by_unit.size(), 1.0);
    for (const std::size_t unit : left_out) times_[unit] = 0;
  }

  double mean_gain_of(Loss loss) const {
    return mean_gain(means(model_, loss), means(reference_, loss),
                     all_places(backtest_.windows.size()));
  }
  double pooled_gain_of(Loss loss) const {
    return pooled_gain(means(model_, loss), means(reference_, loss),
                       all_places(backtest_.windows.size()));
  }

 private:
  std::vector<double> means(std::size_t model, Loss loss) const {
    std::vector<double> means = weighted_sums(losses_by_unit(backtest_, model, loss), times_);
    for (std::size_t w = 0; w < means.size(); ++w) {
      double cells = 0;
      const auto& units = backtest_.windows[w].tallies[model].by_unit;
      for (std::size_t u = 0; u < units.size(); ++u) {
        cells += times_[u] * static_cast<double>(units[u].cells);
      }
      means[w] /= cells;
    }
    return means;
  }

  const Backtest& backtest_;
  std::size_t model_;
  std::size_t reference_;
  std::vector<double> times_;
};

/// Sums of CRPS at one lead by window.
std::vector<double> losses_at_lead(const Backtest& backtest, std::size_t model, std::size_t place) {
  std::vector<double> losses;
  for (const WindowScores& window : backtest.windows) {
    losses.push_back(window.tallies[model].by_lead[place].sum.crps);
  }
  return losses;
}

double quiet_brier_gain(const Backtest& backtest, std::size_t model, std::size_t reference) {
  const auto quiet = static_cast<std::size_t>(CellKind::quiet);
  return percent_gain(backtest.total(model).by_kind[quiet].mean().brier1,
                      backtest.total(reference).by_kind[quiet].mean().brier1);
}

}  // namespace

std::vector<std::size_t> largest_contributors(const Backtest& backtest, std::size_t reference,
                                              std::size_t count) {
  const auto total = backtest.total(reference).by_unit;
  std::vector<std::size_t> units = all_places(total.size());
  std::ranges::stable_sort(units, [&](std::size_t one, std::size_t other) {
    return total[one].sum.crps > total[other].sum.crps;
  });
  units.resize(std::min(count, units.size()));
  return units;
}

DieboldMariano diebold_mariano(const std::vector<double>& loss_of_model,
                               const std::vector<double>& loss_of_reference, std::size_t lags) {
  PANJ_EXPECT(loss_of_model.size() == loss_of_reference.size());
  const std::size_t n = loss_of_model.size();
  if (!are_enough(n, lags + 1)) return {.statistic = kNoNumber, .p_value = kNoNumber};
  std::vector<double> gain(n);
  for (std::size_t i = 0; i < n; ++i) gain[i] = loss_of_reference[i] - loss_of_model[i];
  const auto size = static_cast<double>(n);
  const double mean = std::accumulate(gain.begin(), gain.end(), 0.0) / size;
  const auto covariance = [&](std::size_t lag) {
    double sum = 0;
    for (std::size_t i = lag; i < n; ++i) sum += (gain[i] - mean) * (gain[i - lag] - mean);
    return sum / size;
  };
  lags = std::min(lags, n - 1);
  double variance = covariance(0);
  for (std::size_t lag = 1; lag <= lags; ++lag) {
    const double weight = 1 - static_cast<double>(lag) / static_cast<double>(lags + 1);
    variance += 2 * weight * covariance(lag);
  }
  if (!(variance > 0)) return {};
  const auto h = static_cast<double>(lags + 1);
  const double correction = std::max(0.0, (size + 1 - 2 * h + h * (h - 1) / size) / size);
  const double statistic = mean / std::sqrt(variance / size) * std::sqrt(correction);
  const boost::math::students_t_distribution<double> t(size - 1);
  return {.statistic = statistic, .p_value = 2 * cdf(complement(t, std::abs(statistic)))};
}

std::vector<LeadSkill> skill_by_lead(const Backtest& backtest, std::size_t model,
                                     std::size_t reference, const SkillOptions& options) {
  PANJ_EXPECT(!backtest.windows.empty());
  const std::size_t windows = backtest.windows.size();
  const std::size_t block = block_of(backtest);
  const auto leads = backtest.windows.front().window.leads;
  const auto total = backtest.total(model);
  std::vector<LeadSkill> skills;
  for (std::size_t place = 0; place < leads.size(); ++place) {
    const auto of_model = losses_at_lead(backtest, model, place);
    const auto of_reference = losses_at_lead(backtest, reference, place);
    LeadSkill& at = skills.emplace_back(
        LeadSkill{.lead = leads.first + static_cast<int>(place),
                  .cells = total.by_lead[place].cells,
                  .pool = pooled_gain(of_model, of_reference, all_places(windows)),
                  .pool90 = {kNoNumber, kNoNumber}});
    if (!are_enough(windows, block)) continue;
    std::vector<double> gains;
    for (int r = 0; r < options.replicates; ++r) {
      RandomStream random(options.seed,
                          {.replicate = static_cast<std::uint32_t>(r), .kind = kBootstrapKind});
      gains.push_back(pooled_gain(of_model, of_reference, block_resample(windows, block, random)));
    }
    at.pool90 = middle_90(std::move(gains));
  }
  return skills;
}

SkillSummary summarise_skill(const Backtest& backtest, std::size_t model, std::size_t reference,
                             const SkillOptions& options) {
  PANJ_EXPECT(!backtest.windows.empty());
  const Skill crps = skill(backtest, model, reference, &Scores::crps);
  SkillSummary summary{.mw = 100 * crps.mean_window, .pool = 100 * crps.pooled};
  summary.log1p = 100 * skill(backtest, model, reference, &Scores::crps_log1p).pooled;
  const WithoutUnits without(backtest, model, reference,
                             largest_contributors(backtest, reference, options.contributors));
  summary.mw_without = without.mean_gain_of(&Scores::crps);
  summary.pool_without = without.pooled_gain_of(&Scores::crps);
  summary.log1p_without = without.pooled_gain_of(&Scores::crps_log1p);
  summary.brier1_quiet = quiet_brier_gain(backtest, model, reference);
  const auto of_model = losses_by_window(backtest, model, &Scores::crps);
  const auto of_reference = losses_by_window(backtest, reference, &Scores::crps);
  for (std::size_t w = 0; w < of_model.size(); ++w) {
    summary.wins += of_model[w] < of_reference[w] ? 1U : 0U;
  }
  summary.test = diebold_mariano(of_model, of_reference, is_monthly(backtest) ? 11 : 0);
  Bootstrap90(backtest, model, reference).fill(summary, options);
  return summary;
}

}  // namespace panj::forecast
