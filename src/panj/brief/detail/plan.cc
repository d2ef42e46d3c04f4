// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "panj/brief/detail/figure.h"
#include "panj/brief/detail/sections.h"
#include "panj/brief/html.h"
#include "panj/brief/titles.h"
#include "panj/brief/wording.h"

namespace panj::brief::detail {
namespace {

/// "0.4%", "under 0.1%".
std::string tenths(double share) {
  if (share > 0 && share < 0.0005) return "under 0.1%";
  return fmt::format("{:.1f}%", 100 * share);
}

std::string gap_in_words(double gap) {
  if (gap <= 0) return "Gap: none, proven best.";
  return fmt::format("Gap: {}, proven; no plan is better by more.", tenths(gap));
}

std::string regret_in_words(const PlanRegret& regret) {
  if (regret.futures == 0)
    return "Regret: not known, as none of the futures drawn comes through the record.";
  const std::string less =
      fmt::format("less harm in {} of {} fresh futures", regret.better, regret.futures);
  if (regret.largest <= 0) return fmt::format("Regret: none against {}; {}.", regret.rivals, less);
  const std::string mean =
      regret.futures > 1
          ? fmt::format(", {} ± {} in the mean", tenths(regret.mean), tenths(regret.error))
          : "";
  return fmt::format("Regret: at most {} more harm than {}{}; {}.", tenths(regret.largest),
                     regret.rivals, mean, less);
}

std::string purchase_table(const Investment& plan) {
  Table table("Purchases",
              {{"Year"}, {"Stretch"}, {"Kind"}, {"Units", Align::number}, {"M$", Align::number}});
  for (const auto& p : plan.purchases)
    table.add(
        {std::to_string(p.year), p.stretch, p.kind, std::to_string(p.units), millions(p.cost)});
  return table.html();
}

std::string against_even_programme(const Investment& plan) {
  if (!plan.regret) return "";
  return fmt::format(
      " Against the even programme at the same cost: {} reported armed incidents (90% interval "
      "{}). {}",
      change(plan.against_mean), change_range(plan.against_low, plan.against_high),
      regret_in_words(*plan.regret));
}

Figure investment(const Investment& plan) {
  return {
      .kind = "investment",
      .id = "investment",
      .title = investment_title(plan),
      .subtitle =
          "Units bought in each year by kind and stretch, stronger where they cost more; years' "
          "sums in M$, without upkeep.",
      .alternative = investment_title(plan) + "; every purchase is in the table below.",
      .caption = fmt::format(
          "{} Expected loss {} ({} with nothing bought); over fresh futures {} to {} (95%).{}",
          gap_in_words(plan.gap), score(plan.value), score(plan.unprotected),
          score(plan.sampling_low), score(plan.sampling_high), against_even_programme(plan)),
      .table = purchase_table(plan)};
}

Figure patrol(const Patrol& patrol) {
  Table table("Patrol cover", {{"Stretch"}, {"Chance of a patrol on a day", Align::number}});
  for (const auto& entry : patrol.cover) table.add({entry.stretch, percent(entry.cover)});
  return {.kind = "patrol",
          .id = "patrol",
          .title = "Where to patrol, without being predictable",
          .subtitle = fmt::format("{} patrols a day, drawn at random with these chances.",
                                  amount(patrol.resources)),
          .alternative =
              "Chance of a patrol on each stretch, west to east; the numbers are in the "
              "table below.",
          .caption = fmt::format("{} {} {}", gap_in_words(patrol.gap),
                                 regret_in_words(patrol.regret), patrol.note),
          .table = table.html()};
}

Figure calendar(const ExerciseCalendar& calendar) {
  Table table("Joint exercises", {{"Month"}, {"Region"}, {"Members"}, {"M$", Align::number}});
  for (const auto& e : calendar.exercises) {
    std::string members;
    for (const auto& member : e.members) members += (members.empty() ? "" : ", ") + member;
    table.add({long_date(e.month), e.region, members, millions(e.cost)});
  }
  return {.kind = "calendar",
          .id = "calendar",
          .title = "When to exercise",
          .subtitle = fmt::format("Readiness never falls below {} on any stretch.",
                                  percent(calendar.weakest)),
          .alternative =
              "Joint exercises by month, with region and members; the same in the table "
              "below.",
          .caption = fmt::format("{} {} {}", gap_in_words(calendar.gap),
                                 regret_in_words(calendar.regret), calendar.note),
          .table = table.html()};
}

}  // namespace

std::string plan_section(const BriefContent& content) {
  const auto& plan = content.plan;
  if (!plan.investment && !plan.patrol && !plan.calendar) return {};
  std::string section = "<section id=\"plan\"><h2>The plan</h2>\n";
  if (plan.investment) {
    section += html(investment(*plan.investment));
    section += element("p", plan.investment->verdict);
    section += element("p", plan.investment->next_million);
  }
  if (plan.patrol) section += html(patrol(*plan.patrol));
  if (plan.calendar) section += html(calendar(*plan.calendar));
  return section + "</section>\n";
}

}  // namespace panj::brief::detail
