// SPDX-License-Identifier: Apache-2.0
#include "panj/explore/search.h"

#include <algorithm>
#include <limits>
#include <numeric>

#include "panj/core/contract.h"
#include "panj/core/random.h"
#include "panj/explore/detail/epsilon_archive.h"
#include "panj/explore/detail/random_kinds.h"
#include "panj/explore/detail/variation.h"
#include "panj/explore/pareto.h"
#include "panj/explore/sampling.h"

namespace panj::explore {
namespace {

using detail::Candidate;

/// Generations without a new box after which the population is drawn anew around the archive.
constexpr unsigned kPatience = 25;
/// Members of a new population for each point of the archive.
constexpr std::size_t kSpread = 4;

/// Front number and crowding of each member.
struct Standing {
  std::vector<std::size_t> front;
  std::vector<double> crowding;
};

std::vector<std::vector<std::size_t>> fronts_of(const std::vector<Candidate>& members) {
  std::vector<std::vector<std::size_t>> beats(members.size());
  std::vector<std::size_t> beaten_by(members.size(), 0);
  for (std::size_t i = 0; i < members.size(); ++i) {
    for (std::size_t j = i + 1; j < members.size(); ++j) {
      if (dominates(members[i].objectives, members[j].objectives)) {
        beats[i].push_back(j);
        ++beaten_by[j];
      } else if (dominates(members[j].objectives, members[i].objectives)) {
        beats[j].push_back(i);
        ++beaten_by[i];
      }
    }
  }
  std::vector<std::vector<std::size_t>> fronts(1);
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (beaten_by[i] == 0) fronts[0].push_back(i);
  }
  while (!fronts.back().empty()) {
    std::vector<std::size_t> next;
    for (const std::size_t i : fronts.back()) {
      for (const std::size_t j : beats[i]) {
        if (--beaten_by[j] == 0) next.push_back(j);
      }
    }
    std::ranges::sort(next);
    fronts.push_back(std::move(next));
  }
  fronts.pop_back();
  return fronts;
}

void add_crowding(const std::vector<Candidate>& members, std::vector<std::size_t> front,
                  std::vector<double>& crowding) {
  for (std::size_t k = 0; k < members.front().objectives.size(); ++k) {
    const auto objective = [&](std::size_t i) { return members[i].objectives[k]; };
    std::ranges::stable_sort(front, {}, objective);
    const double width = objective(front.back()) - objective(front.front());
    crowding[front.front()] = crowding[front.back()] = std::numeric_limits<double>::infinity();
    for (std::size_t i = 1; width > 0 && i + 1 < front.size(); ++i) {
      crowding[front[i]] += (objective(front[i + 1]) - objective(front[i - 1])) / width;
    }
  }
}

Standing standing_of(const std::vector<Candidate>& members) {
  Standing standing{std::vector<std::size_t>(members.size()),
                    std::vector<double>(members.size(), 0.0)};
  const auto fronts = fronts_of(members);
  for (std::size_t f = 0; f < fronts.size(); ++f) {
    for (const std::size_t i : fronts[f]) standing.front[i] = f;
    add_crowding(members, fronts[f], standing.crowding);
  }
  return standing;
}

class Search {
 public:
  Search(const SearchProblem& problem, const SearchOptions& options)
      : problem_(problem), options_(options), archive_(problem.epsilons) {}

  SearchResult run() {
    evaluate(first_generation());
    while (done_ < options_.evaluations) {
      if (still_ >= kPatience) {
        evaluate(scattered_archive());
      } else {
        evaluate(children());
        select();
      }
      ++generation_;
    }
    keep_record(true);
    return result();
  }

 private:
  RandomStream random(detail::RandomKind kind, std::size_t entity) const {
    return {options_.seed,
            {.replicate = generation_,
             .kind = static_cast<std::uint16_t>(kind),
             .entity = static_cast<std::uint32_t>(entity)}};
  }

  std::vector<std::vector<double>> first_generation() const {
    const Matrix sample =
        latin_hypercube(options_.population, problem_.levers.size(), options_.seed);
    std::vector<std::vector<double>> points;
    for (std::size_t i = 0; i < sample.rows(); ++i) {
      points.emplace_back(sample.row(i).begin(), sample.row(i).end());
    }
    return points;
  }

  /// Better front first, then the less crowded.
  const Candidate& tournament(RandomStream& random) const {
    const auto pick = [&] {
      return static_cast<std::size_t>(random.uniform() * static_cast<double>(members_.size()));
    };
    const std::size_t a = pick();
    const std::size_t b = pick();
    if (standing_.front[a] != standing_.front[b]) {
      return members_[standing_.front[a] < standing_.front[b] ? a : b];
    }
    return members_[standing_.crowding[a] >= standing_.crowding[b] ? a : b];
  }

