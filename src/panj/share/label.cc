// SPDX-License-Identifier: Apache-2.0
#include "panj/share/label.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <vector>

namespace panj::share {
namespace {

constexpr std::array<std::string_view, 5> kLevels = {"clear", "green", "amber", "amber+strict",
                                                     "red"};

}  // namespace

std::string_view name(Level level) {
  return kLevels.at(static_cast<std::size_t>(level));
}

std::optional<Level> parse_level(std::string_view text) {
  const auto* const found = std::ranges::find(kLevels, text);
  if (found == kLevels.end()) return std::nullopt;
  return static_cast<Level>(found - kLevels.begin());
}

bool Label::permits(const Recipient& recipient) const {
  return level <= recipient.clearance && release_to.contains(recipient.id) &&
         std::ranges::includes(recipient.caveats, caveats);
}

bool Label::is_at_most(const Label& other) const {
  return level <= other.level && std::ranges::includes(other.caveats, caveats) &&
         std::ranges::includes(release_to, other.release_to) && onward <= other.onward;
}

Label join(const Label& a, const Label& b) {
  Label joined{.level = std::max(a.level, b.level),
               .caveats = a.caveats,
               .release_to = {},
               .onward = std::max(a.onward, b.onward)};
  joined.caveats.insert(b.caveats.begin(), b.caveats.end());
  std::ranges::set_intersection(a.release_to, b.release_to,
                                std::inserter(joined.release_to, joined.release_to.end()));
  return joined;
}

std::optional<Label> join(std::span<const Label> labels) {
  if (labels.empty()) return std::nullopt;
  Label joined = labels.front();
  for (const Label& label : labels.subspan(1)) joined = join(joined, label);
  return joined;
}

std::string to_string(const Label& label) {
  return to_string(label, [](const std::string& id) { return id; });
}

std::string to_string(const Label& label,
                      const std::function<std::string(const std::string& id)>& name_of) {
  std::string text = fmt::format("TLP:{}", name(label.level));
  std::ranges::transform(text, text.begin(),
                         [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  for (const std::string& caveat : label.caveats) text += "//" + caveat;
  std::vector<std::string> names;
  for (const std::string& id : label.release_to) names.push_back(name_of(id));
  std::ranges::sort(names);
  text += names.empty() ? "//NO RELEASE" : fmt::format("//REL {}", fmt::join(names, ", "));
  if (label.onward == OnwardRelease::originator_only) text += "//ORCON";
  return text;
}

}  // namespace panj::share
