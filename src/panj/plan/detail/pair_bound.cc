// SPDX-License-Identifier: Apache-2.0
#include "panj/plan/detail/pair_bound.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "panj/plan/detail/rounding.h"

namespace panj::plan::detail {
namespace {

/// Larger sets are split over fewer pairs: their last members with all others.
constexpr std::size_t kAllPairs = 8;

}  // namespace

PairBound::PairBound(const SetGame& game, Split& split)
    : game_(&game),
      split_(&split),
      size_(game.size() * game.size(), 0.0),
      share_(game.size() * game.size(), 0.0),
      taken_by_row_(game.size()),
      bound_(std::numeric_limits<double>::infinity()) {
  const std::size_t n = game.size();
  for (const double c : game.cost) equal_costs_ = equal_costs_ && c == game.cost[0];
  pairs_start_.push_back(0);
  for (std::size_t t = 0; t < game.weight.size(); ++t) {
    const auto set = game.set(t);
    for (std::size_t i = 0; i < set.size(); ++i) {
      for (std::size_t k = i + 1; k < set.size() && i < kAllPairs; ++k) {
        pairs_.push_back(
            static_cast<std::uint32_t>(std::min(set[i], set[k]) * n + std::max(set[i], set[k])));
      }
    }
    pairs_start_.push_back(pairs_.size());
  }
  now_.value.assign(n, 0.0);
  now_.taken.assign(n, 0.0);
  now_.row_price.assign(n, 0.0);
  now_.gain = PairTable(n);
}

/// The fractional knapsack: the largest Σ gain·taken with Σ cost·taken ≤ budget, taken in [0, 1].
PairBound::Fill PairBound::fill(const double* gain, double budget, std::size_t without,
                                double* taken) {
  const std::vector<double>& cost = game_->cost;
  order_.clear();
  for (std::size_t k = 0; k < game_->size(); ++k) {
    taken[k] = 0;
    if (k != without && gain[k] > 0 && cost[k] <= budget + kRounding) order_.push_back(k);
  }
  if (equal_costs_ && !order_.empty() && cost[0] > 0) {
    const auto most = static_cast<std::size_t>(budget / cost[0] + kRounding);
    Fill filled;
    if (most < order_.size()) {
      const auto middle = order_.begin() + static_cast<std::ptrdiff_t>(most);
      std::nth_element(order_.begin(), middle, order_.end(), [&](std::size_t a, std::size_t b) {
        return gain[a] > gain[b] || (gain[a] == gain[b] && a < b);
      });
      filled.price = gain[*middle] / cost[0];
      order_.resize(most);
      std::ranges::sort(order_);
    }
    for (const std::size_t k : order_) {
      taken[k] = 1;
      filled.total += gain[k];
    }
    return filled;
  }
  std::ranges::sort(order_, [&](std::size_t a, std::size_t b) {
    const double left = gain[a] * cost[b];
    const double right = gain[b] * cost[a];
    return left > right || (left == right && a < b);
  });
  Fill filled;
  for (const std::size_t k : order_) {
    if (cost[k] > budget + kRounding) {
      filled.price = gain[k] / cost[k];
      taken[k] = std::max(0.0, budget) / cost[k];
      filled.total += gain[k] * taken[k];
      break;
    }
    taken[k] = 1;
    filled.total += gain[k];
    budget -= cost[k];
  }
  return filled;
}

void PairBound::split_weights() {
  const std::size_t n = game_->size();
  for (std::size_t j = 0; j < n; ++j) {
    for (std::size_t k = j + 1; k < n; ++k) {
      size_[j * n + k] = split_->size.at(game_->id[j], game_->id[k]);
      share_[j * n + k] = game_->pair.at(j, k);
    }
  }
  for (std::size_t t = 0; t < game_->weight.size(); ++t) {
    double sum = 0;
    for (std::size_t p = pairs_start_[t]; p < pairs_start_[t + 1]; ++p) sum += size_[pairs_[p]];
    const double scale = game_->weight[t] / sum;
    for (std::size_t p = pairs_start_[t]; p < pairs_start_[t + 1]; ++p) {
      share_[pairs_[p]] += scale * size_[pairs_[p]];
    }
  }
  for (std::size_t j = 0; j < n; ++j) {
    for (std::size_t k = j + 1; k < n; ++k) {
      const double half = 0.5 * share_[j * n + k];
      const double tilt = split_->tilt.at(game_->id[j], game_->id[k]);
      now_.gain.at(j, k) = half + tilt;
      now_.gain.at(k, j) = half - tilt;
    }
  }
}

double PairBound::evaluate() {
  const std::size_t n = game_->size();
  if (n == 0) return game_->constant;
  split_weights();
  for (std::size_t j = 0; j < n; ++j) {
    const Fill row =
        fill(&now_.gain.at(j, 0), game_->budget - game_->cost[j], j, &taken_by_row_.at(j, 0));
    now_.value[j] = game_->single[j] + row.total;
    now_.row_price[j] = row.price;
  }
  const Fill all = fill(now_.value.data(), game_->budget, n, now_.taken.data());
  now_.price = all.price;
  return game_->constant + all.total;
}

void PairBound::step(double enough, double bound, double scale) {
  const std::size_t n = game_->size();
  double norm = 0;
  for (std::size_t j = 0; j < n; ++j) {
    for (std::size_t k = j + 1; k < n; ++k) {
      const double slope =
          now_.taken[j] * taken_by_row_.at(j, k) - now_.taken[k] * taken_by_row_.at(k, j);
      norm += slope * slope;
    }
  }
  const double length = norm > 0 ? scale * (bound - enough) / norm : 0.0;
  for (std::size_t j = 0; j < n; ++j) {
    for (std::size_t k = j + 1; k < n; ++k) {
      const double first = now_.taken[j] * taken_by_row_.at(j, k);
      const double second = now_.taken[k] * taken_by_row_.at(k, j);
      if (first == 0 && second == 0) continue;
      split_->tilt.at(game_->id[j], game_->id[k]) -= length * (first - second);
      split_->size.at(game_->id[j], game_->id[k]) *= std::exp(-scale * 0.5 * (first + second));
    }
  }
}

void PairBound::improve(double enough, int steps) {
  double scale = 1;
  int idle = 0;
  constexpr int kPatience = 12;
  constexpr double kShorter = 0.6;
  constexpr double kTooShort = 0.02;  // of a full step: nothing is gained any more
  Split best = *split_;
  for (int s = 0; s < steps; ++s) {
    const double bound = evaluate();
    work_ += pairs_.size() + game_->size() * game_->size();
    if (bound < bound_) {
      if (bound > bound_ - 1e-4 * (bound_ - enough)) ++idle;
      bound_ = bound;
      best_ = now_;
      best = *split_;
    } else {
      ++idle;
    }
    if (bound_ <= enough || game_->size() == 0) break;
    if (idle >= kPatience) {
      scale *= kShorter;
      if (scale < kTooShort) break;
      idle = 0;
      *split_ = best;
    }
    step(enough, bound, scale);
  }
  *split_ = std::move(best);
}

double PairBound::loss_in(std::size_t j) const {
  return std::max(0.0, best_.price * game_->cost[j] - best_.value[j]);
}

double PairBound::loss_out(std::size_t j) const {
  return std::max(0.0, best_.value[j] - best_.price * game_->cost[j]);
}

double PairBound::loss_pair(std::size_t j, std::size_t k) const {
  const double first = best_.row_price[j] * game_->cost[k] - best_.gain.at(j, k);
  const double second = best_.row_price[k] * game_->cost[j] - best_.gain.at(k, j);
  return loss_in(j) + loss_in(k) + std::max(0.0, first) + std::max(0.0, second);
}

}  // namespace panj::plan::detail
