// SPDX-License-Identifier: Apache-2.0
#include "panj/spillover/levers.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "panj/core/contract.h"
#include "panj/core/number.h"
#include "panj/core/problem.h"

namespace panj::spillover {
namespace {

template <auto Field>
bool field_differs(const LeverSettings& a, const LeverSettings& b) {
  return a.*Field != b.*Field;
}
template <auto Field>
void take_field(LeverSettings& into, const LeverSettings& from) {
  into.*Field = from.*Field;
}
template <auto Field>
Lever lever(std::string_view name, std::string_view acts_on) {
  return {name, acts_on, field_differs<Field>, take_field<Field>};
}

bool patrol_differs(const LeverSettings& a, const LeverSettings& b) {
  return a.patrol != b.patrol || a.patrol_shares != b.patrol_shares;
}
void take_patrol(LeverSettings& into, const LeverSettings& from) {
  into.patrol = from.patrol;
  into.patrol_shares = from.patrol_shares;
}
bool exercises_differ(const LeverSettings& a, const LeverSettings& b) {
  return a.exercises_per_year != b.exercises_per_year || a.calendar != b.calendar;
}
void take_exercises(LeverSettings& into, const LeverSettings& from) {
  into.exercises_per_year = from.exercises_per_year;
  into.calendar = from.calendar;
}
bool schedule_differs(const LeverSettings& a, const LeverSettings& b) {
  return a.deliveries != b.deliveries || a.slippage_years != b.slippage_years;
}
void take_schedule(LeverSettings& into, const LeverSettings& from) {
  into.deliveries = from.deliveries;
  into.slippage_years = from.slippage_years;
}

/// So that halves fall the same way however the sum was cut.
constexpr double kTie = 1e-9;

/// How many of `total` units are due with the first `count` tranches: whole units, that add up.
double due_with(double total, int count, int years, const std::vector<double>& shares) {
  if (shares.empty()) return std::floor(total * count / years + 0.5);
  if (count == years) return total;
  const double reached = std::accumulate(shares.begin(), shares.begin() + count, 0.0);
  return std::min(total, std::floor(total * reached + 0.5 + kTie));
}

/// A programme in yearly tranches of whole units, as its package sizes, delays and spreads them.
std::vector<Tranche> tranches_of(const ProgrammeParameters& programme,
                                 const theatre::Package& package) {
  const int years = programme.last_year - programme.first_year + 1;
  const auto& shares = package.tranche_shares;
  PANJ_EXPECT(shares.empty() || shares.size() == static_cast<std::size_t>(years));
  std::vector<Tranche> tranches;
  for (int k = 0; k < years; ++k) {
    Tranche tranche{.year = programme.first_year + package.programme_delay_years + k,
                    .weights = package.stretch_weights};
    for (std::size_t j = 0; j < kKinds; ++j) {
      const double total = std::round(programme.equipment[j]);
      tranche.units[j] = due_with(total, k + 1, years, shares) - due_with(total, k, years, shares);
    }
    tranches.push_back(std::move(tranche));
  }
  return tranches;
}

/// The links that lead to the exposed member; what others share among them stays as practised.
void set_sharing(LeverSettings& levers, const Parameters& p, const theatre::Package& package) {
  for (std::size_t m = 0; m < p.members.size(); ++m) {
    if (m == p.exposed) continue;
    double& link = levers.sharing[m * p.members.size() + p.exposed];
    if (package.sharing) link = *package.sharing;
    const auto own = package.sharing_of.find(p.members[m].id);
    if (own != package.sharing_of.end()) link = own->second;
  }
}

class Check {
 public:
  Check(std::string_view of, Problems& problems) : of_(of), problems_(problems) {}

