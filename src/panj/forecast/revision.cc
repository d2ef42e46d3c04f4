// SPDX-License-Identifier: Apache-2.0
#include "panj/forecast/revision.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <string_view>
#include <unordered_map>

#include "panj/core/contract.h"
#include "panj/core/random.h"

namespace panj::forecast {
namespace {

constexpr std::uint16_t kRevisionDraw = 0x5256;
constexpr std::size_t kFewestDraws = 1000;
constexpr int kMonthsOfRecord = 12;

std::vector<std::string> units_of(std::span<const event::Panel* const> panels) {
  std::set<std::string> units;
  for (const event::Panel* panel : panels)
    units.insert(panel->units().begin(), panel->units().end());
  return {units.begin(), units.end()};
}

/// A panel's figures by the places of `units`, which are looked up once.
class FiguresByUnit {
 public:
  FiguresByUnit(const event::Panel& panel, std::span<const std::string> units) : panel_(panel) {
    std::unordered_map<std::string_view, event::UnitId> known;
    for (std::uint32_t i = 0; i < panel.units().size(); ++i) {
      known.emplace(panel.units()[i], event::UnitId(i));
    }
    for (const std::string& unit : units) {
      const auto found = known.find(unit);
      places_.push_back(found == known.end() ? std::nullopt : std::optional(found->second));
    }
  }

  bool holds(Month month) const {
    return !panel_.empty() && month >= panel_.first() && month <= panel_.last();
  }
  /// Nothing where the panel does not reach or does not know; 0 of a unit that it does not name.
  std::optional<double> at(std::size_t unit, Month month) const {
    if (!holds(month)) return std::nullopt;
    if (!places_[unit]) return 0.0;
    const double value = panel_.at(*places_[unit], month);
    return std::isnan(value) ? std::nullopt : std::optional(value);
  }

