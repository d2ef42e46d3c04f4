// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "panj/explore/matrix.h"

namespace panj::explore {

// Points with several objectives, all to be minimised (negate one that is to be maximised).

/// At least as good in all, better in one.
bool dominates(std::span<const double> a, std::span<const double> b);

/// Indices of the rows that no other row dominates, in order; of equal rows the first.
std::vector<std::size_t> pareto_set(const Matrix& objectives);

/// Volume of what the rows dominate, up to the reference point; a row that is not better than it in
/// every objective adds nothing. Exact (While, Bradstreet & Barone 2012), any number of objectives;
/// two to five with hundreds of rows take milliseconds to seconds.
double hypervolume(const Matrix& objectives, std::span<const double> reference);

}  // namespace panj::explore
