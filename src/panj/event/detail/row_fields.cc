// SPDX-License-Identifier: Apache-2.0
#include "panj/event/detail/row_fields.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "panj/core/number.h"
#include "panj/core/text.h"

namespace panj::event::detail {
namespace {

constexpr std::size_t kShownOfField = 100;
constexpr std::size_t kShownOfRow = 2000;

/// Also whole numbers written with a fraction or an exponent ("3.0", R's "1e+05").
std::optional<std::int32_t> parse_integer(std::string_view text) {
  if (const auto plain = parse_number<std::int32_t>(text)) return plain;
  const auto number = parse_number<double>(text);
  if (!number || *number != std::floor(*number) || std::abs(*number) > 2e9) return std::nullopt;
  return static_cast<std::int32_t>(*number);
}

}  // namespace

void RowFields::fail(Column column, std::string reason) {
  fail(column, column < csv_.size() ? printable(csv_.field(column), kShownOfField) : "",
       std::move(reason));
}

void RowFields::fail(Column column, std::string found, std::string reason) {
  if (std::ranges::find(failed_, column) != failed_.end()) return;
  failed_.push_back(column);
  const std::string name = column < columns_.size() ? columns_[column] : std::string{};
  if (!ok_) {
    if (!name.empty()) bad_.also.push_back({name, std::move(found), std::move(reason)});
    return;
  }
  ok_ = false;
  bad_ = {.row = csv_.row(),
          .line = csv_.line(),
          .column = name,
          .found = std::move(found),
          .reason = std::move(reason),
          .raw = printable(csv_.raw().substr(0, kShownOfRow), kShownOfRow),
          .also = {}};
}

void RowFields::check_whole_row() {
  if (csv_.fault() != CsvFault::none) {
    return fail(kAbsent, "", std::string(describe(csv_.fault())));
  }
  if (csv_.size() != columns_.size()) {
    return fail(kAbsent, fmt::format("{} fields", csv_.size()),
                fmt::format("the file has {} columns", columns_.size()));
  }
  if (csv_.is_ascii() || options_.encoding == Encoding::latin1 || !find_invalid_utf8(csv_.raw())) {
    return;
  }
  for (Column column = 0; column < csv_.size(); ++column) {
    const std::string_view field = csv_.field(column);
    const auto at = find_invalid_utf8(field);
    if (!at) continue;
    return fail(column, fmt::format("the text must be UTF-8, byte 0x{:02X} at position {} is not; "
                                    "is the file Latin-1? Then give --encoding latin-1",
                                    static_cast<unsigned char>(field[*at]), *at + 1));
  }
}

std::string_view RowFields::raw(Column column) {
  if (column >= csv_.size()) return {};
  const std::string_view field = csv_.field(column);
  return field == "NA" ? std::string_view{} : field;
}

void RowFields::text(Column column, std::string& out) {
  const std::string_view field = raw(column);
  if (options_.encoding == Encoding::latin1 && !csv_.is_ascii()) {
    out = latin1_to_utf8(field);
  } else {
    out.assign(field);
  }
}

void RowFields::require(Column column) {
  if (raw(column).empty()) fail(column, "must not be empty");
}

void RowFields::required_text(Column column, std::string& out) {
  text(column, out);
  require(column);
}

void RowFields::expect_plain(Column column) {
  constexpr std::string_view kBlanks = " \t\r\n";
  const std::string_view field = raw(column);
  if (field.empty()) return;
  const bool at_ends = kBlanks.find(field.front()) != std::string_view::npos ||
                       kBlanks.find(field.back()) != std::string_view::npos;
  if (at_ends || field.find_first_of("\r\n") != std::string_view::npos) {
    fail(column, "must not begin or end with a blank, nor hold a line end");
  }
}

std::optional<std::int32_t> RowFields::optional_integer(Column column, Limits limits) {
  const std::string_view field = raw(column);
  if (field.empty()) return std::nullopt;
  const auto value = parse_integer(field);
  if (value && limits.low <= *value && *value <= limits.high) return value;
  fail(column, limits.high == Limits{}.high
                   ? fmt::format("must be a whole number of at least {}", limits.low)
                   : fmt::format("must be a whole number from {} to {}", limits.low, limits.high));
  return std::nullopt;
}

std::int32_t RowFields::integer(Column column, Limits limits) {
  const auto value = optional_integer(column, limits);
  if (!value) fail(column, "must not be empty");
  return value.value_or(limits.low);
}

std::optional<double> RowFields::optional_number(Column column, double low, double high) {
  const std::string_view field = raw(column);
  if (field.empty()) return std::nullopt;
  const auto value = parse_number<double>(field);
  if (value && low <= *value && *value <= high) return value;
  fail(column, fmt::format("must be a number in [{}, {}]", low, high));
  return std::nullopt;
}

Date RowFields::date(Column column) {
  const auto value = parse_date(raw(column));
  if (!value) {
    fail(column, "must be a date that exists, as YYYY-MM-DD");
  } else if (!is_plausible(*value)) {
    fail(column, plausible_years());
  }
  return value.value_or(Date{});
}

void RowFields::coordinates(Column longitude, Column latitude, Place& place) {
  const auto lon = optional_number(longitude, -180.0, 180.0);
  const auto lat = optional_number(latitude, -90.0, 90.0);
  place.coordinates.reset();
  if (lon && lat) place.coordinates = geo::LonLat{*lon, *lat};
  if (ok_ && lon.has_value() != lat.has_value()) {
    fail(lon ? latitude : longitude, "longitude and latitude must both be given, or neither");
  }
}

void RowFields::date_order(Column last_column, const Incident& incident) {
  if (!ok_ || incident.last >= incident.first) return;
  fail(last_column,
       fmt::format("the last day must not lie before the first, {}", to_string(incident.first)));
}

void RowFields::death_bounds(Column best_column, Deaths& deaths) {
  if (options_.bounds == Bounds::widen) {
    deaths.low = std::min(deaths.low, deaths.best);
    deaths.high = std::max(deaths.high, deaths.best);
  }
  if (!ok_ || (deaths.low <= deaths.best && deaths.best <= deaths.high)) return;
  fail(best_column, fmt::format("must be from low to high, {} to {}; --widen-bounds accepts it",
                                deaths.low, deaths.high));
}

void RowFields::death_sum(Column best_column, const Deaths& deaths) {
  if (!ok_ || !deaths.side_a || !deaths.side_b || !deaths.civilians || !deaths.unknown) return;
  const std::int64_t sum =
      std::int64_t{*deaths.side_a} + *deaths.side_b + *deaths.civilians + *deaths.unknown;
  if (sum == deaths.best) return;
  fail(best_column,
       fmt::format("the deaths by side, {} in all, must add up to the best estimate", sum));
}

}  // namespace panj::event::detail
