// SPDX-License-Identifier: Apache-2.0
#include "panj/plan/instance_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "panj/core/file.h"
#include "panj/core/text.h"

namespace panj::plan {
namespace {

constexpr std::size_t kLargestFile = std::size_t{1} << 30;
constexpr std::size_t kShownBytes = 60;

/// The text with NaN, Infinity and -Infinity, where they stand outside quotes, written as null.
std::string without_not_a_number(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!quoted && (text[i] == '-' || text[i] == 'I' || text[i] == 'N')) {
      const auto token = {std::string_view("-Infinity"), std::string_view("Infinity"),
                          std::string_view("-NaN"), std::string_view("NaN")};
      const auto* const found =
          std::ranges::find_if(token, [&](auto t) { return text.substr(i, t.size()) == t; });
      if (found != token.end()) {
        out += "null";
        i += found->size() - 1;
        continue;
      }
    }
    if (text[i] == '"') quoted = !quoted;
    out += text[i];
    if (quoted && text[i] == '\\' && i + 1 < text.size()) out += text[++i];
  }
  return out;
}

/// Sees the members of every object as they are read, to find names that stand twice in one: the
/// last of them would win unseen.
class MemberWatch {
 public:
  MemberWatch(const std::string& file, Problems& problems) : file_(&file), problems_(&problems) {}

  bool operator()(int, nlohmann::json::parse_event_t event, const nlohmann::json& value) {
    using Event = nlohmann::json::parse_event_t;
    if (event == Event::object_start) open_.emplace_back();
    if (event == Event::object_end) open_.pop_back();
    if (event == Event::key && !open_.back().insert(value.get<std::string>()).second) {
      problems_->add({.file = *file_,
                      .field = printable(value.get<std::string>(), kShownBytes),
                      .what = "stands twice in one object",
                      .why = "only one of them could count"});
    }
    return true;
  }

 private:
  const std::string* file_;
  Problems* problems_;
  std::vector<std::set<std::string>> open_;  ///< members of each object around the current place
};

nlohmann::json parse(std::string_view text, const std::string& file) {
  const std::string clean = without_not_a_number(text);
  try {
    Problems repeated;
    nlohmann::json root = nlohmann::json::parse(clean, MemberWatch(file, repeated));
    repeated.throw_if_any();
    return root;
  } catch (const nlohmann::json::exception& error) {
    std::size_t line = 0;
    if (const auto* parse_error = dynamic_cast<const nlohmann::json::parse_error*>(&error)) {
      const auto end = static_cast<std::ptrdiff_t>(std::min(parse_error->byte, clean.size()));
      line = 1 + static_cast<std::size_t>(std::count(clean.begin(), clean.begin() + end, '\n'));
    }
    throw InvalidInput(Problem{.file = file,
                               .line = line,
                               .what = "is no JSON: " + printable(error.what(), 200),
                               .why = "a file in the schema of its problem"});
  }
}

std::string shown(const nlohmann::json& value) {
  if (value.is_null()) return "null, NaN or infinite";
  if (value.is_array()) return fmt::format("a list of {}", value.size());
  if (value.is_object()) return "an object";
  return printable(value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace),
                   kShownBytes);
}

const nlohmann::json kNull{};

/// Whether `other` is `name` with one letter more, less or wrong. Short names are too much alike.
bool is_slip_of(std::string_view other, std::string_view name) {
  constexpr std::size_t kShort = 5;
  if (name.size() < kShort) return false;
  const auto [left, right] = std::ranges::mismatch(other, name);
  const std::string_view rest_of_other(left, other.end());
  const std::string_view rest_of_name(right, name.end());
  const auto after = [](std::string_view rest) { return rest.substr(rest.empty() ? 0 : 1); };
  return after(rest_of_other) == rest_of_name || rest_of_other == after(rest_of_name) ||
         after(rest_of_other) == after(rest_of_name);
}

}  // namespace

double Allowed::stand_in() const {
  if (contains(0)) return 0;
  if (std::isinf(low)) return high;
  if (std::isinf(high)) return low + 1;
  return 0.5 * (low + high);
}

InstanceFile read_instance(const std::filesystem::path& path) {
  return parse_instance(read_file(path, kLargestFile), path.string());
}

InstanceFile parse_instance(std::string_view text, std::string file) {
  InstanceFile instance{std::move(file), {}, {}, {}};
  instance.root = parse(text, instance.file);
  Problems problems;
  if (!instance.root.is_object()) {
    problems.add({.file = instance.file,
                  .what = "is " + shown(instance.root),
                  .why = "an object in the schema of its problem"});
    problems.throw_if_any();
  }
  InstanceReader reader(instance, problems);
  instance.problem = reader.text("problem");
  instance.name = reader.text_or("name", "");
  reader.finish();
  problems.throw_if_any();
  return instance;
}

