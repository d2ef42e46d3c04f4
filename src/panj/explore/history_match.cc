// SPDX-License-Identifier: Apache-2.0
#include "panj/explore/history_match.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>

#include "panj/core/csv.h"
#include "panj/core/number.h"
#include "panj/core/problem.h"
#include "panj/explore/headline.h"

namespace panj::explore {
namespace {

/// Rows of the incident file dated in the years, by the column `date_start` or `date`.
std::size_t incidents_in(const theatre::DataFile& file, theatre::Years years) {
  CsvReader csv(file.path);
  std::size_t column = 0;
  if (csv.next()) {
    while (column < csv.size() && !csv.field(column).starts_with("date")) ++column;
  }
  std::size_t count = 0;
  while (csv.next()) {
    if (column >= csv.size()) continue;
    const auto year = parse_number<int>(csv.field(column).substr(0, 4));
    if (year && years.first <= *year && *year <= years.last) ++count;
  }
  return count;
}

Range incidents_supported_by(std::size_t count) {
  const double shape = static_cast<double>(count) + 0.5;
  return {std::ceil(boost::math::gamma_p_inv(shape, 0.05)),
          std::ceil(boost::math::gamma_p_inv(shape, 0.95))};
}

}  // namespace

HistoryBand history_band(const theatre::Theatre& theatre) {
  HistoryBand band{{0, kInfinity}, {0, kInfinity}};
  const auto& history = theatre.history;
  if (history && history->incidents) {
    band.incidents = *history->incidents;
  } else if (theatre.incidents) {
    band.incidents =
        incidents_supported_by(incidents_in(*theatre.incidents, theatre.reference_years));
  }
  if (history && history->militants) {
    band.militants = *history->militants;
  } else if (theatre.threat && theatre.threat->stated_militants) {
    band.militants = theatre.threat->stated_militants->range();
  }
  return band;
}

HistoryMatch match_history(const HistoryBand& band, const Summary& summary, HistoryUse use) {
  static const std::size_t incidents = find_headline("record_incidents");
  static const std::size_t militants = find_headline("record_militants");
  HistoryMatch match{.band = band, .weights = {}, .passed = {}};
  std::vector<bool> passes;
  for (std::size_t f = 0; f < summary.mean(0).rows(); ++f) {
    passes.push_back(band.incidents.contains(summary.mean(incidents)(f, 0)) &&
                     band.militants.contains(summary.mean(militants)(f, 0)));
    match.weights.push_back(use == HistoryUse::ignore || passes.back() ? 1.0 : 0.0);
  }
  match.passed = share_of(passes, {});
  if (use == HistoryUse::filter && match.passed.value == 0) {
    throw InvalidInput(
        {.field = "history",
         .what = fmt::format("none of {} futures has {} to {} reported incidents and {} to {} "
                             "militants in the reference years",
                             passes.size(), band.incidents.low, band.incidents.high,
                             band.militants.low, band.militants.high),
         .why = "only futures that reproduce the record count",
         .suggestion = "draw more futures, widen [history], or take --history ignore"});
  }
  return match;
}

}  // namespace panj::explore
