// SPDX-License-Identifier: Apache-2.0
// Any bytes as the file of a border line: it is read, and is a line on the globe with rising
// chainage, or what is wrong is a message.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "panj/core/file.h"
#include "panj/core/problem.h"
#include "panj/geo/line_reader.h"

namespace {

namespace fs = std::filesystem;

/// GDAL reads files; it knows the format by the content, not by the name.
const fs::path& line_file() {
  static const panj::TemporaryFolder folder(fs::temp_directory_path());
  static const fs::path path = folder.path() / "line";
  return path;
}

void check(const panj::geo::BorderLine& line) {
  const auto vertices = line.vertices();
  const auto chainages = line.vertex_chainages_km();
  if (vertices.size() < 2 || vertices.size() != chainages.size()) std::abort();
  if (!(line.length_km() > 0) || !std::isfinite(line.length_km())) std::abort();
  for (std::size_t i = 0; i < vertices.size(); ++i) {
    if (!is_valid(vertices[i]) || (i > 0 && !(chainages[i] > chainages[i - 1]))) std::abort();
  }
  if (!is_valid(line.locate(line.length_km() / 2))) std::abort();
  const panj::geo::LinePosition position = line.project(vertices.front());
  if (!(position.chainage_km >= 0) || position.chainage_km > line.length_km()) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::ofstream(line_file(), std::ios::binary)
      .write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
  try {
    check(panj::geo::read_border_line(line_file(), {.id = "fuzz", .source = "fuzz"}));
  } catch (const panj::InvalidInput& error) {
    for (const panj::Problem& problem : error.problems()) (void)to_string(problem);
  }
  return 0;
}
