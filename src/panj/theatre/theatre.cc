// SPDX-License-Identifier: Apache-2.0
#include "panj/theatre/theatre.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "panj/core/file.h"
#include "panj/core/text.h"
#include "panj/theatre/detail/parts.h"

namespace panj::theatre {

namespace fs = std::filesystem;

namespace detail {
namespace {

/// How far shares of one whole may be from 1 in sum.
constexpr double kRoundingOfShares = 0.005;

}  // namespace

fs::path read_path(TableReader& table, std::string_view key, const fs::path& folder) {
  const std::string name = table.text(key);
  if (name.empty()) return {};
  const fs::path inside = fs::path(name).lexically_normal();
  if (inside.is_absolute() || *inside.begin() == ".." || name.find('\0') != std::string::npos) {
    table.problem(key, fmt::format("'{}' leaves the theatre's folder", name),
                  "must be a path inside it");
    return {};
  }
  std::error_code unknown;
  fs::path path = folder / inside;
  if (!fs::is_regular_file(path, unknown)) {
    table.problem(key, fmt::format("no file '{}'", name), "must exist in the theatre's folder");
    return {};
  }
  const fs::path real = fs::canonical(path, unknown);
  const fs::path home = fs::canonical(folder, unknown);
  if (std::ranges::mismatch(home, real).in1 != home.end()) {
    table.problem(key, fmt::format("'{}' is a link out of the theatre's folder", name),
                  "must be a file inside it");
    return {};
  }
  return path;
}

Assumption read_shares(TableReader& table, std::string_view key,
                       const std::vector<std::string>& rows) {
  const std::size_t problems_before = table.log().problems.size();
  Assumption shares = table.assumption(key, {.bounds = kShare, .rows = rows});
  const double sum = std::accumulate(shares.values.begin(), shares.values.end(), 0.0);
  if (table.log().problems.size() == problems_before && std::abs(sum - 1.0) > kRoundingOfShares) {
    table.problem(key, fmt::format("the shares add up to {:.4g}", sum), "must add up to 1");
  }
  return shares;
}

void check_parts(TableReader& table, std::string_view key,
                 std::span<const std::optional<Assumption>> parts) {
  const Assumption* first = nullptr;
  double sum = 0;
  bool all = true;
  for (const auto& part : parts) {
    all = all && part && part->values.size() == 1;
    if (!part || part->values.size() != 1) continue;
    if (first == nullptr) first = &*part;
    sum += part->value();
  }
  const bool fits = sum - 1.0 <= kRoundingOfShares && (!all || sum - 1.0 >= -kRoundingOfShares);
  if (first == nullptr || fits) return;
  table.log().problems.add({.file = table.log().file,
                            .line = first->line,
                            .field = dotted(table.key(), key),
                            .what = fmt::format("the shares add up to {:.4g}", sum),
                            .why = "must add up to 1"});
}

Years read_years(TableReader& table, std::string_view key) {
  const toml::node* node = table.find(key);
  const toml::array* list = node == nullptr ? nullptr : node->as_array();
  if (list != nullptr && list->size() == 2) {
    const auto first = list->get(0)->value_exact<std::int64_t>();
    const auto last = list->get(1)->value_exact<std::int64_t>();
    if (first && last && kFirstYear <= *first && *first <= *last && *last <= kLastYear) {
      return {static_cast<int>(*first), static_cast<int>(*last)};
    }
  }
  table.problem(key, node == nullptr ? "is missing" : "is not a span of years",
                fmt::format("must be [first year, last year] such as [2022, 2025], from {} to {}",
                            kFirstYear, kLastYear));
  return {};
}

}  // namespace detail

namespace {

using detail::TableReader;

void read_identity(TableReader& root, Theatre& theatre) {
  root.within("theatre", [&](TableReader& in) {
    theatre.id = in.text("id");
    const auto fits = [](char c) {
      return ('a' <= c && c <= 'z') || ('0' <= c && c <= '9') || c == '-';
    };
    if (!std::ranges::all_of(theatre.id, fits)) {
      in.problem("id", fmt::format("is '{}'", printable(theatre.id, 100)),
                 "must consist of a to z, 0 to 9 and '-': it names a folder");
    }
    theatre.name = in.text("name");
    theatre.question = in.text("question");
    theatre.is_example = in.flag("example");
    theatre.home = in.texts("home");
    theatre.next_door = in.texts("next_door");
    theatre.reference_years = detail::read_years(in, "reference_years");
    detail::check_unique(theatre.home, "theatre.home", in.line(), in.log());
    detail::check_unique(theatre.next_door, "theatre.next_door", in.line(), in.log());
    for (const std::string& country : theatre.next_door) {
      if (std::ranges::find(theatre.home, country) == theatre.home.end()) continue;
      in.problem("next_door", fmt::format("'{}' is home as well", country),
                 "a country lies on one side of the border");
    }
  });
}

std::optional<Containment> read_containment(TableReader& root) {
  std::optional<Containment> read;
  root.optional_within("containment", [&](TableReader& in) {
    Containment& c = read.emplace();
    c.reference = detail::read_years(in, "reference");
    c.years = detail::read_years(in, "years");
    c.deaths_too_many = in.integer("deaths_too_many", 1, 1000000);
    c.definition = in.text("definition");
    if (c.years.first != 0 && c.reference.last >= c.years.first) {
      in.problem("reference", fmt::format("ends in {}", c.reference.last),
                 fmt::format("must end before {}", c.years.first));
    }
  });
  return read;
}

std::optional<Range> read_band(TableReader& in, std::string_view key) {
  if (!in.has(key)) return std::nullopt;
  Range band;
  in.within(key, [&](TableReader& ends) {
    band = {ends.number("low", detail::kNonNegative), ends.number("high", detail::kNonNegative)};
    if (band.is_reversed()) ends.problem("low", "lies above high", "a range runs from low to high");
  });
  return band;
}

std::optional<History> read_history(TableReader& root) {
  std::optional<History> read;
  root.optional_within("history", [&](TableReader& in) {
    read = History{.incidents = read_band(in, "incidents"),
                   .militants = read_band(in, "militants"),
                   .source = in.text("source")};
  });
  return read;
}

std::optional<DataFile> read_data_file(TableReader& root, std::string_view key,
                                       const fs::path& folder) {
  std::optional<DataFile> read;
  root.optional_within(key, [&](TableReader& in) {
    read = DataFile{.path = detail::read_path(in, "file", folder),
                    .source = in.text("source"),
                    .complete_to = in.date("complete_to")};
  });
  return read;
}

/// Zones are read before anyone knows whether they fit the line.
void check_zones(TableReader& root, const Theatre& theatre) {
  if (!theatre.threat || theatre.border.lines.empty()) return;
  constexpr double kToleranceKm = 0.05;
  const double length = theatre.border.line().length_km();
  double reached = 0.0;
  for (const Zone& zone : theatre.threat->zones) {
    if (!zone.at_border) continue;
    if (zone.from_km < reached - kToleranceKm) {
      root.problem("threat", fmt::format("zone '{}' overlaps the zone before it", zone.id),
                   "zones follow each other along the border");
    }
    if (zone.to_km > length + kToleranceKm) {
      root.problem("threat", fmt::format("zone '{}' ends at {} km", zone.id, zone.to_km),
                   fmt::format("line '{}' is {:.1f} km long", theatre.border.line().id(), length));
    }
    reached = zone.to_km;
  }
}

/// Years in which incidents are counted must be covered to their end: the rest would seem quiet.
void check_counted_years(TableReader& root, const Theatre& theatre) {
  if (!theatre.incidents || theatre.incidents->complete_to == Date{}) return;
  const Date covered = theatre.incidents->complete_to;
  const auto check = [&](std::string_view key, const Years& years) {
    if (years.last == 0 || make_date(years.last, 12, 31) <= covered) return;
    root.problem("incidents", fmt::format("are complete to {}", panj::to_string(covered)),
                 fmt::format("{} is counted in them to the end of {}", key, years.last));
  };
  check("theatre.reference_years", theatre.reference_years);
  if (theatre.containment) check("containment.reference", theatre.containment->reference);
}

Theatre read_tables(const toml::table& table, const fs::path& file, Problems& problems) {
  Theatre theatre;
  theatre.file = file;
  detail::ReadLog log{file.string(), problems, theatre.assumptions};
  TableReader root(table, "", log);
  const fs::path folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
  read_identity(root, theatre);
  theatre.alliance = detail::read_alliance(root);
  theatre.border = detail::read_border(root, folder);
  theatre.threat = detail::read_threat(root);
  theatre.defence = detail::read_defence(root, theatre.alliance);
  theatre.surroundings = detail::read_surroundings(root, theatre.threat);
  theatre.measures = detail::read_measures(root, theatre.surroundings);
  theatre.packages = detail::read_packages(root, theatre);
  theatre.containment = read_containment(root);
  theatre.history = read_history(root);
  root.each("claim", [&](TableReader& in) {
    theatre.claims.push_back(
        {.date = in.text("date"), .text = in.text("text"), .basis = in.basis()});
  });
  theatre.incidents = read_data_file(root, "incidents", folder);
  theatre.deaths = read_data_file(root, "deaths", folder);
  check_zones(root, theatre);
  check_counted_years(root, theatre);
  std::ranges::stable_sort(theatre.assumptions, {}, &Assumption::line);
  return theatre;
}

}  // namespace

std::vector<fs::path> Theatre::files() const {
  std::vector<fs::path> all{file};
  all.insert(all.end(), border.line_files.begin(), border.line_files.end());
  if (!border.elevation.empty()) all.push_back(border.elevation);
  for (const auto& data : {incidents, deaths}) {
    if (data) all.push_back(data->path);
  }
  return all;
}

Theatre parse_theatre(std::string_view text, const fs::path& file) {
  Problems problems;
  Theatre theatre;
  try {
    theatre = read_tables(toml::parse(text, file.string()), file, problems);
  } catch (const toml::parse_error& error) {
    problems.add({.file = file.string(),
                  .line = error.source().begin.line,
                  .what = std::string(error.description()),
                  .why = "the file is not valid TOML"});
  }
  problems.throw_if_any();
  return theatre;
}

Theatre read_theatre(const fs::path& folder_or_file) {
  constexpr std::size_t kLimitBytes = std::size_t{8} << 20;
  std::error_code unknown;
  const fs::path file =
      fs::is_directory(folder_or_file, unknown) ? folder_or_file / "theatre.toml" : folder_or_file;
  return parse_theatre(read_file(file, kLimitBytes), file);
}

}  // namespace panj::theatre
