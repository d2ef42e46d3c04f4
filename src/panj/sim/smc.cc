// SPDX-License-Identifier: Apache-2.0
#include "panj/sim/smc.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "panj/core/contract.h"
#include "panj/core/number.h"
#include "panj/core/parallel.h"
#include "panj/core/random.h"
#include "panj/sim/resampling.h"

namespace panj::sim {
namespace {

constexpr std::uint16_t kDesignKind = 0xFFFE;
constexpr std::uint16_t kMoveKind = 0xFFFD;

struct Particle {
  std::vector<double> place;
  std::vector<double> distances;  ///< rising

  double within(double tolerance) const {
    return static_cast<double>(std::ranges::upper_bound(distances, tolerance) - distances.begin());
  }
};

double effective_size(const std::vector<double>& weights) {
  double sum = 0;
  double squares = 0;
  for (const double w : weights) {
    sum += w;
    squares += w * w;
  }
  return squares > 0 ? sum * sum / squares : 0;
}

class Narrower {
 public:
  Narrower(std::size_t dimensions, const Distances& distances, const SmcOptions& options)
      : dimensions_(dimensions),
        distances_(distances),
        options_(options),
        particles_(options.particles),
        progress_(options.task, 0, "runs", options.progress) {
    PANJ_EXPECT(dimensions > 0 && options.particles > 1 && options.moves > 0);
  }

  SmcResult run() {
    draw_design();
    double tolerance = kInfinity;
    for (int stage = 0; stage < options_.most_tolerances && tolerance > options_.target; ++stage) {
      const double next = next_tolerance(tolerance);
      if (!(next < tolerance)) break;
      SmcStage done{.tolerance = next};
      done.effective_size = select(tolerance, next, stage);
      tolerance = next;
      for (int m = 0; m < options_.moves; ++m)
        done.accepted += move(tolerance, stage * options_.moves + m) / options_.moves;
      result_.stages.push_back(done);
      if (done.accepted < options_.least_accepted) break;
    }
    result_.reached_target = tolerance <= options_.target;
    for (Particle& particle : particles_) {
      result_.places.push_back(std::move(particle.place));
      result_.distances.push_back(std::move(particle.distances));
    }
    return std::move(result_);
  }

 private:
  std::vector<double> simulate(const std::vector<double>& place, std::uint64_t run) {
    auto distances = distances_(place, static_cast<std::uint32_t>(run));
    std::ranges::sort(distances);
    progress_.advance();
    return distances;
  }

  /// A Latin hypercube: each coordinate once in each of n equal cells.
  void draw_design() {
    const std::size_t n = particles_.size();
    for (Particle& particle : particles_) particle.place.resize(dimensions_);
    for (std::size_t d = 0; d < dimensions_; ++d) {
      RandomStream random(options_.seed,
                          {.kind = kDesignKind, .entity = static_cast<std::uint32_t>(d)});
      std::vector<std::size_t> cells(n);
      std::iota(cells.begin(), cells.end(), std::size_t{0});
      for (std::size_t i = n; i-- > 1;) {
        const auto j = static_cast<std::size_t>(random.uniform() * static_cast<double>(i + 1));
        std::swap(cells[i], cells[j]);
      }
      for (std::size_t i = 0; i < n; ++i) {
        particles_[i].place[d] =
            (static_cast<double>(cells[i]) + random.uniform()) / static_cast<double>(n);
      }
    }
    parallel_for(n, options_.threads, [&](std::size_t i) {
      particles_[i].distances = simulate(particles_[i].place, i);
    });
    result_.runs = n;
  }

  std::vector<double> weights(double before, double after) const {
    std::vector<double> all;
    for (const Particle& particle : particles_) {
      const double had = particle.within(before);
      all.push_back(had > 0 ? particle.within(after) / had : 0.0);
    }
    return all;
  }

  /// The smallest distance below `current` that leaves enough of the effective
  /// size; or the next smaller one when none does and something is left. Never
  /// below the target.
  double next_tolerance(double current) const {
    std::vector<double> candidates{options_.target};
    for (const Particle& particle : particles_) {
      for (const double distance : particle.distances) {
        if (distance > options_.target && distance < current) candidates.push_back(distance);
      }
    }
    std::ranges::sort(candidates);
    candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());
    const double wanted = options_.keep * static_cast<double>(particles_.size());
    const auto leaves_enough = [&](double candidate) {
      return effective_size(weights(current, candidate)) >= wanted;
    };
    const auto found = std::partition_point(candidates.begin(), candidates.end(),
                                            [&](double c) { return !leaves_enough(c); });
    if (found != candidates.end()) return *found;
    const double least = effective_size(weights(current, candidates.back()));
    return least >= 0.05 * static_cast<double>(particles_.size()) ? candidates.back() : current;
  }

