// SPDX-License-Identifier: Apache-2.0
#include "panj/share/node.h"

#include <fmt/format.h>

#include <toml++/toml.h>
#include <algorithm>
#include <array>

#include "panj/core/file.h"
#include "panj/core/problem.h"
#include "panj/share/canonical.h"
#include "panj/share/certificate.h"

namespace panj::share {
namespace fs = std::filesystem;
namespace {

struct Setting {
  const char* name;
  std::string NodeConfig::*value;
};

constexpr std::array<Setting, 5> kSettings = {{{"name", &NodeConfig::name},
                                               {"listen", &NodeConfig::listen},
                                               {"store", &NodeConfig::store},
                                               {"certificate", &NodeConfig::certificate},
                                               {"certificate_key", &NodeConfig::certificate_key}}};

std::string config_text(const NodeConfig& config) {
  std::string text = "# A node of `panj share`; see docs/guide/sharing.md.\n";
  for (const Setting& setting : kSettings) {
    text += fmt::format("{} = {}\n", setting.name, Json(config.*setting.value).dump());
  }
  return text;
}

std::vector<std::string> setting_names() {
  std::vector<std::string> names;
  names.reserve(kSettings.size());
  for (const Setting& setting : kSettings) names.emplace_back(setting.name);
  return names;
}

/// The host of "host:port", for the certificate.
std::string host_of(const std::string& listen) {
  return listen.substr(0, listen.rfind(':'));
}

bool is_database_url(const std::string& store) {
  return store.starts_with("postgresql://") || store.starts_with("postgres://");
}

std::string place_of(const fs::path& folder, const NodeConfig& config) {
  return is_database_url(config.store) ? config.store : (folder / config.store).string();
}

/// Of a node that was made. An empty store in the place of one that is gone would have it forget
/// its members and its history without a word.
std::string existing_place_of(const fs::path& folder, const NodeConfig& config) {
  std::string place = place_of(folder, config);
  if (is_database_url(config.store) || fs::exists(place)) return place;
  throw InvalidInput({.file = place,
                      .what = "is not there",
                      .why = "it holds the node's members, objects and history",
                      .suggestion = "restore it from a copy, or name it in node.toml (store)"});
}

/// Makes the store, which is done nowhere else; the node's identity card as it stands in it.
std::string found_store(const std::string& where, NodeIdentity identity) {
  const Store store(where, std::move(identity));
  const std::string& id = store.node().id;
  return store.read(id, {.query = {.ids = {id}}}).entries.at(0).body + "\n";
}

}  // namespace

NodeConfig read_node_config(const fs::path& path) {
  toml::table table;
  try {
    table = toml::parse(read_file(path), path.string());
  } catch (const toml::parse_error& error) {
    throw InvalidInput({.file = path.string(),
                        .line = error.source().begin.line,
                        .what = std::string(error.description())});
  }
  NodeConfig config;
  Problems problems;
  const std::vector<std::string> names = setting_names();
  for (const auto& [key, value] : table) {
    const std::string name(key.str());
    const auto* const found = std::ranges::find(kSettings, name, &Setting::name);
    const std::size_t line = key.source().begin.line;
    if (found == kSettings.end()) {
      problems.add({.file = path.string(),
                    .line = line,
                    .field = name,
                    .what = "is no setting of a node",
                    .suggestion = suggest_name(name, names)});
    } else if (!value.is_string()) {
      problems.add({.file = path.string(), .line = line, .field = name, .what = "is no text"});
    } else {
      config.*found->value = value.ref<std::string>();
    }
  }
  if (config.name.empty()) {
    problems.add({.file = path.string(), .field = "name", .what = "is missing"});
  }
  problems.throw_if_any();
  return config;
}

void Node::init(const fs::path& folder, const NodeConfig& config) {
  if (fs::exists(folder)) {
    throw InvalidInput({.file = folder.string(),
                        .what = "exists already",
                        .why = "a node gets a new folder: its keys are never replaced"});
  }
  const fs::path parent = fs::absolute(folder).parent_path();
  fs::create_directories(parent);
  const TemporaryFolder building(parent);
  const fs::path made = building.path() / "node";
  fs::create_directories(made / "keys");
  // What is in the store is for whom its labels say, not for all who use this machine.
  fs::permissions(made, fs::perms::owner_all);
  fs::permissions(made / "keys", fs::perms::owner_all);
  fs::create_directories(made / "tls");
  const SigningKey key = SigningKey::generate();
  const SecretKey secret = SecretKey::generate();
  key.save(made / "keys" / "signing.key");
  secret.save(made / "keys" / "secret.key");
  const Certificate certificate = make_certificate(config.name, host_of(config.listen));
  write_file(made / "tls" / "certificate.pem", certificate.certificate);
  write_secret(made / "tls" / "key.pem", certificate.key);
  write_file(made / "node.toml", config_text(config));
  write_file(made / "card.json", found_store(place_of(made, config), {config.name, key, secret}));
  fs::rename(made, folder);
}

Node::Node(fs::path folder)
    : folder_(std::move(folder)),
      config_(read_node_config(folder_ / "node.toml")),
      key_(SigningKey::load(folder_ / "keys" / "signing.key")),
      secret_(SecretKey::load(folder_ / "keys" / "secret.key")),
      store_(existing_place_of(folder_, config_), {config_.name, key_, secret_}, now,
             Founding::forbidden) {}

Succession Node::keep_checkpoint(const Checkpoint& checkpoint) const {
  constexpr std::size_t kLimit = 65536;
  const fs::path file = checkpoint_file(checkpoint);
  if (fs::exists(file)) {
    const auto json = parse_json(read_file(file, kLimit));
    const auto kept = json ? read_checkpoint(*json) : json.error();
    if (!kept) {
      Problem problem = kept.error();
      problem.file = file.string();
      problem.suggestion = "move it away; the next checkpoint will be kept in its place";
      throw InvalidInput(problem);
    }
    const Succession found = succession(*kept, checkpoint);
    if (found != Succession::goes_on) return found;
  }
  write_file(file, canonical_json(checkpoint.to_json()) + "\n");
  return Succession::goes_on;
}

}  // namespace panj::share
