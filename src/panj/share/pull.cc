// SPDX-License-Identifier: Apache-2.0
#include "panj/share/pull.h"

#include <fmt/format.h>

#include <algorithm>

#include "panj/core/text.h"
#include "panj/share/canonical.h"
#include "panj/share/detail/media_type.h"
#include "panj/share/detail/url.h"
#include "panj/share/marking.h"
#include "panj/share/tombstone.h"

namespace panj::share {
namespace {

constexpr std::size_t kShown = 200;
/// In a row, of which the server says that more follow.
constexpr std::size_t kMostEmptyPages = 100;

/// How far a collection was received. While pages follow one another, `next` goes on from `base`;
/// when the server no longer takes it, `reached` does.
struct Cursor {
  std::string base{};  ///< added_after of the first page
  std::string next{};
  std::string reached{};  ///< date_added of the last object that was received

  bool operator==(const Cursor&) const = default;

  std::string text() const {
    return canonical_json({{"base", base}, {"next", next}, {"reached", reached}});
  }
  static Cursor read(const std::string& text) {
    const auto json = parse_json(text);
    if (!json || !json->is_object()) return {};
    return {.base = json->value("base", ""),
            .next = json->value("next", ""),
            .reached = json->value("reached", "")};
  }
};

bool flag_of(const Json& json, const char* field) {
  const auto found = json.find(field);
  return found != json.end() && found->is_boolean() && found->get<bool>();
}

/// A whole number of at least 0; 0 where the server says anything else.
std::size_t count_of(const Json& json, const char* field) {
  const auto found = json.find(field);
  if (found == json.end() || !found->is_number_integer()) return 0;
  return static_cast<std::size_t>(std::max(found->get<std::int64_t>(), std::int64_t{0}));
}

/// "https://host:port".
std::string_view origin_of(std::string_view url) {
  return url.substr(0, url.find('/', url.find("://") + 3));
}

std::string with_slash(std::string url) {
  if (!url.ends_with('/')) url.push_back('/');
  return url;
}

struct Root {
  std::string url{};
  std::string node{};  ///< identity of the Panj node; empty when it is none, or no member
};

struct Collection {
  std::string url{};
  bool can_write = false;
};

/// One page as it came.
struct ArrivedPage {
  std::vector<Json> objects{};
  bool has_more = false;
  std::string next{};
  std::string last_added{};
};

class Puller {
 public:
  Puller(Store& store, HttpClient& client, const PullOptions& options)
      : store_(store), client_(client), options_(options) {}

  Pulled run() {
    bool is_any = false;
    for (const Root& root : roots()) {
      const std::vector<Collection> found = collections(root);
      is_any = is_any || !found.empty();
      for (const Collection& collection : found) pull(root, collection);
      if (root.node.empty()) continue;
      read_checkpoint_of(
          root);  // Signed: receipts go to the node itself, not to who claims to be it.
      for (const Collection& collection : found) send_receipts(root, collection);
    }
    if (!is_any) {
      throw ExchangeError(fmt::format("{}: there is no collection that '{}' may read", options_.url,
                                      options_.user));
    }
    return std::move(pulled_);
  }

 private:
  static HttpRequest get(std::string url) {
    HttpRequest request{.target = std::move(url)};
    request.headers.add("Accept", std::string(detail::kTaxiiType));
    return request;
  }

  [[noreturn]] static void fail(const std::string& url, const std::string& what) {
    throw ExchangeError(fmt::format("{}: {}", url, what));
  }

  static Json body_of(const std::string& url, const HttpResponse& response) {
    constexpr JsonLimits kLimits{.max_bytes = std::size_t{64} << 20, .max_values = 5'000'000};
    auto json = parse_json(response.body, kLimits);
    if (!json) fail(url, fmt::format("the answer is not JSON: {}", to_string(json.error())));
    if (!json->is_object()) fail(url, "the answer is no JSON object");
    return std::move(json).value();
  }

  /// What a refusal says for itself.
  [[noreturn]] static void fail_with(const std::string& url, const HttpResponse& response) {
    const auto json = parse_json(response.body);
    std::string said;
    if (json && json->is_object()) {
      said = printable(
          fmt::format(": {} {}", text_field(*json, "title"), text_field(*json, "description")),
          kShown);
    }
    const char* remedy = "";
    if (response.status == 401) remedy = " (check --user and the password)";
    if (response.status == 404) remedy = " (check the URL, and what you may read there)";
    if (response.status == 406) remedy = " (the server speaks another version than TAXII 2.1)";
    fail(url, fmt::format("the server answers {}{}{}", response.status, said, remedy));
  }

  Json get_json(const std::string& url) {
    const HttpResponse response = client_.send(get(url));
    if (response.status != 200) fail_with(url, response);
    return body_of(url, response);
  }