  double select(double before, double after, int stage) {
    const auto all = weights(before, after);
    std::vector<std::uint32_t> ancestors(particles_.size());
    resample_systematically(
        all, resampling_uniform(options_.seed, 0, static_cast<std::size_t>(stage)), ancestors);
    std::vector<Particle> drawn;
    drawn.reserve(ancestors.size());
    for (const std::uint32_t ancestor : ancestors) drawn.push_back(particles_[ancestor]);
    particles_ = std::move(drawn);
    return effective_size(all);
  }

  /// Draws each coordinate anew with a probability that is itself drawn, one at
  /// least.
  std::vector<double> propose(const std::vector<double>& place, RandomStream& random) const {
    std::vector<double> proposal = place;
    const double share = std::pow(static_cast<double>(dimensions_), -random.uniform());
    const auto sure = static_cast<std::size_t>(random.uniform() * static_cast<double>(dimensions_));
    for (std::size_t d = 0; d < dimensions_; ++d) {
      const bool anew = random.uniform() < share || d == sure;
      const double value = random.uniform();
      if (anew) proposal[d] = value;
    }
    return proposal;
  }

  double move(double tolerance, int round) {
    std::vector<char> accepted(particles_.size(), 0);
    const std::uint64_t first = result_.runs;
    parallel_for(particles_.size(), options_.threads, [&](std::size_t i) {
      RandomStream random(options_.seed, {.replicate = static_cast<std::uint32_t>(i),
                                          .step = static_cast<std::uint16_t>(round),
                                          .kind = kMoveKind});
      Particle proposal{propose(particles_[i].place, random), {}};
      proposal.distances = simulate(proposal.place, first + i);
      const double ratio = proposal.within(tolerance) / particles_[i].within(tolerance);
      if (random.uniform() >= ratio) return;
      particles_[i] = std::move(proposal);
      accepted[i] = 1;
    });
    result_.runs += particles_.size();
    return static_cast<double>(std::ranges::count(accepted, char{1})) /
           static_cast<double>(particles_.size());
  }

  std::size_t dimensions_;
  const Distances& distances_;
  const SmcOptions& options_;
  std::vector<Particle> particles_;
  SmcResult result_;
  Progress progress_;
};

/// A value with the share of particles that have it.
struct Atom {
  double value;
  double mass;
};

double quantile(const std::vector<Atom>& atoms, double p) {
  double below = 0;
  for (const Atom& atom : atoms) {
    below += atom.mass;
    if (below >= p) return atom.value;
  }
  return atoms.back().value;
}

Narrowing narrowing_of(std::vector<double> values, double dimensions) {
  std::ranges::sort(values);
  std::vector<Atom> atoms;
  for (const double value : values) {
    if (atoms.empty() || atoms.back().value != value) atoms.push_back({value, 0});
    atoms.back().mass += 1 / static_cast<double>(values.size());
  }
  Narrowing result;
  double squares = 0;
  double below = 0;
  for (const Atom& atom : atoms) {
    squares += atom.mass * atom.mass;
    result.distance = std::max({result.distance, std::fabs(atom.value - below),
                                std::fabs(below + atom.mass - atom.value)});
    below += atom.mass;
  }
  result.effective_size = 1 / squares;
  result.q05 = quantile(atoms, 0.05);
  result.q50 = quantile(atoms, 0.50);
  result.q95 = quantile(atoms, 0.95);
  result.width_ratio = (result.q95 - result.q05) / 0.9;
  // Two quantiles of a uniform sample: variance 0.05 · 0.9 / n for their
  // difference before scaling.
  result.width_error = std::sqrt(0.1 * 0.9 / result.effective_size) / 0.9;
  result.threshold = std::sqrt(-0.5 * std::log(0.05 / (2 * dimensions)) / result.effective_size);
  result.narrowed = result.distance > result.threshold;
  return result;
}

}  // namespace

SmcResult narrow(std::size_t dimensions, const Distances& distances, const SmcOptions& options) {
  return Narrower(dimensions, distances, options).run();
}

std::vector<Narrowing> narrowing_of(const std::vector<std::vector<double>>& places) {
  PANJ_EXPECT(!places.empty());
  std::vector<Narrowing> all;
  const std::size_t dimensions = places.front().size();
  for (std::size_t d = 0; d < dimensions; ++d) {
    std::vector<double> values;
    values.reserve(places.size());
    for (const auto& place : places) values.push_back(place[d]);
    all.push_back(narrowing_of(std::move(values), static_cast<double>(dimensions)));
  }
  return all;
}

}  // namespace panj::sim
