// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "panj/theatre/detail/table_reader.h"

namespace panj::theatre::detail {
namespace {

using Numbers = std::vector<double>;

/// Far beyond what any border has: a number past it is a slip of the pen, such as a digit or an
/// exponent too many. One for each unit; pure numbers and money share the last.
double reach_of(std::string_view unit) {
  constexpr std::array<std::pair<std::string_view, double>, 8> kReaches{{{"persons", 1e8},
                                                                         {"persons/yr", 1e8},
                                                                         {"t/yr", 1e8},
                                                                         {"units", 1e6},
                                                                         {"groups", 1e4},
                                                                         {"km", kLongestLineKm},
                                                                         {"yr", 1e3},
                                                                         {"1/yr", 1e3}}};
  constexpr double kOtherwise = 1e6;
  const auto found = std::ranges::find(kReaches, unit, &std::pair<std::string_view, double>::first);
  return found == kReaches.end() ? kOtherwise : found->second;
}

Shape within_reach(Shape shape) {
  const double reach = reach_of(shape.unit);
  shape.bounds.low = std::max(shape.bounds.low, -reach);
  shape.bounds.high = std::min(shape.bounds.high, reach);
  return shape;
}

/// The dates that label a list, in order; what is not a date, or stands in the file before an
/// earlier one, is reported.
std::vector<std::string> date_labels(const toml::node& node, const std::string& key, ReadLog& log) {
  std::vector<std::string> labels;
  const toml::table* table = node.as_table();
  if (table == nullptr) return labels;
  const auto place = [](const toml::key& name) {
    const toml::source_position& at = name.source().begin;
    return std::pair(at.line, at.column);
  };
  std::pair<toml::source_index, toml::source_index> reached{};
  for (const auto& [name, value] : *table) {
    if (place(name) < reached) {
      log.problems.add({.file = log.file,
                        .line = name.source().begin.line,
                        .field = key,
                        .what = fmt::format("'{}' stands before an earlier date", name.str()),
                        .why = "dates must rise"});
    }
    reached = std::max(reached, place(name));
    const auto date = parse_date(name.str());
    const bool is_date = date && panj::to_string(*date) == name.str();
    if (is_date && is_plausible(*date)) {
      labels.emplace_back(name.str());
    } else {
      log.problems.add(
          {.file = log.file,
           .line = name.source().begin.line,
           .field = key,
           .what = fmt::format("'{}' is {}", name.str(), is_date ? "out of reach" : "not a date"),
           .why = is_date ? plausible_years() : "must be a date such as \"2025-06-19\""});
    }
  }
  return labels;
}

/// One number for each label of a list or matrix, row by row.
void read_labelled(const toml::node& node, const std::string& key, const Shape& shape, ReadLog& log,
                   Numbers& numbers) {
  const auto& rows = shape.rows;
  const auto& columns = shape.columns;
  const toml::table* table = node.as_table();
  if (table == nullptr) {
    log.problems.add(
        {.file = log.file,
         .line = line_of(node),
         .field = key,
         .what = "is " + describe(node),
         .why = fmt::format("must give one number each for: {}", fmt::join(rows, ", "))});
    numbers.resize(numbers.size() + rows.size() * std::max<std::size_t>(1, columns.size()));
    return;
  }
  TableReader labels(*table, key, log);
  for (const std::string& row : rows) {
    const toml::node* value = labels.find(row);
    if (value == nullptr) labels.problem(row, "is missing", "every label needs a number");
    if (value != nullptr && !columns.empty()) {
      read_labelled(*value, dotted(key, row), {.bounds = shape.bounds, .rows = columns}, log,
                    numbers);
    } else if (value != nullptr) {
      numbers.push_back(checked_number(*value, dotted(key, row), shape.bounds, log).value_or(0.0));
    } else {
      numbers.resize(numbers.size() + std::max<std::size_t>(1, columns.size()));
    }
  }
}

/// Reads one assumption's table.
class AssumptionReader {
 public:
  AssumptionReader(TableReader& table, const Shape& shape)
      : table_(table), shape_(within_reach(shape)) {}

  Assumption read() {
    Assumption result;
    result.key = table_.name();
    result.line = table_.line();
    const std::size_t problems_before = table_.log().problems.size();
    read_value(result);
    result.basis = table_.basis();
    result.unit = shape_.unit;
    check_unit();
    result.source =
        result.basis == Basis::assumption ? table_.optional_text("source") : table_.text("source");
    read_range(result);
    read_draw(result);
    if (table_.log().problems.size() == problems_before) check_order(result);
    return result;
  }

 private:
  void read_value(Assumption& result) {
    const toml::node* node = table_.find("value");
    if (node == nullptr) {
      table_.problem("value", "is missing", "every assumption has a value");
    } else if (shape_.labelled_by_dates) {
      shape_.rows = date_labels(*node, dotted(table_.key(), "value"), table_.log());
      if (shape_.rows.empty()) table_.problem("value", "has no date", "needs at least one");
    }
    for (const std::string& row : shape_.rows) {
      if (shape_.columns.empty()) result.labels.push_back(row);
      for (const std::string& column : shape_.columns) result.labels.push_back(dotted(row, column));
    }
    if (node != nullptr) result.values = numbers("value", *node);
    result.values.resize(size());
  }

  std::size_t size() const {
    if (shape_.rows.empty()) return shape_.labelled_by_dates ? 0 : 1;
    return shape_.rows.size() * std::max<std::size_t>(1, shape_.columns.size());
  }

  Numbers numbers(std::string_view key, const toml::node& node) {
    const std::string name = dotted(table_.key(), key);
    Numbers found;
    if (shape_.rows.empty()) {
      found.push_back(checked_number(node, name, shape_.bounds, table_.log()).value_or(0.0));
    } else {
      read_labelled(node, name, shape_, table_.log(), found);
    }
    return found;
  }

