// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace panj::brief {

/// Text for element content and quoted attributes. Bytes that are not UTF-8 become U+FFFD, control
/// characters blanks, and direction-changing characters are shown as U+FFFD: a name cannot reorder
/// the text around it.
std::string escape(std::string_view text);

/// JSON for a `<script type="application/json">` block: no byte sequence in it can end the block.
std::string escape_json(std::string_view json);

/// `<tag>escaped text</tag>`.
std::string element(std::string_view tag, std::string_view text, std::string_view css_class = {});

enum class Align { left, number };

/// A table with a caption and a header row, in a box that scrolls sideways.
class Table {
 public:
  struct Column {
    std::string name;
    Align align = Align::left;
  };

  Table(std::string caption, std::vector<Column> columns);
  /// As many cells as columns; the first heads its row.
  void add(const std::vector<std::string>& cells);
  std::string html() const;
  std::size_t rows() const { return rows_; }

 private:
  std::string caption_;
  std::vector<Column> columns_;
  std::string body_;
  std::size_t rows_ = 0;
};

}  // namespace panj::brief
