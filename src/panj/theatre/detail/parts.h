// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "panj/theatre/detail/table_reader.h"
#include "panj/theatre/theatre.h"

namespace panj::theatre::detail {

// One reader for each part of the file; each reads its own tables under the file's root.

Alliance read_alliance(TableReader& root);

/// Also loads the border lines, from files inside `folder`; stays without lines when one cannot be
/// read.
Border read_border(TableReader& root, const std::filesystem::path& folder);

std::optional<Threat> read_threat(TableReader& root);
std::optional<Defence> read_defence(TableReader& root, const Alliance& alliance);
std::optional<Surroundings> read_surroundings(TableReader& root,
                                              const std::optional<Threat>& threat);
std::optional<Measures> read_measures(TableReader& root,
                                      const std::optional<Surroundings>& surroundings);
std::vector<Package> read_packages(TableReader& root, const Theatre& theatre);

inline const Shape kPerYear{.unit = "1/yr", .bounds = kNonNegative};
inline const Shape kNoise{.unit = "yr^-1/2", .bounds = kNonNegative};
inline const Shape kYears{.unit = "yr", .bounds = kNonNegative};

/// Names of PatrolPolicy, in its order.
inline const std::vector<std::string> kPolicies{"static", "randomised", "optimised"};

/// A file named by `key`: must exist inside `folder`. Empty after a problem.
std::filesystem::path read_path(TableReader& table, std::string_view key,
                                const std::filesystem::path& folder);

/// How one whole is divided over `rows`: shares that add up to 1.
Assumption read_shares(TableReader& table, std::string_view key,
                       const std::vector<std::string>& rows);

/// How one whole is divided over tables, each of which states its part. They add up to 1, or to no
/// more where some are not stated.
void check_parts(TableReader& table, std::string_view key,
                 std::span<const std::optional<Assumption>> parts);

/// First and last year.
Years read_years(TableReader& table, std::string_view key);

inline std::vector<std::string> names(std::span<const std::string_view> list) {
  return {list.begin(), list.end()};
}

template <class Things>
std::vector<std::string> ids(const Things& things) {
  std::vector<std::string> all;
  all.reserve(things.size());
  for (const auto& thing : things) all.push_back(thing.id);
  return all;
}

}  // namespace panj::theatre::detail
