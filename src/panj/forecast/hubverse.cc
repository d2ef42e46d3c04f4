// SPDX-License-Identifier: Apache-2.0
#include "panj/forecast/hubverse.h"

#include <fmt/format.h>

#include <iterator>

#include "panj/core/csv.h"

namespace panj::forecast {
std::string to_hubverse_csv(const PredictiveSample& sample, std::span<const std::size_t> units,
                            const std::string& target, OutputType type) {
  std::string out = "origin_date,location,target,horizon,output_type,output_type_id,value\n";
  const std::string date = panj::to_string(sample.origin().last_day());
  for (const std::size_t unit : units) {
    for (int lead = sample.leads().first; lead <= sample.leads().last; ++lead) {
      const std::string task = fmt::format("{},{},{},{}", date, csv_quoted(sample.units()[unit]),
                                           csv_quoted(target), lead);
      const auto draws = sample.at(unit, lead);
      if (type == OutputType::quantile) {
        fmt::format_to(std::back_inserter(out), "{},mean,NA,{:.10g}\n", task, mean_of(draws));
        for (const double level : kQuantileLevels) {
          fmt::format_to(std::back_inserter(out), "{},quantile,{},{:.10g}\n", task, level,
                         quantile_of_sorted(draws, level));
        }
      } else {
        for (std::size_t d = 0; d < draws.size(); ++d) {
          fmt::format_to(std::back_inserter(out), "{},sample,{},{:.10g}\n", task, d + 1, draws[d]);
        }
      }
    }
  }
  return out;
}

std::string to_views_csv(const PredictiveSample& sample, std::span<const std::size_t> units,
                         const std::string& unit_column) {
  std::string out = fmt::format("month_id,{},draw,outcome\n", csv_quoted(unit_column));
  for (const std::size_t unit : units) {
    for (int lead = sample.leads().first; lead <= sample.leads().last; ++lead) {
      const std::string task =
          fmt::format("{},{}", (sample.origin() + lead).id(), csv_quoted(sample.units()[unit]));
      const auto draws = sample.at(unit, lead);
      for (std::size_t d = 0; d < draws.size(); ++d) {
        fmt::format_to(std::back_inserter(out), "{},{},{:.10g}\n", task, d, draws[d]);
      }
    }
  }
  return out;
}

}  // namespace panj::forecast
