// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "panj/geo/stretch.h"
#include "panj/spillover/parameters.h"

namespace panj::spillover {

/// The part of a stretch that faces one border zone.
struct Segment {
  std::size_t stretch = 0;
  std::size_t zone = 0;
  double weight = 0.0;      ///< w_iz: attractiveness density over the shared kilometres
  std::uint32_t place = 0;  ///< its midpoint in units of 10 m: names its luck
};

/// The border cut into stretches, on the length scale of the parameters.
///
/// All attributes are densities in km, so cutting finer changes no total; random numbers are keyed
/// by where a segment or stretch lies, not by its number.
struct Geometry {
  std::vector<geo::Stretch> stretches;  ///< west to east
  std::vector<std::uint32_t> places;    ///< midpoints of the stretches in units of 10 m
  std::vector<Segment> segments;        ///< by stretch, then zone; positive weights only
  std::vector<double> zone_weight;      ///< Σ_i w_iz
  double length_km = 0.0;

  std::size_t size() const { return stretches.size(); }
};

/// The largest number of stretches the model takes, each at least a kilometre long.
inline constexpr std::size_t kMaxStretches = 300;

/// `count` equal stretches. Throws InvalidInput when the border cannot hold that many.
Geometry equal_stretches(const Parameters& parameters, std::size_t count);

/// The theatre's own stretches, given by chainages on a line of `line_km`.
Geometry geometry_of(const Parameters& parameters, std::span<const geo::Stretch> stretches,
                     double line_km);

/// Γ: how an event on stretch j raises the pressure on stretch i, by ℓ_i e^{−|x_i−x_j|/d}; columns
/// sum to one. `apply` is one pass in each direction, so its cost is linear in stretches.
class Neighbourhood {
 public:
  Neighbourhood(const Geometry& geometry, double reach_km);

  std::size_t size() const { return length_.size(); }
  /// e^{−(x_i − x_{i−1})/d}; 0 for the first.
  double decay(std::size_t i) const { return decay_[i]; }
  /// Γ_ij = length(i) · e^{−|x_i−x_j|/d} · scale(j).
  double length(std::size_t i) const { return length_[i]; }
  double scale(std::size_t j) const { return scale_[j]; }

  std::vector<double> apply(std::span<const double> events) const;

 private:
  std::vector<double> length_;
  std::vector<double> decay_;
  std::vector<double> scale_;
};

}  // namespace panj::spillover