InstanceReader::InstanceReader(const InstanceFile& file, Problems& problems)
    : InstanceReader(file.root, "", file.file, problems) {}

InstanceReader::InstanceReader(const nlohmann::json& object, std::string where, std::string file,
                               Problems& problems)
    : object_(&object), where_(std::move(where)), file_(std::move(file)), problems_(&problems) {}

std::string InstanceReader::place(const std::string& name) const {
  if (where_.empty() || name.empty()) return where_ + name;
  return where_ + "." + name;
}

void InstanceReader::fault(const std::string& name, std::string what, std::string why,
                           std::string suggestion) {
  problems_->add({.file = file_,
                  .field = place(name),
                  .what = std::move(what),
                  .why = std::move(why),
                  .suggestion = std::move(suggestion)});
}

bool InstanceReader::has(const std::string& name) {
  asked_.insert(name);
  return holds(name);
}

bool InstanceReader::holds(const std::string& name) const {
  return object_->is_object() && object_->contains(name);
}

const nlohmann::json* InstanceReader::find(const std::string& name, std::string_view needed) {
  asked_.insert(name);
  if (has(name)) return &(*object_)[name];
  missing_.emplace_back(name, needed);
  return nullptr;
}

double InstanceReader::number_at(const nlohmann::json& value, const std::string& name,
                                 Allowed allowed) {
  double number = 0;
  if (value.is_number()) {
    number = value.get<double>();
    if (allowed.contains(number)) return number;
  }
  if (std::isfinite(number) && std::abs(number) > kLargestNumber) {
    fault(name, "is " + shown(value), "is too large to reckon with");
    return allowed.stand_in();
  }
  fault(name, "is " + shown(value), fmt::format("must be {}", allowed.text));
  return allowed.stand_in();
}

double InstanceReader::number(const std::string& name, Allowed allowed) {
  const nlohmann::json* value = find(name, allowed.text);
  return value == nullptr ? allowed.stand_in() : number_at(*value, name, allowed);
}

double InstanceReader::number_or(const std::string& name, double fallback, Allowed allowed) {
  asked_.insert(name);
  return has(name) ? number(name, allowed) : fallback;
}

int InstanceReader::whole(const std::string& name, int low, int high) {
  const std::string needed = high == std::numeric_limits<int>::max()
                                 ? fmt::format("a whole number of {} or more", low)
                                 : fmt::format("a whole number from {} to {}", low, high);
  const nlohmann::json* value = find(name, needed);
  if (value == nullptr) return low;
  if (value->is_number()) {
    const auto number = value->get<double>();
    if (number == std::floor(number) && number >= low && number <= high) {
      return static_cast<int>(number);
    }
  }
  fault(name, "is " + shown(*value), "must be " + needed);
  return low;
}

int InstanceReader::whole_or(const std::string& name, int fallback, int low, int high) {
  asked_.insert(name);
  return has(name) ? whole(name, low, high) : fallback;
}

bool InstanceReader::flag(const std::string& name) {
  const nlohmann::json* value = find(name, "true or false");
  if (value == nullptr) return false;
  if (value->is_boolean()) return value->get<bool>();
  fault(name, "is " + shown(*value), "must be true or false");
  return false;
}

bool InstanceReader::flag_or(const std::string& name, bool fallback) {
  asked_.insert(name);
  return has(name) ? flag(name) : fallback;
}

std::string InstanceReader::text(const std::string& name) {
  const nlohmann::json* value = find(name, "a text");
  if (value == nullptr) return {};
  if (value->is_string()) return value->get<std::string>();
  fault(name, "is " + shown(*value), "must be a text");
  return {};
}

std::string InstanceReader::text_or(const std::string& name, std::string fallback) {
  asked_.insert(name);
  return has(name) ? text(name) : std::move(fallback);
}

const nlohmann::json* InstanceReader::list(const std::string& name, std::optional<Length> length,
                                           std::string_view needed) {
  const nlohmann::json* value = find(name, needed);
  if (value == nullptr) return nullptr;
  if (!value->is_array()) {
    fault(name, "is " + shown(*value), fmt::format("must be {}", needed));
    return nullptr;
  }
  if (length && value->size() != length->size) {
    fault(name, fmt::format("has {} entries", value->size()),
          fmt::format("must have {}, one for each of {}", length->size, length->of));
    return nullptr;
  }
  return value;
}

std::vector<double> InstanceReader::numbers(const std::string& name, Allowed allowed,
                                            std::optional<Length> length) {
  const nlohmann::json* values = list(name, length, "a list of numbers");
  std::vector<double> read(length ? length->size : 0, allowed.stand_in());
  if (values == nullptr) return read;
  read.resize(values->size());
  for (std::size_t i = 0; i < read.size(); ++i) {
    const nlohmann::json& value = (*values)[i];
    if (value.is_number() && allowed.contains(read[i] = value.get<double>())) continue;
    read[i] = number_at(value, fmt::format("{}[{}]", name, i), allowed);
  }
  return read;
}

