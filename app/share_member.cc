// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <memory>

#include "panj/core/file.h"
#include "panj/core/problem.h"
#include "panj/share/identity_card.h"
#include "panj/share/password.h"
#include "share.h"

namespace panj::app {
namespace {

using nlohmann::ordered_json;

struct MemberOptions {
  std::string node;
  std::string who;  ///< a card's file, or a name
  std::string name;
  std::string access = "read-write";
  std::string clearance = "red";
  std::vector<std::string> caveats;
  std::string password_file;
};

void add_rights(CLI::App& command, MemberOptions& options) {
  command.add_option("--access", options.access, "What the member may do over TAXII")
      ->check(CLI::IsMember({"none", "read", "write", "read-write"}))
      ->capture_default_str();
  command.add_option("--clearance", options.clearance, "Highest level that it may receive")
      ->check(CLI::IsMember({"clear", "green", "amber", "amber+strict", "red"}))
      ->capture_default_str();
  command.add_option("--caveat", options.caveats, "Caveats that it is cleared for")
      ->delimiter(',')
      ->type_name("A,B");
  command
      .add_option("--password-file", options.password_file,
                  "File with its password for TAXII (default: one is made and printed)")
      ->type_name("FILE");
}

void set_rights(share::Member& member, const MemberOptions& options) {
  member.access = *share::parse_access(options.access);
  member.clearance = *share::parse_level(options.clearance);
  member.caveats = {options.caveats.begin(), options.caveats.end()};
}

/// The file's first line, or 26 random characters.
std::string password_from(const std::string& file) {
  constexpr std::size_t kLimit = 4096;
  if (file.empty()) {
    return share::to_string(share::SigningKey::generate().public_key()).substr(0, 26);
  }
  std::string text = read_file(file, kLimit);
  text.resize(std::min(text.find('\n'), text.size()));
  constexpr std::size_t kShortest = 8;
  if (text.size() < kShortest) {
    throw InvalidInput({.file = file, .what = "holds no password of 8 or more characters"});
  }
  return text;
}

share::Json read_card(const std::string& file) {
  constexpr std::size_t kLimit = 65536;
  auto card = share::parse_json(read_file(file, kLimit));
  if (card) return *std::move(card);
  Problem problem = card.error();
  problem.file = file;
  throw InvalidInput(problem);
}

ordered_json to_json(const share::Member& member) {
  return {{"name", member.name},
          {"id", member.id},
          {"fingerprint", member.key ? share::fingerprint(*member.key) : ""},
          {"access", share::name(member.access)},
          {"clearance", share::name(member.clearance)},
          {"caveats", member.caveats}};
}

std::string line_of(const share::Member& member) {
  return fmt::format("{:<12} {:<10} {:<12} {:<20} {}\n", member.name, name(member.access),
                     name(member.clearance), fmt::format("{}", fmt::join(member.caveats, ",")),
                     member.key ? share::fingerprint(*member.key) : "no key");
}

void add(const MemberOptions& options, bool json) {
  share::Node node(options.node);
  share::Member member{.name = options.name.empty() ? options.who : options.name};
  share::Json card;
  if (options.name.empty()) {
    card = read_card(options.who);
    const auto read = share::read_identity_card(card);
    if (!read) {
      Problem problem = read.error();
      problem.file = options.who;
      throw InvalidInput(problem);
    }
    member.name = read->name;
    member.key = read->key;
  }
  set_rights(member, options);
  const std::string password = password_from(options.password_file);
  member.password_hash = share::hash_password(password);
  member = node.store().add_member(member, card);
  ordered_json result = to_json(member);
  std::string text = fmt::format("{} is a member\n", member.name);
  if (member.key) {
    text += fmt::format("compare its fingerprint by telephone before you publish anything:\n  {}\n",
                        share::fingerprint(*member.key));
  }
  if (options.password_file.empty()) {
    result["password"] = password;
    text += fmt::format("its password for TAXII, shown this once: {}\n", password);
  }
  print_result(json, result, text);
}

void set(const MemberOptions& options, const CLI::App& command, bool json) {
  share::Node node(options.node);
  share::Member member = named_member(node.store(), options.who);
  if (command.count("--access") > 0) member.access = *share::parse_access(options.access);
  if (command.count("--clearance") > 0) member.clearance = *share::parse_level(options.clearance);
  if (command.count("--caveat") > 0) {
    member.caveats = {options.caveats.begin(), options.caveats.end()};
    member.caveats.erase("");
  }
  if (!options.password_file.empty()) {
    member.password_hash = share::hash_password(password_from(options.password_file));
  }
  node.store().change_member(member);
  print_result(json, to_json(member), line_of(member));
}

void list(const MemberOptions& options, bool json) {
  share::Node node(options.node);
  ordered_json members = ordered_json::array();
  std::string text;
  for (const share::Member& member : node.store().members()) {
    members.push_back(to_json(member));
    text += line_of(member);
  }
  print_result(json, {{"members", members}}, text);
}

void add_member_add(CLI::App& group, CommonOptions& common) {
  const auto options = std::make_shared<MemberOptions>();
  CLI::App* command = group.add_subcommand("add", "Add a partner by the card it handed over");
  command->add_option("node", options->node, "Folder of the node")->required()->type_name("NODE");
  command->add_option("card", options->who, "card.json of the partner's node")->type_name("CARD");
  command->add_option("--name", options->name,
                      "Instead of a card: a name for a client that has no key and signs nothing");
  add_rights(*command, *options);
  add_common_options(*command, common);
  command->footer(R"(
Examples:
  panj share member add tj kz/card.json --access read --caveat border
  panj share member add tj --name dashboard --access read --password-file secret.txt)");
  command->callback([options, &common] {
    if (options->who.empty() == options->name.empty()) {
      throw CLI::ValidationError("member add", "needs a card, or --name");
    }
    add(*options, common.json);
  });
}

void add_member_set(CLI::App& group, CommonOptions& common) {
  const auto options = std::make_shared<MemberOptions>();
  CLI::App* command = group.add_subcommand("set", "Change what a member may do and receive");
  command->add_option("node", options->node, "Folder of the node")->required()->type_name("NODE");
  command->add_option("member", options->who, "Name of the member")->required();
  add_rights(*command, *options);
  add_common_options(*command, common);
  command->footer(R"(
What the member may now receive is released to it; what it may no longer receive is withdrawn.
What is not given stays; --caveat "" takes all caveats away.

Example:
  panj share member set tj KZ --clearance green)");
  command->callback([options, command, &common] { set(*options, *command, common.json); });
}

}  // namespace

void add_share_member(CLI::App& share, CommonOptions& common) {
  CLI::App* group = share.add_subcommand("member", "Add, change and list partners");
  group->require_subcommand(1);
  add_member_add(*group, common);
  add_member_set(*group, common);
  const auto options = std::make_shared<MemberOptions>();
  CLI::App* command = group->add_subcommand("list", "List partners with their rights and keys");
  command->add_option("node", options->node, "Folder of the node")->required()->type_name("NODE");
  add_common_options(*command, common);
  command->footer("\nExample:\n  panj share member list tj");
  command->callback([options, &common] { list(*options, common.json); });
}

}  // namespace panj::app
