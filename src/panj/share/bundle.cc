// SPDX-License-Identifier: Apache-2.0
#include "panj/share/bundle.h"

#include <fmt/format.h>

#include "panj/core/file.h"
#include "panj/core/problem.h"
#include "panj/share/canonical.h"
#include "panj/share/keys.h"
#include "panj/share/signed_version.h"

namespace panj::share {
namespace {

constexpr const char* kCheckpoint = "panj_checkpoint";
constexpr const char* kContents = "panj_contents";

/// Over the hashes of the objects, in their order.
class ContentsDigest {
 public:
  void add(std::string_view body) {
    hashes_ += version_hash(body) + "\n";
    ++count_;
  }
  std::size_t count() const { return count_; }
  std::string text() const { return sha256(hashes_); }

 private:
  std::string hashes_;
  std::size_t count_ = 0;
};

/// What the node says of the bundle as a whole. With the checkpoint: parts of two bundles make no
/// third.
struct Contents {
  std::string since{};  ///< a timestamp; empty: from the log's beginning
  std::size_t objects = 0;
  std::string digest{};

  Json to_json() const { return {{"since", since}, {"objects", objects}, {"digest", digest}}; }
  std::string signed_with(const Checkpoint& checkpoint) const {
    return "panj-bundle-1\n" +
           canonical_json({{"checkpoint", checkpoint.to_json()}, {"contents", to_json()}});
  }
};

/// Nothing when the objects are those that the node signed for, or what is wrong.
std::optional<Problem> check_contents(const Json& bundle, const Json::array_t& objects,
                                      const Checkpoint& checkpoint) {
  const auto json = bundle.find(kContents);
  if (json == bundle.end() || !json->is_object()) {
    return Problem{.field = kContents,
                   .what = "is missing",
                   .why = "without it nobody sees that objects were taken out on the way",
                   .suggestion = "have the bundle exported again, by a node of this version"};
  }
  const auto count = json->find("objects");
  const bool has_count = count != json->end() && count->is_number_integer() && *count >= 0;
  const Contents contents{.since = text_field(*json, "since"),
                          .objects = has_count ? count->get<std::size_t>() : 0,
                          .digest = text_field(*json, "digest")};
  if (!has_count || !is_signed_by(checkpoint.key, contents.signed_with(checkpoint),
                                  text_field(*json, "signature"))) {
    return Problem{.field = kContents,
                   .what = "the signature is wrong",
                   .why = "it is not what the node signed for this checkpoint"};
  }
  ContentsDigest found;
  for (const Json& object : objects) found.add(canonical_json(object));
  if (found.count() == contents.objects && found.text() == contents.digest) return std::nullopt;
  return Problem{.field = "objects",
                 .what = fmt::format("are {}, not the {} that the node signed for", found.count(),
                                     contents.objects),
                 .why = "some were taken out, put in, changed or moved on the way",
                 .suggestion = "have the bundle exported and brought again"};
}

}  // namespace

std::string make_bundle(const Store& store, const std::string& member,
                        const std::optional<Time>& added_after) {
  constexpr std::size_t kAtOnce = 1000;
  const Checkpoint signed_checkpoint = store.checkpoint(member);
  const std::string checkpoint = canonical_json(signed_checkpoint.to_json());
  std::string objects;
  ContentsDigest digest;
  PageRequest request{.query = {.added_after = added_after, .versions = {"all"}}, .limit = kAtOnce};
  for (;;) {
    const Page page = store.read(member, request);
    for (const PageEntry& entry : page.entries) {
      if (!objects.empty()) objects += ",\n";
      objects += entry.body;
      digest.add(entry.body);
    }
    if (!page.has_more) break;
    request.next = page.next;
  }
  const Contents contents{.since = added_after ? to_timestamp(*added_after) : "",
                          .objects = digest.count(),
                          .digest = digest.text()};
  Json signed_contents = contents.to_json();
  signed_contents["signature"] = store.sign(contents.signed_with(signed_checkpoint));
  const std::string id = id_from_digest("bundle", sha256_bytes(checkpoint + "\n" + objects));
  std::string text = "{\"type\":\"bundle\",\"id\":\"" + id + "\",\n\"" + kCheckpoint +
                     "\":" + checkpoint + ",\n\"" + kContents +
                     "\":" + canonical_json(signed_contents);
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
  if (objects != json.end()) {
    if (!objects->is_array()) return no_bundle;
    bundle.objects = std::move(objects->get_ref<Json::array_t&>());
  }
  if (auto problem = check_contents(json, bundle.objects, bundle.checkpoint)) return *problem;
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
