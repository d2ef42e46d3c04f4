// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "panj/core/range.h"

namespace panj::theatre {

/// Where a number comes from.
enum class Basis {
  article,           ///< stated by the analysis that the theatre implements
  public_reporting,  ///< publicly reported elsewhere, or measured from public data
  assumption,        ///< ours: to be varied, not to be believed
};

std::string_view to_string(Basis basis);

/// One number, or one labelled list or matrix of numbers, with what it may be and why.
///
///     theatre.defence->guards.value()                    // 6000
///     theatre.defence->guards.range().low                // 2000
///     theatre.threat->attempts.rate.value("attack")      // 0.30
///     theatre.defence->detection_width.value("post", "attack")
///
/// `values`, `low` and `high` have one entry per label (one entry and no label for a single
/// number), rows before columns; low ≤ value ≤ high throughout, all finite.
struct Assumption {
  std::string key;  ///< in the theatre file: "defence.guards", "threat.group.iskp.militants"
  std::vector<std::string> labels;  ///< "attack", or "post.attack" for a matrix
  std::vector<double> values;
  std::vector<double> low;
  std::vector<double> high;
  bool moves_together = false;   ///< one draw scales or shifts all entries alike
  std::optional<Range> drawn{};  ///< where futures take a single number from; nothing: its range
  bool logarithmic = false;      ///< futures spread it evenly on a logarithmic scale
  Basis basis = Basis::assumption;
  std::string unit;    ///< empty for pure numbers
  std::string source;  ///< in words: who said so, or why this range
  std::size_t line = 0;

  /// The value of a single number.
  double value() const;
  /// The value of one label; for a matrix, of one row and column. The label must exist.
  double value(std::string_view label) const;
  double value(std::string_view row, std::string_view column) const;
  /// What a single number may be.
  Range range() const;
  /// Index of a label in `values`.
  std::optional<std::size_t> find(std::string_view label) const;
  /// Stated as one point, to be held fixed.
  bool is_point() const { return low == high; }
};

}  // namespace panj::theatre
