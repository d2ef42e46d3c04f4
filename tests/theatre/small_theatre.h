// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "panj/core/problem.h"
#include "panj/theatre/theatre.h"

namespace panj::theatre {

/// The smallest theatre that is valid: two members, a straight border of about 180 km.
///
///     SmallTheatre world;
///     world.replace("km = 180", "km = -5");
///     EXPECT_THAT(world.problems(), …);
class SmallTheatre {
 public:
  SmallTheatre();
  ~SmallTheatre();
  SmallTheatre(const SmallTheatre&) = delete;
  SmallTheatre& operator=(const SmallTheatre&) = delete;

  /// Fails the test when `old_text` is not there.
  SmallTheatre& replace(const std::string& old_text, const std::string& new_text);
  SmallTheatre& append(const std::string& text);

  Theatre read() const;
  /// "7: alliance.exposed: 'XX' is not … (…) …" each, in file order; empty for a valid file.
  std::vector<std::string> problems() const;
  std::size_t line_of(const std::string& text) const;
  const std::filesystem::path& folder() const { return folder_; }

 private:
  std::filesystem::path folder_;
  std::string text_;
};

}  // namespace panj::theatre
