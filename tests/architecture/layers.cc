// SPDX-License-Identifier: Apache-2.0
#include "architecture/layers.h"

#include <fmt/format.h>

#include <map>
#include <optional>
#include <regex>
#include <sstream>

namespace panj::architecture {
namespace {

/// docs/architecture.md explains the floors.
const std::map<std::string, int, std::less<>> kFloors = {
    {"core", 1},     {"geo", 2},       {"sim", 2},   {"event", 3},   {"theatre", 3},
    {"forecast", 4}, {"spillover", 4}, {"share", 4}, {"explore", 5}, {"plan", 6},
    {"brief", 7},    {"server", 8},    {"app", 8}};

/// The layer of a path such as "src/panj/geo/x.h", or "app".
std::string layer_of(const std::string& path) {
  static const std::regex in_layer("^src/panj/([^/]+)/.+");
  std::smatch match;
  if (std::regex_match(path, match, in_layer)) return match[1];
  return path.substr(0, path.find('/'));
}

/// What is wrong with `#include "included"` in a file of `layer`.
std::optional<std::string> violation(const std::string& layer, const std::string& included) {
  static const std::regex of_layer("^panj/([^/]+)/(detail/)?.+");
  std::smatch match;
  if (!std::regex_match(included, match, of_layer)) {
    if (layer == "app") return std::nullopt;
    return fmt::format("\"{}\" is not of a layer (write \"panj/<layer>/…\")", included);
  }
  const std::string target = match[1];
  if (target == layer) return std::nullopt;
  if (!kFloors.contains(target)) {
    return fmt::format("\"{}\" is of an unknown layer (layers have a floor in layers.cc)",
                       included);
  }
  if (match[2].matched) {
    return fmt::format("\"{}\" is private to {} (use its public headers)", included, target);
  }
  if (kFloors.at(target) >= kFloors.at(layer)) {
    return fmt::format(
        "\"{}\" points up from {} on floor {} to floor {} (move what both need down)", included,
        layer, kFloors.at(layer), kFloors.at(target));
  }
  return std::nullopt;
}

}  // namespace

std::vector<std::string> include_violations(const SourceFile& file) {
  const std::string layer = layer_of(file.path);
  if (!kFloors.contains(layer)) {
    return {fmt::format("{}:1: {} is an unknown layer (layers have a floor in layers.cc)",
                        file.path, layer)};
  }
  static const std::regex include(R"(^\s*#\s*include\s*(?:"|<(?=panj/))([^">]+)[">].*)");
  std::vector<std::string> violations;
  std::istringstream lines(file.text);
  std::string line;
  for (int number = 1; std::getline(lines, line); ++number) {
    std::smatch match;
    if (!std::regex_match(line, match, include)) continue;
    if (const auto problem = violation(layer, match[1])) {
      violations.push_back(fmt::format("{}:{}: {}", file.path, number, *problem));
    }
  }
  return violations;
}

}  // namespace panj::architecture
