// SPDX-License-Identifier: Apache-2.0
#include "assumption_setting.h"

#include <fmt/format.h>

#include <optional>
#include <string_view>

#include "panj/core/number.h"
#include "panj/core/problem.h"
#include "panj/core/text.h"

namespace panj::app {
namespace {

Problem no_setting(const std::string& text) {
  return {.field = "--set",
          .what = fmt::format("is '{}'", printable(text, 80)),
          .why = "must be KEY=NUMBER",
          .suggestion = "such as defence.guards=9000"};
}

Problem no_entry(const theatre::Assumption& list, const std::string& name) {
  std::vector<std::string> entries;
  for (const std::string& label : list.labels) entries.push_back(list.key + "." + label);
  return {.field = "--set",
          .what = fmt::format("names '{}'", printable(name, 80)),
          .why = fmt::format("must name one of the {} numbers of {}", entries.size(), list.key),
          .suggestion = suggest_name(name, entries)};
}

/// The single number of that name, or the entry of a list.
std::optional<spillover::Override> find_entry(const theatre::Theatre& theatre,
                                              std::string_view name) {
  for (const theatre::Assumption& assumption : theatre.assumptions) {
    if (!name.starts_with(assumption.key)) continue;
    const std::string_view rest = name.substr(assumption.key.size());
    if (rest.empty() && assumption.values.size() == 1) {
      return spillover::Override{assumption.key, 0, 0};
    }
    if (!rest.starts_with('.')) continue;
    if (const auto index = assumption.find(rest.substr(1))) {
      return spillover::Override{assumption.key, *index, 0};
    }
  }
  return std::nullopt;
}

/// A list that is named as a whole, or with an entry that it does not have.
const theatre::Assumption* find_list(const theatre::Theatre& theatre, std::string_view name) {
  for (const theatre::Assumption& assumption : theatre.assumptions) {
    if (assumption.labels.size() < 2 || !name.starts_with(assumption.key)) continue;
    const std::string_view rest = name.substr(assumption.key.size());
    if (rest.empty() || rest.starts_with('.')) return &assumption;
  }
  return nullptr;
}

}  // namespace

std::vector<spillover::Override> parse_settings(const theatre::Theatre& theatre,
                                                std::span<const std::string> texts) {
  std::vector<spillover::Override> overrides;
  Problems problems;
  for (const std::string& text : texts) {
    const auto equals = text.find('=');
    const std::string name = text.substr(0, equals);
    const auto value =
        equals == std::string::npos ? std::nullopt : parse_number<double>(text.substr(equals + 1));
    if (!value) {
      problems.add(no_setting(text));
    } else if (auto entry = find_entry(theatre, name)) {
      entry->value = *value;
      overrides.push_back(std::move(*entry));
    } else if (const auto* list = find_list(theatre, name)) {
      problems.add(no_entry(*list, name));
    } else {
      overrides.push_back({name, 0, *value});  // refused with the nearest name
    }
  }
  problems.throw_if_any();
  return overrides;
}

}  // namespace panj::app
