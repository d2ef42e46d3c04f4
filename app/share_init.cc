// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <memory>

#include "share.h"

namespace panj::app {
namespace {

struct InitOptions {
  std::string folder;
  share::NodeConfig config;
};

void run(const InitOptions& options, bool json) {
  share::Node::init(options.folder, options.config);
  share::Node node(options.folder);
  const auto& key = node.key().public_key();
  print_result(
      json,
      {{"node", options.folder},
       {"name", options.config.name},
       {"id", node.store().node().id},
       {"public_key", share::to_string(key)},
       {"fingerprint", share::fingerprint(key)}},
      fmt::format("{} is the node {}\n"
                  "hand {}/card.json to your partners; its fingerprint is\n  {}\n",
                  options.folder, options.config.name, options.folder, share::fingerprint(key)));
}

}  // namespace

void add_share_init(CLI::App& share, CommonOptions& common) {
  const auto options = std::make_shared<InitOptions>();
  CLI::App* command = share.add_subcommand("init", "Make a node: keys, settings, an empty store");
  command->add_option("node", options->folder, "Folder to make")->required()->type_name("NODE");
  command->add_option("--name", options->config.name, "What partners call this node")
      ->required()
      ->check(CLI::Validator(
          [](const std::string& name) {
            const bool is_fit = !name.empty() && name.size() <= 64 &&
                                name.find_first_not_of(
                                    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                    "0123456789.-_") == std::string::npos;
            return is_fit ? "" : "must be 1 to 64 letters, digits, dots, dashes or underscores";
          },
          "NAME"));
  command->add_option("--listen", options->config.listen, "Where panj share serve listens")
      ->capture_default_str()
      ->type_name("HOST:PORT");
  command
      ->add_option("--store", options->config.store,
                   "SQLite file within the folder, or postgresql://…")
      ->capture_default_str();
  add_common_options(*command, common);
  command->footer(R"(
The keys are made for this folder and are readable by you only. The certificate in tls/ is for
trying: it is signed by itself.

Example:
  panj share init tj --name TJ --listen 0.0.0.0:6443)");
  command->callback([options, &common] { run(*options, common.json); });
}

}  // namespace panj::app
