// SPDX-License-Identifier: Apache-2.0
#include "forecast_source.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "dates.h"
#include "panj/core/log.h"
#include "panj/core/problem.h"

namespace panj::app {
namespace {

using nlohmann::ordered_json;

/// Three years of monthly releases; older ones say little of how first figures fare today.
constexpr std::size_t kMostVintages = 36;

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

/// The workspace as it was known on each of `days` up to `as_of`, oldest first, none of them held
/// to reach beyond its last incident (--to).
std::vector<forecast::Vintage> vintages_to(const event::EventStore& store,
                                           event::PanelOfIncidentsOptions counting,
                                           std::vector<Date> days, Date as_of) {
  std::erase_if(days, [&](Date day) { return day > as_of; });
  if (days.size() > kMostVintages) days.erase(days.begin(), days.end() - kMostVintages);
  counting.to.reset();
  std::vector<forecast::Vintage> vintages;
  vintages.reserve(days.size());
  for (const Date day : days) {
    vintages.push_back({day, count_incidents(store, counting, day).panel});
  }
  return vintages;
}

ForecastSource read_workspace(const ForecastSourceOptions& options, std::optional<Month> origin) {
  const auto counting = counting_of(options.store);
  const auto store = event::EventStore::open_for_reading(options.workspace);
  const Date as_of = date_option("--as-of", options.as_of, origin ? origin->last_day() : today());
  auto [panel, left_out] = count_incidents(store, counting, as_of);
  ForecastSource source{.columns = columns_of(options.store), .as_of = as_of};
  if (panel.empty()) {
    throw InvalidInput(Problem{.file = options.workspace,
                               .field = "as-of",
                               .what = "knew no incident on " + to_string(as_of),
                               .why = "a forecast needs a record",
                               .suggestion = "give a later day with --as-of"});
  }
  if (left_out > 0) {
    spdlog::warn("{} incidents are left out: their {} is not known or too far away", left_out,
                 source.columns.unit);
  }
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
  source.revision = forecast::RevisionModel::learn(vintages_to(store, counting, days, as_of));
  source.panel = std::move(panel);
  return source;
}

}  // namespace

void add_forecast_source_options(CLI::App& command, ForecastSourceOptions& options) {
  CLI::Option* file = add_panel_options(command, options.file);
  CLI::Option* workspace =
      command
          .add_option("--workspace", options.workspace,
                      "Folder of an event store to count instead, as known at the origin")
          ->type_name("DIR");
  file->required(false)->excludes(workspace);
  command
      .add_option("--as-of", options.as_of,
                  "Day whose knowledge of the workspace is used [last day of --origin, or today]")
      ->type_name("YYYY-MM-DD")
      ->needs(workspace);
  add_store_panel_options(command, options.store);
}

ForecastSource read_forecast_source(const ForecastSourceOptions& options,
                                    const std::string& origin) {
  const auto asked = month_option("origin", origin);
  if (!options.workspace.empty()) return read_workspace(options, asked);
  if (options.file.file.empty()) {
    throw CLI::RequiredError("--panel FILE or --workspace DIR");
  }
  ForecastSource source{.panel = event::read_panel(options.file.file, options.file.columns),
                        .columns = options.file.columns};
  source.origin = origin_in(source.panel, asked, "");
  return source;
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

ordered_json vintages_json(const ForecastSource& source) {
  ordered_json json = {{"as_of", nullptr}, {"revised_since", nullptr}, {"revision_model", nullptr}};
  if (source.as_of) json["as_of"] = to_string(*source.as_of);
  if (source.since) {
    json["revised_since"] = {{"unit_months", source.since->cells},
                             {"raised", source.since->raised},
                             {"lowered", source.since->lowered},
                             {"before", source.since->before},
                             {"after", source.since->after}};
  }
  if (source.revision.is_usable()) {
    json["revision_model"] = {
        {"unit_months", source.revision.events()},
        {"mean_factor", source.revision.mean_factor()},
        {"share_of_first_figures", source.revision.share_of_first_figures(source.origin)}};
  }
  return json;
}

}  // namespace panj::app
