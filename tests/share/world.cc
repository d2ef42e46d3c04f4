// SPDX-License-Identifier: Apache-2.0
#include "share/world.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

#include "panj/core/date.h"
#include "panj/share/detail/database.h"
#include "panj/share/identity_card.h"
#include "panj/share/marking.h"

namespace panj::share {
namespace {

std::array<unsigned char, 32> seed_of(const std::string& name) {
  std::array<unsigned char, 32> seed{};
  std::ranges::copy(sha256_bytes("test key " + name), seed.begin());
  return seed;
}

std::string make_place(const std::filesystem::path& folder) {
  static int count = 0;
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  const char* const server = std::getenv("PANJ_TEST_POSTGRES");  // NOLINT(concurrency-mt-unsafe)
  if (server == nullptr) return (folder / "store.db").string();
  const std::string name = fmt::format("panj_{}_{}", ::getpid(), ++count);
  detail::open_database(fmt::format("postgresql:///postgres?{}", server))
      ->run("CREATE DATABASE " + name);
  return fmt::format("postgresql:///{}?{}", name, server);
}

}  // namespace

SigningKey key_of(const std::string& name) {
  return SigningKey::from_seed(seed_of(name));
}

std::string id_of(const std::string& type, int number) {
  return id_from_digest(type, sha256_bytes(fmt::format("{} {}", type, number)));
}

World::World(const std::string& name, std::string node)
    : folder_(std::filesystem::path(testing::TempDir()) /
              fmt::format("panj-{}-{}", name, ::getpid())),
      where_(make_place(folder_)),
      node_(std::move(node)),
      time_(std::make_shared<Time>(make_date(2026, 1, 1))) {
  reopen();
  ids_["node"] = store_->node().id;
  for (const char* member : {"KZ", "KG", "TJ"}) {
    const SigningKey key = key_of(member);
    ids_[member] =
        store_
            ->add_member({.name = member, .key = key.public_key(), .caveats = {"border"}},
                         make_identity_card(member, key, *time_))
            .id;
  }
}

World::~World() {
  store_.reset();
  std::filesystem::remove_all(folder_);
}

NodeIdentity World::identity() const {
  return {.name = node_,
          .key = key_of(node_),
          .secret = SecretKey::from_seed(seed_of("secret of " + node_))};
}

void World::reopen() {
  store_.reset();
  store_ = std::make_unique<Store>(where_, identity(), [time = time_] { return *time; });
}

Label World::label(const std::vector<std::string>& members, Level level,
                   const std::set<std::string>& caveats) const {
  Label label{.level = level, .caveats = caveats, .onward = OnwardRelease::allowed};
  for (const std::string& member : members) label.release_to.insert(ids_.at(member));
  return label;
}

void World::publish(const Json& object, const Label& label) {
  Json marked = object;
  marked["object_marking_refs"] = marking_refs(label);
  const std::vector<Json> objects = {label_marking(label), marked};
  store_->publish(objects);
}

std::vector<Json> World::sent_by(const std::string& member, Json object, const Label& label) const {
  const SigningKey key = key_of(member);
  object["created_by_ref"] = identity_of(key.public_key());
  object["object_marking_refs"] = marking_refs(label);
  if (!object.contains("created")) object["created"] = to_millisecond_timestamp(*time_);
  if (!object.contains("modified")) object["modified"] = object["created"];
  return {label_marking(label), sign_object(object, key)};
}

Status World::post(const std::string& member, const Json& object, const Label& label) {
  return store_->put(id(member), sent_by(member, object, label));
}

Page World::page(const std::string& member, const PageRequest& request) {
  return store_->read(id(member), request);
}

std::vector<std::string> World::seen_ids(const std::string& member, const Query& query) {
  std::vector<std::string> ids;
  PageRequest request{.query = query, .limit = 100'000};
  for (;;) {
    const Page read = page(member, request);
    for (const PageEntry& entry : read.entries) ids.push_back(entry.id);
    if (!read.has_more) return ids;
    request.next = read.next;
  }
}

std::vector<std::string> World::seen(const std::string& member, Query query) {
  std::vector<std::string> ids = seen_ids(member, query);
  std::erase_if(ids, [](const std::string& id) {
    return id.starts_with("marking-definition--") || id.starts_with("identity--") ||
           id.starts_with("extension-definition--");
  });
  return ids;
}

Json draft(const std::string& type, int number, const Json& more) {
  Json json = {{"type", type}, {"spec_version", "2.1"}, {"id", id_of(type, number)}};
  if (type == "incident") json["name"] = fmt::format("Incident {}", number);
  if (type == "note") json["content"] = fmt::format("Note {}", number);
  json.update(more);
  return json;
}

}  // namespace panj::share
