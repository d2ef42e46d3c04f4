// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "panj/core/range.h"
#include "panj/explore/summary.h"
#include "panj/explore/theatre_study.h"

namespace panj::explore {

/// Which package, compared with which, on which outcome, along which assumption.
struct BreakEvenQuestion {
  std::size_t package = 0;    ///< index in the study's packages
  std::size_t reference = 0;  ///< likewise
  std::size_t headline = 0;
  std::string assumption;  ///< name of a dimension of futures
};

struct BreakEvenOptions {
  std::size_t replicates = 400;
  std::size_t grid = 7;   ///< points over the range, on its scale, that look for a change of sign
  unsigned halvings = 6;  ///< of the bracket found
  double level = 0.9;     ///< of the interval
  unsigned threads = 0;
};

/// Where a package stops (or starts) to help, all other assumptions as stated.
struct BreakEven {
  BreakEvenQuestion question;
  std::optional<double> value;  ///< nothing: it helps, or harms, over the whole range
  Range interval{};             ///< in which the value lies, given chance
  Estimate at_low{};            ///< paired difference to the reference at the ends of the range
  Estimate at_high{};
  std::string sentence;  ///< "Economic relief stops helping when … exceeds 0.12 %"
};

/// Root finding on paired differences: the same luck at every point, so that the difference is
/// smooth in the assumption. First a grid over the range, then halving of the first bracket in
/// which the sign changes, then a secant; the interval is the paired standard error over the slope.
/// A value from a difference that is nowhere significant is not given.
BreakEven find_break_even(const TheatreStudy& study, const BreakEvenQuestion& question,
                          const BreakEvenOptions& options = {});

/// Questions worth asking: packages that help in some futures and harm in others, each with the
/// assumption that decides most (regional sensitivity), the clearest first.
std::vector<BreakEvenQuestion> break_even_questions(const TheatreStudy& study,
                                                    const Summary& summary,
                                                    const std::vector<double>& weights,
                                                    std::size_t most = 3);

/// The answers to break_even_questions, in their order.
std::vector<BreakEven> find_break_evens(const TheatreStudy& study, const Summary& summary,
                                        const std::vector<double>& weights,
                                        const BreakEvenOptions& options = {});

}  // namespace panj::explore
