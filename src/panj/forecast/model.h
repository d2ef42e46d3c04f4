// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "panj/forecast/history.h"
#include "panj/forecast/predictive_sample.h"

namespace panj::forecast {

/// Every random model gives this many draws.
inline constexpr std::size_t kDraws = 1000;

/// A name and a function from what is known at the origin to a predictive sample of every unit of
/// the history, in its order. The same history, leads and seed give the same sample.
///
///     const Model model = find_model("conflictology-12");
///     const PredictiveSample sample = model.predict(History(panel, origin), {1, 12}, seed);
struct Model {
  std::string name;
  std::function<PredictiveSample(const History&, PredictiveSample::Leads, std::uint64_t seed)>
      predict;
};

/// Models that differ in how many months they look back, or a single one that has no such number.
struct ModelFamily {
  std::string name;         ///< "conflictology-N" or "zero"
  std::string description;  ///< one line for --help
  std::string example;      ///< a name that find_model takes: "conflictology-12"
  std::function<Model(std::size_t months)> make;

  bool counts_months() const { return name.ends_with("-N"); }
};

/// All there are, simplest first.
std::span<const ModelFamily> model_families();

/// The model of that name, with N from 1 to 1,200 months. Throws InvalidInput with the nearest
/// name.
Model find_model(std::string_view name);

/// One line for each family: its name and description, aligned.
std::string describe_models();

}  // namespace panj::forecast
