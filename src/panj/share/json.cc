// SPDX-License-Identifier: Apache-2.0
#include "panj/share/json.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <optional>
#include <string>

#include "panj/core/text.h"
#include "panj/share/detail/json_string.h"

namespace panj::share {
namespace {

constexpr std::int64_t kLargestExact = (std::int64_t{1} << 53) - 1;

/// Whether a double is a whole number that some reader would round, once it is written in digits
/// alone, as canonical JSON does below 10^21: 1e16 and 10000000000000000 are the same number.
bool is_inexact_whole(double value) {
  constexpr double kFirstWithExponent = 1e21;
  const double size = std::abs(value);
  return size > static_cast<double>(kLargestExact) && size < kFirstWithExponent;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// Recursive descent; the depth is bounded by the limits.
class Reader {
 public:
  Reader(std::string_view text, const JsonLimits& limits) : text_(text), limits_(limits) {}

  Result<Json> read() {
    Json root;
    skip_space();
    if (!value(root, 0)) return fault_;
    skip_space();
    if (at_ < text_.size()) {
      fail("something follows the value", "a JSON text is one value");
      return fault_;
    }
    return root;
  }

 private:
  bool fail(std::string_view what, std::string_view why) {
    fault_ = {.what = fmt::format("at byte {}: {}", at_, what), .why = std::string(why)};
    return false;
  }
  bool fail_as_too_large() {
    return fail("a whole number is too large", "readers round beyond ±(2^53 - 1)");
  }
  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool take(char c) {
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  void skip_space() {
    while (at_ < text_.size() &&
           (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n' || text_[at_] == '\r')) {
      ++at_;
    }
  }

  bool value(Json& into, std::size_t depth) {
    if (++values_ > limits_.max_values) {
      return fail("too many values", fmt::format("at most {}", limits_.max_values));
    }
    switch (peek()) {
      case '{':
        return object(into, depth + 1);
      case '[':
        return array(into, depth + 1);
      case '"':
        into = std::string{};
        return string(into.get_ref<std::string&>());
      case 't':
        into = true;
        return literal("true");
      case 'f':
        into = false;
        return literal("false");
      case 'n':
        return literal("null");
      default:
        return number(into);
    }
  }

  bool literal(std::string_view word) {
    if (text_.substr(at_, word.size()) != word) return fail("is no JSON value", "");
    at_ += word.size();
    return true;
  }

  bool enter(std::size_t depth) {
    if (depth > limits_.max_depth) {
      return fail("is nested too deep", fmt::format("at most {} levels", limits_.max_depth));
    }
    ++at_;
    skip_space();
    return true;
  }

  bool array(Json& into, std::size_t depth) {
    if (!enter(depth)) return false;
    into = Json::array();
    if (take(']')) return true;
    do {
      skip_space();
      into.push_back(nullptr);
      if (!value(into.back(), depth)) return false;
      skip_space();
    } while (take(','));
    return take(']') || fail("the array does not go on", "a comma or ] must follow");
  }

  bool object(Json& into, std::size_t depth) {
    if (!enter(depth)) return false;
    into = Json::object();
    if (take('}')) return true;
    do {
      skip_space();
      if (!member(into, depth)) return false;
      skip_space();
    } while (take(','));
    return take('}') || fail("the object does not go on", "a comma or } must follow");
  }

  bool member(Json& into, std::size_t depth) {
    if (peek() != '"') return fail("a name is missing", "names stand in quotes");
    std::string name;
    if (!string(name)) return false;
    const auto [place, is_new] = into.emplace(name, nullptr);
    if (!is_new) {
      return fail(fmt::format("the name '{}' stands twice", printable(name, 60)),
                  "readers differ in which of them counts");
    }
    skip_space();
    if (!take(':')) return fail("a colon is missing", "");
    skip_space();
    return value(*place, depth);
  }

  bool string(std::string& into) {
    const detail::StringEnd end = detail::read_json_string(text_, at_, into);
    at_ = end.at;
    return end.fault.empty() || fail(end.fault, "");
  }

  /// Goes over -?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?; nothing when it is not a number.
  std::optional<bool> scan_number() {
    take('-');
    if (!take('0') && !digits()) return std::nullopt;
    bool is_whole = true;
    if (take('.')) {
      is_whole = false;
      if (!digits()) return std::nullopt;
    }
    if (take('e') || take('E')) {
      is_whole = false;
      if (!take('+')) take('-');
      if (!digits()) return std::nullopt;
    }
    return is_whole;
  }
  bool digits() {
    const std::size_t first = at_;
    while (is_digit(peek())) ++at_;
    return at_ > first;
  }

  bool number(Json& into) {
    const std::size_t first = at_;
    const std::optional<bool> is_whole = scan_number();
    if (!is_whole) return fail("is no JSON value", "");
    const char* begin = text_.data() + first;
    const char* end = text_.data() + at_;
    if (*is_whole) {
      std::int64_t whole = 0;
      const auto result = std::from_chars(begin, end, whole);
      if (result.ec != std::errc{} || std::abs(whole) > kLargestExact) return fail_as_too_large();
      into = whole;
      return true;
    }
    double real = 0.0;
    const auto result = std::from_chars(begin, end, real);
    if (result.ec != std::errc{} || !std::isfinite(real)) {
      return fail("a number is outside of a double's range", "");
    }
    if (is_inexact_whole(real)) return fail_as_too_large();
    into = real;
    return true;
  }

  std::string_view text_;
  const JsonLimits& limits_;
  std::size_t at_ = 0;
  std::size_t values_ = 0;
  Problem fault_;
};

}  // namespace

Result<Json> parse_json(std::string_view text, const JsonLimits& limits) {
  if (text.size() > limits.max_bytes) {
    return Problem{.what = fmt::format("the text has {} bytes", text.size()),
                   .why = fmt::format("at most {}", limits.max_bytes)};
  }
  if (const auto at = find_invalid_utf8(text)) {
    return Problem{.what = fmt::format("at byte {}: is not UTF-8", *at)};
  }
  return Reader(text, limits).read();
}

std::string text_field(const Json& object, const char* field) {
  const auto found = object.find(field);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

}  // namespace panj::share
