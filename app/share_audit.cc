// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <memory>

#include "output.h"
#include "panj/core/file.h"
#include "panj/core/problem.h"
#include "panj/share/canonical.h"
#include "share.h"

namespace panj::app {
namespace {

using nlohmann::ordered_json;

struct AuditOptions {
  std::string node;
  std::string member;
  std::string file;
  std::vector<std::string> checkpoints;
};

std::vector<share::Checkpoint> read_checkpoints(const std::vector<std::string>& files) {
  constexpr std::size_t kLimit = 65536;
  std::vector<share::Checkpoint> checkpoints;
  Problems problems;
  for (const std::string& file : files) {
    const auto json = share::parse_json(read_file(file, kLimit));
    const auto checkpoint = json ? share::read_checkpoint(*json) : json.error();
    if (checkpoint) {
      checkpoints.push_back(*checkpoint);
    } else {
      Problem problem = checkpoint.error();
      problem.file = file;
      problems.add(std::move(problem));
    }
  }
  problems.throw_if_any();
  return checkpoints;
}

/// A damaged store is verified, too: then a member may have no name that can be read.
std::string name_if_readable(const share::Store& store, const std::string& id) {
  try {
    return member_name(store, id);
  } catch (const InvalidInput&) {
    return id;
  }
}

ExitCode verify(const AuditOptions& options, bool json) {
  const auto checkpoints = read_checkpoints(options.checkpoints);
  share::Node node(options.node);
  const auto fault = node.store().verify_audit(checkpoints);
  ordered_json open = ordered_json::array();
  std::string text = fault ? fmt::format("entry {}: {}\n", fault->sequence, fault->what)
                           : "every entry, version and log is as it was written\n";
  for (const share::OpenRecall& recall : node.store().open_recalls()) {
    const std::string name = name_if_readable(node.store(), recall.member);
    open.push_back({{"object", recall.object},
                    {"member", name},
                    {"since", share::to_timestamp(recall.since)}});
    text += fmt::format("no receipt yet: {} by {}\n", recall.object, name);
  }
  ordered_json result = {{"ok", !fault}, {"open_recalls", open}};
  if (fault) {
    result["entry"] = fault->sequence;
    result["fault"] = fault->what;
  }
  print_result(json, result, text);
  return fault ? ExitCode::failed : ExitCode::done;
}

void print_history(const AuditOptions& options, bool json) {
  share::Node node(options.node);
  ordered_json entries = ordered_json::array();
  node.store().visit_audit([&](const share::AuditEntry& entry) {
    const std::string by = name_if_readable(node.store(), entry.actor);
    if (json) {
      entries.push_back({{"entry", entry.sequence},
                         {"time", share::to_timestamp(entry.time)},
                         {"by", by},
                         {"action", entry.action},
                         {"detail", ordered_json::parse(entry.detail.dump())}});
    } else {
      write_output("", fmt::format("{:>6} {}  {:<8} {:<8} {}\n", entry.sequence,
                                   share::to_timestamp(entry.time), by, entry.action,
                                   entry.detail.value("id", "")));
    }
  });
  if (json) write_output("", ordered_json{{"audit", std::move(entries)}}.dump(2) + "\n");
}

void write_checkpoint(const AuditOptions& options) {
  share::Node node(options.node);
  const share::Member member = named_member(node.store(), options.member);
  const share::Checkpoint checkpoint = node.store().checkpoint(member.id);
  write_output(options.file, share::canonical_json(checkpoint.to_json()) + "\n");
}

CLI::App* add_part(CLI::App& group, CommonOptions& common, AuditOptions& options, const char* name,
                   const char* what) {
  CLI::App* command = group.add_subcommand(name, what);
  command->add_option("node", options.node, "Folder of the node")->required()->type_name("NODE");
  add_common_options(*command, common);
  return command;
}

}  // namespace

void add_share_audit(CLI::App& share, CommonOptions& common, ExitCode& exit_code) {
  CLI::App* group = share.add_subcommand("audit", "Check and print the node's history");
  group->require_subcommand(1);
  const auto options = std::make_shared<AuditOptions>();

  CLI::App* command = add_part(*group, common, *options, "verify",
                               "Check every entry; name the first that is wrong (exit code 1)");
  command
      ->add_option("--checkpoint", options->checkpoints,
                   "Checkpoint files of this node that partners kept")
      ->type_name("FILE");
  command->footer(
      "\nExamples:\n  panj share audit verify tj\n"
      "  panj share audit verify tj --checkpoint kz/checkpoints/identity--….json");
  command->callback([options, &common, &exit_code] { exit_code = verify(*options, common.json); });

  command = add_part(*group, common, *options, "log", "Print all entries");
  command->footer("\nExample:\n  panj share audit log tj --json");
  command->callback([options, &common] { print_history(*options, common.json); });

  command = add_part(*group, common, *options, "checkpoint",
                     "Sign how a member's log stands, for the member to keep");
  command->add_option("member", options->member, "Name of the member")->required();
  command->add_option("-o,--out", options->file, "Write here instead of to stdout")
      ->type_name("FILE");
  command->footer("\nExample:\n  panj share audit checkpoint tj KZ --out kz-checkpoint.json");
  command->callback([options] { write_checkpoint(*options); });
}

}  // namespace panj::app
