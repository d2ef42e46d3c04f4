// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "panj/theatre/detail/parts.h"

namespace panj::theatre::detail {
namespace {

const Shape kSlippage{.unit = "yr", .bounds = kNonNegative};

void read_span(TableReader& in, std::string_view from, std::string_view to, int& first, int& last) {
  first = in.integer(from, kFirstYear, kLastYear);
  last = in.integer(to, kFirstYear, kLastYear);
  if (first > last) {
    in.problem(from, fmt::format("{} is after {}", first, last), "must not be after the end");
  }
}

ProgrammeStage read_stage(TableReader& in) {
  ProgrammeStage stage{.name = in.text("name")};
  read_span(in, "from_year", "to_year", stage.from_year, stage.to_year);
  return stage;
}

Programme read_programme(TableReader& in) {
  Programme programme;
  programme.id = in.text("id");
  programme.name = in.text("name");
  read_span(in, "first_year", "last_year", programme.first_year, programme.last_year);
  programme.equipment = in.assumption(
      "equipment", {.unit = "units", .bounds = kNonNegative, .rows = names(kEquipmentKinds)});
  programme.slippage = in.assumption("slippage", kSlippage);
  return programme;
}

/// A tranche that is due before measures start would never come.
void check_first_tranche(TableReader& in, const Package& package,
                         const std::optional<Measures>& measures) {
  if (!measures) return;
  for (const Programme& programme : measures->programmes) {
    const int year = programme.first_year + package.programme_delay_years;
    if (programme.id != package.programme || measures->start <= make_date(year, 1, 1)) continue;
    in.problem(
        "programme", fmt::format("delivers from 1 January {} on", year),
        fmt::format("must not be before the measures start, {}", panj::to_string(measures->start)));
  }
}

/// The sizes of a programme's tranches: one share for each of its years.
std::vector<double> read_tranche_shares(TableReader& in, const Programme& programme) {
  constexpr std::string_view kKey = "tranche_shares";
  constexpr double kRoundedTo = 1e-6;
  const toml::node& node = *in.find(kKey);
  const toml::array* list = node.as_array();
  const auto years = static_cast<std::size_t>(programme.last_year - programme.first_year) + 1;
  if (list == nullptr || list->size() != years) {
    in.problem(
        kKey,
        list == nullptr ? "is " + describe(node) : fmt::format("has {} entries", list->size()),
        fmt::format("must be a list of {} shares, one for each year of programme '{}'", years,
                    programme.id));
    return {};
  }
  std::vector<double> shares;
  for (const toml::node& item : *list) {
    const auto share = checked_number(item, dotted(in.key(), kKey), kShare, in.log());
    if (!share) return {};
    shares.push_back(*share);
  }
  const double sum = std::accumulate(shares.begin(), shares.end(), 0.0);
  if (std::abs(sum - 1) <= kRoundedTo) return shares;
  in.problem(kKey, fmt::format("the shares add up to {:.6g}", sum), "must add up to 1");
  return {};
}

/// Weights by the id of a stretch; stretches that are not named get nothing.
std::vector<double> read_stretch_weights(TableReader& in,
                                         const std::vector<geo::Stretch>& stretches) {
  constexpr std::string_view kKey = "stretch_weights";
  constexpr Bounds kWeight{.low = 0.0, .high = 1e6};
  if (in.find(kKey) == nullptr || stretches.empty()) return {};
  std::vector<double> weights;
  in.within(kKey, [&](TableReader& table) {
    for (const geo::Stretch& stretch : stretches) {
      weights.push_back(table.optional_number(stretch.id, kWeight).value_or(0.0));
    }
  });
  if (std::ranges::any_of(weights, [](double weight) { return weight > 0; })) return weights;
  if (!weights.empty()) {
    in.problem(kKey, "gives every stretch nothing", "must give one of them a weight above 0");
  }
  return {};
}

/// How a package delivers its programme, where not as the programme says.
void read_delivery(TableReader& in, const Theatre& theatre, Package& package) {
  package.programme_delay_years = in.optional_integer("programme_delay_years", 0, 50).value_or(0);
  package.slippage_years = in.optional_number("slippage_years", {.low = 0.01, .high = 100.0});
  package.stretch_weights = read_stretch_weights(in, theatre.border.stretches);
  if (in.has("tranche_shares") && theatre.measures) {
    const auto& programmes = theatre.measures->programmes;
    const auto programme = std::ranges::find(programmes, package.programme, &Programme::id);
    if (programme != programmes.end() && programme->first_year <= programme->last_year) {
      package.tranche_shares = read_tranche_shares(in, *programme);
    }
  }
  if (in.has("programme")) return;
  for (const std::string_view key : {"slippage_years", "stretch_weights", "tranche_shares"}) {
    if (!in.has(key)) continue;
    in.problem(key, "delivers nothing", "says how a programme is delivered",
               "write programme = \"…\"");
  }
}

/// One level for all members, or one for each that is named.
void read_package_sharing(TableReader& in, const Alliance& alliance, Package& package) {
  const toml::node* node = in.find("sharing");
  if (node == nullptr || !node->is_table()) {
    package.sharing = in.optional_number("sharing", kShare);
    return;
  }
  in.within("sharing", [&](TableReader& links) {
    for (const Member& member : alliance.members) {
      if (member.id == alliance.exposed) continue;
      const auto level = links.optional_number(member.id, kShare);
      if (level) package.sharing_of[member.id] = *level;
    }
  });
}

Package read_package(TableReader& in, const Theatre& theatre) {
  const auto programmes =
      theatre.measures ? ids(theatre.measures->programmes) : std::vector<std::string>{};
  const auto regimes =
      theatre.surroundings ? ids(theatre.surroundings->regimes) : std::vector<std::string>{};
  Package package;
  package.id = in.text("id");
  package.name = in.text("name");
  package.note = in.optional_text("note");
  package.basis = in.basis();
  package.programme = in.optional_reference("programme", programmes, "a programme");
  read_delivery(in, theatre, package);
  check_first_tranche(in, package, theatre.measures);
  package.guards_factor =
      in.optional_number("guards_factor", {.low = 0.0, .high = 100.0}).value_or(1.0);
  package.exercises_per_year = in.optional_number("exercises_per_year", {.low = 0.0, .high = 52.0});
  read_package_sharing(in, theatre.alliance, package);
  package.belt_cover = in.optional_number("belt_cover", kShare).value_or(0.0);
  if (in.has("patrol")) {
    const std::string policy = in.choice("patrol", kPolicies);
    package.patrol = policy == "randomised"  ? PatrolPolicy::randomised
                     : policy == "optimised" ? PatrolPolicy::optimised
                                             : PatrolPolicy::fixed;
  }
  package.reserves_released_per_year =
      in.optional_number("reserves_released_per_year", kShare).value_or(0.0);
  in.optional_within("stance", [&](TableReader& stance) {
    for (const Member& member : theatre.alliance.members) {
      if (const auto value = stance.optional_number(member.id, kShare)) {
        package.stance[member.id] = *value;
      }
    }
  });
  package.urging = in.optional_number("urging", kShare);
  package.regime = in.optional_reference("regime", regimes, "an outside regime");
  return package;
}

}  // namespace

std::optional<Measures> read_measures(TableReader& root,
                                      const std::optional<Surroundings>& surroundings) {
  const auto regimes = surroundings ? ids(surroundings->regimes) : std::vector<std::string>{};
  std::optional<Measures> read;
  root.optional_within("measures", [&](TableReader& in) {
    Measures& m = read.emplace();
    m.start = in.date("start");
    m.slippage = in.assumption("slippage", kSlippage);
    m.exercises =
        in.assumption("exercises", {.unit = "1/yr", .bounds = {.low = 0.0, .high = 52.0}});
    m.urging = in.assumption("urging", {.bounds = kShare});
    m.current_regime = in.optional_reference("current_regime", regimes, "an outside regime");
    m.budget = in.optional_assumption("budget", {.unit = "M$/yr", .bounds = kNonNegative});
    in.each("stage", [&](TableReader& table) { m.stages.push_back(read_stage(table)); });
    in.each("programme",
            [&](TableReader& table) { m.programmes.push_back(read_programme(table)); });
    in.check_ids("programme");
  });
  return read;
}

std::vector<Package> read_packages(TableReader& root, const Theatre& theatre) {
  std::vector<Package> packages;
  root.each("package",
            [&](TableReader& table) { packages.push_back(read_package(table, theatre)); });
  root.check_ids("package");
  return packages;
}

}  // namespace panj::theatre::detail
