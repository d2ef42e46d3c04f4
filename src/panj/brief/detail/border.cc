// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "panj/brief/detail/figure.h"
#include "panj/brief/detail/sections.h"
#include "panj/brief/html.h"
#include "panj/brief/titles.h"
#include "panj/brief/wording.h"

namespace panj::brief::detail {
namespace {

std::string stretch_table(const BriefContent& content) {
  const std::string window = content.spillover ? ", " + content.spillover->window : std::string();
  Table table("Stretches, west to east", {{"Stretch"},
                                          {"Name"},
                                          {"From km", Align::number},
                                          {"To km", Align::number},
                                          {"Reported incidents", Align::number},
                                          {"Armed", Align::number},
                                          {"Chance of one" + window, Align::number},
                                          {"With package", Align::number}});
  const auto chance = [](const std::optional<double>& p) { return p ? percent(*p) : "–"; };
  for (const auto& s : content.stretches)
    table.add({s.id, s.name, count(s.from), count(s.to), count(static_cast<double>(s.incidents)),
               count(static_cast<double>(s.armed)), chance(s.risk), chance(s.risk_with_package)});
  return table.html();
}

/// What the coloured rows below the line are; nothing without a simulation.
std::string rows_of_chances(const BriefContent& content) {
  if (!content.spillover) return {};
  return fmt::format(
      " Chance of one: per cent of simulated runs with at least one reported armed incident on the "
      "stretch in {}, if nothing changes and with {}.",
      content.spillover->window, content.spillover->best);
}

std::string incident_table(const BriefContent& content) {
  Table table("Publicly reported incidents", {{"Date"},
                                              {"Place"},
                                              {"What was reported"},
                                              {"Km", Align::number},
                                              {"Stretch"},
                                              {"Deaths", Align::number},
                                              {"Credibility", Align::number}});
  for (const auto& i : content.incidents)
    table.add({long_date(i.date), i.place, i.label, i.km ? count(*i.km) : "not on this line",
               i.stretch.value_or("–"),
               i.deaths ? count(static_cast<double>(*i.deaths)) : "not known",
               std::to_string(i.credibility)});
  return table.html();
}

std::string crossing_table(const BriefContent& content) {
  if (content.crossings.empty()) return {};
  Table table("Crossings", {{"Crossing"}, {"Km", Align::number}, {"State"}});
  for (const auto& c : content.crossings)
    table.add({c.name, count(c.km), !c.open ? "not known" : *c.open ? "open" : "closed"});
  return table.html();
}

std::string what_was_reported(const BriefContent& content) {
  std::size_t placed = 0;
  for (const auto& incident : content.incidents)
    if (incident.km) ++placed;
  return fmt::format(
      "{} on record, {} of them placed on this line, to {}.",
      counted(static_cast<double>(content.incidents.size()), "incident", "incidents"), placed,
      long_date(content.meta.incidents_end));
}

Figure strip(const BriefContent& content) {
  return {.kind = "strip",
          .id = "strip",
          .title = border_title(content),
          .subtitle = "The line unrolled by distance, west to east. " + what_was_reported(content) +
                      " Public reports are not a count of all incidents.",
          .alternative = fmt::format("{}. {} Choose a stretch with the arrow keys to hear what is "
                                     "there; all figures are in the tables below.",
                                     border_title(content), what_was_reported(content)),
          .caption = fmt::format(
              "Filled dots: armed incidents; open dots: other incidents; the digit "
              "is the credibility (1 confirmed to 6 cannot be judged). Diamonds: "
              "crossings. Numbers in the lower row: people reported killed. "
              "Chainage is on line {}; {}{}",
              content.meta.line_id, content.meta.stated_length, rows_of_chances(content)),
          .before =
              "<p id=\"readout\" aria-live=\"polite\" data-hint=\"Select a stretch to read what "
              "was reported there and to find it on the map.\"></p>\n",
          .table = stretch_table(content) + incident_table(content) + crossing_table(content),
          .summary = "Data tables"};
}

Figure map(const BriefContent& content) {
  return {.kind = "map",
          .id = "map",
          .title = "The same stretches on the ground",
          .subtitle =
              "Line colour is the number of incidents reported on the stretch, of any kind, "
              "over the whole record.",
          .alternative =
              fmt::format("Map of the border between {} and {}, its stretches coloured by "
                          "the number of reported incidents. {}.",
                          content.meta.near_side, content.meta.far_side, border_title(content)),
          .caption = content.meta.map_sources +
                     " Boundaries shown do not imply endorsement. Filled dots: armed incidents; "
                     "open dots: other incidents; diamonds: crossings.",
          .before =
              "<p class=\"visually-hidden\" id=\"key-alt\">Colour key: number of reported "
              "incidents, from none to 4 or more.</p><div class=\"plot\" data-figure=\"key\" "
              "data-alt=\"key-alt\" data-item=\"0\"></div>\n"};
}

}  // namespace

std::string border_section(const BriefContent& content) {
  if (content.stretches.empty()) return {};
  const std::string note = exposure_note(content);
  return "<section id=\"border\"><h2>The border, west to east</h2>\n" + html(strip(content)) +
         (note.empty() ? note : element("p", note)) + html(map(content)) + "</section>\n";
}

}  // namespace panj::brief::detail
