// SPDX-License-Identifier: Apache-2.0
#include "small_theatre.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>

#include "panj/core/file.h"

namespace panj::theatre {
namespace {

constexpr const char* kToml = R"([theatre]
id = "small"
name = "Small border"
question = "Will it spill over?"
home = ["Northland"]
next_door = ["Southland"]
reference_years = [2022, 2025]

[alliance]
name = "Alliance of Two"
abbreviation = "A2"
leader = "NL"
exposed = "NL"
[[alliance.member]]
id = "NL"
name = "Northland"
weight = { value = 0.6, low = 0.4, high = 0.8, basis = "assumption" }
[[alliance.member]]
id = "EL"
name = "Eastland"
[alliance.sharing]
basis = "assumption"
factor = [0.5, 1.5]
[alliance.sharing.value]
NL = { NL = 1.0, EL = 0.5 }
EL = { NL = 0.2, EL = 1.0 }

[border]
name = "Northland–Southland"
home_bank = "left"
[[border.line]]
id = "straight"
file = "line.geojson"
source = "test"
[[border.stated_length]]
km = 180
basis = "article"
source = "test"
[[border.stretch]]
id = "west"
name = "West"
from_km = 0
to_km = 100
[[border.stretch]]
id = "east"
name = "East"
from_km = 100
to_km = 177.7

[measures]
start = "2026-01-01"
slippage = { value = 0.5, low = 0.1, high = 3, unit = "yr", basis = "assumption" }
exercises = { value = 2, unit = "1/yr", basis = "article", source = "test" }
urging = { value = 0.3, low = 0, high = 1, basis = "assumption" }
[[measures.programme]]
id = "posts"
name = "Posts"
first_year = 2026
last_year = 2030
equipment = { value = { post = 4, sensor = 0, mobile = 0, air = 0 }, factor = [0.5, 2], unit = "units", basis = "assumption" }
slippage = { value = 0.5, low = 0.1, high = 3, unit = "yr", basis = "assumption" }

[[package]]
id = "P0"
name = "Status quo"
basis = "assumption"
[[package]]
id = "P1"
name = "Posts"
programme = "posts"
basis = "assumption"
)";

// Two degrees of longitude at 37° north.
constexpr const char* kLine = R"({"type":"FeatureCollection","features":[{"type":"Feature",
"properties":{},"geometry":{"type":"LineString","coordinates":[[68,37],[69,37],[70,37]]}}]})";

}  // namespace

SmallTheatre::SmallTheatre() : text_(kToml) {
  static std::atomic<int> count = 0;
  folder_ = std::filesystem::path(testing::TempDir()) /
            ("small-theatre-" + std::to_string(getpid()) + "-" + std::to_string(count++));
  write_file(folder_ / "line.geojson", kLine);
  const double length_km = geo::distance_km({68, 37}, {69, 37}) * 2.0;
  replace("to_km = 177.7", "to_km = " + std::to_string(length_km));
}

SmallTheatre::~SmallTheatre() {
  std::filesystem::remove_all(folder_);
}

SmallTheatre& SmallTheatre::replace(const std::string& old_text, const std::string& new_text) {
  const auto at = text_.find(old_text);
  EXPECT_NE(at, std::string::npos) << "no '" << old_text << "' in the small theatre";
  if (at != std::string::npos) text_.replace(at, old_text.size(), new_text);
  return *this;
}

SmallTheatre& SmallTheatre::append(const std::string& text) {
  text_ += text;
  return *this;
}

Theatre SmallTheatre::read() const {
  write_file(folder_ / "theatre.toml", text_);
  return read_theatre(folder_);
}

std::vector<std::string> SmallTheatre::problems() const {
  std::vector<std::string> all;
  try {
    (void)read();
  } catch (const InvalidInput& error) {
    for (Problem problem : error.problems()) {
      problem.file.clear();
      all.push_back(to_string(problem));
    }
  }
  return all;
}

std::size_t SmallTheatre::line_of(const std::string& text) const {
  const auto at = static_cast<std::ptrdiff_t>(text_.find(text));
  return static_cast<std::size_t>(std::count(text_.begin(), text_.begin() + at, '\n')) + 1;
}

}  // namespace panj::theatre
