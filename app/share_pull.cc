// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <unistd.h>

#include <iostream>
#include <memory>

#include "panj/core/file.h"
#include "panj/core/problem.h"
#include "panj/core/progress.h"
#include "panj/share/pull.h"
#include "share.h"

namespace panj::app {
namespace {

using nlohmann::ordered_json;

struct PullCommand {
  std::string node;
  std::string url;
  std::string user;
  std::string password_file;
  std::string authorities;
  std::string collection;
  std::string unsigned_as;
};

/// The first line of the file, or of stdin.
std::string read_password(const PullCommand& options) {
  if (options.password_file.empty()) {
    if (::isatty(STDIN_FILENO) != 0) {
      std::cerr << "Password of " << options.user << ": " << std::flush;
    }
    std::string line;
    std::getline(std::cin, line);
    return line;
  }
  constexpr std::size_t kLimit = 4096;
  std::string text = read_file(options.password_file, kLimit);
  text.resize(std::min(text.find('\n'), text.size()));
  return text;
}

/// Who answers for what nobody signed: a member that has no key.
std::string answerer(const PullCommand& options, const share::Store& store) {
  if (options.unsigned_as.empty()) return "";
  const share::Member member = named_member(store, options.unsigned_as);
  if (!member.key) return member.id;
  throw InvalidInput({.field = "--unsigned-as",
                      .what = fmt::format("{} has a key", member.name),
                      .why = "who has a key signs what it makes",
                      .suggestion = "add one without: panj share member add NODE --name feed"});
}

ordered_json to_json(const share::Pulled& pulled) {
  ordered_json refused = ordered_json::array();
  for (const share::ObjectStatus& object : pulled.received.refused) {
    refused.push_back({{"id", object.id}, {"reason", object.message}});
  }
  return {{"pages", pulled.pages},
          {"accepted", pulled.received.accepted},
          {"known", pulled.received.known},
          {"recalled", pulled.received.recalled.size()},
          {"receipts_sent", pulled.receipts_sent},
          {"receipts_kept", pulled.receipts_kept},
          {"refused", refused}};
}

std::string to_text(const share::Pulled& pulled) {
  const share::Received& received = pulled.received;
  std::string text = fmt::format("{} page{}: {} new, {} known, {} recalled, {} refused\n",
                                 pulled.pages, pulled.pages == 1 ? "" : "s", received.accepted,
                                 received.known, received.recalled.size(), received.refused.size());
  if (pulled.receipts_sent > 0) text += fmt::format("{} receipts sent\n", pulled.receipts_sent);
  if (pulled.receipts_kept > 0) {
    text += fmt::format(
        "{} receipts not sent (you may not write there): export them, or be pulled from\n",
        pulled.receipts_kept);
  }
  for (const share::ObjectStatus& object : received.refused) {
    text += fmt::format("  {}: {}\n", object.id, object.message);
  }
  return text;
}

ExitCode run(PullCommand options, bool json) {
  share::Node node(options.node);
  if (options.user.empty()) options.user = node.config().name;
  share::HttpsClient client({.user = options.user,
                             .password = read_password(options),
                             .authorities = options.authorities});
  Progress progress("pull " + options.url, 0, "objects");
  const share::Pulled pulled =
      share::pull(node.store(), client,
                  {.url = options.url,
                   .user = options.user,
                   .collection = options.collection,
                   .answerer = answerer(options, node.store()),
                   .progress = [&](std::size_t objects) { progress.advance(objects); }});
  ordered_json result = to_json(pulled);
  if (pulled.checkpoint) {
    result["checkpoint_goes_on"] = keep_checkpoint(node, *pulled.checkpoint, Arrival::pulled);
  }
  print_result(json, result, to_text(pulled));
  return pulled.received.refused.empty() ? ExitCode::done : ExitCode::quarantined;
}

}  // namespace

void add_share_pull(CLI::App& share, CommonOptions& common, ExitCode& exit_code) {
  const auto options = std::make_shared<PullCommand>();
  CLI::App* command = share.add_subcommand("pull", "Take in what a partner's server has for you");
  command->add_option("node", options->node, "Folder of the node")->required()->type_name("NODE");
  command->add_option("url", options->url, "Of the server, an API root or one collection")
      ->required()
      ->type_name("HTTPS-URL");
  command->add_option("--user", options->user, "As whom [the node's name]")->type_name("NAME");
  command
      ->add_option("--password-file", options->password_file,
                   "File whose first line is the password [stdin]")
      ->type_name("FILE");
  command
      ->add_option("--ca", options->authorities,
                   "Certificates to trust [those of the system]; a server's own will do")
      ->type_name("PEM");
  command->add_option("--collection", options->collection, "Only the one with this id")
      ->type_name("ID");
  command
      ->add_option("--unsigned-as", options->unsigned_as,
                   "Member without a key that answers for objects that nobody signed")
      ->type_name("NAME");
  add_common_options(*command, common);
  command->footer(R"(
Goes on where the last pull ended, also after a kill. Objects whose signature is wrong, or whose
maker is no member, are refused, the others are taken in; the exit code is then 4. A server that is
no Panj node signs nothing: name a member of yours that answers for it, and its objects stay with
your node until you label and publish what you make of them.

Examples:
  panj share pull kz https://tj.example:6443 --password-file kz-at-tj.txt --ca tj.pem
  panj share pull kz https://feed.example/taxii2/ --user kz --unsigned-as feed)");
  command->callback([options, &common, &exit_code] { exit_code = run(*options, common.json); });
}

}  // namespace panj::app
