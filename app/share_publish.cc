// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <set>

#include "dates.h"
#include "panj/core/log.h"
#include "panj/event/store.h"
#include "panj/share/incident_stix.h"
#include "panj/share/marking.h"
#include "share.h"
#include "share_assessments.h"

namespace panj::app {
namespace {

struct PublishOptions {
  std::string node;
  std::string workspace;
  std::vector<std::string> forecasts;
  std::vector<std::string> briefs;
  std::string as_of;
  std::string since;
  LabelOptions label;
};

/// What is to be published, under one label, with how many there are of each kind.
struct Publication {
  explicit Publication(const share::Label& label)
      : markings(share::marking_refs(label)), objects{share::label_marking(label)} {}

  /// Those of the type `counted` are what is told of, the others come with them.
  void add(std::vector<share::Json> more, std::string_view counted) {
    for (share::Json& object : more) {
      if (object["type"] == counted) told_of.insert(object["id"].get<std::string>());
      object["object_marking_refs"] = markings;
      objects.push_back(std::move(object));
    }
  }

  std::vector<std::string> markings;
  std::vector<share::Json> objects;
  std::set<std::string> told_of;
  std::size_t incidents = 0;
  std::size_t forecasts = 0;
  std::size_t findings = 0;
};

void add_incidents(const PublishOptions& options, const share::SecretKey& ids, Publication& into) {
  const Date as_of = date_option(options.as_of, today());
  const Date since = date_option(options.since, Date::min());
  if (options.workspace.empty()) return;
  event::EventStore::open_for_reading(options.workspace)
      .read(as_of, [&](const event::Incident& incident) {
        if (incident.last < since) return;
        ++into.incidents;
        into.add(share::to_stix({.incident = incident}, ids), "incident");
      });
}

void add_forecasts(const PublishOptions& options, const share::SecretKey& ids, Publication& into) {
  for (const std::string& file : options.forecasts) {
    for (const share::SharedForecast& forecast : read_shared_forecasts(file)) {
      ++into.forecasts;
      into.add(share::to_stix(forecast, ids), "report");
    }
  }
}

std::vector<LabelledBrief> read_briefs(const PublishOptions& options) {
  std::vector<LabelledBrief> briefs;
  for (const std::string& file : options.briefs) briefs.push_back(read_shared_brief(file));
  return briefs;
}

void add_briefs(const std::vector<LabelledBrief>& briefs, const share::SecretKey& ids,
                Publication& into) {
  for (const LabelledBrief& brief : briefs) {
    into.findings += brief.brief.findings.size();
    into.add(share::to_stix(brief.brief, ids), "note");
  }
}

/// The label that was asked for, joined with those of the briefs.
share::Label joined_label(const PublishOptions& options, const std::vector<LabelledBrief>& briefs,
                          const share::Store& store) {
  const share::Label asked = label_of(options.label, store);
  share::Label label = asked;
  for (const LabelledBrief& brief : briefs) {
    if (brief.label) label = share::join(label, *brief.label);
  }
  for (const std::string& id : asked.release_to) {
    if (label.release_to.contains(id)) continue;
    spdlog::warn("{} receives nothing of this: the brief shows what was not released to it",
                 member_name(store, id));
  }
  return label;
}

std::size_t count_changed(const Publication& publication, const share::Status& status) {
  return static_cast<std::size_t>(
      std::ranges::count_if(status.successes, [&](const share::ObjectStatus& object) {
        return !object.version.empty() && publication.told_of.contains(object.id);
      }));
}

std::string what_there_is(const Publication& publication) {
  std::string text;
  const auto add = [&](std::size_t count, std::string_view what) {
    if (count > 0) text += fmt::format("{} {}, ", count, what);
  };
  add(publication.incidents, "incidents");
  add(publication.forecasts, "forecasts");
  add(publication.findings, "findings");
  return text.empty() ? "nothing, " : text;
}

void run(const PublishOptions& options, bool json) {
  share::Node node(options.node);
  const std::vector<LabelledBrief> briefs = read_briefs(options);
  const share::Label label = joined_label(options, briefs, node.store());
  const std::string label_text = text_of(label, node.store());
  Publication publication(label);
  add_incidents(options, node.secret(), publication);
  add_forecasts(options, node.secret(), publication);
  add_briefs(briefs, node.secret(), publication);
  const std::size_t changed = count_changed(publication, node.store().publish(publication.objects));
  print_result(
      json,
      {{"incidents", publication.incidents},
       {"forecasts", publication.forecasts},
       {"findings", publication.findings},
       {"published", changed},
       {"label", label_text}},
      fmt::format("{}{} new or changed, as {}\n", what_there_is(publication), changed, label_text));
}

}  // namespace

void add_share_publish(CLI::App& share, CommonOptions& common) {
  const auto options = std::make_shared<PublishOptions>();
  CLI::App* command =
      share.add_subcommand("publish", "Release incidents and assessments to those a label names");
  command->add_option("node", options->node, "Folder of the node")->required()->type_name("NODE");
  command
      ->add_option("workspace", options->workspace, "Folder of the event store, for its incidents")
      ->type_name("WORKSPACE");
  command->add_option("--forecast", options->forecasts, "What panj forecast --json wrote")
      ->allow_extra_args(false)
      ->type_name("FILE");
  command->add_option("--brief", options->briefs, "The brief.json of a brief, for its bottom line")
      ->allow_extra_args(false)
      ->type_name("FILE");
  add_label_options(*command, options->label);
  command->add_option("--since", options->since, "Only what went on on this day or later")
      ->type_name("YYYY-MM-DD")
      ->check(is_date());
  command->add_option("--as-of", options->as_of, "As it was known on this day [today]")
      ->type_name("YYYY-MM-DD")
      ->check(is_date());
  add_common_options(*command, common);
  command->footer(R"(
Publishing again makes new versions of what changed, and of nothing else. What is published with
another label gets this label: who may no longer see it receives a recall. A brief that shows what
partners shared has a label of its own: all that is published with it gets the join of both.

Examples:
  panj share publish tj work --level amber --release KZ,KG --caveat border
  panj share publish tj work --level red --since 2026-01-01
  panj share publish tj --forecast forecast.json --brief out/tajik-afghan/brief.json --release KZ)");
  command->callback([options, &common] {
    if (options->workspace.empty() && options->forecasts.empty() && options->briefs.empty()) {
      throw CLI::ValidationError("publish", "needs a workspace, --forecast or --brief");
    }
    run(*options, common.json);
  });
}

}  // namespace panj::app
