// SPDX-License-Identifier: Apache-2.0
#include "panj/forecast/vintages.h"

#include <fmt/format.h>

#include <algorithm>

#include "panj/core/contract.h"
#include "panj/core/problem.h"

namespace panj::forecast {
namespace {

[[noreturn]] void nothing_known(Month origin, Date first_vintage) {
  throw InvalidInput(
      Problem{.field = "origin",
              .what = fmt::format("nothing was known on {}", panj::to_string(origin.last_day())),
              .why = fmt::format("the first vintage is of {}", panj::to_string(first_vintage)),
              .suggestion = "take in earlier vintages, or give the panel of today with --panel"});
}

void require_reach(Month origin, Month known_to, PredictiveSample::Leads leads) {
  if (leads.last <= kLongestLead) return;
  throw InvalidInput(
      Problem{.field = "origin",
              .what = fmt::format("the record known on {} ends in {}",
                                  panj::to_string(origin.last_day()), panj::to_string(known_to)),
              .why = fmt::format("forecasts reach {} months from there, and these would need {}",
                                 kLongestLead, leads.last)});
}

}  // namespace

PredictiveSample Record::forecast(const Forecaster& fitted, std::uint64_t seed) const {
  PredictiveSample sample = fitted.predict(history, leads, seed);
  if (!revision.is_usable()) return sample;
  return revision.widen(sample, revision.share_of_first_figures(history.origin()), seed);
}

Vintages::Vintages(event::Panel today)
    : vintages_{{.known_on = Date{}, .panel = std::move(today)}}, as_known_(false) {}

Vintages::Vintages(std::vector<Vintage> vintages) : vintages_(std::move(vintages)) {
  PANJ_EXPECT(!vintages_.empty());
  PANJ_EXPECT(std::ranges::is_sorted(vintages_, {}, &Vintage::known_on));
}

const event::Panel& Vintages::known_at(Month origin, std::span<const Vintage> then) const {
  if (as_known_) {
    if (!then.empty() && !then.back().panel.empty() && then.back().panel.first() <= origin) {
      return then.back().panel;
    }
    nothing_known(origin, vintages_.front().known_on);
  }
  const event::Panel& panel = latest();
  if (panel.first() <= origin && origin <= panel.last()) return panel;
  throw InvalidInput(
      Problem{.field = "origin",
              .what = to_string(origin) + " is outside the data",
              .why = fmt::format("the panel holds {} to {}", to_string(panel.first()),
                                 to_string(panel.last()))});
}

Record Vintages::at(Month origin, PredictiveSample::Leads leads) const {
  const auto later = std::ranges::find_if(
      vintages_, [&](const Vintage& vintage) { return vintage.known_on > origin.last_day(); });
  const std::span<const Vintage> then(vintages_.begin(), later);
  const event::Panel& panel = known_at(origin, then);
  const Month known_to = std::min(origin, panel.last());
  const int behind = origin - known_to;
  Record record{.history = History(panel, known_to),
                .leads = {leads.first + behind, leads.last + behind},
                .revision = RevisionModel::learn(then),
                .behind = behind};
  if (as_known_) record.since = compare_vintages(panel, latest(), known_to);
  if (behind > 0) require_reach(origin, known_to, record.leads);
  return record;
}

}  // namespace panj::forecast
