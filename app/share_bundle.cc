// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <memory>

#include "output.h"
#include "panj/core/file.h"
#include "panj/core/problem.h"
#include "panj/share/bundle.h"
#include "share.h"

namespace panj::app {
namespace {

using nlohmann::ordered_json;

struct BundleOptions {
  std::string node;
  std::string member;
  std::string since;
  std::string file;
};

CLI::Validator is_moment() {
  return {[](std::string& text) -> std::string {
            if (share::parse_timestamp(text)) return {};
            return "'" + text + "' is no moment (must be as date_added is, " +
                   "2026-01-01T00:00:00.000000Z)";
          },
          ""};
}

void run_export(const BundleOptions& options) {
  share::Node node(options.node);
  const share::Member member = named_member(node.store(), options.member);
  write_output(options.file,
               share::make_bundle(node.store(), member.id, share::parse_timestamp(options.since)));
}

ExitCode run_import(const BundleOptions& options, bool json) {
  constexpr std::size_t kLimit = std::size_t{256} << 20;
  share::Node node(options.node);
  const auto bundle = share::read_bundle(read_file(options.file, kLimit));
  if (!bundle) {
    Problem problem = bundle.error();
    problem.file = options.file;
    throw InvalidInput(problem);
  }
  const share::Received received = share::import_bundle(node.store(), *bundle);
  const bool goes_on = keep_checkpoint(node, bundle->checkpoint, Arrival::carried);
  ordered_json refused = ordered_json::array();
  std::string text = fmt::format("{} new, {} known, {} recalled, {} refused\n", received.accepted,
                                 received.known, received.withdrawn, received.refused.size());
  for (const share::ObjectStatus& object : received.refused) {
    refused.push_back({{"id", object.id}, {"reason", object.message}});
    text += fmt::format("  {}: {}\n", object.id, object.message);
  }
  print_result(json,
               {{"accepted", received.accepted},
                {"known", received.known},
                {"recalled", received.withdrawn},
                {"refused", refused},
                {"checkpoint_goes_on", goes_on}},
               text);
  return received.refused.empty() ? ExitCode::done : ExitCode::quarantined;
}

}  // namespace

void add_share_bundle(CLI::App& share, CommonOptions& common, ExitCode& exit_code) {
  const auto exported = std::make_shared<BundleOptions>();
  CLI::App* command =
      share.add_subcommand("export", "Write what a member may see as a file, for a stick");
  command->add_option("node", exported->node, "Folder of the node")->required()->type_name("NODE");
  command->add_option("member", exported->member, "Name of the member it is for")->required();
  command->add_option("--since", exported->since, "Only what was released after this moment")
      ->type_name("TIMESTAMP")
      ->check(is_moment());
  command->add_option("-o,--out", exported->file, "Write here instead of to stdout")
      ->type_name("FILE");
  add_common_options(*command, common);
  command->footer(R"(
A STIX 2.1 bundle of the bytes that the member would pull, signed by their originators, with this
node's checkpoint of the member's log.

Example:
  panj share export tj KZ --out for-kz.json)");
  command->callback([exported] { run_export(*exported); });

  const auto imported = std::make_shared<BundleOptions>();
  command = share.add_subcommand("import", "Take in such a file, whole or not at all");
  command->add_option("node", imported->node, "Folder of the node")->required()->type_name("NODE");
  command->add_option("file", imported->file, "Bundle of a partner's node")->required();
  add_common_options(*command, common);
  command->footer(R"(
Objects whose signature is wrong or whose originator is no member are refused, the others are taken
in; the exit code is then 4. What is there already is no error.

Example:
  panj share import kz for-kz.json)");
  command->callback(
      [imported, &common, &exit_code] { exit_code = run_import(*imported, common.json); });
}

}  // namespace panj::app
