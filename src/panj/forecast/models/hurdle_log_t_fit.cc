// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "panj/core/contract.h"
#include "panj/forecast/models/hurdle_log_t.h"

namespace panj::forecast {
namespace {

using Eigen::Index;
using Leads = PredictiveSample::Leads;

constexpr int kOriginStep = 3;
constexpr int kMonthsBefore = 24;  ///< from 1990 on: the first origin is January 1992
constexpr int kLeadsEach = 6;
constexpr double kHalfLife = 120;
constexpr std::size_t kFewestUnits = 20;
constexpr std::size_t kFewestEvents = 300;

struct TrainingRow {
  std::size_t month;
  std::size_t unit;
  int lead;
  double value;
  double weight;
};

std::vector<Month> training_origins(const History& history, Leads band) {
  std::vector<Month> months;
  for (Month m = history.first() + kMonthsBefore; m + band.first <= history.origin();
       m = m + kOriginStep) {
    months.push_back(m);
  }
  return months;
}

/// Up to six leads of the band, spread over it, another set for each origin and unit in turn.
std::vector<int> leads_of(Leads band, std::size_t turn) {
  const int stride = std::max(1, static_cast<int>(band.size()) / kLeadsEach);
  std::vector<int> leads;
  for (int lead = band.first + static_cast<int>(turn % static_cast<std::size_t>(stride));
       lead <= band.last && leads.size() < kLeadsEach; lead += stride) {
    leads.push_back(lead);
  }
  return leads;
}

std::vector<TrainingRow> training_rows(const History& history, const FeatureTable& table,
                                       Leads band) {
  std::vector<TrainingRow> rows;
  for (std::size_t m = 0; m < table.months().size(); ++m) {
    const Month origin = table.months()[m];
    const double weight = std::exp2((origin - history.origin()) / kHalfLife);
    for (std::size_t unit = 0; unit < table.units(); ++unit) {
      if (table.observed(m, unit) < HurdleLogT::kFewestObserved) continue;
      const auto series = history.series(event::UnitId(static_cast<std::uint32_t>(unit)));
      for (const int lead : leads_of(band, m + unit)) {
        const auto at = static_cast<std::size_t>(origin + lead - history.first());
        if (at >= series.size() || std::isnan(series[at])) continue;
        rows.push_back({m, unit, lead, series[at], weight});
      }
    }
  }
  return rows;
}

void require_enough(const FeatureTable& table, const std::vector<TrainingRow>& rows,
                    std::size_t events) {
  if (table.units() < kFewestUnits) {
    throw TooLittleData(fmt::format("the panel has {} unit{}, {} are needed", table.units(),
                                    table.units() == 1 ? "" : "s", kFewestUnits));
  }
  if (events < kFewestEvents || events == rows.size()) {
    throw TooLittleData(
        fmt::format("{} of {} training rows have deaths, at least {} and some without are needed",
                    events, rows.size(), kFewestEvents));
  }
}

Features standard_deviations(const FeatureTable& table, std::span<const TrainingRow> rows) {
  Features sum{};
  Features squares{};
  for (const TrainingRow& row : rows) {
    const Features& f = table.at(row.month, row.unit);
    for (std::size_t i = 0; i < kFeatures; ++i) sum[i] += f[i];
  }
  const auto n = static_cast<double>(rows.size());
  for (const TrainingRow& row : rows) {
    const Features& f = table.at(row.month, row.unit);
    for (std::size_t i = 0; i < kFeatures; ++i) squares[i] += std::pow(f[i] - sum[i] / n, 2);
  }
  Features deviation{};
  for (std::size_t i = 0; i < kFeatures; ++i) {
    deviation[i] = squares[i] > 0 ? std::sqrt(squares[i] / n) : 1;
  }
  return deviation;
}

/// The training rows as the regressions take them.
struct Data {
  Design design;
  Eigen::VectorXd y;
  Eigen::VectorXd weight;

  explicit Data(std::size_t rows)
      : design(Index(rows), Index(HurdleLogT::kTerms)), y(Index(rows)), weight(Index(rows)) {}

  void set(std::size_t i, const HurdleLogT::Row& row, double value, double row_weight) {
    design.row(Index(i)) = Eigen::Map<const Eigen::RowVectorXd>(row.data(), Index(row.size()));
    y(Index(i)) = value;
    weight(Index(i)) = row_weight;
  }
};

/// Quantiles of (y − m)/s, each residual standing in the middle of its weight.
std::vector<double> residual_quantiles(const Data& data, const LogT& level) {
  const Eigen::VectorXd location = data.design * level.location;
  const Eigen::VectorXd log_scale = data.design * level.scale;
  std::vector<std::pair<double, double>> residuals;
  for (Index i = 0; i < data.y.size(); ++i) {
    residuals.emplace_back((data.y(i) - location(i)) / clipped_scale(log_scale(i)), data.weight(i));
  }
  std::ranges::sort(residuals);
  const double total = data.weight.sum();
  std::vector<double> quantiles;
  std::size_t at = 0;
  double below = residuals.front().second / 2;  // weight below the middle of `at`
  for (const double level_of : residual_levels()) {
    const auto width = [&] { return (residuals[at].second + residuals[at + 1].second) / 2; };
    while (at + 2 < residuals.size() && below + width() < level_of * total) {
      below += width();
      ++at;
    }
    const double share = std::clamp((level_of * total - below) / width(), 0.0, 1.0);
    quantiles.push_back(std::lerp(residuals[at].first, residuals[at + 1].first, share));
  }
  return quantiles;
}

}  // namespace

HurdleLogT fit_hurdle_log_t(const History& history, const Neighbours& neighbours, Leads band) {
  const FeatureTable table(history, neighbours, training_origins(history, band));
  const std::vector<TrainingRow> rows = training_rows(history, table, band);
  const auto is_event = [](const TrainingRow& row) { return row.value >= 1; };
  const auto events = static_cast<std::size_t>(std::ranges::count_if(rows, is_event));
  require_enough(table, rows, events);
  HurdleLogT model{.leads = band, .rows = rows.size(), .events = events};
  model.feature_scale = standard_deviations(table, rows);

  Data all(rows.size());
  Data active(events);
  std::size_t next_event = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const TrainingRow& row = rows[i];
    const auto terms = model.design_row(table.at(row.month, row.unit), row.lead);
    all.set(i, terms, is_event(row) ? 1 : 0, row.weight);
    if (is_event(row)) active.set(next_event++, terms, std::log(row.value), row.weight);
  }
  model.occurrence = fit_logistic(all.design, all.y, all.weight);
  model.level = fit_log_t(active.design, active.y, active.weight);
  model.residuals = residual_quantiles(active, model.level);
  return model;
}

}  // namespace panj::forecast