  std::vector<std::vector<double>> children() const {
    std::vector<std::vector<double>> points;
    for (std::size_t i = 0; i < options_.population; ++i) {
      RandomStream random = this->random(detail::variation_kind, i);
      const auto from_archive =
          static_cast<std::size_t>(random.uniform() * static_cast<double>(archive_.size()));
      const Candidate& mother = tournament(random);
      const Candidate& father =
          random.uniform() < 0.5 ? archive_[from_archive] : tournament(random);
      points.push_back(detail::crossover(mother.settings, father.settings, random));
      detail::mutate(points.back(), random);
    }
    return points;
  }

  std::vector<std::vector<double>> scattered_archive() {
    std::vector<std::vector<double>> points;
    members_.assign(archive_.points().begin(), archive_.points().end());
    const std::size_t size = std::max(options_.population, kSpread * archive_.size());
    for (std::size_t i = members_.size(); i < size; ++i) {
      RandomStream random = this->random(detail::selection_kind, i);
      points.push_back(archive_[i % archive_.size()].settings);
      detail::scatter(points.back(), random);
    }
    still_ = 0;
    return points;
  }

  void evaluate(std::vector<std::vector<double>> points) {
    points.resize(std::min(points.size(), options_.evaluations - done_));
    if (points.empty()) return;
    Matrix settings(0, problem_.levers.size());
    for (const auto& point : points) settings.push_row(in_units(point));
    Matrix objectives(points.size(), problem_.epsilons.size());
    problem_.evaluate(settings, objectives);
    bool moved = false;
    for (std::size_t i = 0; i < points.size(); ++i) {
      const auto row = objectives.row(i);
      members_.push_back({std::move(points[i]), {row.begin(), row.end()}});
      moved = archive_.add(members_.back()) || moved;
    }
    still_ = moved ? 0 : still_ + 1;
    done_ += points.size();
    standing_ = standing_of(members_);
    keep_record(false);
  }

  /// Keeps the best half, as many as the population has.
  void select() {
    std::vector<std::size_t> order(members_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) {
      if (standing_.front[a] != standing_.front[b]) return standing_.front[a] < standing_.front[b];
      return standing_.crowding[a] > standing_.crowding[b];
    });
    order.resize(std::min(order.size(), options_.population));
    std::vector<Candidate> kept;
    kept.reserve(order.size());
    for (const std::size_t i : order) kept.push_back(std::move(members_[i]));
    members_ = std::move(kept);
    standing_ = standing_of(members_);
  }

  std::vector<double> in_units(const std::vector<double>& point) const {
    std::vector<double> settings(point.size());
    for (std::size_t d = 0; d < point.size(); ++d) settings[d] = problem_.levers[d].at(point[d]);
    return settings;
  }

  Matrix archived_objectives() const {
    Matrix objectives(0, problem_.epsilons.size());
    for (const Candidate& point : archive_.points()) objectives.push_row(point.objectives);
    return objectives;
  }

  void keep_record(bool last) {
    if (options_.hypervolume_reference.empty()) return;
    if (last ? !record_.empty() && record_.back().evaluations == done_ : done_ < next_record_) {
      return;
    }
    next_record_ = done_ + options_.record_every;
    record_.push_back({done_, archive_.size(),
                       hypervolume(archived_objectives(), options_.hypervolume_reference)});
  }

  SearchResult result() const {
    std::vector<Candidate> points(archive_.points().begin(), archive_.points().end());
    std::ranges::stable_sort(points, {}, &Candidate::objectives);
    SearchResult result{Matrix(0, problem_.levers.size()), Matrix(0, problem_.epsilons.size()),
                        record_};
    for (const Candidate& point : points) {
      result.settings.push_row(in_units(point.settings));
      result.objectives.push_row(point.objectives);
    }
    return result;
  }

  const SearchProblem& problem_;
  const SearchOptions& options_;
  detail::EpsilonArchive archive_;
  std::vector<Candidate> members_;
  Standing standing_;
  std::vector<SearchRecord> record_;
  std::size_t done_ = 0;
  std::size_t next_record_ = 0;
  std::uint32_t generation_ = 0;
  unsigned still_ = 0;  ///< generations without a new box
};

}  // namespace

SearchResult search(const SearchProblem& problem, const SearchOptions& options) {
  check_dimensions(problem.levers).throw_if_any();
  PANJ_EXPECT(!problem.epsilons.empty() && options.population >= 4 && options.evaluations >= 1);
  return Search(problem, options).run();
}

}  // namespace panj::explore
