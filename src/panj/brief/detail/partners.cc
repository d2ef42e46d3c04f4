// SPDX-License-Identifier: Apache-2.0
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
  return "<section id=\"partners\"><h2>Shared by partners</h2>\n" + table.html() + "</section>\n";
}

}  // namespace panj::brief::detail
