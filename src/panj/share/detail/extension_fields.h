// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "panj/core/date.h"
#include "panj/share/json.h"

namespace panj::share::detail {

/// Leaves out what is empty, as STIX wants it.
inline void put(Json& json, const char* field, const std::string& text) {
  if (!text.empty()) json[field] = text;
}
inline void put(Json& json, const char* field, const std::optional<std::int32_t>& value) {
  if (value) json[field] = *value;
}

/// Reads one of Panj's extensions; the first fault is kept in `fault`, values after it are empty.
class ExtensionFields {
 public:
  /// The extension of `object`; a fault when it has none.
  static ExtensionFields of(const Json& object, std::string_view extension,
                            std::optional<Problem>& fault);
  ExtensionFields within(const char* field);

  std::string text(const char* field);
  std::string required_text(const char* field);
  Date day(const char* field);
  Month month(const char* field);
  std::int32_t integer(const char* field);
  std::optional<std::int32_t> optional_integer(const char* field);
  double number(const char* field, double low, double high);
  std::optional<double> optional_number(const char* field, double low, double high);
  template <class Enum>
  Enum named(const char* field, std::optional<Enum> (*parse)(std::string_view)) {
    const auto value = parse(text(field));
    if (!value) fail(field, "is none of the known values");
    return value.value_or(Enum{});
  }
  const Json& list(const char* field);

  void fail(const char* field, std::string_view why);

 private:
  ExtensionFields(const Json& json, std::optional<Problem>& fault) : json_(&json), fault_(&fault) {}
  const Json* find(const char* field) const;

  const Json* json_;
  std::optional<Problem>* fault_;
};

}  // namespace panj::share::detail
