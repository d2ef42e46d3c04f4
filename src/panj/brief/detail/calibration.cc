// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cmath>

#include "panj/brief/detail/figure.h"
#include "panj/brief/detail/sections.h"
#include "panj/brief/html.h"
#include "panj/brief/titles.h"
#include "panj/brief/wording.h"

namespace panj::brief::detail {
namespace {

std::string table_of(const Calibration& calibration) {
  Table table("Chances given and how often it came", {{"Event"},
                                                      {"Mean chance given", Align::number},
                                                      {"Came true", Align::number},
                                                      {"Unit-months", Align::number}});
  for (const auto& reliability : calibration.reliability)
    for (const auto& bin : reliability.bins)
      table.add({fmt::format("{} or more deaths", count(reliability.threshold)),
                 percent(bin.forecast), percent(bin.observed),
                 count(static_cast<double>(bin.cells))});
  return table.html();
}

}  // namespace

std::string calibration_figure(const BriefContent& content) {
  const auto& calibration = content.skill.calibration;
  if (!calibration) return {};
  return html(Figure{
      .kind = "calibration",
      .id = "calibration",
      .title = calibration_title(*calibration),
      .subtitle = fmt::format("The issued model in all past windows, {} unit-months: gain in CRPS "
                              "over {} {} (90% interval {}), mean over windows.",
                              count(static_cast<double>(calibration->cells)),
                              calibration->reference, change(calibration->skill),
                              change_range(calibration->skill_low, calibration->skill_high)),
      .alternative = calibration_title(*calibration) +
                     ". Chances given beside how often the event came, for at least 1 and at "
                     "least 25 deaths in a month, and where outcomes fell in the forecasts; the "
                     "numbers are in the table below.",
      .caption =
          "Dots: months given about the same chance, larger for more months; on the diagonal, "
          "chances came true as often as they said. Bars: where outcomes fell in their forecasts; "
          "level when these are calibrated, high at the ends when they are too narrow.",
      .table = table_of(*calibration)});
}

std::string moves_table(const BriefContent& content) {
  if (content.moves.empty()) return {};
  const auto& first = content.moves.front();
  Table table(fmt::format("What moved since the forecast of a month before: {} to {}, the months "
                          "that both cover",
                          long_date(first.first), long_date(first.last)),
              {{"Country"},
               {"Median deaths in a month, then", Align::number},
               {"now", Align::number},
               {"Change", Align::number},
               {"Chance of 25 or more in a month, then", Align::number},
               {"now", Align::number}});
  for (const auto& move : content.moves) {
    const bool known = move.median_before > 0;
    table.add({move.unit, amount(move.median_before), amount(move.median_now),
               known ? change(100 * (move.median_now / move.median_before - 1)) : "–",
               percent(move.chance_before), percent(move.chance_now)});
  }
  return table.html();
}

}  // namespace panj::brief::detail
