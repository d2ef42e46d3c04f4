// SPDX-License-Identifier: Apache-2.0
#include "panj/theatre/detail/table_reader.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

namespace panj::theatre::detail {

namespace {

void add_repeat(const std::string& id, std::string key, std::size_t line, ReadLog& log) {
  log.problems.add({.file = log.file,
                    .line = line,
                    .field = std::move(key),
                    .what = fmt::format("'{}' occurs twice", id),
                    .why = "ids must differ"});
}

}  // namespace

std::string Bounds::describe() const {
  const bool below = std::isfinite(low);
  const bool above = std::isfinite(high);
  if (below && above) return fmt::format("must lie in [{}, {}]", low, high);
  if (below) return fmt::format("must be at least {}", low);
  if (above) return fmt::format("must be at most {}", high);
  return "must be a finite number";
}

std::string dotted(std::string_view parent, std::string_view key) {
  return parent.empty() ? std::string(key) : fmt::format("{}.{}", parent, key);
}

std::string describe(const toml::node& node) {
  constexpr std::size_t kLongest = 60;
  if (const auto text = node.value_exact<std::string>()) {
    return fmt::format("the text '{}{}'", text->substr(0, kLongest),
                       text->size() > kLongest ? "…" : "");
  }
  if (node.is_table()) return "a table";
  if (node.is_array()) return "a list";
  if (const auto flag = node.value_exact<bool>()) return *flag ? "true" : "false";
  if (const auto number = node.value<double>()) return fmt::format("{}", *number);
  return "a date or time";
}

std::size_t line_of(const toml::node& node) {
  return node.source().begin.line;
}

std::optional<double> checked_number(const toml::node& node, const std::string& key, Bounds bounds,
                                     ReadLog& log) {
  const auto number = node.is_number() ? node.value<double>() : std::nullopt;
  if (number && std::isfinite(*number) && bounds.hold(*number)) return number;
  log.problems.add({.file = log.file,
                    .line = line_of(node),
                    .field = key,
                    .what = "is " + describe(node),
                    .why = number && !std::isfinite(*number) ? "must be a finite number"
                           : number                          ? bounds.describe()
                                                             : "must be a number"});
  return std::nullopt;
}

void check_unique(std::span<const std::string> ids, std::string_view key, std::size_t line,
                  ReadLog& log) {
  std::set<std::string> seen;
  for (const std::string& id : ids) {
    if (!id.empty() && !seen.insert(id).second) add_repeat(id, std::string(key), line, log);
  }
}

TableReader::~TableReader() {
  for (const auto& [name, node] : table_) {
    if (std::ranges::find(known_, name.str()) != known_.end()) continue;
    log_.problems.add({.file = log_.file,
                       .line = name.source().begin.line,
                       .field = dotted(key_, name.str()),
                       .what = "unknown key",
                       .suggestion = suggest_name(name.str(), known_)});
  }
}

void TableReader::know(std::string_view key) {
  if (std::ranges::find(known_, key) == known_.end()) known_.emplace_back(key);
}

bool TableReader::has(std::string_view key) {
  know(key);
  return table_.contains(key);
}

const toml::node* TableReader::find(std::string_view key) {
  know(key);
  return table_.get(key);
}

const toml::node* TableReader::need(std::string_view key, std::string_view why) {
  const toml::node* node = find(key);
  if (node == nullptr) problem(key, "is missing", std::string(why));
  return node;
}

std::size_t TableReader::line() const {
  return line_of(table_);
}

std::vector<std::string> TableReader::keys() const {
  std::vector<std::string> names;
  for (const auto& [name, node] : table_) names.emplace_back(name.str());
  return names;
}

void TableReader::problem(std::string_view key, std::string what, std::string why,
                          std::string suggestion) {
  const toml::node* node = table_.get(key);
  log_.problems.add({.file = log_.file,
                     .line = node == nullptr ? line() : line_of(*node),
                     .field = dotted(key_, key),
                     .what = std::move(what),
                     .why = std::move(why),
                     .suggestion = std::move(suggestion)});
}

std::string TableReader::text(std::string_view key) {
  const toml::node* node = need(key, "must be a text");
  if (node == nullptr) return {};
  const auto value = node->value_exact<std::string>();
  if (value && !value->empty()) return *value;
  problem(key, value ? "is empty" : "is " + describe(*node), "must be a text");
  return {};
}

std::string TableReader::optional_text(std::string_view key) {
  if (has(key)) return text(key);
  return {};
}

std::vector<std::string> TableReader::texts(std::string_view key) {
  std::vector<std::string> values;
  const toml::node* node = need(key, "must be a list of texts");
  if (node == nullptr) return values;
  const toml::array* list = node->as_array();
  if (list == nullptr || list->empty()) {
    problem(key, list == nullptr ? "is " + describe(*node) : "is empty", "must be a list of texts");
    return values;
  }
  for (const toml::node& item : *list) {
    const auto value = item.value_exact<std::string>();
    if (value) {
      values.push_back(*value);
    } else {
      problem(key, "holds " + describe(item), "must be a list of texts");
    }
  }
  return values;
}

double TableReader::number(std::string_view key, Bounds bounds) {
  const toml::node* node = need(key, "must be a number");
  if (node == nullptr) return 0.0;
  return checked_number(*node, dotted(key_, key), bounds, log_).value_or(0.0);
}

std::optional<double> TableReader::optional_number(std::string_view key, Bounds bounds) {
  const toml::node* node = find(key);
  if (node == nullptr) return std::nullopt;
  return checked_number(*node, dotted(key_, key), bounds, log_);
}

int TableReader::integer(std::string_view key, int low, int high) {
  const toml::node* node = need(key, fmt::format("must be a whole number in [{}, {}]", low, high));
  if (node == nullptr) return low;
  const auto value = node->value_exact<std::int64_t>();
  if (value && low <= *value && *value <= high) return static_cast<int>(*value);
  problem(key, "is " + describe(*node),
          fmt::format("must be a whole number in [{}, {}]", low, high));
  return low;
}

std::optional<int> TableReader::optional_integer(std::string_view key, int low, int high) {
  if (has(key)) return integer(key, low, high);
  return std::nullopt;
}

bool TableReader::flag(std::string_view key) {
  const toml::node* node = find(key);
  if (node == nullptr) return false;
  const auto value = node->value_exact<bool>();
  if (!value) problem(key, "is " + describe(*node), "must be true or false");
  return value.value_or(false);
}

Date TableReader::date(std::string_view key) {
  const toml::node* node = need(key, "must be a date such as \"2025-06-19\"");
  if (node == nullptr) return {};
  const auto local = node->value_exact<toml::date>();
  const auto text =
      local ? std::optional(fmt::format("{:04}-{:02}-{:02}", local->year, local->month, local->day))
            : node->value_exact<std::string>();
  const auto parsed = text ? parse_date(*text) : std::nullopt;
  if (!parsed) {
    problem(key, "is " + describe(*node), "must be a date such as \"2025-06-19\"");
  } else if (!is_plausible(*parsed)) {
    problem(key, "is " + *text, plausible_years());
  }
  return parsed.value_or(Date{});
}

Basis TableReader::basis(std::string_view key) {
  static const std::vector<std::string> names{"article", "public-reporting", "assumption"};
  const std::string name = choice(key, names);
  const auto index = std::ranges::find(names, name) - names.begin();
  return static_cast<Basis>(index);
}

std::string TableReader::choice(std::string_view key, std::span<const std::string> names) {
  const std::string why = fmt::format("must be one of: {}", fmt::join(names, ", "));
  const toml::node* node = need(key, why);
  if (node == nullptr) return names.front();
  const auto value = node->value_exact<std::string>();
  if (value && std::ranges::find(names, *value) != names.end()) return *value;
  const std::string nearest = value ? nearest_name(*value, names) : std::string{};
  problem(key, "is " + describe(*node), why,
          nearest.empty() ? std::string{} : fmt::format("did you mean '{}'?", nearest));
  return names.front();
}

std::string TableReader::reference(std::string_view key, std::span<const std::string> names,
                                   std::string_view of_what) {
  std::string value = text(key);
  if (value.empty() || std::ranges::find(names, value) != names.end()) return value;
  problem(key, fmt::format("'{}' is not {}", value, of_what), "must name one that is declared",
          suggest_name(value, names));
  return {};
}

std::string TableReader::optional_reference(std::string_view key,
                                            std::span<const std::string> names,
                                            std::string_view of_what) {
  if (has(key)) return reference(key, names, of_what);
  return {};
}

void TableReader::within(std::string_view key, const Visit& visit) {
  if (!optional_within(key, visit)) problem(key, "is missing", "must be a table");
}

bool TableReader::optional_within(std::string_view key, const Visit& visit) {
  const toml::node* node = find(key);
  if (node == nullptr) return false;
  const toml::table* table = node->as_table();
  if (table == nullptr) {
    problem(key, "is " + describe(*node), "must be a table");
    return true;
  }
  TableReader reader(*table, dotted(key_, key), log_, dotted(name_, key));
  visit(reader);
  return true;
}

void TableReader::each(std::string_view key, const Visit& visit) {
  const toml::node* node = find(key);
  if (node == nullptr) return;
  const toml::array* list = node->as_array();
  if (list == nullptr) {
    problem(key, "is " + describe(*node), "must be a list of tables",
            fmt::format("write [[{}]]", dotted(key_, key)));
    return;
  }
  for (std::size_t i = 0; i < list->size(); ++i) {
    const toml::table* table = list->get(i)->as_table();
    if (table == nullptr) {
      problem(key, "holds " + describe(*list->get(i)), "must be a list of tables");
      continue;
    }
    const std::string place = fmt::format("{}[{}]", dotted(key_, key), i + 1);
    const std::string id = (*table)["id"].value_or(std::string{});
    TableReader reader(*table, place, log_, id.empty() ? place : dotted(dotted(name_, key), id));
    visit(reader);
  }
}

void TableReader::check_ids(std::string_view key) {
  const toml::array* list = table_[key].as_array();
  if (list == nullptr) return;
  std::set<std::string> seen;
  for (const toml::node& item : *list) {
    const toml::table* table = item.as_table();
    const toml::node* node = table == nullptr ? nullptr : table->get("id");
    const auto id = node == nullptr ? std::nullopt : node->value_exact<std::string>();
    if (!id || id->empty() || seen.insert(*id).second) continue;
    add_repeat(*id, dotted(key_, key), line_of(*node), log_);
  }
}

}  // namespace panj::theatre::detail
