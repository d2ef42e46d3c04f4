// SPDX-License-Identifier: Apache-2.0
#include "panj/explore/future_space.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <set>
#include <string_view>

#include "panj/core/contract.h"

namespace panj::explore {
namespace {

using theatre::Assumption;

constexpr std::string_view kRegime = "surroundings.regime.";

/// Regimes that stay as practised or that a package brings about, as parts of keys.
std::set<std::string> regimes_in_play(const theatre::Theatre& theatre) {
  std::set<std::string> keys;
  const auto add = [&](const std::string& id) { keys.insert(fmt::format("{}{}.", kRegime, id)); };
  if (theatre.measures) add(theatre.measures->current_regime);
  for (const auto& package : theatre.packages) add(package.regime);
  return keys;
}

bool varies(const Assumption& assumption, const std::set<std::string>& regimes) {
  if (assumption.is_point() || assumption.key.starts_with("threat.stated_")) return false;
  static constexpr auto kSet =
      std::to_array<std::string_view>({"measures.exercises", "measures.urging", "measures.budget"});
  if (std::ranges::find(kSet, assumption.key) != kSet.end()) return false;
  if (!assumption.key.starts_with(kRegime)) return true;
  return std::ranges::any_of(regimes,
                             [&](const auto& key) { return assumption.key.starts_with(key); });
}

/// The common factor (or shift) of one end of all entries, when there is one.
template <class Change>
std::optional<double> common(const Assumption& assumption, const std::vector<double>& end,
                             Change change) {
  std::optional<double> all;
  for (std::size_t i = 0; i < end.size(); ++i) {
    const std::optional<double> one = change(end[i], assumption.values[i]);
    if (!one) continue;
    if (all && std::abs(*one - *all) > 1e-9 * std::max(1.0, std::abs(*all))) return std::nullopt;
    all = one;
  }
  return all;
}

std::optional<double> factor_between(double end, double value) {
  if (value == 0) return end == 0 ? std::nullopt : std::optional<double>(NAN);
  return end / value;
}

std::optional<double> shift_between(double end, double value) {
  return end - value;
}

double moved(const Assumption& a, std::size_t entry, Effect effect, double by) {
  double value = by;
  if (effect == Effect::factor) value = a.values[entry] * by;
  if (effect == Effect::shift) value = a.values[entry] + by;
  if (effect == Effect::place) value = a.low[entry] + by * (a.high[entry] - a.low[entry]);
  return std::clamp(value, a.low[entry], a.high[entry]);
}

}  // namespace

FutureSpace::FutureSpace(const theatre::Theatre& theatre) : theatre_(theatre) {
  const auto regimes = regimes_in_play(theatre);
  for (std::size_t i = 0; i < theatre.assumptions.size(); ++i) {
    if (varies(theatre.assumptions[i], regimes)) add(i);
  }
}

void FutureSpace::add(std::size_t assumption) {
  const Assumption& a = theatre_.assumptions[assumption];
  if (a.moves_together && a.values.size() > 1) return add_together(assumption);
  for (std::size_t entry = 0; entry < a.values.size(); ++entry) {
    if (a.low[entry] < a.high[entry]) add_entry(assumption, entry);
  }
}

void FutureSpace::add_entry(std::size_t assumption, std::size_t entry) {
  const Assumption& a = theatre_.assumptions[assumption];
  const bool single = a.values.size() == 1;
  Dimension dimension{.name = single ? a.key : a.key + "." + a.labels[entry],
                      .range = {a.low[entry], a.high[entry]}};
  if (single && a.drawn) dimension.range = *a.drawn;
  if (a.logarithmic) dimension.scale = Scale::logarithmic;
  dimensions_.push_back(
      {std::move(dimension), assumption, entry, false, Effect::value, a.values[entry]});
}

void FutureSpace::add_together(std::size_t assumption) {
  const Assumption& a = theatre_.assumptions[assumption];
  FutureDimension all{{.name = a.key, .range = {}}, assumption, 0, true, Effect::place, 0.5};
  const auto both = [&](auto change) -> std::optional<Range> {
    const auto low = common(a, a.low, change);
    const auto high = common(a, a.high, change);
    if (!low || !high || !(*low < *high)) return std::nullopt;
    return Range{*low, *high};
  };
  if (const auto factor = both(factor_between)) {
    all.dimension.range = *factor;
    all.effect = Effect::factor;
    all.stated = 1.0;
  } else if (const auto shift = both(shift_between)) {
    all.dimension.range = *shift;
    all.effect = Effect::shift;
    all.stated = 0.0;
  } else {
    all.dimension.range = {0.0, 1.0};
    const auto widest = std::ranges::max_element(a.values, {}, [&](const double& value) {
      const auto i = static_cast<std::size_t>(&value - a.values.data());
      return a.high[i] - a.low[i];
    });
    const auto i = static_cast<std::size_t>(widest - a.values.begin());
    all.stated = (a.values[i] - a.low[i]) / (a.high[i] - a.low[i]);
  }
  dimensions_.push_back(std::move(all));
}

std::vector<Dimension> FutureSpace::design_dimensions() const {
  std::vector<Dimension> dimensions;
  for (const FutureDimension& d : dimensions_) dimensions.push_back(d.dimension);
  return dimensions;
}

const FutureDimension& FutureSpace::find(std::string_view name) const {
  const auto named = [&](const FutureDimension& d) { return d.dimension.name == name; };
  const auto found = std::ranges::find_if(dimensions_, named);
  if (found != dimensions_.end()) return *found;
  throw InvalidInput({.field = std::string(name),
                      .what = "is not an assumption that varies",
                      .suggestion = suggest_name(name, names_of(design_dimensions()))});
}

std::vector<spillover::Override> FutureSpace::overrides(std::span<const std::string> names,
                                                        std::span<const double> point) const {
  PANJ_EXPECT(names.size() == point.size());
  std::vector<spillover::Override> all;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const FutureDimension& d = find(names[i]);
    const Assumption& a = theatre_.assumptions[d.assumption];
    const std::size_t from = d.all_entries ? 0 : d.entry;
    const std::size_t to = d.all_entries ? a.values.size() : d.entry + 1;
    for (std::size_t entry = from; entry < to; ++entry) {
      all.push_back({a.key, entry, moved(a, entry, d.effect, point[i])});
    }
  }
  return all;
}

}  // namespace panj::explore
