// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "panj/brief/detail/sections.h"
#include "panj/brief/html.h"
#include "panj/brief/likelihood.h"
#include "panj/brief/wording.h"
#include "panj/core/date.h"
#include "panj/share/label.h"

namespace panj::brief::detail {
namespace {

constexpr int kStaleDays = 45;

std::string staleness(std::string_view what, std::optional<Date> end, const std::string& issued) {
  const auto issue = parse_date(issued);
  if (!end || !issue) return {};
  const auto days = (*issue - *end).count();
  if (days <= kStaleDays) return {};
  return element(
      "p", fmt::format("{} end on {}, {} days before the issue date: what happened since "
                       "is not known to this brief.",
                       what, long_date(panj::to_string(*end)), count(static_cast<double>(days))));
}

std::string banner(const Meta& meta) {
  std::string warnings;
  if (meta.mock)
    warnings +=
        element("p", "Test fixture: this page is for testing and must not inform a decision.");
  if (const auto month = parse_month(meta.deaths_end))
    warnings += staleness("Stale data. Deaths", month->last_day(), meta.issued);
  warnings +=
      staleness("Stale data. Reported incidents", parse_date(meta.incidents_end), meta.issued);
  return warnings.empty() ? "" : "<div class=\"banner\" role=\"note\">\n" + warnings + "</div>\n";
}

/// Where it is seen first and last, as TLP 2.0 has it.
std::string label_line(const BriefContent& content) {
  if (!content.label) return {};
  const auto level = share::parse_level(content.label->level);
  const std::string_view word = level ? share::name(*level) : "clear";
  return element("p", content.label->text,
                 fmt::format("tlp tlp-{}", word.substr(0, word.find('+'))));
}

}  // namespace

std::string head_section(const BriefContent& content) {
  const Meta& meta = content.meta;
  return fmt::format("<header class=\"head\">\n<div id=\"tools\"></div>\n{}{}{}{}{}</header>\n",
                     label_line(content),
                     element("p",
                             fmt::format("{} · {} km of border (line {})", meta.area,
                                         count(meta.length_km), meta.line_id),
                             "kicker"),
                     element("h1", meta.title),
                     element("p",
                             fmt::format("Outlook {}. Deaths to {}, incidents to {}. Issued {}.",
                                         meta.outlook, long_date(meta.deaths_end),
                                         long_date(meta.incidents_end), long_date(meta.issued)),
                             "facts"),
                     banner(meta));
}

std::string not_answered_section(const BriefContent& content) {
  std::string text;
  for (const auto& paragraph : content.not_answered) text += element("p", paragraph);
  if (!content.containment.empty())
    text += element("p", "Contained means here: " + content.containment);
  if (text.empty()) return {};
  return "<section><h2>What this brief does not answer yet</h2>\n" + text + "</section>\n";
}

std::string footer(const BriefContent& content) {
  const auto scale = parse_likelihood_scale(content.meta.words).value_or(LikelihoodScale::icd203);
  return "<footer>\n" +
         element("p", fmt::format("Likelihood words ({}): {}. Intervals hold 90% unless said "
                                  "otherwise. Credibility by the Admiralty code: 1 confirmed, 2 "
                                  "probably true, 3 possibly true, 4 doubtful, 5 improbable, 6 "
                                  "cannot be judged.",
                                  scale == LikelihoodScale::icd203 ? "ICD 203" : "IPCC",
                                  likelihood_key(scale))) +
         element("p",
                 "Boundaries and names shown do not imply any opinion on the status of a "
                 "territory. Panj works on incidents, places and organisations; it holds no "
                 "data on private persons and selects no targets.") +
         label_line(content) + "</footer>\n";
}

}  // namespace panj::brief::detail
