// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "panj/explore/prim.h"

namespace panj::explore {

/// Runs of any model as a table: one row a case, one column an input or outcome. A column of whole
/// numbers is an integer, of other numbers a real, of anything else a category.
struct CaseTable {
  std::vector<PrimInput> columns;

  std::size_t rows() const { return columns.empty() ? 0 : columns.front().values.size(); }
  /// Throws InvalidInput with the nearest name.
  const PrimInput& find(std::string_view name) const;
};

/// Reads comma-separated values with a header. Throws InvalidInput with every problem: a name given
/// twice, a row of the wrong length, an empty or not finite value, a column with more than 64
/// categories.
CaseTable read_case_table(const std::filesystem::path& path);

enum class Side { above, below };

/// The cases whose outcome lies above (or below) the threshold. Throws InvalidInput when the
/// outcome is not a number, and when no case or every case does: there is then nothing to tell
/// apart.
std::vector<bool> cases_of_interest(const CaseTable& table, std::string_view outcome, Side side,
                                    double threshold);

/// Columns to look for boxes in, and why the others are not among them.
struct InputChoice {
  struct LeftOut {
    std::string name;
    std::string reason;
  };
  std::vector<PrimInput> inputs;
  std::vector<LeftOut> left_out;
};

/// The columns named, or, when `names` is empty, those that can be inputs: not the outcome, not one
/// value throughout, not the number of the record (whole numbers that rise from row to row, or a
/// column without a name), nothing that follows a record number inside the table (results follow
/// it), nothing that tells the cases of interest apart all alone (a result under another name).
/// Throws InvalidInput for a name that is not a column or is the outcome, and when nothing is left.
InputChoice choose_inputs(const CaseTable& table, std::string_view outcome,
                          const std::vector<bool>& of_interest, std::span<const std::string> names);

}  // namespace panj::explore
