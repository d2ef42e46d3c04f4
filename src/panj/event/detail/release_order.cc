// SPDX-License-Identifier: Apache-2.0
#include "panj/event/detail/release_order.h"

#include <fmt/format.h>

#include <algorithm>

#include "panj/core/number.h"

namespace panj::event::detail {
namespace {

/// A file taken in, as far as its place depends on it.
struct TakenIn {
  std::int64_t id;
  std::string known_on;
  std::string format;
  std::vector<int> release;
};

bool is_above(const TakenIn& a, const TakenIn& b) {
  return a.known_on == b.known_on && a.format == b.format && !b.release.empty() &&
         a.release > b.release;
}

std::vector<TakenIn> files_taken_in(const Database& database) {
  std::vector<TakenIn> files;
  Statement rows = database.prepare(
      "SELECT ingest_id, known_on, format, source_version FROM ingests ORDER BY ingest_id");
  while (rows.step()) {
    files.push_back({rows.integer(0), std::string(rows.text(1)), std::string(rows.text(2)),
                     release_numbers(rows.text(3))});
  }
  return files;
}

}  // namespace

std::vector<int> release_numbers(std::string_view version) {
  std::vector<int> numbers;
  while (true) {
    const auto dot = version.find('.');
    const auto number = parse_number<int>(version.substr(0, dot));
    if (!number || *number < 0) return {};
    numbers.push_back(*number);
    if (dot == std::string_view::npos) return numbers;
    version.remove_prefix(dot + 1);
  }
}

void create_ingest_order(Database& database) {
  database.run(
      "CREATE TEMP TABLE ingest_order (ingest_id INTEGER PRIMARY KEY, place INTEGER NOT NULL)");
}

void fill_ingest_order(Database& database) {
  std::vector<TakenIn> order;
  for (TakenIn& file : files_taken_in(database)) {
    const auto before =
        std::ranges::find_if(order, [&](const TakenIn& other) { return is_above(other, file); });
    order.insert(before, std::move(file));
  }
  Statement put = database.prepare("INSERT OR REPLACE INTO temp.ingest_order VALUES (?, ?)");
  for (std::size_t i = 0; i < order.size(); ++i) {
    put.bind(0, order[i].id);
    put.bind(1, static_cast<std::int64_t>(i) + 1);
    put.run();
  }
}

std::string version_order(std::string_view table) {
  return fmt::format(
      "{0}.known_on || printf('%018d', coalesce((SELECT place FROM temp.ingest_order AS taken_in "
      "WHERE taken_in.ingest_id = {0}.ingest_id), {0}.ingest_id))",
      table);
}

std::vector<std::int64_t> lower_releases(const Database& database, std::int64_t ingest_id) {
  const std::vector<TakenIn> files = files_taken_in(database);
  const auto file = std::ranges::find(files, ingest_id, &TakenIn::id);
  std::vector<std::int64_t> lower;
  for (const TakenIn& other : files) {
    if (file != files.end() && is_above(*file, other)) lower.push_back(other.id);
  }
  return lower;
}

std::string release_above(const Database& database, std::string_view format,
                          std::string_view version) {
  std::vector<int> highest = release_numbers(version);
  std::string name;
  if (highest.empty()) return name;
  Statement rows = database.prepare("SELECT DISTINCT source_version FROM ingests WHERE format = ?");
  rows.bind(0, format);
  while (rows.step()) {
    std::vector<int> release = release_numbers(rows.text(0));
    if (release <= highest) continue;
    highest = std::move(release);
    name = rows.text(0);
  }
  return name;
}

}  // namespace panj::event::detail
