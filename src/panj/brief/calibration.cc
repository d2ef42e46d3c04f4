// SPDX-License-Identifier: Apache-2.0
#include "panj/brief/calibration.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "panj/forecast/skill.h"

namespace panj::brief {
namespace {

constexpr std::size_t kPitBins = 10;
constexpr double kManyDeaths = 25;

Reliability reliability_of(const forecast::Reliability& tally) {
  Reliability reliability{.threshold = tally.threshold};
  for (const auto& bin : tally.bins) {
    if (bin.cells == 0) continue;
    const auto cells = static_cast<double>(bin.cells);
    reliability.bins.push_back(
        {bin.forecast / cells, static_cast<double>(bin.events) / cells, bin.cells});
  }
  return reliability;
}

/// The histogram in fewer bins, relative to a flat one.
std::vector<double> pit_of(const forecast::PitHistogram& histogram) {
  const double total = std::accumulate(histogram.mass.begin(), histogram.mass.end(), 0.0);
  std::vector<double> bins(kPitBins, 0.0);
  if (total <= 0) return {};
  for (std::size_t i = 0; i < histogram.mass.size(); ++i) {
    bins[i * kPitBins / histogram.mass.size()] += histogram.mass[i] / total * kPitBins;
  }
  return bins;
}

}  // namespace

std::optional<Calibration> calibration_of(const forecast::Backtest& backtest,
                                          const std::string& issued_model, std::uint64_t seed) {
  const std::string reference(forecast::kReferenceModel);
  const auto model = backtest.find(issued_model);
  const auto rival = backtest.find(reference);
  if (!model || !rival) return std::nullopt;
  const auto skill = forecast::summarise_skill(backtest, *model, *rival, {.seed = seed});
  if (!std::isfinite(skill.mw) || !std::isfinite(skill.mw90.low)) return std::nullopt;
  const auto tally = backtest.total(*model);
  return Calibration{
      .cells = tally.all.cells,
      .reference = reference,
      .skill = skill.mw,
      .skill_low = skill.mw90.low,
      .skill_high = skill.mw90.high,
      .reliability = {reliability_of(tally.at_least_1), reliability_of(tally.at_least_25)},
      .pit = pit_of(tally.pit)};
}

std::vector<LeadSkill> skill_by_lead_of(const forecast::Backtest& backtest,
                                        const std::string& issued_model, std::uint64_t seed) {
  const auto model = backtest.find(issued_model);
  const auto rival = backtest.find(forecast::kReferenceModel);
  if (!model || !rival || backtest.windows.empty()) return {};
  std::vector<LeadSkill> skills;
  for (const auto& at : forecast::skill_by_lead(backtest, *model, *rival, {.seed = seed})) {
    if (!std::isfinite(at.pool)) continue;
    LeadSkill& skill =
        skills.emplace_back(LeadSkill{.lead = at.lead, .cells = at.cells, .skill = at.pool});
    if (!std::isfinite(at.pool90.low)) continue;
    skill.low = at.pool90.low;
    skill.high = at.pool90.high;
  }
  return skills;
}

std::optional<Move> move_of(const forecast::PredictiveSample& earlier,
                            const forecast::PredictiveSample& now, const std::string& unit) {
  const auto before = earlier.find(unit);
  const auto after = now.find(unit);
  const Month first =
      std::max(earlier.origin() + earlier.leads().first, now.origin() + now.leads().first);
  const Month last =
      std::min(earlier.origin() + earlier.leads().last, now.origin() + now.leads().last);
  if (!before || !after || last < first) return std::nullopt;
  Move move{.unit = unit, .first = panj::to_string(first), .last = panj::to_string(last)};
  const double months = last - first + 1;
  for (Month month = first; month <= last; ++month) {
    const int then = month - earlier.origin();
    const int lead = month - now.origin();
    move.median_before += earlier.quantile(*before, then, 0.5) / months;
    move.median_now += now.quantile(*after, lead, 0.5) / months;
    move.chance_before += earlier.probability_at_least(*before, then, kManyDeaths) / months;
    move.chance_now += now.probability_at_least(*after, lead, kManyDeaths) / months;
  }
  return move;
}

}  // namespace panj::brief
