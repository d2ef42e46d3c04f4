// SPDX-License-Identifier: Apache-2.0
#include "share.h"

#include <fmt/format.h>

#include "output.h"
#include "panj/core/log.h"
#include "panj/core/problem.h"

namespace panj::app {
namespace {

std::vector<std::string> member_names(const share::Store& store) {
  std::vector<std::string> names;
  for (const share::Member& member : store.members()) names.push_back(member.name);
  return names;
}

}  // namespace

void add_label_options(CLI::App& command, LabelOptions& options) {
  command.add_option("--level", options.level, "TLP 2.0 level")
      ->check(CLI::IsMember({"clear", "green", "amber", "amber+strict", "red"}))
      ->capture_default_str();
  command
      .add_option("--release", options.release_to,
                  "Members who may receive it, with commas between (none: nobody but this node)")
      ->delimiter(',')
      ->type_name("A,B");
  command.add_option("--caveat", options.caveats, "All of these a recipient must be cleared for")
      ->delimiter(',')
      ->type_name("A,B");
  command.add_flag("--originator-control", options.originator_control,
                   "Recipients' nodes may not pass it on");
}

share::Label label_of(const LabelOptions& options, const share::Store& store) {
  share::Label label{.level = *share::parse_level(options.level),
                     .caveats = {options.caveats.begin(), options.caveats.end()},
                     .onward = options.originator_control ? share::OnwardRelease::originator_only
                                                          : share::OnwardRelease::allowed};
  Problems problems;
  for (const std::string& name : options.release_to) {
    const auto member = store.find_member(name);
    if (member) {
      label.release_to.insert(member->id);
    } else {
      problems.add({.field = "--release",
                    .what = fmt::format("'{}' is no member", name),
                    .suggestion = suggest_name(name, member_names(store))});
    }
  }
  problems.throw_if_any();
  return label;
}

std::string member_name(const share::Store& store, const std::string& id) {
  const auto member = store.find_member_by_id(id);
  return member ? member->name : id;
}

std::string text_of(const share::Label& label, const share::Store& store) {
  return to_string(label, [&](const std::string& id) { return member_name(store, id); });
}

share::Member named_member(const share::Store& store, const std::string& name) {
  if (const auto member = store.find_member(name)) return *member;
  throw InvalidInput(Problem{.what = fmt::format("'{}' is no member", name),
                             .suggestion = suggest_name(name, member_names(store))});
}

bool keep_checkpoint(share::Node& node, const share::Checkpoint& checkpoint, Arrival arrival) {
  const share::Succession found = node.keep_checkpoint(checkpoint);
  if (found == share::Succession::goes_on) return true;
  if (found == share::Succession::falls_back && arrival == Arrival::carried) return true;
  const std::string name = member_name(node.store(), checkpoint.node);
  spdlog::warn(
      "{}'s log for this node {}: {}'s node lost or changed its history, or was restored from a "
      "copy. What it once signed stays in {}: let {} check it with panj share audit verify NODE "
      "--checkpoint FILE",
      name,
      found == share::Succession::falls_back
          ? fmt::format("is shorter than it was ({} entries)", checkpoint.sequence)
          : "has other entries than it had",
      name, node.checkpoint_file(checkpoint).string(), name);
  return false;
}

void print_result(bool as_json, const nlohmann::ordered_json& json, const std::string& text) {
  write_output("", as_json ? json.dump(2) + "\n" : text);
}

void add_share(CLI::App& program, CommonOptions& common, ExitCode& exit_code) {
  CLI::App* share = program.add_subcommand(
      "share", "Exchange incidents and assessments with partners, each seeing only what is theirs");
  share->require_subcommand(1);
  add_share_init(*share, common);
  add_share_member(*share, common);
  add_share_publish(*share, common);
  add_share_recall(*share, common);
  add_share_serve(*share, common);
  add_share_pull(*share, common, exit_code);
  add_share_bundle(*share, common, exit_code);
  add_share_log(*share, common);
  add_share_audit(*share, common, exit_code);
  share->footer(R"(
A node is a folder with keys, members and a store. What it publishes has a label; each member
receives what its label permits, and nothing else. See docs/guide/sharing.md.

Examples:
  panj share init tj --name TJ
  panj share member add tj kz/card.json --access read
  panj share publish tj work --level amber --release KZ
  panj share serve tj
  panj share pull kz https://tj.example:6443 --password-file kz-at-tj.txt)");
}

}  // namespace panj::app
