// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "panj/explore/dimension.h"
#include "panj/spillover/parameters.h"
#include "panj/theatre/theatre.h"

namespace panj::explore {

/// How one coordinate of a future sets the entries of an assumption.
enum class Effect {
  value,   ///< it is the one number
  factor,  ///< it multiplies every stated value
  shift,   ///< it is added to every stated value
  place,   ///< 0 puts every entry at its low end, 1 at its high end
};

/// One coordinate of a future: a number of an assumption, or of all of its entries together.
struct FutureDimension {
  Dimension dimension;     ///< named by the assumption's key, with the label where there is one
  std::size_t assumption;  ///< index in Theatre::assumptions
  std::size_t entry;       ///< of its values; unused when all move together
  bool all_entries;
  Effect effect;
  double stated;  ///< the coordinate of the theatre's own values
};

/// What may be otherwise than the theatre states: every assumption with a range, each on the scale
/// and within the draw range that the theatre gives it. Entries that move together share one
/// coordinate. What is practised and set by levers (`measures.exercises`, `measures.urging`), what
/// does not act on the model (`measures.budget`, `threat.stated_…`), and regimes that are not in
/// force in any package are not among them.
class FutureSpace {
 public:
  explicit FutureSpace(const theatre::Theatre& theatre);

  const std::vector<FutureDimension>& dimensions() const { return dimensions_; }
  std::vector<Dimension> design_dimensions() const;
  /// What a point of a design (columns `names`) makes of the theatre's assumptions. Names must be
  /// those of dimensions.
  std::vector<spillover::Override> overrides(std::span<const std::string> names,
                                             std::span<const double> point) const;
  /// Throws InvalidInput with the nearest name.
  const FutureDimension& find(std::string_view name) const;

 private:
  void add(std::size_t assumption);
  void add_entry(std::size_t assumption, std::size_t entry);
  void add_together(std::size_t assumption);

  const theatre::Theatre& theatre_;
  std::vector<FutureDimension> dimensions_;
};

}  // namespace panj::explore
