// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "panj/event/detail/sqlite.h"

namespace panj::event::detail {

/// The numbers of a release: "23.0.10" is {23, 0, 10}, which is below {23, 1}. Empty when the text
/// is no numbers with dots between.
std::vector<int> release_numbers(std::string_view version);

/// Makes the connection's temporary table `ingest_order (ingest_id, place)`, which is empty.
void create_ingest_order(Database& database);

/// Gives every file taken in its place among all: in the order in which they came, but a release
/// stands before a higher one of the same format and day. A file more moves none of those before.
void fill_ingest_order(Database& database);

/// SQL for what a version in `table` is ordered by, a text: the day on which it became known, then
/// the place of its file.
std::string version_order(std::string_view table);

/// The files of the same format and day that hold a lower release than this one.
std::vector<std::int64_t> lower_releases(const Database& database, std::int64_t ingest_id);

/// The highest release above `version` among the files of a format; empty when there is none.
std::string release_above(const Database& database, std::string_view format,
                          std::string_view version);

}  // namespace panj::event::detail
