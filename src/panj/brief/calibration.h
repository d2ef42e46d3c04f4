// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "panj/brief/content_calibration.h"
#include "panj/forecast/backtest.h"
#include "panj/forecast/predictive_sample.h"

namespace panj::brief {

/// The issued model's calibration in a backtest, and its skill over forecast::kReferenceModel with
/// the 90 % interval of windows drawn again. Nothing when either is not in the backtest, it has
/// fewer than five windows, or the reference was without error.
std::optional<Calibration> calibration_of(const forecast::Backtest& backtest,
                                          const std::string& issued_model, std::uint64_t seed);

/// The issued model's gain over forecast::kReferenceModel at each lead of a backtest; leads without
/// any, or at which the reference was without error, are left out. Empty when either model is not
/// in the backtest.
std::vector<LeadSkill> skill_by_lead_of(const forecast::Backtest& backtest,
                                        const std::string& issued_model, std::uint64_t seed);

/// What moved since `earlier`, the sample of the same model one month before. Nothing when one of
/// them does not hold the unit or they share no month.
std::optional<Move> move_of(const forecast::PredictiveSample& earlier,
                            const forecast::PredictiveSample& now, const std::string& unit);

}  // namespace panj::brief
