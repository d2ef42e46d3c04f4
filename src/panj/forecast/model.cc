// SPDX-License-Identifier: Apache-2.0
#include "panj/forecast/model.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "panj/core/number.h"
#include "panj/core/problem.h"

namespace panj::forecast {
namespace {

constexpr std::size_t kMostMonths = 1200;

std::vector<std::string> example_names() {
  std::vector<std::string> names;
  for (const ModelFamily& family : model_families()) names.push_back(family.example);
  return names;
}

/// What stands for N in `name`, or nothing when it does not belong to the family.
std::optional<std::string_view> number_in(std::string_view name, const ModelFamily& family) {
  const std::string_view stem = std::string_view(family.name).substr(0, family.name.size() - 1);
  if (!family.counts_months() || !name.starts_with(stem)) return std::nullopt;
  return name.substr(stem.size());
}

std::size_t parse_months(std::string_view text, std::string_view name, const ModelFamily& family) {
  const auto months = parse_number<std::size_t>(text);
  if (!months || *months < 1 || *months > kMostMonths) {
    throw InvalidInput(Problem{
        .field = "model",
        .what = fmt::format("'{}' has no number of months", name),
        .why = fmt::format("N of {} must be a whole number from 1 to {}", family.name, kMostMonths),
        .suggestion = fmt::format("write for example {}", family.example)});
  }
  return *months;
}

}  // namespace

Model find_model(std::string_view name, const ModelOptions& options) {
  for (const ModelFamily& family : model_families()) {
    if (name == family.name && !family.counts_months()) return family.make(0, options);
    if (const auto number = number_in(name, family)) {
      return family.make(parse_months(*number, name, family), options);
    }
  }
  throw InvalidInput(Problem{.field = "model",
                             .what = fmt::format("'{}' is not a model", name),
                             .suggestion = suggest_name(name, example_names())});
}

std::vector<std::string> notes_of(const Model& model, const Forecaster& fitted,
                                  const History& history) {
  std::vector<std::string> notes;
  if (!fitted.note().empty()) notes.push_back(fitted.note());
  const auto units = fitted.short_units(history);
  if (!units.empty()) {
    notes.push_back(
        fmt::format("decay-6 stands in for {} where a record is shorter than a year: {}",
                    model.name, fmt::join(units, ", ")));
  }
  return notes;
}

std::string describe_models() {
  std::string text;
  for (const ModelFamily& family : model_families()) {
    text += fmt::format("  {:<17} {}\n", family.name, family.description);
  }
  return text;
}

}  // namespace panj::forecast
