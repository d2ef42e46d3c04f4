// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "panj/brief/detail/sections.h"
#include "panj/brief/html.h"
#include "panj/brief/wording.h"

namespace panj::brief::detail {

std::string partners_section(const BriefContent& content) {
  if (content.shared.empty()) return {};
  Table table("What partners released to this node; every line keeps its label",
              {{"Date"}, {"Originator"}, {"Label"}, {"What was shared"}});
  for (const auto& item : content.shared)
    table.add({long_date(item.date), item.originator, item.label, item.text});
  std::string section = "<section id=\"partners\"><h2>Shared by partners</h2>\n";
  if (content.label) {
    section +=
        element("p", "With these lines this brief is " + content.label->text +
                         ": the highest level, all caveats and only those members that every "
                         "one of them is released to.");
  }
  section += table.html();
  if (content.shared_left_out > 0) {
    section += element("p", fmt::format("{} older than these are not shown.",
                                        count(static_cast<double>(content.shared_left_out))));
  }
  return section + "</section>\n";
}

}  // namespace panj::brief::detail
