// SPDX-License-Identifier: Apache-2.0
#include "architecture/layers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "paths.h"

namespace panj::architecture {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(Layers, MayLookDownAndIntoThemselves) {
  EXPECT_THAT(include_violations({"src/panj/geo/border_line.cc", R"(
#include "panj/geo/border_line.h"
#include <vector>
#include "panj/core/range.h"
#include "panj/geo/detail/segments.h"
)"}),
              IsEmpty());
  EXPECT_THAT(include_violations({"app/main.cc", R"(
#include "command.h"
#include "panj/brief/brief.h"
)"}),
              IsEmpty());
}

TEST(Layers, MayNotLookUpSidewaysOrIntoPrivateFolders) {
  EXPECT_THAT(include_violations({"src/panj/event/store.cc", R"(#pragma once
#include "panj/forecast/model.h"
#include "panj/theatre/theatre.h"
  #  include <panj/brief/brief.h>
#include "panj/geo/detail/segments.h"
#include "panj/weather/rain.h"
#include "store.h"
)"}),
              ElementsAre(HasSubstr("store.cc:2: \"panj/forecast/model.h\" points up from event"),
                          HasSubstr("store.cc:3: \"panj/theatre/theatre.h\" points up"),
                          HasSubstr("store.cc:4: \"panj/brief/brief.h\" points up"),
                          HasSubstr("store.cc:5: \"panj/geo/detail/segments.h\" is private to geo"),
                          HasSubstr("store.cc:6: \"panj/weather/rain.h\" is of an unknown layer"),
                          HasSubstr("store.cc:7: \"store.h\" is not of a layer")));
}

TEST(Layers, NeedAFloor) {
  EXPECT_THAT(include_violations({"src/panj/weather/rain.h", "#pragma once\n"}),
              ElementsAre(HasSubstr("weather is an unknown layer")));
}

SourceFile read_source(const std::filesystem::path& path, const std::filesystem::path& root) {
  std::ifstream stream(path);
  return {path.lexically_relative(root).generic_string(), {std::istreambuf_iterator(stream), {}}};
}

TEST(Layers, OfTheProgramHold) {
  const std::filesystem::path root = test::source_path("");
  int files = 0;
  for (const char* folder : {"src/panj", "app"}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root / folder)) {
      const auto extension = entry.path().extension();
      if (extension != ".h" && extension != ".cc") continue;
      ++files;
      EXPECT_THAT(include_violations(read_source(entry.path(), root)), IsEmpty());
    }
  }
  EXPECT_GT(files, 20) << "the sources were not found below " << root;
}

}  // namespace
}  // namespace panj::architecture
