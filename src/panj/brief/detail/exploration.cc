// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "panj/brief/detail/figure.h"
#include "panj/brief/detail/sections.h"
#include "panj/brief/html.h"
#include "panj/brief/titles.h"
#include "panj/brief/wording.h"

namespace panj::brief::detail {
namespace {

std::string package_table(const Exploration& exploration) {
  Table table("Packages over all plausible futures", {{"Package"},
                                                      {"Contained", Align::number},
                                                      {"5th–95th", Align::number},
                                                      {"Expected", Align::number},
                                                      {"Error", Align::number},
                                                      {"Worst tenth", Align::number},
                                                      {"Largest regret", Align::number},
                                                      {"Holds in", Align::number},
                                                      {"M$ a year", Align::number}});
  for (const auto& p : exploration.packages)
    table.add({p.id + " " + p.name, percent(p.contained),
               percent_range(p.contained_low, p.contained_high), score(p.expected), score(p.error),
               score(p.worst_tenth), score(p.regret), percent(p.meets), millions(p.cost)});
  return table.html();
}

Figure contained(const Exploration& exploration) {
  return {.kind = "contained",
          .id = "contained",
          .title = "Chance that the spillover is contained, by package",
          .subtitle = fmt::format(
              "Range over {} plausible futures that fit the record ({} of those "
              "drawn do).",
              count(static_cast<double>(exploration.futures)), percent(exploration.passed)),
          .alternative =
              "One row per package: mean chance of containment and its range from the "
              "5th to the 95th percentile over futures; numbers in the table below.",
          .caption =
              "Dot: mean over futures; bar: from the 5th to the 95th percentile. Holds in: "
              "share of futures in which all thresholds of the theatre hold. M$ a year: on top of "
              "the first package, mean over futures, in which prices and programmes range beyond "
              "what is stated.",
          .table = package_table(exploration)};
}

Figure regret(const Exploration& exploration) {
  return {.kind = "regret",
          .id = "regret",
          .title = regret_title(exploration),
          .subtitle = capitalised(exploration.outcome) + "; lower is better.",
          .alternative = regret_title(exploration) +
                         ". Expected outcome, mean of the worst tenth of futures and largest "
                         "regret of each package; numbers in the table above.",
          .caption =
              "Regret: how much worse than the best package in the same future; packages are "
              "sorted by their largest regret, the triangle marks the least. Stronger is "
              "worse, each column by itself."};
}

Figure sensitivity(const Exploration& exploration) {
  Table table("What drives the outcome", {{"Assumption"}, {"Share", Align::number}});
  for (const auto& driver : exploration.drivers) table.add({driver.name, percent(driver.share)});
  return {
      .kind = "sensitivity",
      .id = "sensitivity",
      .title = sensitivity_title(exploration),
      .subtitle = "How strongly the status quo's " + exploration.driver_outcome +
                  " depend on each assumption.",
      .alternative = sensitivity_title(exploration) + "; numbers in the table below.",
      .caption = fmt::format("PAWN index: how far knowing the assumption moves the distribution of "
                             "the outcome (0 none, 100% all); chance alone gives up to {}.",
                             percent(exploration.chance)),
      .table = table.html()};
}

std::string box_table(const FailureBox& box) {
  Table table("The failure box", {{"Assumption"},
                                  {"Unit"},
                                  {"From", Align::number},
                                  {"To", Align::number},
                                  {"Explored", Align::number}});
  for (const auto& limit : box.limits)
    table.add({limit.name, limit.unit, limit.low ? score(*limit.low) : "any",
               limit.high ? score(*limit.high) : "any", score(limit.from) + "–" + score(limit.to)});
  return table.html();
}

Figure box(const FailureBox& box) {
  return {
      .kind = "box",
      .id = "box",
      .title = box_title(box),
      .subtitle =
          fmt::format("Fails: {}. That is {} of the futures.", box.fails, percent(box.share)),
      .alternative = box_title(box) + "; the limits are in the table below.",
      .caption = fmt::format("Scenario discovery (PRIM). The conditions cover {} of the failures; "
                             "of the futures that meet them, {} fail.",
                             percent(box.coverage), percent(box.density)),
      .table = box_table(box)};
}

std::string no_box(const Exploration& exploration) {
  return fmt::format(
      "Scenario discovery (PRIM) found no limits on the assumptions inside which the package fails "
      "clearly more often than elsewhere in these {} futures: no tripwire is set.",
      count(static_cast<double>(exploration.futures)));
}

std::string tripwires(const std::vector<Tripwire>& tripwires) {
  if (tripwires.empty()) return {};
  Table table("Look again at the plan when one of these is crossed",
              {{"Indicator"}, {"Now"}, {"Tripwire"}, {"Why"}});
  for (const auto& wire : tripwires)
    table.add({wire.indicator, wire.now, wire.threshold, wire.watch});
  return "<div><h3>Tripwires</h3>\n" + table.html() + "</div>\n";
}

}  // namespace

std::string exploration_section(const BriefContent& content) {
  if (!content.exploration) return {};
  const auto& exploration = *content.exploration;
  std::string section = "<section id=\"exploration\"><h2>How sure that is</h2>\n" +
                        html(contained(exploration)) + "<div class=\"side\">\n" +
                        html(regret(exploration));
  if (!exploration.drivers.empty()) section += html(sensitivity(exploration));
  section += "</div>\n";
  for (const auto& sentence : exploration.break_evens) section += element("p", sentence);
  section += "</section>\n";
  section += "<section id=\"fails\"><h2>When it fails</h2>\n";
  if (!exploration.box && exploration.tripwires.empty()) {
    return section + element("p", no_box(exploration)) + "</section>\n";
  }
  section += "<div class=\"side\">\n";
  if (exploration.box) section += html(box(*exploration.box));
  return section + tripwires(exploration.tripwires) + "</div>\n</section>\n";
}

}  // namespace panj::brief::detail