 private:
  const event::Panel& panel_;
  std::vector<std::optional<event::UnitId>> places_;
};

struct Figures {
  double first = 0;
  double last = 0;
};

/// A month's figures, unit by unit: in the first vintage that holds the month and in the last.
std::vector<Figures> figures_of(std::span<const FiguresByUnit> vintages, std::size_t units,
                                Month month) {
  const FiguresByUnit& latest = vintages.back();
  const auto first = std::ranges::find_if(
      vintages, [&](const FiguresByUnit& vintage) { return vintage.holds(month); });
  std::vector<Figures> figures;
  if (first == vintages.end() || &*first == &latest) return figures;
  for (std::size_t unit = 0; unit < units; ++unit) {
    const auto before = first->at(unit, month);
    const auto after = latest.at(unit, month);
    if (before && after) figures.push_back({*before, *after});
  }
  return figures;
}

/// The last class whose floor the figure reaches; the first when it reaches none.
std::size_t class_of(std::span<const double> floors, double figure) {
  std::size_t place = floors.size() - 1;
  while (place > 0 && figure < floors[place]) --place;
  return place;
}

std::size_t pick(RandomStream& random, std::size_t count) {
  const auto place = static_cast<std::size_t>(random.uniform() * static_cast<double>(count));
  return std::min(place, count - 1);
}

}  // namespace

Revision compare_vintages(const event::Panel& before, const event::Panel& after, Month last) {
  Revision revision;
  if (before.empty() || after.empty()) return revision;
  const auto units = units_of(std::array{&before, &after});
  const FiguresByUnit then(before, units);
  const FiguresByUnit now(after, units);
  for (std::size_t unit = 0; unit < units.size(); ++unit) {
    for (Month month = before.first(); month <= std::min(last, before.last()); ++month) {
      const auto was = then.at(unit, month);
      const auto is = now.at(unit, month);
      if (!was || !is) continue;
      ++revision.cells;
      revision.before += *was;
      revision.after += *is;
      if (*is > *was) ++revision.raised;
      if (*is < *was) ++revision.lowered;
    }
  }
  return revision;
}

std::string describe(const Revision& revision, Month last) {
  const std::string span = fmt::format("of {} unit-months to {}", revision.cells, to_string(last));
  if (revision.raised + revision.lowered == 0)
    return fmt::format("{} none was revised since", span);
  const std::string change =
      revision.before > 0
          ? fmt::format(" ({:+.0f} %)", 100 * (revision.after / revision.before - 1))
          : std::string();
  return fmt::format("{}, {} were raised and {} lowered since: {:.0f} became {:.0f}{}", span,
                     revision.raised, revision.lowered, revision.before, revision.after, change);
}

RevisionModel RevisionModel::learn(std::span<const Vintage> vintages) {
  RevisionModel model;
  if (vintages.size() < 2 || vintages.back().panel.empty()) return model;
  PANJ_EXPECT(std::ranges::is_sorted(vintages, {}, &Vintage::known_on));
  vintages = vintages.last(std::min(vintages.size(), kMostVintages));
  std::vector<const event::Panel*> panels;
  panels.reserve(vintages.size());
  for (const Vintage& vintage : vintages) panels.push_back(&vintage.panel);
  const auto units = units_of(panels);
  std::vector<FiguresByUnit> known;
  known.reserve(panels.size());
  for (const event::Panel* panel : panels) known.emplace_back(*panel, units);
  const event::Panel& latest = vintages.back().panel;
  for (Month month = latest.first(); month <= latest.last(); ++month) {
    const auto figures = figures_of(known, units.size(), month);
    const auto changed = [](const Figures& each) { return each.first != each.last; };
    if (std::ranges::none_of(figures, changed)) continue;
    model.months_.insert(month);
    for (const Figures& each : figures) {
      model.first_total_ += each.first;
      model.last_total_ += each.last;
      if (each.first < kClassFloors.front()) {
        ++model.zeros_;
        if (each.last > 0) model.raised_from_zero_.push_back(each.last);
        continue;
      }
      model.ratios_.push_back(each.last / each.first);
      model.ratios_by_class_[class_of(kClassFloors, each.first)].push_back(each.last / each.first);
    }
  }
  return model;
}

double RevisionModel::mean_factor() const {
  return first_total_ > 0 ? last_total_ / first_total_ : 1.0;
}

double RevisionModel::share_of_first_figures(Month origin) const {
  int first_figures = 0;
  for (int back = 0; back < kMonthsOfRecord; ++back) {
    if (!months_.contains(origin - back)) ++first_figures;
  }
  return static_cast<double>(first_figures) / kMonthsOfRecord;
}

const std::vector<double>& RevisionModel::ratios_for(double first_figure) const {
  const auto& ratios = ratios_by_class_[class_of(kClassFloors, first_figure)];
  return ratios.size() >= kFewest ? ratios : ratios_;
}

PredictiveSample RevisionModel::widen(const PredictiveSample& sample, double share,
                                      std::uint64_t seed) const {
  PANJ_EXPECT(is_usable());
  const std::size_t copies = (kFewestDraws + sample.draws() - 1) / sample.draws();
  PredictiveSample widened(sample.units(), sample.origin(), sample.leads(),
                           copies * sample.draws());
  const double raise =
      zeros_ > 0 ? static_cast<double>(raised_from_zero_.size()) / static_cast<double>(zeros_) : 0;
  std::vector<double> draws(widened.draws());
  for (std::size_t unit = 0; unit < sample.units().size(); ++unit) {
    for (int lead = sample.leads().first; lead <= sample.leads().last; ++lead) {
      RandomStream random(seed, {.step = static_cast<std::uint16_t>(lead),
                                 .kind = kRevisionDraw,
                                 .entity = static_cast<std::uint32_t>(unit)});
      const auto given = sample.at(unit, lead);
      for (std::size_t i = 0; i < draws.size(); ++i) {
        draws[i] = given[i / copies];
        if (random.uniform() >= share) continue;
        if (draws[i] >= kClassFloors.front()) {
          const auto& ratios = ratios_for(draws[i]);
          draws[i] = std::round(draws[i] * ratios[pick(random, ratios.size())]);
        } else if (random.uniform() < raise) {
          draws[i] = raised_from_zero_[pick(random, raised_from_zero_.size())];
        }
      }
      widened.set(unit, lead, draws);
    }
  }
  return widened;
}

}  // namespace panj::forecast
