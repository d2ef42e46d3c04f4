// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "panj/share/label.h"
#include "panj/share/signed_version.h"
#include "panj/share/store.h"

namespace panj::share {

/// A key that is the same in every run.
SigningKey key_of(const std::string& name);

/// "incident--…", the same for the same number.
std::string id_of(const std::string& type, int number);

/// A node "node" with members KZ, KG and TJ, all read-write and cleared for everything up to the
/// caveat "border", on SQLite in a folder of its own or, when PANJ_TEST_POSTGRES names a server, on
/// a PostgreSQL database of its own. The clock stands still until it is told to move.
class World {
 public:
  explicit World(const std::string& name = "world", std::string node = "node");
  World(const World&) = delete;
  World& operator=(const World&) = delete;
  ~World();

  Store& store() { return *store_; }
  /// The same store opened anew, as after a restart.
  void reopen();
  /// Until reopen(): another process may have it.
  void close() { store_.reset(); }
  std::string where() const { return where_; }
  NodeIdentity identity() const;

  const std::string& id(const std::string& member) const { return ids_.at(member); }
  Member member(const std::string& name) { return *store_->find_member(name); }
  void pass(std::chrono::microseconds time) { *time_ += time; }
  Time time() const { return *time_; }

  /// Released to these members.
  Label label(const std::vector<std::string>& members, Level level = Level::green,
              const std::set<std::string>& caveats = {}) const;

  /// Of the node itself, with its marking.
  void publish(const Json& object, const Label& label);
  /// What a member sends: signed with its key, with its marking before it.
  std::vector<Json> sent_by(const std::string& member, Json object, const Label& label) const;
  Status post(const std::string& member, const Json& object, const Label& label);

  /// All that the member sees: ids in the order of their release.
  std::vector<std::string> seen_ids(const std::string& member, const Query& query = {});
  /// The ids of incidents, notes and the like, without markings and identities.
  std::vector<std::string> seen(const std::string& member, Query query = {});
  Page page(const std::string& member, const PageRequest& request = {.limit = 1000});

 private:
  std::filesystem::path folder_;
  std::string where_;
  std::string node_;
  std::shared_ptr<Time> time_;
  std::unique_ptr<Store> store_;
  std::map<std::string, std::string> ids_;
};

/// An object of the exchange without times, creator and markings.
Json draft(const std::string& type, int number, const Json& more = Json::object());

}  // namespace panj::share