std::vector<std::vector<double>> InstanceReader::table(const std::string& name, Allowed allowed,
                                                       Length rows, Length columns) {
  std::vector<std::vector<double>> read(rows.size,
                                        std::vector<double>(columns.size, allowed.stand_in()));
  const nlohmann::json* values = list(name, rows, "a table of numbers");
  if (values == nullptr) return read;
  for (std::size_t r = 0; r < rows.size; ++r) {
    const nlohmann::json& row = (*values)[r];
    const std::string row_name = fmt::format("{}[{}]", name, r);
    if (!row.is_array() || row.size() != columns.size) {
      fault(row_name, "is " + shown(row),
            fmt::format("must be a list of {}, one for each of {}", columns.size, columns.of));
      continue;
    }
    for (std::size_t c = 0; c < columns.size; ++c) {
      read[r][c] = number_at(row[c], fmt::format("{}[{}]", row_name, c), allowed);
    }
  }
  return read;
}

std::vector<std::string> InstanceReader::texts(const std::string& name) {
  std::vector<std::string> read;
  const nlohmann::json* values = list(name, std::nullopt, "a list of texts");
  if (values == nullptr) return read;
  for (std::size_t i = 0; i < values->size(); ++i) {
    const nlohmann::json& value = (*values)[i];
    if (!value.is_string()) {
      fault(fmt::format("{}[{}]", name, i), "is " + shown(value), "must be a text");
    }
    read.push_back(value.is_string() ? value.get<std::string>() : std::string());
  }
  return read;
}

std::vector<std::string> InstanceReader::names(const std::string& name) {
  std::vector<std::string> read = texts(name);
  if (has(name) && (*object_)[name].is_array() && read.empty()) {
    fault(name, "is empty", "must hold at least one name");
  }
  std::set<std::string_view> seen;
  for (std::size_t i = 0; i < read.size(); ++i) {
    if (read[i].empty() || !seen.insert(read[i]).second) {
      fault(fmt::format("{}[{}]", name, i), fmt::format("is '{}'", printable(read[i], kShownBytes)),
            "names must not be empty or repeated");
    }
  }
  return read;
}

InstanceReader InstanceReader::object(const std::string& name) {
  const nlohmann::json* value = find(name, "an object");
  if (value != nullptr && !value->is_object()) {
    fault(name, "is " + shown(*value), "must be an object");
    value = nullptr;
  }
  return {value == nullptr ? kNull : *value, place(name), file_, *problems_};
}

std::vector<InstanceReader> InstanceReader::objects(const std::string& name) {
  std::vector<InstanceReader> read;
  const nlohmann::json* values = list(name, std::nullopt, "a list of objects");
  if (values == nullptr) return read;
  if (values->empty()) fault(name, "is empty", "must hold at least one entry");
  for (std::size_t i = 0; i < values->size(); ++i) {
    const std::string entry = fmt::format("{}[{}]", name, i);
    if (!(*values)[i].is_object()) {
      fault(entry, "is " + shown((*values)[i]), "must be an object");
    }
    read.emplace_back((*values)[i], place(entry), file_, *problems_);
  }
  return read;
}

const nlohmann::json& InstanceReader::value(const std::string& name) {
  const nlohmann::json* found = find(name, "a value");
  return found == nullptr ? kNull : *found;
}

void InstanceReader::finish() {
  if (!object_->is_object()) return;
  std::vector<std::string> others;
  for (const auto& [name, value] : object_->items()) {
    if (!asked_.contains(name)) others.push_back(name);
  }
  for (const auto& [name, needed] : missing_) {
    const std::string nearest = nearest_name(name, others);
    fault(name, "is missing", fmt::format("needed: {}", needed),
          nearest.empty() ? "" : fmt::format("is '{}' meant for it?", nearest));
    std::erase(others, nearest);
    asked_.erase(name);
  }
  for (const std::string& name : asked_) {
    if (holds(name)) continue;
    for (const std::string& other : others) {
      if (!is_slip_of(other, name)) continue;
      fault(other, "is not known", "members that are left out have usual values",
            fmt::format("did you mean '{}'?", name));
    }
  }
}

void expect_order(InstanceReader& reader, const std::string& low_name,
                  const std::vector<double>& low, const std::string& high_name,
                  const std::vector<double>& high) {
  for (std::size_t i = 0; i < std::min(low.size(), high.size()); ++i) {
    if (low[i] <= high[i]) continue;
    reader.fault(fmt::format("{}[{}]", low_name, i),
                 fmt::format("is {}, above {}", low[i], high_name),
                 fmt::format("must be at most {}[{}] = {}", high_name, i, high[i]));
  }
}

}  // namespace panj::plan
