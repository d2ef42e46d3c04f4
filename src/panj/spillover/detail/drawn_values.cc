// SPDX-License-Identifier: Apache-2.0
#include "panj/spillover/detail/drawn_values.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "panj/core/contract.h"
#include "panj/core/problem.h"

namespace panj::spillover::detail {
namespace {

using theatre::Assumption;

std::string last_part(const std::string& key) {
  return key.substr(key.rfind('.') + 1);
}

/// Keys near in spelling, or of the same last part; there are too many to list all.
std::string near_keys(const std::string& wanted, const theatre::Theatre& theatre) {
  std::vector<std::string> keys;
  std::vector<std::string> same_part;
  for (const Assumption& assumption : theatre.assumptions) {
    keys.push_back(assumption.key);
    if (last_part(assumption.key) == last_part(wanted)) same_part.push_back(assumption.key);
  }
  std::string near = suggest_name(wanted, keys);
  if (near.starts_with("did you mean")) return near;
  if (!same_part.empty()) return suggest_name("", same_part);
  return "`panj theatre show THEATRE --json` lists them";
}

/// Room for the last digits of a bound that was worked out.
bool within(double value, double low, double high) {
  const double slack = 1e-9 * std::max(std::abs(low), std::abs(high));
  return std::isfinite(value) && value >= low - slack && value <= high + slack;
}

}  // namespace

DrawnValues::DrawnValues(const theatre::Theatre& theatre, std::span<const Override> overrides) {
  Problems problems;
  for (const Override& o : overrides) {
    const auto found = std::ranges::find(theatre.assumptions, o.key, &Assumption::key);
    if (found == theatre.assumptions.end()) {
      problems.add({.field = o.key,
                    .what = "is not an assumption of the theatre",
                    .why = "only assumptions can be drawn anew",
                    .suggestion = near_keys(o.key, theatre)});
      continue;
    }
    if (o.index >= found->values.size()) {
      problems.add({.field = o.key,
                    .what = fmt::format("has no entry {}", o.index),
                    .why = fmt::format("it has {}", found->values.size())});
      continue;
    }
    if (!within(o.value, found->low[o.index], found->high[o.index])) {
      problems.add({.file = theatre.file.string(),
                    .line = found->line,
                    .field = o.key + (found->labels.empty() ? "" : "." + found->labels[o.index]),
                    .what = fmt::format("is set to {}", o.value),
                    .why = fmt::format("must lie in its range [{}, {}]", found->low[o.index],
                                       found->high[o.index]),
                    .suggestion = "widen the range in the theatre file if it can be so"});
      continue;
    }
    changed_.try_emplace(o.key, found->values).first->second[o.index] = o.value;
  }
  problems.throw_if_any();
}

const std::vector<double>& DrawnValues::all(const Assumption& assumption) const {
  const auto found = changed_.find(assumption.key);
  return found == changed_.end() ? assumption.values : found->second;
}

double DrawnValues::label(const Assumption& assumption, std::string_view label) const {
  const auto index = assumption.find(label);
  PANJ_EXPECT(index.has_value());
  return all(assumption)[*index];
}

double DrawnValues::label_or(const Assumption& assumption, std::string_view label,
                             double otherwise) const {
  const auto index = assumption.find(label);
  return index ? all(assumption)[*index] : otherwise;
}

ByType<double> DrawnValues::by_type(const Assumption& assumption) const {
  ByType<double> values{};
  for (std::size_t e = 0; e < kTypes; ++e) {
    values[e] = label_or(assumption, theatre::kAttemptTypes[e], 0.0);
  }
  return values;
}

ByKind<double> DrawnValues::by_kind(const Assumption& assumption) const {
  ByKind<double> values{};
  for (std::size_t j = 0; j < kKinds; ++j) {
    values[j] = label_or(assumption, theatre::kEquipmentKinds[j], 0.0);
  }
  return values;
}

ByType<double> DrawnValues::row_by_type(const Assumption& assumption, std::string_view row) const {
  ByType<double> values{};
  for (std::size_t e = 0; e < kTypes; ++e) {
    values[e] = label_or(assumption, fmt::format("{}.{}", row, theatre::kAttemptTypes[e]), 0.0);
  }
  return values;
}

}  // namespace panj::spillover::detail
