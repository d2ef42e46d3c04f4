// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "panj/event/panel.h"
#include "panj/forecast/predictive_sample.h"

namespace panj::forecast {

/// A panel as it was known at the end of a day.
struct Vintage {
  Date known_on{};
  event::Panel panel{};
};

/// By how much one vintage of a panel differs from an earlier one, over the unit-months in both. A
/// unit that only one of them names counts as 0 in the other.
struct Revision {
  std::size_t cells = 0;
  std::size_t raised = 0;
  std::size_t lowered = 0;
  double before = 0;  ///< total of the earlier vintage
  double after = 0;   ///< total of the later one
};

/// Compares the months up to `last`.
Revision compare_vintages(const event::Panel& before, const event::Panel& after, Month last);

/// "of 84 unit-months to 2024-10, 12 were raised and 3 lowered since: 410 became 553 (+35 %)", or
/// that nothing changed.
std::string describe(const Revision& revision, Month last);

/// What first figures become: learnt from the unit-months that one vintage gave first and a later
/// one gave again, as candidate data are followed by final ones.
///
/// A month counts as looked at again when any of its units changed between the first vintage that
/// holds it and the last; a release leaves no month of its span quite as it was. Ratios of last to
/// first figure are kept apart for first figures of 1–4, 5–24 and from 25 on (where a class has
/// fewer than `kFewest`, all ratios stand in for it), and so is how often, and to what, a first
/// figure of 0 was raised. Nothing is assumed about the shape of either.
///
///     const auto model = RevisionModel::learn(vintages);  // oldest first
///     if (model.is_usable())
///       sample = model.widen(sample, model.share_of_first_figures(origin), seed);
class RevisionModel {
 public:
  static constexpr std::size_t kFewest = 20;  ///< unit-months with deaths to learn from
  /// Vintages to learn from, the last: three years of monthly releases. Older ones say little of
  /// how first figures fare today.
  static constexpr std::size_t kMostVintages = 36;

  /// `vintages` oldest first.
  static RevisionModel learn(std::span<const Vintage> vintages);

  /// Unit-months with a first figure of at least 1 that were looked at again.
  std::size_t events() const { return ratios_.size(); }
  bool is_usable() const { return events() >= kFewest; }
  /// Σ last / Σ first over all unit-months that were looked at again; 1 when there are none.
  double mean_factor() const;

  /// The share of the twelve months to `origin` that were not looked at again: as far as the record
  /// that a forecast rests on is of first figures.
  double share_of_first_figures(Month origin) const;

  /// The forecast of what will be known in the end: each draw is, with chance `share`, multiplied
  /// with a ratio drawn from those of its size class and rounded, or, when it is 0, raised with the
  /// chance and to a value that zeros were raised to. At least 1,000 draws, whole numbers.
  PredictiveSample widen(const PredictiveSample& sample, double share, std::uint64_t seed) const;

 private:
  static constexpr std::array kClassFloors = {1.0, 5.0, 25.0};

  const std::vector<double>& ratios_for(double first_figure) const;

  std::vector<double> ratios_;
  std::array<std::vector<double>, kClassFloors.size()> ratios_by_class_;
  std::size_t zeros_ = 0;
  std::vector<double> raised_from_zero_;
  double first_total_ = 0;
  double last_total_ = 0;
  std::set<Month> months_;  ///< looked at again
};

}  // namespace panj::forecast
