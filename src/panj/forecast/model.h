// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "panj/forecast/history.h"
#include "panj/forecast/neighbours.h"
#include "panj/forecast/predictive_sample.h"

namespace panj::forecast {

/// Every random model gives this many draws.
inline constexpr std::size_t kDraws = 1000;

/// Months; nothing is known about skill further out.
inline constexpr int kLongestLead = 36;

/// What a model has learnt: the contract between models and all that uses them.
///
/// It gives a predictive sample of every unit of the history, in its order. The same history, leads
/// and seed give the same sample on any number of threads. It may be asked from several threads.
class Forecaster {
 public:
  using Leads = PredictiveSample::Leads;

  virtual ~Forecaster() = default;
  virtual PredictiveSample predict(const History& history, Leads leads,
                                   std::uint64_t seed) const = 0;
  /// What a reader has to know of this forecast ("ls fell back to decay-6 (why)"), or nothing.
  virtual std::string note() const { return {}; }
  /// The units whose record is too short for the model, which `predict` forecasts by decay-6.
  virtual std::vector<std::string> short_units(const History& /*history*/) const { return {}; }
};

/// A name and how to learn: from what is known at the history's origin, for the leads asked for.
///
///     const Model model = find_model("default");
///     const auto fitted = model.fit(History(panel, origin), {1, 12});
///     const PredictiveSample sample = fitted->predict(History(panel, later), {1, 12}, seed);
///
/// Adding one touches one folder: a file in models/ and a line in models/families.cc.
struct Model {
  using Leads = PredictiveSample::Leads;

  std::string name;
  std::function<std::shared_ptr<const Forecaster>(const History&, Leads)> fit;

  /// Learns and forecasts from the same history.
  PredictiveSample predict(const History& history, Leads leads, std::uint64_t seed) const {
    return fit(history, leads)->predict(history, leads, seed);
  }
};

/// What a reader of its forecasts has to know, a sentence each: its note, and the units that
/// decay-6 forecasts in its place.
std::vector<std::string> notes_of(const Model& model, const Forecaster& fitted,
                                  const History& history);

/// A model that has nothing to learn, from a function (history, leads, seed) → sample.
template <class Predict>
Model unfitted(std::string name, Predict predict) {
  class Function final : public Forecaster {
   public:
    explicit Function(Predict function) : predict_(std::move(function)) {}
    PredictiveSample predict(const History& history, Leads leads,
                             std::uint64_t seed) const override {
      return predict_(history, leads, seed);
    }

   private:
    Predict predict_;
  };
  auto forecaster = std::make_shared<const Function>(std::move(predict));
  return {std::move(name),
          [forecaster](const History&, PredictiveSample::Leads) { return forecaster; }};
}

/// What models need beside the panel.
struct ModelOptions {
  Neighbours neighbours = Neighbours::of_countries();
};

/// Models that differ in a number of months, or a single one that has no such number.
struct ModelFamily {
  std::string name;         ///< "conflictology-N" or "zero"
  std::string description;  ///< one line for --help
  std::string example;      ///< a name that find_model takes: "conflictology-12"
  std::function<Model(std::size_t months, const ModelOptions&)> make;

  bool counts_months() const { return name.ends_with("-N"); }
};

/// The pool that is issued when no model is named.
inline constexpr std::string_view kDefaultModel = "default";

/// All there are, simplest first.
std::span<const ModelFamily> model_families();

/// The model of that name, with N from 1 to 1,200 months. Throws InvalidInput with the nearest
/// name.
Model find_model(std::string_view name, const ModelOptions& options = {});

/// One line for each family: its name and description, aligned.
std::string describe_models();

}  // namespace panj::forecast
