// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "panj/brief/detail/figure.h"
#include "panj/brief/detail/sections.h"
#include "panj/brief/html.h"
#include "panj/brief/titles.h"
#include "panj/brief/wording.h"

namespace panj::brief::detail {
namespace {

std::string series_table(const OutcomeSeries& series) {
  Table table(fmt::format("{} {} under the status quo", series.name, series.unit),
              {{"Year"},
               {"Reported", Align::number},
               {"5th", Align::number},
               {"Median", Align::number},
               {"95th", Align::number},
               {"Mean", Align::number},
               {"Mean with package", Align::number}});
  const auto value_in = [](const std::vector<YearValue>& values, int year) {
    for (const auto& point : values)
      if (point.year == year) return amount(point.value);
    return std::string("–");
  };
  for (const auto& q : series.status_quo)
    table.add({std::to_string(q.year), value_in(series.observed, q.year), amount(q.q05),
               amount(q.q50), amount(q.q95), amount(q.mean),
               value_in(series.package_mean, q.year)});
  return table.html();
}

Figure years(const OutcomeSeries& series, const SpilloverOutlook& outlook, int item) {
  const auto& end = series.status_quo.back();
  const std::string record =
      series.observed.empty() ? "" : "Dots: what was publicly reported in those years. ";
  const std::string package =
      series.package_mean.empty()
          ? ""
          : fmt::format("Dashed: with {} {}. ", outlook.best, outlook.best_name);
  return {.kind = "years",
          .id = fmt::format("years-{}", item),
          .title = series_title(series),
          .subtitle = fmt::format("Median in {}: {} (90% interval {}–{}).", end.year,
                                  amount(end.q50), amount(end.q05), amount(end.q95)),
          .alternative = fmt::format("{} from {} to {} under the status quo; median {} and 90% "
                                     "between {} and {} in the last year.",
                                     series.name, series.status_quo.front().year, end.year,
                                     amount(end.q50), amount(end.q05), amount(end.q95)),
          .caption = record + "Line: mean under the status quo. " + package +
                     fmt::format("Bands hold 50% and 90% of {} simulated runs at the stated values "
                                 "of all assumptions.",
                                 count(static_cast<double>(outlook.replicates))),
          .table = series_table(series),
          .item = item};
}

std::string packages_table(const SpilloverOutlook& outlook) {
  Table table("Packages against the status quo, " + outlook.window,
              {{"Package"},
               {"Change", Align::number},
               {"90% interval", Align::number},
               {"Fewer in", Align::number},
               {"Contained", Align::number},
               {"M$ a year", Align::number}});
  for (const auto& effect : outlook.packages)
    table.add({effect.id + " " + effect.name, change(effect.mean),
               change_range(effect.low, effect.high), percent(effect.better),
               effect.contained ? percent(*effect.contained) : "–", millions(effect.cost)});
  return table.html();
}

Figure packages(const SpilloverOutlook& outlook) {
  return {.kind = "levers",
          .id = "levers",
          .title = packages_title(outlook),
          .subtitle = "Change of reported armed incidents a year against the status quo, " +
                      outlook.window + ".",
          .alternative = packages_title(outlook) +
                         ". One row per package with the mean change and its 90% interval; the "
                         "numbers are in the table below.",
          .caption =
              "Each package meets the same luck as the status quo (common random numbers); "
              "dot: mean of the paired differences, thick line 50%, thin line 90% interval "
              "of that mean at the stated values of all assumptions. Filled where the 90% "
              "interval excludes no change. Fewer in: share of runs with fewer incidents. "
              "M$ a year: cost on top of the status quo.",
          .table = packages_table(outlook)};
}

Figure drivers(const SpilloverOutlook& outlook) {
  Table table("What makes the difference",
              {{"Lever"}, {"Rate it acts on"}, {"Change", Align::number}, {"90%", Align::number}});
  for (const auto& share : outlook.drivers)
    table.add({share.lever, share.rate, change(share.mean), change_range(share.low, share.high)});
  const std::string package = outlook.best + " " + outlook.best_name;
  return {.kind = "drivers",
          .id = "drivers",
          .title = "What makes the difference in " + package,
          .subtitle = "Part of the change that each lever brings, by the rate it acts on.",
          .alternative = "One row per lever of " + package +
                         " with the part of the change it brings; the numbers are in the table.",
          .caption =
              "Shares of the paired difference between the package and the status quo, each "
              "lever averaged over the orders in which levers can be added; they add up to "
              "the whole.",
          .table = table.html()};
}

}  // namespace

std::string outlook_section(const BriefContent& content) {
  if (!content.spillover) return {};
  const auto& outlook = *content.spillover;
  std::string figures;
  for (std::size_t i = 0; i < outlook.series.size(); ++i)
    if (!outlook.series[i].status_quo.empty())
      figures += html(years(outlook.series[i], outlook, static_cast<int>(i)));
  std::string section = "<section id=\"outlook\"><h2>Spillover outlook</h2>\n" +
                        element("p",
                                "Simulated with a stated model of groups, trafficking, economy, "
                                "alliance and border: it compares measures under stated "
                                "assumptions and predicts no single incident.") +
                        "<div class=\"thirds\">\n" + figures + "</div>\n</section>\n";
  if (outlook.packages.empty()) return section;
  section += "<section><h2>What helps most</h2>\n" + html(packages(outlook));
  if (!outlook.drivers.empty()) section += html(drivers(outlook));
  return section + "</section>\n";
}

}  // namespace panj::brief::detail
