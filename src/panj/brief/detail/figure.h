// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace panj::brief::detail {

/// A figure's text: the script draws into it, the rest is read by everyone.
struct Figure {
  std::string kind;  ///< which figure the script draws
  std::string id;    ///< unique on the page
  std::string title;
  std::string subtitle;
  std::string alternative;  ///< what the figure shows, for those who do not see it
  std::string caption;
  std::string before{};  ///< HTML between subtitle and figure
  std::string table{};   ///< HTML of the data behind it
  std::string summary = "Data table";
  int item = 0;  ///< which of several, for figures drawn more than once
};

std::string html(const Figure& figure);

}  // namespace panj::brief::detail
