// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdexcept>
#include <string>

namespace panj {

/// A broken contract: a bug of ours, never a fault of the user's input.
class ContractError : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

[[noreturn]] inline void contract_failed(const char* condition, const char* file, int line) {
  throw ContractError(std::string(file) + ":" + std::to_string(line) +
                      ": internal error: expected " + condition);
}

}  // namespace panj

/// States what must hold for the code below to make sense. Stays on in every build: it is cheap,
/// and a wrong briefing is worse than none.
#define PANJ_EXPECT(condition) \
  ((condition) ? void(0) : ::panj::contract_failed(#condition, __FILE__, __LINE__))
