// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "panj/brief/detail/sections.h"
#include "panj/brief/html.h"
#include "panj/brief/likelihood.h"
#include "panj/brief/wording.h"

namespace panj::brief::detail {
namespace {

/// The interval on a scale from 0 to 100 %, 240 units wide.
std::string interval_bar(const Statement& statement) {
  const auto x = [](double probability) { return 6 + 222 * probability; };
  return fmt::format(
      "<svg class=\"bar\" viewBox=\"0 0 240 36\" role=\"img\" aria-label=\"{} on a scale from 0 to "
      "100%, 90% interval {}\"><rect class=\"interval\" x=\"{:.1f}\" y=\"6\" width=\"{:.1f}\" "
      "height=\"10\"/><path class=\"axis\" d=\"M6,11H228M6,6v10M117,6v10M228,6v10\"/><circle "
      "class=\"point\" cx=\"{:.1f}\" cy=\"11\" r=\"5.5\"/><text x=\"6\" y=\"31\">0</text><text "
      "x=\"117\" y=\"31\" text-anchor=\"middle\">50</text><text x=\"236\" y=\"31\" "
      "text-anchor=\"end\">100%</text></svg>\n",
      escape(percent(statement.probability)), escape(percent_range(statement.low, statement.high)),
      x(statement.low), std::max(1.0, x(statement.high) - x(statement.low)),
      x(statement.probability));
}

std::string html(const Statement& statement, LikelihoodScale scale) {
  const auto words = likelihood_range(statement.low, statement.high, scale);
  const auto word = likelihood_word(statement.probability, scale);
  const std::string spread = words == word ? "" : fmt::format(" The interval runs from {}.", words);
  return fmt::format(
      "<div class=\"statement\">\n{}<div>\n{}{}{}{}</div>\n{}</div>\n",
      element("p", capitalised(word), "word"), element("p", statement.text, "said"),
      element("p",
              fmt::format("{} ({}; 90% interval {}).{}", percent(statement.probability),
                          frequency(statement.probability),
                          percent_range(statement.low, statement.high), spread),
              "how-sure"),
      element("p", statement.confidence, "how-sure"),
      element("p", "Counts as true: " + statement.definition, "definition"),
      interval_bar(statement));
}

}  // namespace

std::string bottom_line_section(const BriefContent& content) {
  const auto scale = parse_likelihood_scale(content.meta.words).value_or(LikelihoodScale::icd203);
  std::string statements;
  for (const auto& statement : content.bottom_line) statements += html(statement, scale);
  return "<section id=\"bottom-line\"><h2>Bottom line</h2>\n" + statements + "</section>\n";
}

}  // namespace panj::brief::detail
