// SPDX-License-Identifier: Apache-2.0
#include "panj/plan/detail/placement_exchange.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>
#include <utility>

#include "panj/core/random.h"
#include "panj/plan/detail/rounding.h"

namespace panj::plan::detail {
namespace {

/// One running search. "Dear" is Σ excess + π × money left, what is to be made small.
class Exchange {
 public:
  Exchange(PathChoice& choice, const ExchangeOptions& options)
      : choice_(choice),
        options_(options),
        rows_(choice.budget.size()),
        random_(options.seed, {.replicate = options.chain, .kind = 602}),
        left_(choice.budget),
        money_(kMostStretches * rows_ + rows_),
        trial_(kMostStretches),
        order_(choice.stretches.size()) {
    std::iota(order_.begin(), order_.end(), std::size_t{0});
    dear_ = 0;
    for (std::size_t i = 0; i < order_.size(); ++i) {
      pay(left_.data(), i, of(i).chosen);
      dear_ += of(i).excess[of(i).chosen];
    }
    dear_ += worth(left_.data());
  }

  void run() {
    std::vector<std::size_t> best = chosen();
    double least = dear_;
    for (std::uint64_t round = 0; steps_ < options_.steps; ++round) {
      constexpr std::uint64_t kRefresh = 1024;
      if (round % kRefresh == 0 && options_.stop()) break;
      const std::span<const std::size_t> few = draw_stretches();
      steps_ += few.size();
      exchange(few, dear_ - temperature(least) * std::log(random_.uniform()));
      if (dear_ >= least - kSame) continue;
      least = dear_;
      best = chosen();
    }
    for (std::size_t i = 0; i < best.size(); ++i) of(i).chosen = best[i];
  }

 private:
  static constexpr std::size_t kMostStretches = 6;
  static constexpr std::uint64_t kMostStepsOfARound = 2000;
  static constexpr double kSame = 1e-12;

  PathChoice::Stretch& of(std::size_t i) { return choice_.stretches[i]; }

  std::vector<std::size_t> chosen() const {
    std::vector<std::size_t> paths;
    paths.reserve(choice_.stretches.size());
    for (const PathChoice::Stretch& stretch : choice_.stretches) paths.push_back(stretch.chosen);
    return paths;
  }

  /// Falls from 2 to 0.1 per cent of the least so far.
  double temperature(double least) const {
    constexpr double kStart = 0.02;
    constexpr double kEnd = 0.001;
    const double done = static_cast<double>(steps_) / static_cast<double>(options_.steps);
    return least * kStart * std::pow(kEnd / kStart, done);
  }

  std::size_t below(std::size_t n) {
    return std::min(n - 1, static_cast<std::size_t>(random_.uniform() * static_cast<double>(n)));
  }

  std::span<const std::size_t> draw_stretches() {
    const std::size_t few = std::min(order_.size(), 2 + below(kMostStretches - 1));
    for (std::size_t n = 0; n < few; ++n) {
      std::swap(order_[n], order_[n + below(order_.size() - n)]);
    }
    return {order_.data(), few};
  }

  void pay(double* left, std::size_t i, std::size_t path, double sign = 1) {
    const double* spend = &of(i).spend[path * rows_];
    for (std::size_t row = 0; row < rows_; ++row) left[row] -= sign * spend[row];
  }
  double worth(const double* left) const {
    double sum = 0;
    for (std::size_t row = 0; row < rows_; ++row) sum += choice_.money_price[row] * left[row];
    return sum;
  }

  /// Takes the best other paths of these stretches that make the whole less dear than `limit`.
  void exchange(std::span<const std::size_t> few, double limit) {
    few_ = few;
    std::ranges::copy(left_, money_.begin());
    double others = dear_ - worth(left_.data());
    for (const std::size_t i : few) {
      pay(money_.data(), i, of(i).chosen, -1);
      others -= of(i).excess[of(i).chosen];
    }
    limit_ = limit - others;
    last_step_ = steps_ + kMostStepsOfARound;
    found_.clear();
    search(0, 0, true);
    for (std::size_t n = 0; n < found_.size(); ++n) {
      pay(left_.data(), few[n], of(few[n]).chosen, -1);
      of(few[n]).chosen = found_[n];
      pay(left_.data(), few[n], found_[n]);
    }
    if (!found_.empty()) dear_ = others + limit_;
  }

  /// Chooses for stretch n of the few and those after it. `excess` is that of the ones before;
  /// `same`: all of them keep their path.
  void search(std::size_t n, double excess, bool same) {
    const PathChoice::Stretch& stretch = of(few_[n]);
    const double* left = &money_[n * rows_];
    double* rest = &money_[(n + 1) * rows_];
    for (std::size_t path = 0; path < stretch.excess.size(); ++path) {
      const double sum = excess + stretch.excess[path];
      if (sum >= limit_ || steps_ >= last_step_) return;
      ++steps_;
      const double* spend = &stretch.spend[path * rows_];
      double least_left = 0;
      for (std::size_t row = 0; row < rows_; ++row) {
        rest[row] = left[row] - spend[row];
        least_left = std::min(least_left, rest[row]);
      }
      if (least_left < -kMoneyRounding) continue;
      trial_[n] = path;
      const bool still_same = same && path == stretch.chosen;
      if (n + 1 < few_.size()) {
        search(n + 1, sum, still_same);
      } else if (!still_same && sum + worth(rest) < limit_) {
        limit_ = sum + worth(rest);
        found_.assign(trial_.begin(), trial_.begin() + static_cast<std::ptrdiff_t>(few_.size()));
      }
    }
  }

  PathChoice& choice_;
  const ExchangeOptions& options_;
  std::size_t rows_;
  RandomStream random_;
  std::vector<double> left_;   ///< [row] of the whole choice
  std::vector<double> money_;  ///< [(n, row)] left for stretch n of the few and those after it
  std::vector<std::size_t> trial_;
  std::vector<std::size_t> found_;  ///< of the few; empty: none
  std::vector<std::size_t> order_;
  std::span<const std::size_t> few_;
  double dear_ = 0;   ///< of the whole choice
  double limit_ = 0;  ///< what the few, with the money left, must be below
  std::uint64_t steps_ = 0;
  std::uint64_t last_step_ = 0;
};

}  // namespace

std::vector<Path> PathChoice::chosen() const {
  std::vector<Path> paths;
  paths.reserve(stretches.size());
  for (const Stretch& stretch : stretches) paths.push_back(stretch.paths[stretch.chosen]);
  return paths;
}

PathChoice exchange_paths(PathChoice choice, const ExchangeOptions& options) {
  Exchange(choice, options).run();
  return choice;
}

}  // namespace panj::plan::detail
