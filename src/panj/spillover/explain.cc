// SPDX-License-Identifier: Apache-2.0
#include "panj/spillover/explain.h"

#include <algorithm>
#include <map>
#include <numeric>

#include "panj/core/problem.h"
#include "panj/sim/moments.h"
#include "panj/spillover/detail/package_sink.h"
#include "panj/spillover/model.h"

namespace panj::spillover {
namespace {

using Order = std::vector<std::size_t>;
using Moved = std::uint32_t;  ///< a bit for each lever

constexpr std::size_t kAllOrders = 4;  ///< levers for which every order is taken

std::vector<Order> orders_of(std::size_t levers) {
  Order order(levers);
  std::iota(order.begin(), order.end(), 0U);
  std::vector<Order> orders;
  if (levers <= kAllOrders) {
    do orders.push_back(order);
    while (std::next_permutation(order.begin(), order.end()));
    return orders;
  }
  for (std::size_t k = 0; k < levers; ++k) {
    orders.push_back(order);
    orders.emplace_back(order.rbegin(), order.rend());
    std::rotate(order.begin(), order.begin() + 1, order.end());
  }
  return orders;
}

/// Every combination of moved levers that some order passes through, with its place.
std::map<Moved, std::size_t> combinations_of(const std::vector<Order>& orders) {
  std::map<Moved, std::size_t> places{{0, 0}};
  for (const Order& order : orders) {
    Moved moved = 0;
    for (const std::size_t lever : order) places.try_emplace(moved |= Moved{1} << lever, 0);
  }
  std::size_t place = 0;
  for (auto& [moved, at] : places) at = place++;
  return places;
}

LeverSettings combine(const LeverSettings& from, const LeverSettings& to,
                      const std::vector<const Lever*>& levers, Moved moved) {
  LeverSettings settings = from;
  for (std::size_t k = 0; k < levers.size(); ++k) {
    if ((moved >> k & 1U) != 0) levers[k]->take(settings, to);
  }
  return settings;
}

/// Credits each lever in each replicate.
class Credit : public sim::Sink {
 public:
  Credit(std::span<const SpilloverModel> models, const SimulationOptions& options,
         std::vector<Order> orders, std::map<Moved, std::size_t> places)
      : reader_(models.first(1), options), orders_(std::move(orders)), places_(std::move(places)) {
    by_lever_.assign(orders_.front().size(), std::vector<sim::Moments>(kHeadlines.size()));
  }

  void take(std::span<const sim::OutcomeBlock> blocks) override {
    for (std::size_t lane = 0; lane < blocks.front().lanes().count; ++lane) {
      std::vector<std::vector<double>> values;
      for (const sim::OutcomeBlock& block : blocks) {
        values.push_back(reader_.headlines_of(block, lane));
      }
      for (std::size_t h = 0; h < kHeadlines.size(); ++h) {
        difference_[h].add(values.back()[h] - values.front()[h]);
        credit(values, h);
      }
    }
  }

  void report(Explanation& explanation) const {
    for (std::size_t h = 0; h < kHeadlines.size(); ++h) {
      explanation.difference.push_back(difference_[h].mean());
      explanation.difference_error.push_back(difference_[h].error());
      for (std::size_t k = 0; k < by_lever_.size(); ++k) {
        explanation.effects[k].mean.push_back(by_lever_[k][h].mean());
        explanation.effects[k].mc_error.push_back(by_lever_[k][h].error());
      }
    }
  }

 private:
  void credit(const std::vector<std::vector<double>>& values, std::size_t h) {
    std::vector<double> gain(by_lever_.size(), 0.0);
    for (const Order& order : orders_) {
      Moved moved = 0;
      for (const std::size_t lever : order) {
        const double before = values[places_.at(moved)][h];
        moved |= Moved{1} << lever;
        gain[lever] += values[places_.at(moved)][h] - before;
      }
    }
    for (std::size_t k = 0; k < gain.size(); ++k) {
      by_lever_[k][h].add(gain[k] / static_cast<double>(orders_.size()));
    }
  }

  detail::PackageSink reader_;
  std::vector<Order> orders_;
  std::map<Moved, std::size_t> places_;
  std::vector<std::vector<sim::Moments>> by_lever_;
  std::array<sim::Moments, kHeadlines.size()> difference_{};
};

std::vector<const Lever*> moved_levers(const Scenario& from, const Scenario& to) {
  std::vector<const Lever*> moved;
  for (const Lever& lever : all_levers()) {
    if (lever.differs(from.levers, to.levers)) moved.push_back(&lever);
  }
  if (!moved.empty()) return moved;
  throw InvalidInput(Problem{.field = "explain",
                             .what = to.id + " moves no lever that " + from.id + " does not",
                             .why = "there must be a difference to explain"});
}

}  // namespace

Explanation explain(const Parameters& p, const Geometry& geometry, const Scenario& from,
                    const Scenario& to, const SimulationOptions& options) {
  const std::vector<const Lever*> levers = moved_levers(from, to);
  const std::vector<Order> orders = orders_of(levers.size());
  const auto places = combinations_of(orders);
  std::vector<SpilloverModel> models;
  models.reserve(places.size());
  for (const auto& [moved, place] : places) {
    models.emplace_back(p, geometry, combine(from.levers, to.levers, levers, moved),
                        options.settings);
  }
  Credit credit(models, options, orders, places);
  sim::Sink* const sinks[] = {&credit};
  const auto run = sim::run_ensemble(std::span<const SpilloverModel>(models),
                                     detail::ensemble_options(p, options, "explain"), sinks);
  Explanation explanation{.from = from.id, .to = to.id};
  for (const Lever* lever : levers) {
    explanation.effects.push_back({std::string(lever->name), std::string(lever->acts_on)});
  }
  explanation.replicates = run.replicates;
  explanation.simulated = models.size();
  credit.report(explanation);
  return explanation;
}

}  // namespace panj::spillover
