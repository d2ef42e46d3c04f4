// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <memory>

#include "share.h"

namespace panj::app {
namespace {

struct ObjectOptions {
  std::string node;
  std::string id;
  LabelOptions label;
};

void add_object(CLI::App& command, ObjectOptions& options) {
  command.add_option("node", options.node, "Folder of the node")->required()->type_name("NODE");
  command.add_option("id", options.id, "Of an object of this node, as panj share log prints it")
      ->required();
}

void recall(const ObjectOptions& options, bool json) {
  share::Node node(options.node);
  node.store().recall(options.id);
  std::size_t open = 0;
  for (const share::OpenRecall& recall : node.store().open_recalls()) {
    if (recall.object == options.id) ++open;
  }
  print_result(json, {{"recalled", options.id}, {"receipts_open", open}},
               fmt::format("{} is recalled; {} receipts are open\n", options.id, open));
}

void relabel(const ObjectOptions& options, bool json) {
  share::Node node(options.node);
  const share::Label label = label_of(options.label, node.store());
  node.store().relabel(options.id, label);
  const std::string text = text_of(label, node.store());
  print_result(json, {{"id", options.id}, {"label", text}},
               fmt::format("{} is now {}\n", options.id, text));
}

}  // namespace

void add_share_recall(CLI::App& share, CommonOptions& common) {
  const auto recalled = std::make_shared<ObjectOptions>();
  CLI::App* command = share.add_subcommand(
      "recall", "Take an object back: whoever had it receives a signed tombstone");
  add_object(*command, *recalled);
  add_common_options(*command, common);
  command->footer("\nExample:\n  panj share recall tj incident--…");
  command->callback([recalled, &common] { recall(*recalled, common.json); });

  const auto relabelled = std::make_shared<ObjectOptions>();
  command = share.add_subcommand("relabel", "Give an object another label");
  add_object(*command, *relabelled);
  add_label_options(*command, relabelled->label);
  add_common_options(*command, common);
  command->footer("\nExample:\n  panj share relabel tj incident--… --level green --release KZ,KG");
  command->callback([relabelled, &common] { relabel(*relabelled, common.json); });
}

}  // namespace panj::app