  /// "https://host" and "https://host/" mean the discovery.
  std::vector<Root> roots() {
    std::string url = with_slash(options_.url);
    const std::size_t host = url.find("://");
    if (!url.starts_with("https://")) fail(options_.url, "must begin with https://");
    if (url.find('/', host + 3) == url.size() - 1) url += "taxii2/";
    const std::size_t collection = url.find("/collections/");
    if (collection != std::string::npos) return {root_at(url.substr(0, collection + 1))};
    const Json json = get_json(url);
    if (!json.contains("api_roots")) return {root_of(url, json)};
    std::vector<Root> roots;
    if (!json["api_roots"].is_array()) fail(url, "api_roots is no list");
    for (const Json& root : json["api_roots"]) {
      if (!root.is_string()) continue;
      const std::string place = with_slash(detail::resolve_url(url, root.get<std::string>()));
      if (origin_of(place) != origin_of(url)) {
        fail(url, fmt::format("names a root of another server, {} (pull that by its own URL, if "
                              "the password is for it)",
                              printable(place, kShown)));
      }
      roots.push_back(root_at(place));
    }
    return roots;
  }
  Root root_at(const std::string& url) { return root_of(url, get_json(url)); }
  Root root_of(const std::string& url, const Json& json) {
    const auto member = store_.find_member_by_id(text_field(json, "x_panj_node"));
    return {.url = url, .node = member && member->key ? member->id : ""};
  }

  std::vector<Collection> collections(const Root& root) {
    const std::string url = root.url + "collections/";
    const std::string asked = with_slash(options_.url);
    const Json json = get_json(url);
    std::vector<Collection> found;
    for (const Json& item : json.value("collections", Json::array())) {
      if (!item.is_object() || !flag_of(item, "can_read")) continue;
      const std::string id = text_field(item, "id");
      const std::string place = url + detail::percent_encode(id) + "/";
      const bool is_asked = (options_.collection.empty() || options_.collection == id) &&
                            (!asked.starts_with(url) || asked.starts_with(place) || asked == url);
      if (is_asked) found.push_back({.url = place, .can_write = flag_of(item, "can_write")});
    }
    return found;
  }

  std::string cursor_name(const Collection& collection) const {
    return fmt::format("{}@{}", options_.user, collection.url);
  }

  std::string page_url(const Collection& collection, const Cursor& cursor) const {
    std::string url = fmt::format("{}objects/?limit={}", collection.url, options_.page);
    // Versions between two pulls count as well: each is a record.
    url += "&match%5Bversion%5D=all";
    if (!cursor.base.empty()) url += "&added_after=" + detail::percent_encode(cursor.base);
    if (!cursor.next.empty()) url += "&next=" + detail::percent_encode(cursor.next);
    return url;
  }

  static ArrivedPage read_page(const std::string& url, const HttpResponse& response) {
    Json json = body_of(url, response);
    ArrivedPage page{.has_more = flag_of(json, "more"), .next = text_field(json, "next")};
    const std::string last = response.headers.get("X-TAXII-Date-Added-Last");
    if (parse_timestamp(last)) page.last_added = last;
    const auto objects = json.find("objects");
    if (objects == json.end()) return page;
    if (!objects->is_array()) fail(url, "objects is no list");
    page.objects.assign(std::make_move_iterator(objects->begin()),
                        std::make_move_iterator(objects->end()));
    return page;
  }

  /// Other servers may give the same date_added to what they add later: the last moment is asked
  /// for again.
  static std::string moment_before(const Root& root, const std::string& reached) {
    const auto time = parse_timestamp(reached);
    if (!time || !root.node.empty()) return reached;
    return to_timestamp(*time - std::chrono::microseconds(1));
  }

  static Cursor after(const Root& root, const Cursor& cursor, const ArrivedPage& page) {
    const std::string reached = page.last_added.empty() ? cursor.reached : page.last_added;
    if (page.has_more && !page.next.empty()) {
      return {.base = cursor.base, .next = page.next, .reached = reached};
    }
    return without_token(root, {.base = cursor.base, .reached = reached});
  }

  static Cursor without_token(const Root& root, const Cursor& cursor) {
    const bool is_any = !cursor.reached.empty();
    return {.base = is_any ? moment_before(root, cursor.reached) : cursor.base,
            .reached = cursor.reached};
  }

