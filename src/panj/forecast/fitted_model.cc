// SPDX-License-Identifier: Apache-2.0
#include "panj/forecast/fitted_model.h"

#include <fmt/format.h>

#include <algorithm>

#include "panj/core/contract.h"
#include "panj/core/parallel.h"
#include "panj/core/problem.h"
#include "panj/core/progress.h"
#include "panj/forecast/models/decay.h"
#include "panj/forecast/models/linear_pool.h"

namespace panj::forecast {
namespace {

constexpr PredictiveSample::Leads kAllLeads = {1, kLongestLead};

PoolVintage vintage_of(const Forecaster& fitted, Month origin) {
  const auto* pool = dynamic_cast<const LinearPool*>(&fitted);
  PANJ_EXPECT(pool != nullptr);
  PoolVintage vintage{.origin = origin, .members = pool->names(), .weights = pool->weights()};
  for (const auto& member : pool->members()) {
    if (const auto* ls = dynamic_cast<const HurdleLogTForecaster*>(member.get())) {
      vintage.bands = ls->bands();
    }
  }
  return vintage;
}

std::shared_ptr<const Forecaster> forecaster_of(const PoolVintage& vintage,
                                                const ModelOptions& options,
                                                const History& history) {
  std::vector<std::shared_ptr<const Forecaster>> members;
  for (const std::string& name : vintage.members) {
    members.push_back(
        name == "ls" ? std::make_shared<HurdleLogTForecaster>(vintage.bands, options.neighbours)
                     : find_model(name, options).fit(history, kAllLeads));
  }
  return std::make_shared<LinearPool>(vintage.members, std::move(members), vintage.weights);
}

std::string describe(const TrainingData& data, Month known) {
  return fmt::format("default was fitted on {} ({} units, {} to {}, SHA-256 {}), as known at {}",
                     data.file, data.units, to_string(data.first), to_string(data.last),
                     data.sha256.substr(0, 12), to_string(known));
}

/// A forecaster that says on what it was fitted.
class Described final : public Forecaster {
 public:
  Described(std::shared_ptr<const Forecaster> inner, std::string note)
      : inner_(std::move(inner)), note_(std::move(note)) {}

  PredictiveSample predict(const History& history, Leads leads, std::uint64_t seed) const override {
    return inner_->predict(history, leads, seed);
  }
  std::string note() const override { return note_; }
  std::vector<std::string> short_units(const History& history) const override {
    return inner_->short_units(history);
  }

 private:
  std::shared_ptr<const Forecaster> inner_;
  std::string note_;
};

}  // namespace

FittedModel fit_model(const event::Panel& panel, TrainingData data,
                      const std::vector<Month>& origins, const ModelOptions& options,
                      unsigned threads) {
  PANJ_EXPECT(!origins.empty() && std::ranges::is_sorted(origins));
  data.units = panel.units().size();
  data.first = panel.first();
  data.last = panel.last();
  const Model model = find_model(kDefaultModel, options);
  FittedModel fitted{.data = std::move(data), .vintages = {}};
  fitted.vintages.resize(origins.size());
  std::vector<std::string> notes(origins.size());
  Progress progress("fit", origins.size(), "vintages");
  parallel_for(origins.size(), threads, [&](std::size_t i) {
    const auto forecaster = model.fit(History(panel, origins[i]), kAllLeads);
    notes[i] = forecaster->note();
    fitted.vintages[i] = vintage_of(*forecaster, origins[i]);
    progress.advance();
  });
  Problems problems;
  for (std::size_t i = 0; i < origins.size(); ++i) {
    if (notes[i].empty()) continue;
    problems.add({.field = "panel",
                  .what = fmt::format("cannot carry the model at {}", to_string(origins[i])),
                  .why = notes[i],
                  .suggestion = "fit on a panel of more units and months"});
  }
  problems.throw_if_any();
  return fitted;
}

Model model_of(const FittedModel& fitted, const ModelOptions& options) {
  PANJ_EXPECT(!fitted.vintages.empty());
  const auto fit = [fitted, options](const History& history,
                                     PredictiveSample::Leads) -> std::shared_ptr<const Forecaster> {
    const auto later = std::ranges::find_if(fitted.vintages, [&](const PoolVintage& vintage) {
      return vintage.origin > history.origin();
    });
    if (later == fitted.vintages.begin()) {
      return std::make_shared<FallenBack>(
          "default", fmt::format("{} is before its first vintage, {}", to_string(history.origin()),
                                 to_string(later->origin)));
    }
    const PoolVintage& vintage = *(later - 1);
    return std::make_shared<Described>(forecaster_of(vintage, options, history),
                                       describe(fitted.data, vintage.origin));
  };
  return {std::string(kDefaultModel), fit};
}

std::filesystem::path fitted_model_beside(const std::filesystem::path& panel) {
  return std::filesystem::path(panel).replace_extension(".model.json");
}

Model find_model_or_fitted(std::string_view name, const std::filesystem::path& file,
                           const ModelOptions& options) {
  if (name != kDefaultModel || file.empty()) return find_model(name, options);
  return model_of(read_fitted_model(file), options);
}

}  // namespace panj::forecast
