// SPDX-License-Identifier: Apache-2.0
#include "forecast_source.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <span>

#include "dates.h"
#include "panj/core/problem.h"
#include "panj/forecast/panel_kind.h"

namespace panj::app {
namespace {

using nlohmann::ordered_json;

/// The origin asked for, or the panel's last month.
Month origin_in(const event::Panel& panel, std::optional<Month> asked,
                const std::string& suggestion) {
  const Month origin = asked.value_or(panel.last());
  if (origin >= panel.first() && origin <= panel.last()) return origin;
  throw InvalidInput(Problem{.field = "origin",
                             .what = to_string(origin) + " is outside the data",
                             .why = fmt::format("the panel holds {} to {}",
                                                to_string(panel.first()), to_string(panel.last())),
                             .suggestion = suggestion});
}

/// The panel of the file, which must not be empty.
event::Panel panel_of_file(const ForecastSourceOptions& options) {
  event::Panel panel = event::read_panel(options.file.file, columns_of(options));
  if (!panel.empty()) return panel;
  throw InvalidInput(Problem{.file = options.file.file, .what = "holds no unit and month"});
}

/// The workspace as it was known on each of `days`, none of them held to reach beyond its last
/// incident (--to).
std::vector<forecast::Vintage> vintages_on(const event::EventStore& store,
                                           event::PanelOfIncidentsOptions counting,
                                           std::span<const Date> days) {
  counting.to.reset();
  std::vector<forecast::Vintage> vintages;
  vintages.reserve(days.size());
  for (const Date day : days) {
    vintages.push_back({day, count_incidents(store, counting, day).panel});
  }
  return vintages;
}

/// Of `days`, in order, those from which a forecast on a day from `first` to `last` may learn.
std::span<const Date> days_to_learn_from(std::span<const Date> days, Date first, Date last) {
  constexpr std::size_t kMost = forecast::RevisionModel::kMostVintages;
  const auto count_to = [&](Date day) {
    return static_cast<std::size_t>(std::ranges::upper_bound(days, day) - days.begin());
  };
  const std::size_t before = count_to(first);
  const std::size_t skipped = before > kMost ? before - kMost : 0;
  return days.subspan(skipped, count_to(last) - skipped);
}

/// The workspace's panel as known on that day, which must not be empty.
event::Panel panel_as_of(const ForecastSourceOptions& options, const event::EventStore& store,
                         const event::PanelOfIncidentsOptions& counting, Date as_of) {
  CountedPanel counted = count_incidents(store, counting, as_of);
  if (counted.panel.empty()) {
    throw InvalidInput(Problem{.file = options.workspace,
                               .field = "as-of",
                               .what = "knew no incident on " + to_string(as_of),
                               .why = "a forecast needs a record",
                               .suggestion = "give a later day with --as-of"});
  }
  warn_of_left_out(counted, columns_of(options.store).unit);
  return std::move(counted.panel);
}

ForecastSource read_workspace(const ForecastSourceOptions& options, std::optional<Month> origin) {
  const auto counting = counting_of(options.store);
  const auto store = event::EventStore::open_for_reading(options.workspace);
  const Date as_of = date_option(options.as_of, origin ? origin->last_day() : today());
  event::Panel panel = panel_as_of(options, store, counting, as_of);
  ForecastSource source{.columns = columns_of(options.store), .as_of = as_of};
  source.origin = origin_in(panel, origin,
                            fmt::format("give a later day than {} with --as-of, or --to when "
                                        "there was nothing to report",
                                        to_string(as_of)));
  const auto days = store.vintages();
  if (!days.empty() && days.back() > as_of) {
    auto later = counting;
    later.to.reset();
    source.since = forecast::compare_vintages(
        panel, count_incidents(store, later, days.back()).panel, source.origin);
  }
  source.revision = forecast::RevisionModel::learn(
      vintages_on(store, counting, days_to_learn_from(days, as_of, as_of)));
  source.panel = std::move(panel);
  return source;
}

}  // namespace

void add_forecast_source_options(CLI::App& command, ForecastSourceOptions& options,
                                 const std::string& as_of) {
  CLI::Option* file = add_panel_options(command, options.file);
  CLI::Option* workspace =
      command
          .add_option("--workspace", options.workspace,
                      "Folder of an event store to count instead, as known at the origin")
          ->type_name("DIR");
  file->required(false)->excludes(workspace);
  command.add_option("--as-of", options.as_of, as_of)
      ->type_name("YYYY-MM-DD")
      ->check(is_date())
      ->needs(workspace);
  add_store_panel_options(command, options.store);
}

event::PanelColumns columns_of(const ForecastSourceOptions& options) {
  if (!options.workspace.empty()) return columns_of(options.store);
  if (options.file.file.empty()) throw CLI::RequiredError("--panel FILE or --workspace DIR");
  return options.file.columns;
}

ModelledPanel modelled_panel(const ForecastSourceOptions& options, const event::Panel& panel) {
  using event::UnitKind;
  ModelledPanel modelled{.file = options.file.file, .columns = columns_of(options)};
  const auto kind = options.workspace.empty() ? forecast::unit_kind_of(modelled.columns.unit)
                                              : options.store.counting.by;
  if (kind == UnitKind::grid) {
    modelled.neighbours = forecast::Neighbours::of_grid(panel.units());
  } else if (!options.workspace.empty() &&
             (kind == UnitKind::stretch || kind == UnitKind::distance)) {
    modelled.neighbours = forecast::Neighbours::of_chain(panel.units());
  }
  return modelled;
}

ForecastSource read_forecast_source(const ForecastSourceOptions& options,
                                    const std::string& origin) {
  const auto asked = month_option(origin);
  if (!options.workspace.empty()) return read_workspace(options, asked);
  ForecastSource source{.columns = columns_of(options)};
  source.panel = panel_of_file(options);
  source.origin = origin_in(source.panel, asked, "");
  return source;
}

forecast::Vintages read_vintages(const ForecastSourceOptions& options, Month first, Month last) {
  if (options.workspace.empty()) return forecast::Vintages(panel_of_file(options));
  const auto counting = counting_of(options.store);
  const auto store = event::EventStore::open_for_reading(options.workspace);
  const Date as_of = date_option(options.as_of, today());
  event::Panel latest = panel_as_of(options, store, counting, as_of);
  const auto days = store.vintages();
  auto vintages = vintages_on(store, counting,
                              days_to_learn_from(days, std::min(first.last_day(), as_of),
                                                 std::min(last.last_day(), as_of)));
  vintages.push_back({as_of, std::move(latest)});
  return forecast::Vintages(std::move(vintages));
}

forecast::PredictiveSample with_revisions(const ForecastSource& source,
                                          forecast::PredictiveSample sample, std::uint64_t seed) {
  if (!source.revision.is_usable()) return sample;
  return source.revision.widen(sample, source.revision.share_of_first_figures(source.origin), seed);
}

std::string describe_vintages(const ForecastSource& source) {
  if (!source.as_of) return {};
  std::string text = fmt::format("as known on {}", to_string(*source.as_of));
  if (source.since) text += "; " + describe(*source.since, source.origin);
  const auto& revision = source.revision;
  if (revision.is_usable()) {
    text += fmt::format(
        "\nwidened by what first figures became in {} unit-months (in sum times {:.2f}); {:.0f} % "
        "of the last twelve months are first figures",
        revision.events(), revision.mean_factor(),
        100 * revision.share_of_first_figures(source.origin));
  } else {
    text += fmt::format(
        "\nnot widened for revisions: {} unit-months with deaths were looked at again, {} are "
        "needed to learn from",
        revision.events(), forecast::RevisionModel::kFewest);
  }
  return text;
}

ordered_json revision_json(const forecast::Revision& revision) {
  return {{"unit_months", revision.cells},
          {"raised", revision.raised},
          {"lowered", revision.lowered},
          {"before", revision.before},
          {"after", revision.after}};
}

ordered_json vintages_json(const ForecastSource& source) {
  ordered_json json = {{"as_of", nullptr}, {"revised_since", nullptr}, {"revision_model", nullptr}};
  if (source.as_of) json["as_of"] = to_string(*source.as_of);
  if (source.since) json["revised_since"] = revision_json(*source.since);
  if (source.revision.is_usable()) {
    json["revision_model"] = {
        {"unit_months", source.revision.events()},
        {"mean_factor", source.revision.mean_factor()},
        {"share_of_first_figures", source.revision.share_of_first_figures(source.origin)}};
  }
  return json;
}

}  // namespace panj::app
