// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "panj/brief/detail/sections.h"
#include "panj/brief/html.h"
#include "panj/brief/wording.h"

namespace panj::brief::detail {
namespace {

std::string assumptions(const BriefContent& content) {
  if (content.assumptions.empty()) return {};
  Table table("What is assumed", {{"Assumption"}, {"Value or range"}, {"Basis"}, {"Source"}});
  for (const auto& a : content.assumptions) table.add({a.name, a.value, a.basis, a.source});
  return "<h3>What is assumed</h3>\n" +
         element("p",
                 fmt::format("{} numbers, each with its basis and, where it is not stated as one "
                             "point, the range it may take.",
                             count(static_cast<double>(table.rows())))) +
         "<details><summary>All assumptions</summary>\n" + table.html() + "</details>\n";
}

std::string sources(const BriefContent& content) {
  Table table("Data and their vintage",
              {{"Source"}, {"Known as of"}, {"Licence"}, {"SHA-256 (first 12 digits)"}});
  for (const auto& s : content.sources)
    table.add({s.name, s.vintage, s.licence, s.sha256.substr(0, 12)});
  return "<h3>Data and their vintage</h3>\n" + table.html();
}

std::string provenance(const Meta& meta) {
  const auto entry = [](std::string_view name, std::string_view value) {
    return "<dt>" + escape(name) + "</dt><dd>" + escape(value) + "</dd>\n";
  };
  return "<h3>How this brief was made</h3>\n<dl>\n" + entry("Run", meta.run) +
         entry("Program", "Panj " + meta.version) + entry("Command", meta.command) +
         entry("Seed", std::to_string(meta.seed)) +
         entry("Draws per forecast", count(static_cast<double>(meta.samples))) + "</dl>\n";
}

}  // namespace

std::string basis_section(const BriefContent& content) {
  return "<section class=\"basis\"><h2>Basis</h2>\n" + assumptions(content) + sources(content) +
         provenance(content.meta) + "</section>\n";
}

}  // namespace panj::brief::detail
