// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>

namespace panj::share::detail {

/// Why a request is refused: an HTTP status and what TAXII's error resource says.
class Refusal {
 public:
  Refusal(unsigned status, std::string title, std::string description = {})
      : status_(status), title_(std::move(title)), description_(std::move(description)) {}

  unsigned status() const { return status_; }
  const std::string& title() const { return title_; }
  const std::string& description() const { return description_; }

 private:
  unsigned status_;
  std::string title_;
  std::string description_;
};

/// One for what is not there, what was not released, and what is not for this member.
inline Refusal not_found() {
  return {404, "Not found", "There is nothing here for you."};
}

}  // namespace panj::share::detail
