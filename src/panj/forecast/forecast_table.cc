// SPDX-License-Identifier: Apache-2.0
#include "panj/forecast/forecast_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <span>
#include <tuple>
#include <utility>

#include "panj/core/csv.h"
#include "panj/core/number.h"
#include "panj/core/problem.h"
#include "panj/core/text.h"

namespace panj::forecast {
namespace {

constexpr std::size_t kShownOfField = 60;

/// One value with what tells it from the others of its unit and month: a draw's number or a level.
using Entry = std::pair<double, double>;

struct Entries {
  std::vector<Entry> draws;
  std::vector<Entry> quantiles;
  std::size_t line = 0;  ///< where the first stands
};

class TableReader {
 public:
  TableReader(CsvReader csv, std::string file, const ForecastTableOptions& options)
      : csv_(std::move(csv)), file_(std::move(file)), options_(options) {}

  ForecastTable read() {
    read_header();
    problems_.throw_if_any();
    while (csv_.next()) {
      if (!is_whole()) continue;
      if (is_views_) {
        read_views_row();
      } else {
        read_hubverse_row();
      }
    }
    ForecastTable table = build();
    problems_.throw_if_any();
    return table;
  }

 private:
  using Task = std::tuple<Month, std::string, Month>;  ///< origin, unit, month

  void refuse(std::size_t column, std::string why) {
    problems_.add(
        {.file = file_,
         .line = csv_.line(),
         .field = names_[column],
         .what = fmt::format("is '{}'", printable(csv_.field(position_[column]), kShownOfField)),
         .why = std::move(why)});
  }

  std::string_view text(std::size_t column) { return csv_.field(position_[column]); }

  void read_header() {
    std::vector<std::string> header;
    if (csv_.next()) {
      for (std::size_t i = 0; i < csv_.size(); ++i) header.emplace_back(csv_.field(i));
    }
    width_ = header.size();
    is_views_ = std::ranges::find(header, "month_id") != header.end();
    names_ = is_views_
                 ? std::vector<std::string>{"month_id", options_.unit, "draw", "outcome"}
                 : std::vector<std::string>{"origin_date", "location",       "target", "horizon",
                                            "output_type", "output_type_id", "value"};
    for (const std::string& name : names_) {
      const auto found = std::ranges::find(header, name);
      position_.push_back(static_cast<std::size_t>(found - header.begin()));
      if (found != header.end()) continue;
      problems_.add(
          {.file = file_,
           .line = 1,
           .field = name,
           .what = "column is missing",
           .why = fmt::format("{} forecasts need {}", is_views_ ? "VIEWS's" : "hubverse's",
                              fmt::join(names_, ", ")),
           .suggestion = header.empty() ? "" : suggest_name(name, header)});
    }
    if (is_views_ && !options_.origin) {
      problems_.add({.file = file_,
                     .what = "does not say when it was made",
                     .why = "VIEWS's forecasts do not name their origin",
                     .suggestion = "give --origin, the last month that was known"});
    }
  }

  bool is_whole() {
    const auto add = [&](std::string what, std::string why) {
      problems_.add(
          {.file = file_, .line = csv_.line(), .what = std::move(what), .why = std::move(why)});
      return false;
    };
    if (csv_.fault() != CsvFault::none) {
      return add("cannot be read", std::string(describe(csv_.fault())));
    }
    if (csv_.size() != width_) {
      return add(fmt::format("has {} fields", csv_.size()),
                 fmt::format("the header has {}", width_));
    }
    if (!csv_.is_ascii() && find_invalid_utf8(csv_.raw())) {
      return add(fmt::format("reads '{}'", printable(csv_.raw(), kShownOfField)),
                 "the text must be UTF-8; is the file Latin-1?");
    }
    return true;
  }

  std::optional<double> read_value(std::size_t column) {
    const auto value = parse_number<double>(text(column));
    if (value && std::isfinite(*value) && *value >= 0) return value;
    refuse(column, "must be a number of at least 0");
    return std::nullopt;
  }

  std::optional<double> read_draw(std::size_t column) {
    const auto draw = parse_number<int>(text(column));
    if (draw && *draw >= 0) return *draw;
    refuse(column, "must be the draw's number");
    return std::nullopt;
  }

  std::optional<double> read_level(std::size_t column) {
    const auto level = parse_number<double>(text(column));
    if (level && *level > 0 && *level < 1) return level;
    refuse(column, "must be a quantile's level between 0 and 1");
    return std::nullopt;
  }

