// SPDX-License-Identifier: Apache-2.0
#include "panj/core/problem.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <numeric>
#include <tuple>

namespace panj {
namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, substituted});
    }
  }
  return row.back();
}

std::string describe(const std::vector<Problem>& problems) {
  constexpr std::size_t kMostShown = 100;
  std::string text;
  for (std::size_t i = 0; i < std::min(problems.size(), kMostShown); ++i) {
    text += to_string(problems[i]) + "\n";
  }
  if (problems.size() > kMostShown) {
    return text + fmt::format("… and {} more", problems.size() - kMostShown);
  }
  if (!text.empty()) text.pop_back();
  return text;
}

}  // namespace

std::string to_string(const Problem& problem) {
  std::string text;
  if (!problem.file.empty()) text += problem.file + ":";
  if (problem.line > 0) text += std::to_string(problem.line) + ":";
  if (!text.empty()) text += " ";
  if (!problem.field.empty()) text += problem.field + ": ";
  text += problem.what;
  if (!problem.why.empty()) text += " (" + problem.why + ")";
  if (!problem.suggestion.empty()) text += " " + problem.suggestion;
  return text;
}

void Problems::throw_if_any() const {
  if (all_.empty()) return;
  std::vector<Problem> ordered = all_;
  std::ranges::stable_sort(ordered, {}, [](const Problem& p) { return std::tie(p.file, p.line); });
  throw InvalidInput(std::move(ordered));
}

InvalidInput::InvalidInput(Problem problem)
    : InvalidInput(std::vector<Problem>{std::move(problem)}) {}

InvalidInput::InvalidInput(std::vector<Problem> problems)
    : std::runtime_error(describe(problems)), problems_(std::move(problems)) {}

std::string nearest_name(std::string_view name, std::span<const std::string> valid) {
  constexpr std::size_t kLongestName = 200;
  if (name.size() > kLongestName) return {};
  const std::string wanted = lower(name);
  std::string best;
  // A name of one or two letters that shares none with another is not meant by it.
  std::size_t best_distance = std::min(std::max<std::size_t>(2, name.size() / 3) + 1, name.size());
  for (const std::string& candidate : valid) {
    const auto [shorter, longer] = std::minmax({name.size(), candidate.size()});
    if (longer - shorter >= best_distance) continue;  // no nearer than their lengths differ
    const std::size_t distance = edit_distance(wanted, lower(candidate));
    if (distance < best_distance) {
      best_distance = distance;
      best = candidate;
    }
  }
  return best;
}

std::string suggest_name(std::string_view name, std::span<const std::string> valid) {
  const std::string nearest = nearest_name(name, valid);
  if (!nearest.empty()) return fmt::format("did you mean '{}'?", nearest);
  constexpr std::size_t kMostListed = 20;
  if (valid.size() <= kMostListed) return fmt::format("one of: {}", fmt::join(valid, ", "));
  std::vector<std::string> holding;
  for (const std::string& candidate : valid) {
    if (!name.empty() && candidate.find(name) != std::string::npos) holding.push_back(candidate);
  }
  if (!holding.empty() && holding.size() <= kMostListed) {
    return fmt::format("did you mean one of: {}?", fmt::join(holding, ", "));
  }
  return fmt::format("one of {} names: {}, …", valid.size(),
                     fmt::join(valid.first(kMostListed / 2), ", "));
}

}  // namespace panj
