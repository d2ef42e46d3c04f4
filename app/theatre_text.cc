// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "panj/core/text.h"
#include "theatre_view.h"

namespace panj::app {
namespace {

using Json = nlohmann::ordered_json;

/// Text that grows by formatted lines.
class Page {
 public:
  template <class... Values>
  void line(fmt::format_string<Values...> format, Values&&... values) {
    fmt::format_to(std::back_inserter(text_), format, std::forward<Values>(values)...);
    text_ += '\n';
  }
  void heading(std::string_view title) { line("\n{}", title); }
  std::string text() const { return text_.substr(0, text_.find_last_not_of('\n') + 1); }

 private:
  std::string text_;
};

std::string str(const Json& value) {
  return value.get<std::string>();
}
double num(const Json& value) {
  return value.get<double>();
}

/// "0.05 … 0.65" for a list, "6000" for one number.
std::string span_of(const Json& numbers) {
  const auto [low, high] = std::ranges::minmax(numbers.get<std::vector<double>>());
  return low == high ? fmt::format("{:.6g}", low) : fmt::format("{:.6g} … {:.6g}", low, high);
}

/// From the lowest to the highest that any of its numbers may be.
std::string range_of(const Json& assumption) {
  if (assumption["low"] == assumption["high"]) return "point";
  const auto low = assumption["low"].get<std::vector<double>>();
  const auto high = assumption["high"].get<std::vector<double>>();
  return fmt::format("[{:.6g}, {:.6g}]", std::ranges::min(low), std::ranges::max(high));
}

void write_alliance(const Json& alliance, Page& page) {
  page.heading(fmt::format("{} ({})", str(alliance["name"]), str(alliance["abbreviation"])));
  for (const Json& member : alliance["members"]) {
    const std::string id = str(member["id"]);
    const std::string role = id == str(alliance["leader"])    ? "leads"
                             : id == str(alliance["exposed"]) ? "at the border"
                                                              : "";
    const std::string stance =
        member.contains("stance_now") ? fmt::format("{:.2f}", num(member["stance_now"])) : "–";
    page.line("  {:<4}{:<14}{:<15}stance {:<6}terrorist list: {}", id, str(member["name"]), role,
              stance, str(member["listing"]));
  }
}

void write_lengths(const Json& lengths, Page& page) {
  page.heading("How long the border is (km)");
  for (const Json& stated : lengths["stated"]) {
    page.line("  {:>8.1f}  stated: {} [{}]", num(stated["km"]), str(stated["source"]),
              str(stated["basis"]));
  }
  for (const Json& measured : lengths["measured"]) {
    page.line("  {:>8.1f}  measured: {} ({})", num(measured["km"]), str(measured["line"]),
              str(measured["source"]));
  }
  page.line("  by scale: detail smaller than the tolerance is left out");
  for (const Json& measured : lengths["measured"]) {
    std::string row = fmt::format("  {:<16}", str(measured["line"]));
    for (const Json& scale : measured["by_scale"]) {
      const double tolerance_m = num(scale["tolerance_m"]);
      const std::string name = tolerance_m > 0 ? fmt::format("{:g} m", tolerance_m) : "as drawn";
      row += fmt::format("{:>8} {:>7.1f}", name, num(scale["km"]));
    }
    page.line("{}", row);
  }
}

void write_border(const Json& border, Page& page) {
  page.heading(fmt::format("Border {}", str(border["name"])));
  if (!str(border["river"]).empty()) page.line("  river: {}", str(border["river"]));
  const auto stretches = border["stretches"].get<std::size_t>();
  page.line("  {}, {}{:.1f} km long", counted(stretches, "stretch", "stretches"),
            stretches == 1 ? "" : "the first ", num(border["stretch_length_km"]));
  for (const Json& terrain : border["terrain"]) {
    page.line("  {:>7.1f}–{:<7.1f} {}: {}", num(terrain["from_km"]), num(terrain["to_km"]),
              str(terrain["name"]), str(terrain["description"]));
  }
  for (const Json& crossing : border["crossings"]) {
    page.line("  km {:>6.1f}       {} ({})", num(crossing["chainage_km"]), str(crossing["name"]),
              str(crossing["kind"]));
  }
}

void write_threat(const Json& threat, Page& page) {
  page.heading("Groups (militants at the start, with range)");
  for (const Json& group : threat["groups"]) {
    page.line("  {:<42}{:>6.0f}  [{:.0f}, {:.0f}]", str(group["name"]), num(group["militants"]),
              num(group["low"]), num(group["high"]));
  }
  page.heading("Zones next door");
  for (const Json& zone : threat["zones"]) {
    if (zone["at_border"].get<bool>()) {
      page.line("  {:>7.1f}–{:<7.1f} {}", num(zone["from_km"]), num(zone["to_km"]),
                str(zone["name"]));
    } else {
      page.line("  {:<16} {}", "no border", str(zone["name"]));
    }
  }
}

void write_sharing(const Json& sharing, Page& page) {
  page.heading("Intelligence shared (row gives to column)");
  std::string header = "      ";
  for (const auto& [to, share] : sharing.items()) header += fmt::format("{:>6}", to);
  page.line("{}", header);
  for (const auto& [from, row] : sharing.items()) {
    std::string line = fmt::format("  {:<4}", from);
    for (const Json& share : row) line += fmt::format("{:>6.2f}", num(share));
    page.line("{}", line);
  }
}

void write_measures(const Json& measures, Page& page) {
  page.heading("Measures");
  const double exercises = num(measures["exercises_per_year"]);
  page.line("  {:g} joint exercise{} a year", exercises, exercises == 1 ? "" : "s");
  for (const Json& stage : measures["stages"]) {
    page.line("  {}–{}  stage: {}", stage["from"].get<int>(), stage["to"].get<int>(),
              str(stage["name"]));
  }
  for (const Json& programme : measures["programmes"]) {
    std::string units;
    for (const auto& [kind, count] : programme["units"].items()) {
      units += fmt::format(", {:g} {}", num(count), kind);
    }
    page.line("  {}–{}  programme {}: {}{}", programme["from"].get<int>(),
              programme["to"].get<int>(), str(programme["id"]), str(programme["name"]), units);
  }
}

void write_assumptions(const Json& assumptions, Page& page) {
  page.heading(fmt::format("Assumptions ({})", assumptions.size()));
  page.line("  {:<48}{:>18}  {:<20} {:<10} {:<17}line", "key", "value", "range", "unit", "basis");
  for (const Json& a : assumptions) {
    page.line("  {:<48}{:>18}  {:<20} {:<10} {:<17}{}", str(a["key"]), span_of(a["values"]),
              range_of(a), str(a["unit"]), str(a["basis"]), a["line"].get<int>());
  }
}

}  // namespace

std::string theatre_text(const Json& view) {
  Page page;
  page.line("{}{}", str(view["name"]),
            view["example"].get<bool>() ? "  (an example of the format, not information)" : "");
  page.line("{}", str(view["question"]));
  if (view.contains("containment")) page.line("Contained: {}", str(view["containment"]));
  write_alliance(view["alliance"], page);
  write_lengths(view["lengths"], page);
  write_border(view["border"], page);
  if (view.contains("threat")) write_threat(view["threat"], page);
  if (view.contains("bases") && !view["bases"].empty()) {
    page.heading("Bases");
    for (const Json& base : view["bases"]) {
      page.line("  {} ({})", str(base["name"]), str(base["member"]));
    }
  }
  if (view.contains("sharing")) write_sharing(view["sharing"], page);
  if (view.contains("measures")) write_measures(view["measures"], page);
  if (!view["packages"].empty()) page.heading("Packages");
  for (const Json& package : view["packages"]) {
    page.line("  {:<4}{}", str(package["id"]), str(package["name"]));
  }
  if (!view["claims"].empty()) page.heading("Statements (reported as statements, not findings)");
  for (const Json& claim : view["claims"]) {
    page.line("  {:<16}{} [{}]", str(claim["date"]), str(claim["text"]), str(claim["basis"]));
  }
  if (!view["files"].empty()) page.heading("Data");
  for (const auto& [name, file] : view["files"].items()) {
    page.line("  {}: {} to {}, {}", name, str(file["file"]), str(file["complete_to"]),
              str(file["source"]));
  }
  if (!view["assumptions"].empty()) write_assumptions(view["assumptions"], page);
  return page.text();
}

}  // namespace panj::app
