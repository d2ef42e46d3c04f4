// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <numeric>
#include <optional>

#include "panj/core/file.h"
#include "panj/core/problem.h"
#include "panj/forecast/fitted_model.h"

namespace panj::forecast {
namespace {

using nlohmann::ordered_json;

constexpr const char* kFormat = "panj forecast model 1";
constexpr std::size_t kMostBytes = std::size_t{8} << 20;

/// The number with eight digits, which print and parse without loss.
double rounded(double value) {
  return std::stod(fmt::format("{:.8g}", value));
}

template <class Values>
ordered_json list(const Values& values) {
  ordered_json json = ordered_json::array();
  for (const double value : values) json.push_back(rounded(value));
  return json;
}

ordered_json to_json(const HurdleLogT& band) {
  return {{"leads", {band.leads.first, band.leads.last}},
          {"rows", band.rows},
          {"events", band.events},
          {"feature_scale", list(band.feature_scale)},
          {"occurrence", list(band.occurrence)},
          {"location", list(band.level.location)},
          {"scale", list(band.level.scale)},
          {"residual_quantiles", list(band.residuals)}};
}

ordered_json to_json(const PoolVintage& vintage) {
  ordered_json json = {{"origin", to_string(vintage.origin)}};
  for (std::size_t k = 0; k < vintage.members.size(); ++k) {
    json["weights"][vintage.members[k]] = vintage.weights[k];
  }
  for (const HurdleLogT& band : vintage.bands) json["bands"].push_back(to_json(band));
  return json;
}

/// Walks the JSON and notes every fault with its place.
class Reader {
 public:
  explicit Reader(std::string file) : file_(std::move(file)) {}

  FittedModel model(const ordered_json& json) {
    FittedModel model;
    if (text(json, "format", "") != kFormat) {
      fault("format", "is another one", fmt::format("must be '{}'", kFormat));
      return model;
    }
    const ordered_json& data = part(json, "fitted_on", "");
    model.data.file = text(data, "file", "fitted_on.");
    model.data.sha256 = text(data, "sha256", "fitted_on.");
    model.data.value = text(data, "value", "fitted_on.");
    if (data.is_object() && data.contains("unit")) {
      model.data.unit = text(data, "unit", "fitted_on.");
    }
    model.data.units = static_cast<std::size_t>(std::max(0.0, number(data, "units", "fitted_on.")));
    model.data.first = month(data, "first", "fitted_on.");
    model.data.last = month(data, "last", "fitted_on.");
    const ordered_json& vintages = part(json, "vintages", "");
    for (std::size_t i = 0; i < vintages.size(); ++i) {
      model.vintages.push_back(vintage(vintages[i], fmt::format("vintages[{}].", i)));
      if (i > 0 && model.vintages[i].origin <= model.vintages[i - 1].origin) {
        fault(fmt::format("vintages[{}].origin", i), "is not after the one before", "");
      }
    }
    if (model.vintages.empty()) fault("vintages", "has none", "must hold one at least");
    return model;
  }

  const Problems& problems() const { return problems_; }
  void fault(const std::string& field, std::string what, std::string why) {
    problems_.add({.file = file_,
                   .line = 0,
                   .field = field,
                   .what = std::move(what),
                   .why = std::move(why),
                   .suggestion = "write the file anew with panj fit"});
  }

 private:
  static const ordered_json& nothing() {
    static const ordered_json none;
    return none;
  }
  const ordered_json& part(const ordered_json& json, const char* name, const std::string& at) {
    if (json.is_object() && json.contains(name)) return json.at(name);
    fault(at + name, "is missing", "");
    return nothing();
  }
  std::string text(const ordered_json& json, const char* name, const std::string& at) {
    const ordered_json& value = part(json, name, at);
    if (value.is_string()) return value.get<std::string>();
    if (!value.is_null()) fault(at + name, "is no text", "");
    return {};
  }
  double number(const ordered_json& json, const char* name, const std::string& at) {
    const ordered_json& value = part(json, name, at);
    if (value.is_number() && std::isfinite(value.get<double>())) return value.get<double>();
    if (!value.is_null()) fault(at + name, "is no number", "");
    return 0;
  }
  Month month(const ordered_json& json, const char* name, const std::string& at) {
    const auto parsed = parse_month(text(json, name, at));
    if (!parsed) fault(at + name, "is no month", "must be YYYY-MM");
    return parsed.value_or(Month());
  }

