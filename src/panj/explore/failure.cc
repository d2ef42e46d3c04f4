// SPDX-License-Identifier: Apache-2.0
#include "panj/explore/failure.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "panj/explore/indicator.h"

namespace panj::explore {
namespace {

constexpr std::size_t kFewest = 10;  ///< futures that fail, or that do not

/// One input of the search, and how to speak of it.
struct NamedInput {
  PrimInput input;
  Indicator indicator;
  Range whole;
  double stated;
};

std::vector<double> chosen(std::span<const double> values, std::span<const double> weights) {
  std::vector<double> kept;
  for (std::size_t f = 0; f < values.size(); ++f) {
    if (weights[f] > 0) kept.push_back(values[f]);
  }
  return kept;
}

std::vector<NamedInput> assumptions_of(const TheatreStudy& study, const HistoryMatch& history,
                                       BoxInputs which) {
  std::vector<NamedInput> inputs;
  const Design& design = study.design();
  for (std::size_t d = 0; d < design.names.size(); ++d) {
    const FutureDimension& dimension = study.space().find(design.names[d]);
    Indicator indicator = indicator_of(study.theatre(), dimension);
    if (which == BoxInputs::observable && !indicator.is_observable) continue;
    PrimInput input{.name = design.names[d],
                    .values = chosen(design.points.column(d), history.weights)};
    inputs.push_back(
        {std::move(input), std::move(indicator), dimension.dimension.range, dimension.stated});
  }
  return inputs;
}

/// What everybody can see of the past of a future.
void add_record(const Summary& summary, const HistoryMatch& history,
                std::vector<NamedInput>& inputs) {
  const auto add = [&](const char* headline, Indicator indicator) {
    const auto column = summary.mean(find_headline(headline)).column(0);
    PrimInput input{.name = headline, .values = chosen(column, history.weights)};
    const auto [low, high] = std::ranges::minmax(input.values);
    inputs.push_back({std::move(input), std::move(indicator), {low, high}, NAN});
  };
  add("record_incidents", {.subject = "incidents expected in the reference years",
                           .is_observable = true,
                           .watch = "publicly reported incidents"});
  add("record_militants", {.subject = "militants next door",
                           .is_observable = true,
                           .watch = "strengths in UN monitoring reports"});
}

BoxSentence sentence_of(const BoxLimit& limit, const NamedInput& named) {
  BoxSentence sentence{.assumption = named.input.name,
                       .subject = named.indicator.subject,
                       .low = limit.low,
                       .high = limit.high,
                       .whole = named.whole,
                       .scale = named.indicator.scale,
                       .unit = named.indicator.unit,
                       .watch = named.indicator.watch};
  if (!std::isnan(named.stated)) sentence.stated = named.indicator.amount(named.stated);
  sentence.quasi_p = std::min(limit.quasi_p_low.value_or(1), limit.quasi_p_high.value_or(1));
  if (limit.quasi_p_low && limit.quasi_p_high) {
    sentence.bound = fmt::format("between {} and {}", named.indicator.amount(limit.low),
                                 named.indicator.amount(limit.high));
  } else if (limit.quasi_p_low) {
    sentence.bound = "above " + named.indicator.amount(limit.low);
  } else {
    sentence.bound = "below " + named.indicator.amount(limit.high);
  }
  return sentence;
}

std::string joined(const std::vector<BoxSentence>& limits) {
  std::string text;
  for (std::size_t i = 0; i < limits.size(); ++i) {
    if (i > 0) text += i + 1 < limits.size() ? ", " : " and ";
    text += fmt::format("{} {}", limits[i].subject, limits[i].bound);
  }
  return text;
}

}  // namespace

std::string percent(double share) {
  if (share > 0 && share < 0.01) return "<1%";
  if (share < 1 && share > 0.99) return ">99%";
  return fmt::format("{:.0f}%", 100 * share);
}

std::optional<FailureBox> find_failure_box(const TheatreStudy& study, const Summary& summary,
                                           const HistoryMatch& history, std::size_t package,
                                           const std::vector<bool>& fails,
                                           const BoxOptions& options) {
  std::vector<bool> counted;
  for (std::size_t f = 0; f < fails.size(); ++f) {
    if (history.weights[f] > 0) counted.push_back(fails[f]);
  }
  const auto failing = static_cast<std::size_t>(std::ranges::count(counted, true));
  if (failing < kFewest || counted.size() - failing < kFewest) return std::nullopt;
  std::vector<NamedInput> named = assumptions_of(study, history, options.inputs);
  if (options.inputs == BoxInputs::observable) add_record(summary, history, named);
  std::vector<PrimInput> inputs;
  inputs.reserve(named.size());
  for (const NamedInput& input : named) inputs.push_back(input.input);
  const auto box = find_telling_box(inputs, counted, options.prim, options.most_limits);
  if (!box) return std::nullopt;

  const theatre::Package& of = study.packages()[package];
  FailureBox failure{.package = of.id, .failing = {}, .limits = {}, .sentence = {}};
  failure.base_rate = static_cast<double>(failing) / static_cast<double>(counted.size());
  failure.coverage = box->coverage;
  failure.density = box->density;
  failure.futures = box->cases;
  for (const BoxLimit& limit : box->limits) {
    failure.limits.push_back(sentence_of(limit, named[limit.input]));
  }
  failure.sentence =
      fmt::format("{} fails in {} of futures where {}, against {} of all", of.name,
                  percent(failure.density), joined(failure.limits), percent(failure.base_rate));
  return failure;
}

}  // namespace panj::explore
