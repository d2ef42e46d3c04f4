// SPDX-License-Identifier: Apache-2.0
// brief_page BRIEF.json PAGE.html: draws a page from its content, for the browser tests.
#include <fmt/format.h>

#include <cstdio>
#include <exception>

#include "panj/brief/basemap.h"
#include "panj/brief/json.h"
#include "panj/brief/page.h"
#include "panj/core/file.h"

int main(int argc, char** argv) {
  using namespace panj;
  if (argc != 3) {
    fmt::print(stderr, "brief_page BRIEF.json PAGE.html\n");
    return 2;
  }
  try {
    auto content = brief::read_brief(read_file(argv[1]));
    auto places = std::move(content.basemap.places);
    content.basemap = brief::crop_basemap(brief::frame_of(content.stretches),
                                          content.meta.near_side, content.meta.far_side);
    content.basemap.places = std::move(places);
    write_file(argv[2], brief::to_html(content));
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 1;
  }
}
