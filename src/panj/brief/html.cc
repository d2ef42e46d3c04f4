// SPDX-License-Identifier: Apache-2.0
#include "panj/brief/html.h"

#include <fmt/format.h>

#include "panj/core/contract.h"

namespace panj::brief {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

/// Length of the well-formed UTF-8 sequence at the front, 0 when there is none.
std::size_t sequence_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  const std::size_t length = lead < 0x80                   ? 1
                             : lead >= 0xC2 && lead < 0xE0 ? 2
                             : lead >= 0xE0 && lead < 0xF0 ? 3
                             : lead >= 0xF0 && lead < 0xF5 ? 4
                                                           : 0;
  if (length == 0 || length > text.size()) return 0;
  for (std::size_t i = 1; i < length; ++i)
    if ((byte(i) & 0xC0) != 0x80) return 0;
  if (lead == 0xE0 && byte(1) < 0xA0) return 0;
  if (lead == 0xED && byte(1) > 0x9F) return 0;
  if (lead == 0xF0 && byte(1) < 0x90) return 0;
  if (lead == 0xF4 && byte(1) > 0x8F) return 0;
  return length;
}

/// U+202A–202E and U+2066–2069 override the direction of the text after them.
bool changes_direction(std::string_view sequence) {
  if (sequence.size() != 3 || sequence[0] != '\xE2') return false;
  const auto last = static_cast<unsigned char>(sequence[2]);
  return (sequence[1] == '\x80' && last >= 0xAA && last <= 0xAE) ||
         (sequence[1] == '\x81' && last >= 0xA6 && last <= 0xA9);
}

std::string_view entity(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&#39;";
    default:
      return {};
  }
}

std::string_view alignment(Align align) {
  return align == Align::number ? " class=\"n\"" : "";
}

}  // namespace

std::string escape(std::string_view text) {
  std::string safe;
  safe.reserve(text.size());
  while (!text.empty()) {
    const std::size_t length = sequence_length(text);
    const auto sequence = text.substr(0, length == 0 ? 1 : length);
    text.remove_prefix(sequence.size());
    const auto c = static_cast<unsigned char>(sequence[0]);
    if (length == 0 || changes_direction(sequence))
      safe += kReplacement;
    else if (c < 0x20 || c == 0x7F)
      safe += ' ';
    else if (const auto replaced = entity(sequence[0]); !replaced.empty())
      safe += replaced;
    else
      safe += sequence;
  }
  return safe;
}

std::string escape_json(std::string_view json) {
  std::string safe;
  safe.reserve(json.size());
  for (const char c : json) {
    if (c == '<')
      safe += "\\u003c";
    else
      safe += c;
  }
  return safe;
}

std::string element(std::string_view tag, std::string_view text, std::string_view css_class) {
  if (css_class.empty()) return fmt::format("<{0}>{1}</{0}>\n", tag, escape(text));
  return fmt::format("<{0} class=\"{2}\">{1}</{0}>\n", tag, escape(text), css_class);
}

Table::Table(std::string caption, std::vector<Column> columns)
    : caption_(std::move(caption)), columns_(std::move(columns)) {}

void Table::add(const std::vector<std::string>& cells) {
  PANJ_EXPECT(cells.size() == columns_.size());
  body_ += "<tr>";
  for (std::size_t i = 0; i < cells.size(); ++i)
    body_ += i == 0 ? fmt::format("<th scope=\"row\"{}>{}</th>", alignment(columns_[i].align),
                                  escape(cells[i]))
                    : fmt::format("<td{}>{}</td>", alignment(columns_[i].align), escape(cells[i]));
  body_ += "</tr>\n";
  ++rows_;
}

std::string Table::html() const {
  std::string head;
  for (const auto& column : columns_)
    head +=
        fmt::format("<th scope=\"col\"{}>{}</th>", alignment(column.align), escape(column.name));
  return fmt::format(
      "<div class=\"table{}\" tabindex=\"0\" role=\"region\" aria-label=\"{}\"><table>"
      "<caption>{}</caption><thead><tr>{}</tr></thead><tbody>\n{}</tbody></table></div>\n",
      rows_ > 14 ? " tall" : "", escape(caption_), escape(caption_), head, body_);
}

}  // namespace panj::brief
