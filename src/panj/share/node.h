// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

#include "panj/share/audit.h"
#include "panj/share/store.h"

namespace panj::share {

/// What `node.toml` says. Paths are relative to the node's folder.
struct NodeConfig {
  std::string name{};
  std::string listen = "127.0.0.1:6443";
  std::string store = "store.db";  ///< or postgresql://…
  std::string certificate = "tls/certificate.pem";
  std::string certificate_key = "tls/key.pem";

  bool operator==(const NodeConfig&) const = default;
};

/// A node's folder, which only its owner may enter (0700):
///
///     node.toml          the settings
///     card.json          what it hands to partners (identity_card.h)
///     keys/signing.key   Ed25519; who has it acts in the node's name (0600)
///     keys/secret.key    for ids and `next` tokens (0600)
///     tls/               a certificate for trying, signed by itself
///     checkpoints/       what partners' nodes said of this one's logs
///     store.db           unless the store is PostgreSQL
class Node {
 public:
  /// Makes the folder with new keys; whole or not at all. Throws InvalidInput when it exists.
  static void init(const std::filesystem::path& folder, const NodeConfig& config);
  /// Throws InvalidInput when it is no node's folder, or its store is gone or
  /// empty.
  explicit Node(std::filesystem::path folder);

  const NodeConfig& config() const { return config_; }
  Store& store() { return store_; }
  const SecretKey& secret() const { return secret_; }
  const SigningKey& key() const { return key_; }
  std::filesystem::path certificate() const { return folder_ / config_.certificate; }
  std::filesystem::path certificate_key() const { return folder_ / config_.certificate_key; }

  /// Keeps what a partner's node signed, the furthest of each: one that does not go on from what is
  /// kept is not taken, as what is kept shows what the partner's node once had. Throws InvalidInput
  /// when the file of what is kept is damaged.
  Succession keep_checkpoint(const Checkpoint& checkpoint) const;
  std::filesystem::path checkpoint_file(const Checkpoint& checkpoint) const {
    return folder_ / "checkpoints" / (checkpoint.node + ".json");
  }

 private:
  std::filesystem::path folder_;
  NodeConfig config_;
  SigningKey key_;
  SecretKey secret_;
  Store store_;
};

/// Reads `node.toml`; all its problems together.
NodeConfig read_node_config(const std::filesystem::path& path);

}  // namespace panj::share
