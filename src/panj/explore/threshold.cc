// SPDX-License-Identifier: Apache-2.0
#include "panj/explore/threshold.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "panj/core/number.h"
#include "panj/core/problem.h"
#include "panj/core/text.h"
#include "panj/explore/headline.h"

namespace panj::explore {
namespace {

bool is_share(const Threshold& threshold) {
  return headlines()[threshold.headline].name == "contained";
}

std::string worded(const Threshold& threshold, std::string_view runs, std::string_view number) {
  if (is_share(threshold))
    return fmt::format("{} {:.6g}% of runs contained", runs, 100 * threshold.bound);
  return fmt::format("{} {} {:.6g}", headlines()[threshold.headline].description, number,
                     threshold.bound);
}

}  // namespace

Threshold parse_threshold(std::string_view text) {
  const auto fail = [&](std::string why) -> InvalidInput {
    return InvalidInput({.field = "require",
                         .what = fmt::format("'{}' is not understood", text),
                         .why = std::move(why),
                         .suggestion = "write 'fatalities_per_year <= 5'"});
  };
  const std::size_t at = text.find_first_of("<>");
  if (at == std::string_view::npos || at + 1 >= text.size() || text[at + 1] != '=') {
    throw fail("needs <= or >= between an outcome and a number");
  }
  Threshold threshold;
  threshold.headline = find_headline(trimmed(text.substr(0, at)));
  threshold.at_most = text[at] == '<';
  const std::string_view bound = trimmed(text.substr(at + 2));
  const auto number = parse_number<double>(bound);
  if (!number || !std::isfinite(*number)) throw fail("needs a number");
  threshold.bound = *number;
  if (is_share(threshold) && (threshold.bound < 0 || threshold.bound > 1)) {
    throw fail("a share must lie in [0, 1]");
  }
  return threshold;
}

std::string to_string(const Threshold& threshold) {
  return fmt::format("{} {} {}", headlines()[threshold.headline].name,
                     threshold.at_most ? "<=" : ">=", threshold.bound);
}

std::string in_words(const Threshold& threshold) {
  const std::string_view words = threshold.at_most ? "at most" : "at least";
  return worded(threshold, words, words);
}

std::string miss_in_words(const Threshold& threshold) {
  return threshold.at_most ? worded(threshold, "more than", "above")
                           : worded(threshold, "fewer than", "below");
}

std::vector<bool> holds_in(const Summary& summary, std::size_t package,
                           std::span<const Threshold> thresholds) {
  std::vector<bool> holds;
  for (std::size_t f = 0; f < summary.mean(0).rows(); ++f) {
    holds.push_back(std::ranges::all_of(thresholds, [&](const Threshold& threshold) {
      return threshold.holds(summary.mean(threshold.headline)(f, package));
    }));
  }
  return holds;
}

}  // namespace panj::explore
