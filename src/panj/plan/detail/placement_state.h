// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <limits>
#include <span>
#include <utility>
#include <vector>

#include "panj/plan/detail/placement_model.h"

namespace panj::plan::detail {

/// Units of kind k that enter service on stretch i in year t, in the plans of level h and above.
struct UnitChange {
  std::size_t stretch = 0;
  std::size_t kind = 0;
  std::size_t level = 0;
  std::size_t year = 0;  ///< of delivery
  int units = 0;
};

/// A plan with its value, changed a few units at a time.
class PlanState {
 public:
  explicit PlanState(const PlacementModel& model);

  void load(const std::vector<Purchases>& plan);
  std::vector<Purchases> plan(const PlacementInstance& instance) const;

  /// Caps, minimum posts and money.
  bool allows(std::span<const UnitChange> changes);
  /// Makes the changes, which must be allowed, and returns the new value.
  ///
  /// The value is convex in the losses of the futures, so the weights of the worst futures at the
  /// last `keep` bound it from below. When that bound is above `limit`, the bound is returned, and
  /// the changes must be undone.
  double apply(std::span<const UnitChange> changes,
               double limit = std::numeric_limits<double>::infinity());
  /// Takes the last `apply` back.
  void undo();
  /// Stays at the last `apply`, and looks anew which futures are the worst.
  void keep();

  double value() const { return value_; }
  /// Over all years and levels.
  double total_spend() const;
  /// Units as in UnitChange.
  int bought(std::size_t i, std::size_t k, std::size_t h, std::size_t t) const {
    return bought_[((i * model_.kinds + k) * model_.levels + h) * model_.years + t];
  }
  /// Money left in a budget row.
  double slack(std::size_t row) const { return model_.budget[row] - spend_[row]; }
  /// Recomputes all sums, so that rounding does not build up.
  void refresh();

 private:
  struct Saved {
    std::size_t cell;
    double value;
  };
  void count(std::span<const UnitChange> changes, int sign);
  void update_stretch(std::size_t i, std::size_t first_year);
  void set_loss(std::size_t cell, double loss);
  void update_displaced(std::size_t cell, std::size_t i);
  double displaced(std::size_t cell, std::size_t i) const;
  void note(std::size_t cell, double difference);
  void forget_noted();
  double linear_change() const;
  void weigh_futures();
  void flush();
  double goal_value();
  double regret_value();
  double cvar_value();

  const PlacementModel& model_;
  double share_;
  std::vector<double> power_;          ///< [(k, a, units)] (1 − detect)^units
  std::vector<std::size_t> power_at_;  ///< [k]
  std::vector<double> attempts_;       ///< [(cell, s)] times the level's weight
  std::vector<int> bought_;            ///< [(i, k, h, t)]
  std::vector<int> total_;             ///< [(i, k)] over levels and years
  std::vector<double> spend_;          ///< [(h, t)]
  std::vector<double> most_spend_;     ///< [row] budget, with what rounding may add
  std::vector<double> loss_;           ///< [(h, t, i, a)]
  std::vector<double> displaced_;      ///< same
  std::size_t futures_;                ///< number of futures
  std::size_t padded_;                 ///< rounded up, so that they go eight at a time
  std::vector<double> future_loss_;    ///< [s]
  double value_ = 0;

  std::vector<UnitChange> last_changes_;
  std::vector<Saved> last_loss_;
  std::vector<Saved> last_displaced_;
  std::vector<double> last_future_loss_;
  double last_value_ = 0;
  std::vector<std::size_t> noted_;  ///< cells whose difference is not yet in future_loss_
  std::vector<char> is_noted_;      ///< by cell
  std::vector<double> difference_;  ///< by cell
  bool flushed_ = true;             ///< the last `apply` reached future_loss_
  std::vector<std::pair<double, std::size_t>> sorted_;   ///< loss, future
  std::vector<std::pair<std::size_t, double>> worst_;    ///< future, weight at the last value
  std::vector<std::pair<std::size_t, double>> weighed_;  ///< those that risk_weight_ is for
  std::vector<double> risk_weight_;                      ///< by cell
};

}  // namespace panj::plan::detail
