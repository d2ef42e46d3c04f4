// SPDX-License-Identifier: Apache-2.0
#include "panj/forecast/models/hurdle_log_t.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "panj/core/contract.h"
#include "panj/forecast/models/decay.h"
#include "panj/forecast/models/fit_cache.h"

namespace panj::forecast {
namespace {

using Leads = PredictiveSample::Leads;

constexpr std::size_t kLevels = 201;
constexpr double kOutermostLevel = 1e-4;
constexpr double kMostLog = 10.5;
constexpr double kLeadCentre = 0.7;
constexpr std::array<std::size_t, 2> kSquared = {1, 6};
constexpr std::array<std::size_t, 7> kByLead = {0, 1, 2, 3, 6, 8, 11};
constexpr std::array kBands = {Leads{1, 2}, Leads{3, 14}, Leads{15, 36}};

std::vector<double> make_levels() {
  constexpr double kOutermost = 3.7190164854556804;  // of the standard normal, beyond it 1e-4
  std::vector<double> levels(kLevels);
  for (std::size_t i = 0; i < kLevels; ++i) {
    const double z = kOutermost * (2 * static_cast<double>(i) / (kLevels - 1) - 1);
    levels[i] = std::erfc(-z / std::numbers::sqrt2) / 2;
  }
  levels.front() = kOutermostLevel;
  levels.back() = 1 - kOutermostLevel;
  return levels;
}

double dot(const HurdleLogT::Row& row, const Eigen::VectorXd& coefficients) {
  double sum = 0;
  for (std::size_t i = 0; i < row.size(); ++i) sum += row[i] * coefficients(Eigen::Index(i));
  return sum;
}

/// The quantile function of the residuals, asked at rising levels.
class RisingQuantile {
 public:
  explicit RisingQuantile(std::span<const double> values) : values_(values) {}

  double operator()(double level) {
    const auto levels = residual_levels();
    level = std::clamp(level, levels.front(), levels.back());
    while (at_ + 2 < levels.size() && levels[at_ + 1] < level) ++at_;
    const double share = (level - levels[at_]) / (levels[at_ + 1] - levels[at_]);
    return values_[at_] + share * (values_[at_ + 1] - values_[at_]);
  }

 private:
  std::span<const double> values_;
  std::size_t at_ = 0;
};

}  // namespace

std::span<const double> residual_levels() {
  static const std::vector<double> levels = make_levels();
  return levels;
}

std::span<const Leads> lead_bands() {
  return kBands;
}

HurdleLogT::Row HurdleLogT::design_row(const Features& features, int lead) const {
  Features f{};
  for (std::size_t i = 0; i < kFeatures; ++i) f[i] = features[i] / feature_scale[i];
  Row row{};
  std::size_t at = 0;
  row[at++] = 1;
  for (const double value : f) row[at++] = value;
  for (const auto i : kSquared) row[at++] = f[i] * f[i] / 4;
  const double h = lead / 12.0;
  row[at++] = h;
  for (const auto i : kByLead) row[at++] = f[i] * (h - kLeadCentre);
  PANJ_EXPECT(at == kTerms);
  return row;
}

double HurdleLogT::probability(const Features& features, int lead) const {
  return 1 / (1 + std::exp(-dot(design_row(features, lead), occurrence)));
}

void HurdleLogT::draw(const Features& features, int lead, std::span<double> draws) const {
  const Row row = design_row(features, lead);
  const double p = 1 / (1 + std::exp(-dot(row, occurrence)));
  const double m = dot(row, level.location);
  const double s = clipped_scale(dot(row, level.scale));
  RisingQuantile quantile(residuals);
  for (std::size_t i = 0; i < draws.size(); ++i) {
    const double u = (static_cast<double>(i) + 0.5) / static_cast<double>(draws.size());
    draws[i] = u < 1 - p ? 0
                         : std::max(1.0, std::round(std::exp(std::min(
                                             m + s * quantile((u - 1 + p) / p), kMostLog))));
  }
}

const HurdleLogT* HurdleLogTForecaster::band_of(int lead) const {
  const auto found = std::ranges::find_if(bands_, [=](const HurdleLogT& band) {
    return band.leads.first <= lead && lead <= band.leads.last;
  });
  return found == bands_.end() ? nullptr : &*found;
}

PredictiveSample HurdleLogTForecaster::predict(const History& history, Leads leads,
                                               std::uint64_t seed) const {
  const FeatureTable table(history, neighbours_, {history.origin()});
  PredictiveSample sample = Decay{}(history, leads, seed);
  for (std::size_t i = 0; i < history.units().size(); ++i) {
    const std::size_t unit = history.units()[i].value;
    if (table.observed(0, unit) < HurdleLogT::kFewestObserved) continue;
    for (int lead = leads.first; lead <= leads.last; ++lead) {
      const HurdleLogT* band = band_of(lead);
      if (band != nullptr) band->draw(table.at(0, unit), lead, sample.fill(i, lead));
    }
  }
  return sample;
}

std::vector<std::string> HurdleLogTForecaster::short_units(const History& history) const {
  std::vector<std::string> units;
  for (const event::UnitId unit : history.units()) {
    const auto known = std::ranges::count_if(history.series(unit),
                                             [](double value) { return !std::isnan(value); });
    if (known < HurdleLogT::kFewestObserved) units.push_back(history.all_units()[unit.value]);
  }
  return units;
}

Model make_hurdle_log_t(const ModelOptions& options) {
  const auto bands = std::make_shared<FitCache<HurdleLogT>>();
  const auto fit = [bands, neighbours = options.neighbours](
                       const History& history, Leads leads) -> std::shared_ptr<const Forecaster> {
    std::vector<HurdleLogT> fitted;
    try {
      for (const Leads& band : lead_bands()) {
        if (band.last < leads.first || leads.last < band.first) continue;
        fitted.push_back(bands->get(history.digest(), band.first,
                                    [&] { return fit_hurdle_log_t(history, neighbours, band); }));
      }
    } catch (const TooLittleData& why) {
      return std::make_shared<FallenBack>("ls", why.what());
    }
    return std::make_shared<HurdleLogTForecaster>(std::move(fitted), neighbours);
  };
  return {"ls", fit};
}

}  // namespace panj::forecast