  void pull(const Root& root, const Collection& collection) {
    Cursor cursor = Cursor::read(store_.cursor(cursor_name(collection)));
    bool is_resumed = true;
    bool takes_tokens = true;
    std::size_t empty_pages = 0;
    for (;;) {
      const std::string url = page_url(collection, cursor);
      const HttpResponse response = client_.send(get(url));
      const bool is_refused = response.status == 400 || response.status == 404;
      if (is_refused && !cursor.next.empty()) {
        // Of an earlier pull it may be forgotten; if it was just given, none will be taken.
        takes_tokens = is_resumed;
        is_resumed = false;
        cursor = without_token(root, cursor);
        continue;
      }
      if (response.status != 200) fail_with(url, response);
      is_resumed = false;
      ArrivedPage page = read_page(url, response);
      if (!takes_tokens) page.next.clear();
      const Cursor next = after(root, cursor, page);
      if (page.has_more && next == cursor) {
        fail(url,
             "the server sends the same page for ever (or has more objects of one date_added than "
             "a page holds, and no `next` that works)");
      }
      empty_pages = page.objects.empty() ? empty_pages + 1 : 0;
      if (page.has_more && empty_pages >= kMostEmptyPages) {
        fail(url, fmt::format("the server sent {} empty pages and promises more", empty_pages));
      }
      if (!page.objects.empty() || next != cursor) take(root, collection, page, next);
      cursor = next;
      if (!page.has_more) return;
    }
  }

  void take(const Root& root, const Collection& collection, const ArrivedPage& page,
            const Cursor& cursor) {
    const Received received =
        store_.receive(page.objects, {.source = root.node.empty() ? collection.url : root.node,
                                      .cursor = cursor.text(),
                                      .cursor_name = cursor_name(collection),
                                      .answerer = options_.answerer});
    Received& all = pulled_.received;
    all.accepted += received.accepted;
    all.known += received.known;
    all.withdrawn += received.withdrawn;
    all.refused.insert(all.refused.end(), received.refused.begin(), received.refused.end());
    all.recalled.insert(all.recalled.end(), received.recalled.begin(), received.recalled.end());
    pulled_.objects += page.objects.size();
    ++pulled_.pages;
    options_.progress(page.objects.size());
  }

  /// Our receipts for this node that it has not had yet.
  void send_receipts(const Root& root, const Collection& collection) {
    const Json marking = label_marking(receipt_label(root.node));
    const std::string cursor_at = "receipts " + cursor_name(collection);
    PageRequest request{.query = {.types = {"note"}}, .limit = 100};
    request.query.added_after = parse_timestamp(store_.cursor(cursor_at));
    for (;;) {
      const Page page = store_.read(store_.node().id, request);
      std::vector<Json> receipts;
      for (const PageEntry& entry : page.entries) {
        Json note = *parse_json(entry.body);
        if (is_receipt_of_ours(note, marking["id"])) receipts.push_back(std::move(note));
      }
      if (!collection.can_write) {
        pulled_.receipts_kept += receipts.size();
      } else {
        if (!receipts.empty()) post(collection, marking, receipts);
        if (!page.entries.empty()) {
          store_.receive({}, {.source = root.node,
                              .cursor = to_timestamp(page.entries.back().date_added),
                              .cursor_name = cursor_at});
        }
      }
      if (!page.has_more) return;
      request.next = page.next;
    }
  }

  bool is_receipt_of_ours(const Json& note, const Json& marking) const {
    if (note.value("created_by_ref", "") != store_.node().id || !receipt_for(note)) return false;
    const Json refs = note.value("object_marking_refs", Json::array());
    return std::ranges::find(refs, marking) != refs.end();
  }

  void post(const Collection& collection, const Json& marking, const std::vector<Json>& receipts) {
    HttpRequest request = get(collection.url + "objects/");
    request.method = "POST";
    request.headers.add("Content-Type", std::string(detail::kTaxiiType));
    Json objects = Json::array();
    objects.push_back(marking);
    for (const Json& receipt : receipts) objects.push_back(receipt);
    request.body = canonical_json({{"objects", objects}});
    const HttpResponse response = client_.send(request);
    if (response.status != 202) fail_with(request.target, response);
    const Json status = body_of(request.target, response);
    const std::size_t failures = std::min(count_of(status, "failure_count"), receipts.size());
    pulled_.receipts_sent += receipts.size() - failures;
    pulled_.receipts_kept += failures;
  }

  void read_checkpoint_of(const Root& root) {
    const std::string url = root.url + "checkpoint/";
    const auto checkpoint = read_checkpoint(get_json(url));
    if (!checkpoint) fail(url, to_string(checkpoint.error()));
    if (checkpoint->node != root.node || checkpoint->member != store_.node().id) {
      fail(url, "the checkpoint is of another node, or for another member");
    }
    pulled_.checkpoint = *checkpoint;
  }

  Store& store_;
  HttpClient& client_;
  const PullOptions& options_;
  Pulled pulled_{};
};

}  // namespace

Pulled pull(Store& store, HttpClient& client, const PullOptions& options) {
  return Puller(store, client, options).run();
}

}  // namespace panj::share
