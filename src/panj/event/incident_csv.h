// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "panj/event/incident.h"

namespace panj::event {

/// The columns of Panj's own CSV, required ones first (docs/guide/incident-format.md).
const std::vector<std::string>& panj_columns();

/// An incident's values in the order of panj_columns(); empty where nothing is known.
std::vector<std::string> panj_values(const Incident& incident);

/// Whether a column's values are numbers.
bool is_number_column(std::string_view column);

/// Lines of Panj's own CSV, with the line end.
std::string panj_csv_header();
std::string to_panj_csv(const Incident& incident);

}  // namespace panj::event
