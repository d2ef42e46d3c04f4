// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utility>
#include <variant>

#include "panj/core/contract.h"
#include "panj/core/problem.h"

namespace panj {

/// A value, or the reason there is none: for places where failure is data, such as one bad row
/// among good ones.
///
///     Result<double> latitude = parse_latitude(text);
///     if (!latitude) quarantine(latitude.error());
template <class Value, class Error = Problem>
class [[nodiscard]] Result {
 public:
  Result(Value value) : state_(std::in_place_index<0>, std::move(value)) {}  // NOLINT(*-explicit-*)
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT(*-explicit-*)

  explicit operator bool() const { return state_.index() == 0; }

  const Value& value() const& {
    PANJ_EXPECT(state_.index() == 0);
    return std::get<0>(state_);
  }
  Value&& value() && {
    PANJ_EXPECT(state_.index() == 0);
    return std::get<0>(std::move(state_));
  }
  const Value& operator*() const& { return value(); }
  const Value* operator->() const { return &value(); }

  const Error& error() const {
    PANJ_EXPECT(state_.index() == 1);
    return std::get<1>(state_);
  }

 private:
  std::variant<Value, Error> state_;
};

}  // namespace panj
