// SPDX-License-Identifier: Apache-2.0
#include "panj/forecast/fitted_model.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "panj/core/contract.h"
#include "panj/core/parallel.h"
#include "panj/core/problem.h"
#include "panj/core/progress.h"
#include "panj/forecast/models/decay.h"
#include "panj/forecast/models/linear_pool.h"
#include "panj/forecast/panel_kind.h"

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

/// What differs between the two, in words; nothing when the names do not tell.
template <class Kind>
std::optional<std::string> difference(std::optional<Kind> fitted, std::optional<Kind> asked) {
  if (!fitted || !asked || *fitted == *asked) return std::nullopt;
  return fmt::format("was fitted on {} and would forecast {}", to_string(*fitted),
                     to_string(*asked));
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

std::string caution_for(const TrainingData& data, const event::PanelColumns& columns,
                        const std::string& file) {
  Problems problems;
  for (const auto& unlike : {difference(measure_of(data.value), measure_of(columns.value)),
                             difference(unit_kind_of(data.unit), unit_kind_of(columns.unit))}) {
    if (!unlike) continue;
    problems.add({.file = file,
                  .what = *unlike,
                  .why = "what it learnt of the one says nothing of the other",
                  .suggestion = "fit one on such a panel with panj fit, or go without "
                                "(--from-panel)"});
  }
  problems.throw_if_any();
  const bool other_unit =
      !data.unit.empty() && data.unit != columns.unit && !unit_kind_of(columns.unit);
  if (data.value == columns.value && !other_unit) return {};
  return fmt::format("it was fitted on {}{} and forecasts {}{}: see whether these are the same",
                     data.value, other_unit ? " by " + data.unit : "", columns.value,
                     other_unit ? " by " + columns.unit : "");
}

Model model_of(const FittedModel& fitted, const ModelOptions& options, const std::string& caution) {
  PANJ_EXPECT(!fitted.vintages.empty());
  const auto fit = [fitted, options, caution](
                       const History& history,
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
    std::string note = describe(fitted.data, vintage.origin);
    if (!caution.empty()) note += "; " + caution;
    return std::make_shared<Described>(forecaster_of(vintage, options, history), std::move(note));
  };
  return {std::string(kDefaultModel), fit};
}

std::filesystem::path fitted_model_beside(const std::filesystem::path& panel) {
  return std::filesystem::path(panel).replace_extension(".model.json");
}

Model find_model_or_fitted(std::string_view name, const std::filesystem::path& file,
                           const event::PanelColumns& columns, const ModelOptions& options) {
  if (name != kDefaultModel || file.empty()) return find_model(name, options);
  const FittedModel fitted = read_fitted_model(file);
  return model_of(fitted, options, caution_for(fitted.data, columns, file.string()));
}

}  // namespace panj::forecast
