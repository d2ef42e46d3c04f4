// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <memory>

#include "output.h"
#include "panj/share/incident_stix.h"
#include "share.h"

namespace panj::app {
namespace {

using nlohmann::ordered_json;

struct LogOptions {
  std::string node;
  std::string member;
  std::vector<std::string> types;
};

/// What an object is about, in one line.
std::string title(const share::Json& object) {
  for (const char* field : {"name", "content", "relationship_type", "opinion"}) {
    const auto found = object.find(field);
    if (found != object.end() && found->is_string()) return found->get<std::string>();
  }
  return "";
}

void run(const LogOptions& options, bool json) {
  share::Node node(options.node);
  const share::Store& store = node.store();
  const share::Member member =
      options.member.empty() ? store.node() : named_member(store, options.member);
  constexpr std::size_t kAtOnce = 500;
  share::PageRequest request{.query = {.types = options.types}, .limit = kAtOnce};
  ordered_json entries = ordered_json::array();
  for (;;) {
    const share::Page page = store.read(member.id, request);
    for (const share::PageEntry& entry : page.entries) {
      const share::Json object = *share::parse_json(entry.body);
      const auto creator = store.find_member_by_id(object.value("created_by_ref", ""));
      const std::string by = creator ? creator->name : "";
      const bool is_revoked = object.value("revoked", false);
      if (json) {
        entries.push_back({{"date_added", share::to_timestamp(entry.date_added)},
                           {"id", entry.id},
                           {"by", by},
                           {"title", title(object)},
                           {"recalled", is_revoked}});
      } else {
        write_output("", fmt::format("{}  {:<8} {}  {}\n", share::to_timestamp(entry.date_added),
                                     by, entry.id, is_revoked ? "(recalled)" : title(object)));
      }
    }
    if (!page.has_more) break;
    request.next = page.next;
  }
  if (json) write_output("", ordered_json{{"log", std::move(entries)}}.dump(2) + "\n");
}

}  // namespace

void add_share_log(CLI::App& share, CommonOptions& common) {
  const auto options = std::make_shared<LogOptions>();
  CLI::App* command =
      share.add_subcommand("log", "Print what the node holds, or what a member sees of it");
  command->add_option("node", options->node, "Folder of the node")->required()->type_name("NODE");
  command->add_option("--member", options->member, "As this member sees it")->type_name("NAME");
  command->add_option("--types", options->types, "Only these STIX types, with commas between")
      ->delimiter(',')
      ->type_name("A,B");
  add_common_options(*command, common);
  command->footer(R"(
Examples:
  panj share log tj --types incident
  panj share log tj --member KZ)");
  command->callback([options, &common] { run(*options, common.json); });
}

}  // namespace panj::app
