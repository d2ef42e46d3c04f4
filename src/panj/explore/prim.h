// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace panj::explore {

/// Reals are cut at midpoints between values, integers at values, categories one at a time.
enum class InputKind { real, integer, category };

/// One input of the cases: a value for each, of a category its number from 0 (at most 64).
struct PrimInput {
  std::string name;
  InputKind kind = InputKind::real;
  std::vector<double> values;
  std::vector<std::string> categories{};  ///< names, only of a category
};

struct PrimOptions {
  double peel_alpha = 0.05;    ///< share of the box cut off at a time, in (0, 0.5)
  double paste_alpha = 0.05;   ///< share that pasting adds at a time, in (0, 0.5)
  double minimum_mass = 0.05;  ///< share of all cases that a box must hold
};

/// What a box asks of one input.
struct BoxLimit {
  std::size_t input = 0;
  double low = 0.0;
  double high = 0.0;
  std::uint64_t categories = 0;  ///< bit c: category c is inside
  /// Chance that the box would be this dense without the limit (one-sided binomial test; Bryant &
  /// Lempert 2010); nothing where the limit is the input's own end. Of a category, both in one.
  std::optional<double> quasi_p_low{};
  std::optional<double> quasi_p_high{};
};

enum class BoxStep { start, peel, paste };

/// A box, as one step on the way from all cases to few.
struct Box {
  BoxStep step = BoxStep::start;
  std::size_t cases = 0;         ///< inside
  std::size_t of_interest = 0;   ///< of them
  double coverage = 0.0;         ///< share of all cases of interest that are inside
  double density = 0.0;          ///< share of the cases inside that are of interest
  double mass = 0.0;             ///< share of all cases that are inside
  std::vector<BoxLimit> limits;  ///< of the restricted inputs only, in the order of the inputs
};

/// Finds where the cases of interest lie: the patient rule induction method (Friedman & Fisher
/// 1999) as used for scenario discovery (Bryant & Lempert 2010). From the box around all cases it
/// peels the side that raises the mean most for each case lost, then pastes what raises it again;
/// one Box a step, the start first. Equal gains: fewer restricted inputs, then the earlier input.
/// Quantiles and objective as in EMA Workbench, whose boxes it reproduces.
///
/// `left_out` marks cases that earlier boxes hold. Milliseconds for a thousand cases.
std::vector<Box> find_box(std::span<const PrimInput> inputs, const std::vector<bool>& of_interest,
                          const PrimOptions& options = {}, const std::vector<bool>& left_out = {});

/// Whether a case lies in a box.
bool contains(const Box& box, std::span<const PrimInput> inputs, std::size_t index);

/// The box with other limits: counts and quasi-p-values anew, over all cases.
Box measure_box(std::span<const PrimInput> inputs, const std::vector<bool>& of_interest,
                std::vector<BoxLimit> limits);

/// The box that a reader wants to see. From every step the limits are taken whose quasi-p-values do
/// not exceed `level`; among those with at most `most_limits` that are left, the best harmonic mean
/// of coverage and lift, which is (density − base rate)/(1 − base rate). Nothing when no box has a
/// lift of 0.1: all cases together have none, however common those of interest are.
///
/// The search has chosen each limit from hundreds, so that 0.05 would let noise pass. At 0.002
/// noise in 5 to 100 inputs and 200 to 800 cases gave a box in at most one of twenty samples.
std::optional<Box> choose_box(std::span<const PrimInput> inputs,
                              const std::vector<bool>& of_interest, std::span<const Box> steps,
                              std::size_t most_limits = 4, double level = 0.005);

/// The box chosen from all steps of several searches, that of `options` and others that peel 10, 20
/// and 30 % at a time. For cases with noise: peels of a few cases follow it rather than the inputs.
std::optional<Box> find_telling_box(std::span<const PrimInput> inputs,
                                    const std::vector<bool>& of_interest,
                                    const PrimOptions& options = {}, std::size_t most_limits = 4);

}  // namespace panj::explore