  std::vector<double> numbers(const ordered_json& json, const char* name, const std::string& at,
                              std::size_t count) {
    const ordered_json& value = part(json, name, at);
    std::vector<double> numbers;
    if (value.is_array()) {
      for (const auto& entry : value) {
        const double x = entry.is_number() ? entry.get<double>() : std::nan("");
        if (std::isfinite(x)) numbers.push_back(x);
      }
    }
    if (!value.is_array() || value.size() != count || numbers.size() != count) {
      fault(at + name, "is not a list of numbers", fmt::format("must hold {}", count));
      numbers.resize(count, 1.0);
    }
    return numbers;
  }

  Eigen::VectorXd vector(const ordered_json& json, const char* name, const std::string& at) {
    const auto values = numbers(json, name, at, HurdleLogT::kTerms);
    return Eigen::Map<const Eigen::VectorXd>(values.data(), Eigen::Index(values.size()));
  }

  HurdleLogT band(const ordered_json& json, const std::string& at) {
    HurdleLogT band;
    const auto leads = numbers(json, "leads", at, 2);
    if (leads[0] >= 1 && leads[0] <= leads[1] && leads[1] <= 1200) {
      band.leads = {static_cast<int>(leads[0]), static_cast<int>(leads[1])};
    } else {
      fault(at + "leads", "are not in order", "must be a first and a last month");
    }
    band.rows = static_cast<std::size_t>(std::max(0.0, number(json, "rows", at)));
    band.events = static_cast<std::size_t>(std::max(0.0, number(json, "events", at)));
    const auto scale = numbers(json, "feature_scale", at, kFeatures);
    for (std::size_t i = 0; i < kFeatures; ++i) {
      band.feature_scale[i] = scale[i];
      if (!(scale[i] > 0)) fault(at + "feature_scale", "is not positive", "");
    }
    band.occurrence = vector(json, "occurrence", at);
    band.level = {.location = vector(json, "location", at), .scale = vector(json, "scale", at)};
    band.residuals = numbers(json, "residual_quantiles", at, residual_levels().size());
    if (!std::ranges::is_sorted(band.residuals)) {
      fault(at + "residual_quantiles", "do not ascend", "");
    }
    return band;
  }

  PoolVintage vintage(const ordered_json& json, const std::string& at) {
    PoolVintage vintage{.origin = month(json, "origin", at)};
    const ordered_json& weights = part(json, "weights", at);
    if (weights.is_object()) {
      for (const auto& [name, weight] : weights.items()) member(vintage, name, weight, at);
    }
    const double sum = std::accumulate(vintage.weights.begin(), vintage.weights.end(), 0.0);
    if (std::abs(sum - 1) > 1e-9) fault(at + "weights", "do not add up to 1", "");
    const ordered_json& bands = part(json, "bands", at);
    for (std::size_t i = 0; i < bands.size() && bands.is_array(); ++i) {
      vintage.bands.push_back(band(bands[i], fmt::format("{}bands[{}].", at, i)));
    }
    return vintage;
  }

  void member(PoolVintage& vintage, const std::string& name, const ordered_json& weight,
              const std::string& at) {
    if (!weight.is_number() || !(weight.get<double>() >= 0)) {
      fault(at + "weights." + name, "is no weight", "must be a number of at least 0");
      return;
    }
    try {
      if (name == kDefaultModel) throw InvalidInput(Problem{.what = "a pool of itself"});
      (void)find_model(name);
    } catch (const InvalidInput& error) {
      fault(at + "weights." + name, error.problems().front().what, "");
      return;
    }
    vintage.members.push_back(name);
    vintage.weights.push_back(weight.get<double>());
  }

  std::string file_;
  Problems problems_;
};

}  // namespace

std::string to_json_text(const FittedModel& model) {
  const TrainingData& data = model.data;
  ordered_json json = {{"format", kFormat},
                       {"model", kDefaultModel},
                       {"fitted_on",
                        {{"file", data.file},
                         {"sha256", data.sha256},
                         {"value", data.value},
                         {"unit", data.unit},
                         {"units", data.units},
                         {"first", to_string(data.first)},
                         {"last", to_string(data.last)}}},
                       {"vintages", ordered_json::array()}};
  for (const PoolVintage& vintage : model.vintages) json["vintages"].push_back(to_json(vintage));
  return json.dump() + "\n";
}

FittedModel read_fitted_model(const std::filesystem::path& path) {
  return parse_fitted_model(read_file(path, kMostBytes), path.string());
}

FittedModel parse_fitted_model(std::string_view text, const std::string& file) {
  Reader reader(file);
  FittedModel model;
  const auto json = ordered_json::parse(text, nullptr, false);
  if (json.is_discarded()) {
    reader.fault("", "is not JSON", "");
  } else {
    model = reader.model(json);
  }
  reader.problems().throw_if_any();
  return model;
}

}  // namespace panj::forecast
