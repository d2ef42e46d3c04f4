// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "plan.h"

namespace panj::app {
namespace {

using nlohmann::ordered_json;

constexpr double kNoise = 1e-9;           ///< what is smaller comes of rounding
constexpr std::size_t kLongestList = 12;  ///< entries of a list printed in one line

std::string word(std::string name) {
  std::ranges::replace(name, '_', ' ');
  return name;
}

std::string cell(const ordered_json& value) {
  if (value.is_null()) return "-";
  if (value.is_string()) return value.get<std::string>();
  if (value.is_number_float()) {
    const auto number = value.get<double>();
    return fmt::format("{:.6g}", std::abs(number) < kNoise ? 0.0 : number);
  }
  if (!value.is_array()) return value.dump();
  if (!value.empty() && value[0].is_object()) return fmt::format("{} in the JSON", value.size());
  std::string text;
  for (std::size_t i = 0; i < value.size() && i < kLongestList; ++i) {
    text += (i > 0 ? " " : "") + cell(value[i]);
  }
  if (value.size() > kLongestList) text += fmt::format(" … ({} in all)", value.size());
  return text.empty() ? "none" : text;
}

std::string table(const std::string& title, const ordered_json& rows) {
  std::vector<std::vector<std::string>> lines(1);
  for (const auto& [name, value] : rows[0].items()) lines[0].push_back(word(name));
  for (const ordered_json& row : rows) {
    std::vector<std::string>& line = lines.emplace_back();
    for (const auto& [name, value] : rows[0].items()) line.push_back(cell(row.value(name, value)));
  }
  std::vector<std::size_t> width(lines[0].size(), 0);
  for (const auto& line : lines) {
    for (std::size_t c = 0; c < line.size(); ++c) width[c] = std::max(width[c], line[c].size());
  }
  std::string text = "\n" + title + "\n";
  for (const auto& line : lines) {
    for (std::size_t c = 0; c < line.size(); ++c) {
      text += c + 1 < line.size() ? fmt::format("  {:<{}}", line[c], width[c]) : "  " + line[c];
    }
    text += "\n";
  }
  return text;
}

}  // namespace

std::string readable(const ordered_json& result) {
  std::string scalars;
  std::string tables;
  for (const auto& [name, value] : result.items()) {
    if (value.is_array() && !value.empty() && value[0].is_object()) {
      tables += table(word(name), value);
    } else if (value.is_object()) {
      tables += table(word(name), ordered_json::array({value}));
    } else if (!(value.is_array() && value.empty())) {
      scalars += fmt::format("{}: {}\n", word(name), cell(value));
    }
  }
  return scalars + tables;
}

}  // namespace panj::app
