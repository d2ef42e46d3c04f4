// SPDX-License-Identifier: Apache-2.0
#include "panj/share/bundle.h"

#include "panj/core/problem.h"
#include "panj/share/canonical.h"
#include "panj/share/keys.h"

namespace panj::share {
namespace {

constexpr const char* kCheckpoint = "panj_checkpoint";

}  // namespace

std::string make_bundle(const Store& store, const std::string& member,
                        const std::optional<Time>& added_after) {
  constexpr std::size_t kAtOnce = 1000;
  const std::string checkpoint = canonical_json(store.checkpoint(member).to_json());
  std::string objects;
  PageRequest request{.query = {.added_after = added_after, .versions = {"all"}}, .limit = kAtOnce};
  for (;;) {
    const Page page = store.read(member, request);
    for (const PageEntry& entry : page.entries) {
      if (!objects.empty()) objects += ",\n";
      objects += entry.body;
    }
    if (!page.has_more) break;
    request.next = page.next;
  }
  const std::string id = id_from_digest("bundle", sha256_bytes(checkpoint + "\n" + objects));
  std::string text =
      "{\"type\":\"bundle\",\"id\":\"" + id + "\",\n\"" + kCheckpoint + "\":" + checkpoint;
  if (!objects.empty()) text += ",\n\"objects\":[\n" + objects + "\n]";
  return text + "}\n";
}

Result<Bundle> read_bundle(std::string_view text) {
  constexpr JsonLimits kLimits{.max_bytes = std::size_t{256} << 20, .max_values = 20'000'000};
  Result<Json> read = parse_json(text, kLimits);
  if (!read) return read.error();
  Json json = std::move(read).value();
  const Problem no_bundle{.what = "is no bundle",
                          .why = "must be one that panj share export wrote"};
  if (!json.is_object() || json.value("type", Json()) != "bundle") return no_bundle;
  const auto checkpoint_json = json.find(kCheckpoint);
  if (checkpoint_json == json.end()) return no_bundle;
  const Result<Checkpoint> checkpoint = read_checkpoint(*checkpoint_json);
  if (!checkpoint) return checkpoint.error();
  Bundle bundle{.checkpoint = *checkpoint};
  const auto objects = json.find("objects");
  if (objects == json.end()) return bundle;
  if (!objects->is_array()) return no_bundle;
  bundle.objects = std::move(objects->get_ref<Json::array_t&>());
  return bundle;
}

Received import_bundle(Store& store, const Bundle& bundle) {
  const Checkpoint& checkpoint = bundle.checkpoint;
  if (checkpoint.member != store.node().id) {
    throw InvalidInput({.field = kCheckpoint,
                        .what = "the bundle is for " + checkpoint.member,
                        .why = "this node is " + store.node().id});
  }
  if (!store.find_member_by_id(checkpoint.node)) {
    throw InvalidInput({.field = kCheckpoint,
                        .what = "the bundle is from " + checkpoint.node,
                        .why = "that is no member of this node",
                        .suggestion = "panj share member add, with the card it handed over"});
  }
  return store.receive(bundle.objects,
                       {.source = checkpoint.node, .cursor = std::to_string(checkpoint.sequence)});
}

}  // namespace panj::share
