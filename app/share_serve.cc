// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cstdio>
#include <memory>

#include "output.h"
#include "panj/core/log.h"
#include "panj/share/https_server.h"
#include "panj/share/taxii.h"
#include "share.h"

namespace panj::app {
namespace {

struct ServeOptions {
  std::string node;
  std::string listen;
  std::string certificate;
  std::string key;
};

void run(const ServeOptions& options, const CommonOptions& common) {
  share::Node node(options.node);
  share::TaxiiService service(node.store(),
                              {.title = node.config().name,
                               .report = [](const std::string& why) { spdlog::error("{}", why); }});
  share::ServerOptions settings{
      .listen = options.listen.empty() ? node.config().listen : options.listen,
      .certificate = node.certificate(),
      .certificate_key = node.certificate_key()};
  if (!options.certificate.empty()) settings.certificate = options.certificate;
  if (!options.key.empty()) settings.certificate_key = options.key;
  if (common.threads > 0) settings.readers = common.threads;
  share::HttpsServer server(std::move(settings), service);
  server.stop_at_signals();
  const std::string url = fmt::format("https://{}/taxii2/", server.address());
  print_result(common.json, {{"node", node.config().name}, {"url", url}},
               fmt::format("{} serves {}\n", node.config().name, url));
  server.run();
}

}  // namespace

void add_share_serve(CLI::App& share, CommonOptions& common) {
  const auto options = std::make_shared<ServeOptions>();
  CLI::App* command = share.add_subcommand(
      "serve", "Let members pull and post over TAXII 2.1, until it is stopped");
  command->add_option("node", options->node, "Folder of the node")->required()->type_name("NODE");
  command
      ->add_option("--listen", options->listen,
                   "Address and port [as node.toml says]; port 0: the system gives one")
      ->type_name("ADDRESS:PORT");
  CLI::Option* certificate =
      command->add_option("--cert", options->certificate, "Certificate chain [as node.toml says]")
          ->type_name("PEM");
  command->add_option("--key", options->key, "Its private key")
      ->type_name("PEM")
      ->needs(certificate);
  certificate->needs("--key");
  add_common_options(*command, common);
  command->footer(R"(
HTTPS only (TLS 1.2 or 1.3). Members log in with name and password. SIGTERM and SIGINT let running
requests end, then stop it. --threads sets how many answer those who read [2].

Examples:
  panj share serve tj
  panj share serve tj --listen 0.0.0.0:6443 --cert /etc/ssl/tj.pem --key /etc/ssl/private/tj.key)");
  command->callback([options, &common] { run(*options, common); });
}

}  // namespace panj::app