  void within(const std::string& field, double value, double low, double high) const {
    if (value >= low && value <= high) return;
    const std::string bound = std::isfinite(high) ? fmt::format("must lie in [{}, {}]", low, high)
                                                  : fmt::format("must be at least {}", low);
    problem(field, fmt::format("is {}", value), bound);
  }
  void count(const std::string& field, std::size_t found, std::size_t expected,
             const char* of_what) const {
    if (found == 0 || found == expected) return;
    problem(field, fmt::format("has {} entries", found),
            fmt::format("needs one for each of the {} {}", expected, of_what));
  }
  void problem(const std::string& field, std::string what, std::string why) const {
    problems_.add({.field = fmt::format("{}.{}", of_, field),
                   .what = std::move(what),
                   .why = std::move(why)});
  }

 private:
  std::string of_;
  Problems& problems_;
};

void check_weights(const Check& check, const std::string& field, const std::vector<double>& weights,
                   std::size_t stretches) {
  check.count(field, weights.size(), stretches, "stretches");
  for (const double weight : weights) check.within(field, weight, 0, kInfinity);
  if (!weights.empty() && std::accumulate(weights.begin(), weights.end(), 0.0) <= 0) {
    check.problem(field, "are all zero", "must have a positive sum");
  }
}

void check_deliveries(const Check& check, const LeverSettings& levers, const Parameters& p,
                      std::size_t stretches) {
  for (const Tranche& tranche : levers.deliveries) {
    if (tranche.year < p.practice.start_year - kTie) {
      check.problem(fmt::format("deliveries[{}]", tranche.year), "is due before measures start",
                    fmt::format("must be due on 1 January of {} or later",
                                std::ceil(p.practice.start_year - kTie)));
    }
    for (std::size_t j = 0; j < kKinds; ++j) {
      const std::string field =
          fmt::format("deliveries[{}].{}", tranche.year, theatre::kEquipmentKinds[j]);
      check.within(field, tranche.units[j], 0, 1e6);
      if (tranche.units[j] != std::round(tranche.units[j])) {
        check.problem(field, fmt::format("is {}", tranche.units[j]), "must be whole units");
      }
    }
    check_weights(check, fmt::format("deliveries[{}].weights", tranche.year), tranche.weights,
                  stretches);
  }
}

void check_calendar(const Check& check, const LeverSettings& levers, const Parameters& p,
                    std::size_t stretches) {
  if (!levers.calendar) return;
  for (std::size_t k = 0; k < levers.calendar->size(); ++k) {
    const HeldExercise& held = (*levers.calendar)[k];
    const std::string field = fmt::format("calendar[{}]", k);
    check.within(field + ".time", held.time, p.practice.start_year - kTie, kInfinity);
    check.within(field + ".cost", held.cost, 0, kInfinity);
    if (held.lift.empty()) check.problem(field + ".lift", "is empty", "needs one for each stretch");
    check.count(field + ".lift", held.lift.size(), stretches, "stretches");
    for (const double lift : held.lift) check.within(field + ".lift", lift, 0, 1);
  }
}

}  // namespace

bool operator==(const Tranche& a, const Tranche& b) {
  return a.year == b.year && a.units == b.units && a.weights == b.weights;
}

LeverSettings practised_levers(const Parameters& p) {
  LeverSettings levers;
  levers.slippage_years = p.practice.slippage;
  levers.exercises_per_year = p.practice.exercises;
  levers.sharing = p.sharing;
  levers.stance.resize(p.members.size());
  levers.urging = p.practice.urging;
  levers.regime = p.practice.regime;
  return levers;
}

LeverSettings levers_of(const Parameters& p, const theatre::Package& package) {
  LeverSettings levers = practised_levers(p);
  if (!package.programme.empty()) {
    const auto programme =
        std::ranges::find(p.programmes, package.programme, &ProgrammeParameters::id);
    PANJ_EXPECT(programme != p.programmes.end());
    levers.deliveries = tranches_of(*programme, package);
    levers.slippage_years = package.slippage_years.value_or(programme->slippage);
  }
  levers.guards_factor = package.guards_factor;
  if (package.exercises_per_year) levers.exercises_per_year = *package.exercises_per_year;
  set_sharing(levers, p, package);
  levers.belt_cover = package.belt_cover;
  levers.patrol = package.patrol;
  levers.reserves_released_per_year = package.reserves_released_per_year;
  for (std::size_t m = 0; m < p.members.size(); ++m) {
    const auto stance = package.stance.find(p.members[m].id);
    if (stance != package.stance.end()) levers.stance[m] = stance->second;
  }
  if (package.urging) levers.urging = *package.urging;
  if (!package.regime.empty()) {
    const auto regime = std::ranges::find(p.regimes, package.regime, &RegimeParameters::id);
    PANJ_EXPECT(regime != p.regimes.end());
    levers.regime = static_cast<std::size_t>(regime - p.regimes.begin());
  }
  return levers;
}

void validate(const LeverSettings& levers, const Parameters& p, std::size_t stretches,
              std::string_view of) {
  Problems problems;
  const Check check(of, problems);
  check_deliveries(check, levers, p, stretches);
  check.within("slippage_years", levers.slippage_years, 1e-6, kInfinity);
  check.within("guards_factor", levers.guards_factor, 0, 1e3);
  check.within("exercises_per_year", levers.exercises_per_year, 0, 365);
  check_calendar(check, levers, p, stretches);
  if (levers.sharing.size() != p.members.size() * p.members.size()) {
    check.problem(
        "sharing", fmt::format("has {} entries", levers.sharing.size()),
        fmt::format("needs a row and a column for each of the {} members", p.members.size()));
  }
  for (const double share : levers.sharing) check.within("sharing", share, 0, 1);
  check.within("belt_cover", levers.belt_cover, 0, 1);
  check_weights(check, "patrol_shares", levers.patrol_shares, stretches);
  check.within("reserves_released_per_year", levers.reserves_released_per_year, 0, 1);
  check.count("stance", levers.stance.size(), p.members.size(), "members");
  for (const auto& stance : levers.stance) {
    if (stance) check.within("stance", *stance, 0, 1);
  }
  check.within("urging", levers.urging, 0, 1);
  if (levers.regime >= p.regimes.size()) {
    check.problem("regime", fmt::format("is number {}", levers.regime),
                  fmt::format("the theatre has {}", p.regimes.size()));
  }
  problems.throw_if_any();
}

const std::vector<Lever>& all_levers() {
  using L = LeverSettings;
  static const std::vector<Lever> levers = {
      {"deliveries", "equipment that arrives", schedule_differs, take_schedule},
      lever<&L::guards_factor>("guards", "guards on the border"),
      {"exercises", "readiness", exercises_differ, take_exercises},
      lever<&L::sharing>("sharing", "intelligence from members"),
      lever<&L::belt_cover>("belt", "stops behind the line"),
      {"patrol", "where mobile and air teams are", patrol_differs, take_patrol},
      lever<&L::reserves_released_per_year>("reserves", "hardship next door"),
      lever<&L::stance>("stance", "divergence and leverage"),
      lever<&L::urging>("urging", "tolerance of groups"),
      lever<&L::regime>("regime", "hardship, cohesion and intelligence from outside"),
  };
  return levers;
}

std::vector<double> cumulative_rounding(double total, const std::vector<double>& weights,
                                        double offset) {
  const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
  PANJ_EXPECT(sum > 0);
  std::vector<double> parts;
  double cumulative = 0;
  double before = std::floor(offset);
  for (std::size_t i = 0; i < weights.size(); ++i) {
    cumulative += weights[i];
    const double reached = i + 1 == weights.size()
                               ? total + std::floor(offset)
                               : std::floor(total * cumulative / sum + offset + kTie);
    parts.push_back(reached - before);
    before = reached;
  }
  return parts;
}

}  // namespace panj::spillover
