// SPDX-License-Identifier: Apache-2.0
#include "panj/brief/page.h"

#include <fmt/format.h>

#include "panj/brief/bundle.h"
#include "panj/brief/detail/sections.h"
#include "panj/brief/html.h"
#include "panj/brief/json.h"

namespace panj::brief {

std::string to_html(const BriefContent& content) {
  using nlohmann::json;
  const std::string policy = fmt::format(
      "default-src 'none'; script-src 'sha256-{}'; style-src 'sha256-{}'; font-src data:; base-uri "
      "'none'; form-action 'none'",
      bundled_script_hash(), bundled_style_hash());
  std::string page = "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n";
  page += fmt::format("<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n", policy);
  page += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";
  page += element("title", content.meta.title);
  page += fmt::format("<style>{}</style>\n</head>\n<body>\n", bundled_style());
  page += detail::head_section(content) + "<main>\n";
  page += detail::bottom_line_section(content) + detail::not_answered_section(content);
  page += detail::border_section(content) + detail::record_section(content);
  page += detail::forecast_section(content) + detail::outlook_section(content);
  page += detail::exploration_section(content) + detail::plan_section(content);
  page += detail::partners_section(content) + detail::basis_section(content);
  page += "</main>\n" + detail::footer(content);
  page += fmt::format(
      "<script type=\"application/json\" id=\"brief-data\">{}</script>\n",
      escape_json(to_json(content).dump(-1, ' ', false, json::error_handler_t::replace)));
  page += fmt::format("<script>{}</script>\n</body>\n</html>\n", bundled_script());
  return page;
}

}  // namespace panj::brief
