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
/// numbers is an integer, of other numbers a real, of anything else a category. Spaces around a
/// value do not count.
struct CaseTable {
  std::vector<PrimInput> columns;
  std::vector<std::size_t> lines{};  ///< of the file, one a case

  std::size_t rows() const { return columns.empty() ? 0 : columns.front().values.size(); }
  /// Throws InvalidInput with the nearest name.
  const PrimInput& find(std::string_view name) const;
};

/// Reads comma-separated values with a header: the columns named in `only`, or all when it is
/// empty. Throws InvalidInput with every problem: a name given twice, a name that is no column
/// (nearest name), a row of the wrong length, an empty or not finite value, a text in a column in
/// which most values are numbers ("NA").
CaseTable read_case_table(const std::filesystem::path& path,
                          std::span<const std::string> only = {});

enum class Side { above, below };

/// The cases whose outcome lies above (or below) the threshold; true counts as 1, false as 0.
/// Throws InvalidInput when the outcome is not a number, and when no case or every case does: there
/// is then nothing to tell apart.
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
/// value throughout, not more than 64 different texts, not the number of the record (whole numbers
/// that rise from row to row, or a column without a name), nothing that follows a record number
/// inside the table (results follow it), nothing that tells the cases of interest apart all alone
/// (a result under another name). Throws InvalidInput for a name that is not a column, is the
/// outcome, is given twice or has too many texts, and, with the reasons, when nothing is left.
InputChoice choose_inputs(const CaseTable& table, std::string_view outcome,
                          const std::vector<bool>& of_interest, std::span<const std::string> names);

}  // namespace panj::explore
