// SPDX-License-Identifier: Apache-2.0
#include "panj/share/detail/extension_fields.h"

#include <limits>

#include "panj/core/text.h"

namespace panj::share::detail {
namespace {

const Json kNothing = Json::object();  // NOLINT(cert-err58-cpp): empty
const Json kNoList = Json::array();    // NOLINT(cert-err58-cpp)

}  // namespace

ExtensionFields ExtensionFields::of(const Json& object, std::string_view extension,
                                    std::optional<Problem>& fault) {
  ExtensionFields outer(object.is_object() ? object : kNothing, fault);
  return outer.within("extensions").within(std::string(extension).c_str());
}

const Json* ExtensionFields::find(const char* field) const {
  const auto found = json_->find(field);
  return found == json_->end() ? nullptr : &*found;
}

void ExtensionFields::fail(const char* field, std::string_view why) {
  if (*fault_) return;
  const Json* const found = find(field);
  constexpr std::size_t kShown = 80;
  *fault_ = Problem{
      .field = field,
      .what = found == nullptr
                  ? "is missing"
                  : "is " + printable(found->dump(-1, ' ', false, Json::error_handler_t::replace),
                                      kShown),
      .why = std::string(why)};
}

ExtensionFields ExtensionFields::within(const char* field) {
  const Json* const found = find(field);
  if (found != nullptr && found->is_object()) return {*found, *fault_};
  fail(field, "must be an object");
  return {kNothing, *fault_};
}

std::string ExtensionFields::text(const char* field) {
  const Json* const found = find(field);
  if (found == nullptr) return {};
  if (found->is_string()) return found->get<std::string>();
  fail(field, "must be text");
  return {};
}

std::string ExtensionFields::required_text(const char* field) {
  std::string found = text(field);
  if (found.empty()) fail(field, "must not be empty");
  return found;
}

Date ExtensionFields::day(const char* field) {
  const auto date = parse_date(text(field));
  if (!date) fail(field, "must be a day, YYYY-MM-DD");
  return date.value_or(Date{});
}

Month ExtensionFields::month(const char* field) {
  const auto month = parse_month(text(field));
  if (!month) fail(field, "must be a month, YYYY-MM");
  return month.value_or(Month{});
}

std::optional<std::int32_t> ExtensionFields::optional_integer(const char* field) {
  const Json* const found = find(field);
  if (found == nullptr) return std::nullopt;
  constexpr auto kLargest = std::numeric_limits<std::int32_t>::max();
  if (found->is_number_integer()) {
    const auto value = found->get<std::int64_t>();
    if (-kLargest <= value && value <= kLargest) return static_cast<std::int32_t>(value);
  }
  fail(field, "must be a whole number");
  return std::nullopt;
}

std::int32_t ExtensionFields::integer(const char* field) {
  const auto value = optional_integer(field);
  if (!value) fail(field, "must be a whole number");
  return value.value_or(0);
}

std::optional<double> ExtensionFields::optional_number(const char* field, double low, double high) {
  const Json* const found = find(field);
  if (found == nullptr) return std::nullopt;
  if (found->is_number()) {
    const auto value = found->get<double>();
    if (low <= value && value <= high) return value;
  }
  fail(field, "must be a number within its range");
  return std::nullopt;
}

double ExtensionFields::number(const char* field, double low, double high) {
  const auto value = optional_number(field, low, high);
  if (!value) fail(field, "must be a number");
  return value.value_or(0.0);
}

const Json& ExtensionFields::list(const char* field) {
  const Json* const found = find(field);
  if (found == nullptr) return kNoList;
  if (found->is_array()) return *found;
  fail(field, "must be a list");
  return kNoList;
}

}  // namespace panj::share::detail
