// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "panj/core/range.h"
#include "panj/explore/history_match.h"
#include "panj/explore/prim.h"
#include "panj/explore/summary.h"
#include "panj/explore/theatre_study.h"

namespace panj::explore {

/// One side of a failure box, in words and numbers.
struct BoxSentence {
  std::string assumption{};
  std::string subject{};  ///< "foreign fighters arriving"
  std::string bound{};    ///< "above 90 a month"
  std::string stated{};   ///< the theatre's own value: "50 a month"
  double low = 0.0;       ///< as the assumption counts, like `high` and `whole`
  double high = 0.0;
  Range whole{};       ///< what it may be
  double scale = 1.0;  ///< number in `unit` / the assumption's number
  std::string unit{};  ///< of the words, with the space before it
  double quasi_p = 1.0;
  std::string watch{};  ///< what to look at; empty when it cannot be watched
};

/// Where a package fails.
struct FailureBox {
  std::string package{};
  std::string failing{};   ///< "fewer than 50% of runs contained"
  double base_rate = 0.0;  ///< share of the futures that count in which it fails
  double coverage = 0.0;
  double density = 0.0;
  std::size_t futures = 0;  ///< in the box
  std::vector<BoxSentence> limits{};
  /// "Programme on schedule fails in 71% of futures where … and …, against 34% of all"
  std::string sentence{};
};

/// Which unknowns a box may restrict.
enum class BoxInputs {
  all,         ///< everything that varies: explains a failure
  observable,  ///< what can be watched, and the record that a future has come through: warns of it
};

struct BoxOptions {
  BoxInputs inputs = BoxInputs::all;
  PrimOptions prim{};
  std::size_t most_limits = 4;
};

/// The box around the futures in which a package fails, among those with a positive weight. Nothing
/// when too few or too many futures fail, or nothing tells them apart.
std::optional<FailureBox> find_failure_box(const TheatreStudy& study, const Summary& summary,
                                           const HistoryMatch& history, std::size_t package,
                                           const std::vector<bool>& fails,
                                           const BoxOptions& options);

/// "71%"; never 0% or 100% of what is neither.
std::string percent(double share);

}  // namespace panj::explore