  void read_views_row() {
    enum : std::size_t { month_id, unit, draw, outcome };
    const auto id = parse_number<int>(text(month_id));
    const bool is_month =
        id && *id > options_.origin->id() && *id <= options_.origin->id() + options_.longest_lead;
    if (!is_month) {
      refuse(month_id,
             fmt::format("must be a month after the origin, at most {}; 1 is January 1980",
                         options_.longest_lead));
    }
    if (text(unit).empty()) refuse(unit, "must name a unit");
    const auto number = read_draw(draw);
    const auto value = read_value(outcome);
    if (!is_month || text(unit).empty() || !number || !value) return;
    entries({*options_.origin, std::string(text(unit)), Month::from_id(*id)})
        .draws.emplace_back(*number, *value);
  }

  void read_hubverse_row() {
    enum : std::size_t { origin_date, location, target, horizon, type, id, value };
    const auto origin = parse_date(text(origin_date));
    if (!origin) refuse(origin_date, "must be YYYY-MM-DD");
    if (text(location).empty()) refuse(location, "must name a unit");
    check_target(text(target), target);
    const auto lead = parse_number<int>(text(horizon));
    const bool is_lead = lead && *lead >= 1 && *lead <= options_.longest_lead;
    if (!is_lead) {
      refuse(horizon, fmt::format("must be the number of months after origin_date, from 1 to {}",
                                  options_.longest_lead));
    }
    const auto number = read_value(value);
    const bool is_sample = text(type) == "sample";
    if (!is_sample && text(type) != "quantile") {
      if (text(type) == "mean") {
        ++means_;
      } else {
        refuse(type, "must be quantile, sample or mean");
      }
      return;
    }
    const auto key = is_sample ? read_draw(id) : read_level(id);
    if (!origin || text(location).empty() || !is_lead || !number || !key) return;
    const Month known = Month::of(*origin);
    Entries& task = entries({known, std::string(text(location)), known + *lead});
    (is_sample ? task.draws : task.quantiles).emplace_back(*key, *number);
  }

  void check_target(std::string_view name, std::size_t column) {
    if (!target_) target_ = std::string(name);
    if (name != *target_) refuse(column, "must be the same in every row: score targets one by one");
  }

  Entries& entries(Task task) {
    Entries& found = tasks_[std::move(task)];
    if (found.line == 0) found.line = csv_.line();
    return found;
  }

  ForecastTable build() {
    ForecastTable table{.name = std::filesystem::path(file_).stem().string(),
                        .forecasts = {},
                        .means = means_,
                        .target = target_.value_or("")};
    if (tasks_.empty() && problems_.empty()) {
      problems_.add({.file = file_,
                     .what = "holds no quantiles and no sample",
                     .why = "a mean alone says nothing of chances"});
    }
    for (auto& [task, entries] : tasks_) {
      const auto& [origin, unit, month] = task;
      IssuedForecast forecast{
          .unit = unit, .origin = origin, .month = month, .values = {}, .levels = {}};
      const bool is_sample = !entries.draws.empty();
      fill(forecast, is_sample ? entries.draws : entries.quantiles, is_sample, entries.line);
      table.forecasts.push_back(std::move(forecast));
    }
    return table;
  }

  void fill(IssuedForecast& forecast, std::vector<Entry>& entries, bool is_sample,
            std::size_t line) {
    const auto add = [&](const char* what, const char* why) {
      problems_.add({.file = file_,
                     .line = line,
                     .field = fmt::format("{} {}", printable(forecast.unit, kShownOfField),
                                          to_string(forecast.month)),
                     .what = what,
                     .why = why});
    };
    std::ranges::sort(entries);
    const auto same_key = [](const Entry& a, const Entry& b) { return a.first == b.first; };
    if (std::ranges::adjacent_find(entries, same_key) != entries.end()) {
      add(is_sample ? "has a draw twice" : "has a level twice", "each must stand once");
    }
    for (const auto& [key, value] : entries) {
      forecast.values.push_back(value);
      if (!is_sample) forecast.levels.push_back(key);
    }
    if (is_sample) {
      std::ranges::sort(forecast.values);
    } else if (!std::ranges::is_sorted(forecast.values)) {
      add("has quantiles that cross", "they must not fall as the level rises");
    }
  }

  CsvReader csv_;
  std::string file_;
  ForecastTableOptions options_;
  bool is_views_ = false;
  std::vector<std::string> names_;
  std::vector<std::size_t> position_;
  std::size_t width_ = 0;
  std::optional<std::string> target_;
  std::size_t means_ = 0;
  std::map<Task, Entries> tasks_;
  Problems problems_;
};

}  // namespace

ForecastTable read_forecast_table(const std::filesystem::path& path,
                                  const ForecastTableOptions& options) {
  return TableReader(CsvReader(path), path.string(), options).read();
}

ForecastTable parse_forecast_table(std::string_view text, const std::string& file,
                                   const ForecastTableOptions& options) {
  return TableReader(CsvReader::from_text(text), file, options).read();
}

}  // namespace panj::forecast
