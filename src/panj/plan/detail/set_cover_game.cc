// SPDX-License-Identifier: Apache-2.0
#include "panj/plan/detail/set_cover_game.h"

#include <algorithm>
#include <map>
#include <numeric>

#include "panj/plan/detail/rounding.h"

namespace panj::plan::detail {
void SetGame::add_set(std::vector<std::uint32_t>& places, double a) {
  if (places.empty()) {
    constant += a;
  } else if (places.size() == 1) {
    single[places[0]] += a;
  } else if (places.size() == 2) {
    pair.at(std::min(places[0], places[1]), std::max(places[0], places[1])) += a;
  } else {
    weight.push_back(a);
    member.insert(member.end(), places.begin(), places.end());
    start.push_back(static_cast<std::uint32_t>(member.size()));
  }
}

SetGame set_game(const InterdictionProblem& problem) {
  SetGame game;
  game.budget = problem.budget;
  game.cost = problem.cost;
  game.id.resize(problem.cost.size());
  std::iota(game.id.begin(), game.id.end(), 0U);
  game.single.assign(game.size(), 0.0);
  game.pair = PairTable(game.size());
  std::map<std::vector<std::uint32_t>, double> weights;
  for (std::size_t w = 0; w < problem.routes.size(); ++w) {
    std::vector<EvaderRoute> routes = problem.routes[w];
    double never_below = 0;
    for (const EvaderRoute& route : routes) never_below = std::max(never_below, route.equipped);
    std::erase_if(routes, [&](const EvaderRoute& r) { return r.unequipped <= never_below; });
    std::ranges::stable_sort(routes, std::ranges::greater{}, &EvaderRoute::unequipped);
    std::vector<std::uint32_t> set;
    double cost = 0;
    for (std::size_t h = 0; h < routes.size(); ++h) {
      const auto k = static_cast<std::uint32_t>(routes[h].checkpoint);
      const auto at = std::ranges::lower_bound(set, k);
      if (at == set.end() || *at != k) {
        set.insert(at, k);
        cost += problem.cost[k];
      }
      if (cost > problem.budget + kRounding) break;
      const double next = h + 1 < routes.size() ? routes[h + 1].unequipped : never_below;
      const double a = problem.probability[w] * (routes[h].unequipped - next);
      if (a > 0) weights[set] += a;
    }
  }
  for (const auto& [set, a] : weights) {
    std::vector<std::uint32_t> places = set;
    game.add_set(places, a);
  }
  return game;
}

SetGame reduced(const SetGame& game, std::span<const Fate> fate, const PairTable& conflict) {
  SetGame left;
  left.constant = game.constant;
  left.budget = game.budget;
  for (std::size_t j = 0; j < game.size(); ++j) {
    if (fate[j] == Fate::in) left.budget -= game.cost[j];
  }
  constexpr std::uint32_t kOut = 0xffffffff;
  constexpr std::uint32_t kIn = 0xfffffffe;
  std::vector<std::uint32_t> place(game.size(), kOut);
  for (std::size_t j = 0; j < game.size(); ++j) {
    if (fate[j] == Fate::in) place[j] = kIn;
    const auto at_odds = [&](std::size_t k) {
      const auto [low, high] = std::minmax(game.id[j], game.id[k]);
      return fate[k] == Fate::in && conflict.at(low, high) > 0;
    };
    bool excluded = false;
    for (std::size_t k = 0; k < game.size() && !excluded; ++k) excluded = k != j && at_odds(k);
    if (excluded || fate[j] != Fate::open || game.cost[j] > left.budget + kRounding) continue;
    place[j] = static_cast<std::uint32_t>(left.size());
    left.id.push_back(game.id[j]);
    left.cost.push_back(game.cost[j]);
  }
  left.single.assign(left.size(), 0.0);
  left.pair = PairTable(left.size());
  std::vector<std::uint32_t> places;
  const auto keep = [&](std::span<const std::uint32_t> set, double a) {
    places.clear();
    double cost = 0;
    for (const std::uint32_t j : set) {
      if (place[j] == kOut) return;
      if (place[j] == kIn) continue;
      places.push_back(place[j]);
      cost += game.cost[j];
    }
    if (cost > left.budget + kRounding) return;
    for (std::size_t i = 0; i < places.size(); ++i) {
      for (std::size_t k = i + 1; k < places.size(); ++k) {
        const auto [low, high] = std::minmax(left.id[places[i]], left.id[places[k]]);
        if (conflict.at(low, high) > 0) return;
      }
    }
    left.add_set(places, a);
  };
  for (std::uint32_t j = 0; j < game.size(); ++j) {
    keep(std::span(&j, 1), game.single[j]);
    for (std::uint32_t k = j + 1; k < game.size(); ++k) {
      const std::uint32_t both[] = {j, k};
      if (game.pair.at(j, k) > 0) keep(both, game.pair.at(j, k));
    }
  }
  for (std::size_t t = 0; t < game.weight.size(); ++t) keep(game.set(t), game.weight[t]);
  return left;
}

}  // namespace panj::plan::detail
