// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "panj/core/text.h"
#include "panj/theatre/detail/parts.h"

namespace panj::theatre::detail {
namespace {

const Shape kNumber{.bounds = kNonNegative};
const Shape kFraction{.bounds = kShare};
const Shape kBillions{.unit = "bn$", .bounds = kNonNegative};

Economy read_economy(TableReader& in) {
  return {.reserves = in.assumption("reserves", kBillions),
          .hardship_speed = in.assumption("hardship_speed", kPerYear),
          .hardship_noise = in.assumption("hardship_noise", kNoise),
          .relief_effect = in.assumption("relief_effect", kNumber),
          .relief_half = in.assumption("relief_half", kBillions),
          .relief_life = in.assumption("relief_life", kYears),
          .relief_diversion = in.assumption("relief_diversion", kFraction)};
}

Funds read_funds(TableReader& in) {
  return {.upkeep = in.assumption("upkeep", {.unit = "M$/yr", .bounds = kNonNegative}),
          .cover = in.assumption("cover", kYears),
          .leakage = in.assumption("leakage", kPerYear),
          .levy = in.assumption("levy", kFraction)};
}

Trafficking read_trafficking(TableReader& in, const std::vector<std::string>& zones) {
  return {.price = in.assumption("price", {.unit = "M$/t", .bounds = kNonNegative}),
          .supply = in.assumption("supply", {.unit = "t/yr", .bounds = kNonNegative}),
          .zone_share = read_shares(in, "zone_share", zones),
          .stock_time = in.assumption("stock_time", kYears),
          .hardship_response = in.assumption("hardship_response", kNumber),
          .supply_speed = in.assumption("supply_speed", kPerYear),
          .supply_noise = in.assumption("supply_noise", kNoise),
          .corruption_initial = in.assumption("corruption_initial", kFraction),
          .corruption_response = in.assumption("corruption_response", kNumber),
          .corruption_speed = in.assumption("corruption_speed", kPerYear),
          .corruption_on_armed = in.assumption("corruption_on_armed", kFraction)};
}

std::string read_day_or_month(TableReader& in, std::string_view key) {
  std::string text = in.text(key);
  if (!text.empty() && !parse_date(text) && !parse_month(text)) {
    in.problem(key, fmt::format("is '{}'", printable(text, 100)),
               "must be a day such as \"2021-08-15\" or a month such as \"2021-08\"");
  }
  return text;
}

HostAuthority read_host(TableReader& in) {
  return {.name = in.text("name"),
          .since = read_day_or_month(in, "since"),
          .conduct = in.text("conduct"),
          .tolerance_speed = in.assumption("tolerance_speed", kPerYear),
          .tolerance_noise = in.assumption("tolerance_noise", kNoise),
          .urging_effect = in.assumption("urging_effect", kNumber)};
}

OutsideRegime read_regime(TableReader& in) {
  return {.id = in.text("id"),
          .name = in.text("name"),
          .hardship_shift = in.assumption("hardship_shift"),
          .cohesion_shift = in.assumption("cohesion_shift"),
          .intelligence = in.assumption("intelligence", kFraction)};
}

}  // namespace

std::optional<Surroundings> read_surroundings(TableReader& root,
                                              const std::optional<Threat>& threat) {
  std::vector<std::string> border_zones;
  if (threat) {
    for (const Zone& zone : threat->zones) {
      if (zone.at_border) border_zones.push_back(zone.id);
    }
  }
  std::optional<Surroundings> read;
  root.optional_within("surroundings", [&](TableReader& in) {
    Surroundings& s = read.emplace();
    in.within("economy", [&](TableReader& table) { s.economy = read_economy(table); });
    in.within("funds", [&](TableReader& table) { s.funds = read_funds(table); });
    in.within("trafficking",
              [&](TableReader& table) { s.trafficking = read_trafficking(table, border_zones); });
    in.within("host", [&](TableReader& table) { s.host = read_host(table); });
    in.each("regime", [&](TableReader& table) { s.regimes.push_back(read_regime(table)); });
    if (s.regimes.empty()) in.problem("regime", "is missing", "needs the one in force");
    in.check_ids("regime");
  });
  return read;
}

}  // namespace panj::theatre::detail
