// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "panj/forecast/model.h"
#include "panj/forecast/models/benchmarks.h"
#include "panj/forecast/models/decay.h"
#include "panj/forecast/models/hurdle_log_t.h"
#include "panj/forecast/models/linear_pool.h"

namespace panj::forecast {
namespace {

/// A family of types that hold a number of months and are called to predict.
template <class Type>
ModelFamily counting(const std::string& stem, const std::string& description, std::size_t example) {
  return {.name = stem + "-N",
          .description = description,
          .example = fmt::format("{}-{}", stem, example),
          .make = [stem](std::size_t months, const ModelOptions&) {
            return unfitted(fmt::format("{}-{}", stem, months), Type{months});
          }};
}

template <class Predict>
ModelFamily single(const std::string& name, const std::string& description, Predict predict) {
  return {.name = name,
          .description = description,
          .example = name,
          .make = [name, predict](std::size_t, const ModelOptions&) {
            return unfitted(name, predict);
          }};
}

Model make_default(const ModelOptions& options) {
  return make_linear_pool(
      std::string(kDefaultModel),
      {unfitted("decay-3", Decay{3}), unfitted("decay-6", Decay{6}), make_hurdle_log_t(options)},
      {0.3, 0.1, 0.6});
}

}  // namespace

std::span<const ModelFamily> model_families() {
  static const std::vector<ModelFamily> families = {
      single("zero", "no deaths at all, for certain", predict_zero),
      single("last-poisson", "Poisson around the last known month's value", predict_last_poisson),
      counting<Conflictology>("conflictology", "the unit's last N months as N equally likely draws",
                              12),
      counting<Bootstrap>("bootstrap", "draws from the last N months of all units together", 240),
      counting<Decay>("decay", "the unit's past months, each N months back weighing half as much",
                      6),
      {"ls", "hurdle log-t regression on the unit's and its neighbours' past (fitted)", "ls",
       [](std::size_t, const ModelOptions& options) { return make_hurdle_log_t(options); }},
      {std::string(kDefaultModel),
       "the pool that is issued: decay-3, decay-6 and ls, weighted by their past", "default",
       [](std::size_t, const ModelOptions& options) { return make_default(options); }},
  };
  return families;
}

}  // namespace panj::forecast
