// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <memory>

#include "dates.h"
#include "panj/event/store.h"
#include "panj/share/incident_stix.h"
#include "panj/share/marking.h"
#include "share.h"

namespace panj::app {
namespace {

struct PublishOptions {
  std::string node;
  std::string workspace;
  std::string as_of;
  std::string since;
  LabelOptions label;
};

void run(const PublishOptions& options, bool json) {
  const Date as_of = date_option("--as-of", options.as_of, today());
  const Date since = date_option("--since", options.since, Date::min());
  share::Node node(options.node);
  const share::Label label = label_of(options.label, node.store());
  const auto markings = share::marking_refs(label);
  std::vector<share::Json> objects = {share::label_marking(label)};
  std::size_t incidents = 0;
  event::EventStore::open_for_reading(options.workspace)
      .read(as_of, [&](const event::Incident& incident) {
        if (incident.last < since) return;
        ++incidents;
        for (share::Json& object : share::to_stix({.incident = incident}, node.secret())) {
          object["object_marking_refs"] = markings;
          objects.push_back(std::move(object));
        }
      });
  const share::Status status = node.store().publish(objects);
  std::size_t changed = 0;
  for (const share::ObjectStatus& object : status.successes) {
    if (!object.version.empty() && object.id.starts_with("incident--")) ++changed;
  }
  print_result(json,
               {{"incidents", incidents}, {"published", changed}, {"label", to_string(label)}},
               fmt::format("{} incidents, {} new or changed, as {}\n", incidents, changed,
                           to_string(label)));
}

}  // namespace

void add_share_publish(CLI::App& share, CommonOptions& common) {
  const auto options = std::make_shared<PublishOptions>();
  CLI::App* command =
      share.add_subcommand("publish", "Release a workspace's incidents to those a label names");
  command->add_option("node", options->node, "Folder of the node")->required()->type_name("NODE");
  command->add_option("workspace", options->workspace, "Folder of the event store")->required();
  add_label_options(*command, options->label);
  command->add_option("--since", options->since, "Only what went on on this day or later")
      ->type_name("YYYY-MM-DD");
  command->add_option("--as-of", options->as_of, "As it was known on this day [today]")
      ->type_name("YYYY-MM-DD");
  add_common_options(*command, common);
  command->footer(R"(
Publishing again makes new versions of what changed, and of nothing else. An incident that is
published with another label gets this label: who may no longer see it receives a recall.

Examples:
  panj share publish tj work --level amber --release KZ,KG --caveat border
  panj share publish tj work --level red --since 2026-01-01)");
  command->callback([options, &common] { run(*options, common.json); });
}

}  // namespace panj::app