  /// A bound of the range; one number may stand for all labels.
  Numbers bound(std::string_view key) {
    const toml::node* node = table_.find(key);
    if (node == nullptr) {
      table_.problem(key, "is missing", "a range has both low and high");
      return Numbers(size());
    }
    if (!node->is_number()) return numbers(key, *node);
    const auto number =
        checked_number(*node, dotted(table_.key(), key), shape_.bounds, table_.log());
    return Numbers(size(), number.value_or(0.0));
  }

  void check_unit() {
    const std::string unit = table_.optional_text("unit");
    if (unit == shape_.unit) return;
    table_.problem(
        "unit", unit.empty() ? "is missing" : fmt::format("is '{}'", unit),
        shape_.unit.empty() ? "this is a pure number" : fmt::format("must be \"{}\"", shape_.unit));
  }

  void read_range(Assumption& result) {
    const std::array<std::string_view, 3> spreads{"factor", "factor_each", "offset"};
    const bool bounded = table_.has("low") || table_.has("high");
    const auto count = std::ranges::count_if(spreads, [&](auto key) { return table_.has(key); });
    if (count + (bounded ? 1 : 0) > 1) {
      table_.problem("value", "has more than one range",
                     "give low and high, or one of factor, factor_each, offset");
    }
    result.low = result.high = result.values;
    if (bounded) {
      result.low = bound("low");
      result.high = bound("high");
    }
    for (const std::string_view key : spreads) {
      if (const auto spread = read_spread(key)) apply(key, *spread, result);
    }
    if (!bounded && count == 0) {
      (void)table_.find("low");
      (void)table_.find("high");
      if (result.basis != Basis::article) {
        table_.problem("value", "has no range",
                       "only what the article gives as a point may go without",
                       "write low = …, high = …");
      }
    }
  }

  /// Where futures take a number from, and on which scale, when not evenly from its whole range.
  void read_draw(Assumption& result) {
    static const std::array<std::string, 2> scales{"linear", "log"};
    if (table_.has("scale")) result.logarithmic = table_.choice("scale", scales) == "log";
    const toml::node* node = table_.find("draw");
    const Range whole{result.low.empty() ? 0.0 : result.low.front(),
                      result.high.empty() ? 0.0 : result.high.front()};
    if (node != nullptr) {
      const auto range = number_pair(*node);
      if (!range || range->is_reversed() || result.values.size() != 1 ||
          !whole.contains(range->low) || !whole.contains(range->high)) {
        table_.problem("draw", "is " + describe(*node),
                       "must be [low, high] within the range of a single number");
      } else {
        result.drawn = *range;
      }
    }
    if (result.logarithmic && !(result.drawn.value_or(whole).low > 0)) {
      table_.problem("scale", "is log", "the range that is drawn from must lie above 0",
                     "write draw = [low, high] with low above 0");
    }
  }

  static std::optional<Range> number_pair(const toml::node& node) {
    const toml::array* list = node.as_array();
    if (list == nullptr || list->size() != 2 || !list->get(0)->is_number() ||
        !list->get(1)->is_number()) {
      return std::nullopt;
    }
    return Range{list->get(0)->value_or(0.0), list->get(1)->value_or(0.0)};
  }

  std::optional<Range> read_spread(std::string_view key) {
    const toml::node* node = table_.find(key);
    if (node == nullptr) return std::nullopt;
    const double neutral = key == "offset" ? 0.0 : 1.0;
    const auto range = number_pair(*node);
    const bool is_factor = key != "offset";
    const bool holds = range && !range->is_reversed() && range->contains(neutral);
    if (holds && (!is_factor || range->low >= 0)) return range;
    table_.problem(
        key, "is " + describe(*node),
        is_factor ? "must be [low, high] around 1, from 0 up" : "must be [low, high] around 0");
    return std::nullopt;
  }

  void apply(std::string_view key, Range spread, Assumption& result) const {
    result.moves_together = key != "factor_each";
    const auto shifted = [&](double value, double by) {
      const double moved = key == "offset" ? value + by : value * by;
      return std::clamp(moved, shape_.bounds.low, shape_.bounds.high);
    };
    for (std::size_t i = 0; i < result.values.size(); ++i) {
      const double a = shifted(result.values[i], spread.low);
      const double b = shifted(result.values[i], spread.high);
      result.low[i] = std::min(a, b);
      result.high[i] = std::max(a, b);
    }
  }

  void check_order(const Assumption& result) {
    for (std::size_t i = 0; i < result.values.size(); ++i) {
      const std::string of = result.labels.empty() ? "" : fmt::format(" for {}", result.labels[i]);
      const Range range{result.low[i], result.high[i]};
      if (range.is_reversed()) {
        table_.problem("low", fmt::format("low {} is above high {}{}", range.low, range.high, of),
                       "a range runs from low to high",
                       fmt::format("write low = {}, high = {}", range.high, range.low));
      } else if (!range.contains(result.values[i])) {
        table_.problem("value", fmt::format("is {}{}", result.values[i], of),
                       fmt::format("must lie in its range [{}, {}]", range.low, range.high));
      }
    }
  }

  TableReader& table_;
  Shape shape_;
};

}  // namespace

Assumption TableReader::assumption(std::string_view key, const Shape& shape) {
  Assumption result;
  within(key, [&](TableReader& table) {
    result = AssumptionReader(table, shape).read();
    log_.assumptions.push_back(result);
  });
  return result;
}

std::optional<Assumption> TableReader::optional_assumption(std::string_view key,
                                                           const Shape& shape) {
  if (has(key)) return assumption(key, shape);
  return std::nullopt;
}

}  // namespace panj::theatre::detail
