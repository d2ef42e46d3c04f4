// SPDX-License-Identifier: Apache-2.0
#include "share/interference.h"

#include <fmt/format.h>

#include <atomic>
#include <functional>
#include <memory>
#include <random>
#include <vector>

#include "panj/core/date.h"
#include "panj/core/problem.h"
#include "panj/share/canonical.h"
#include "panj/share/marking.h"
#include "panj/share/password.h"
#include "panj/share/taxii.h"
#include "share/caller.h"
#include "share/world.h"

namespace panj::share {
namespace {

std::atomic<std::uint64_t> observations{0};
std::atomic<std::uint64_t> hidden_actions{0};

const SigningKey& key_m() {
  static const SigningKey key = key_of("M");
  return key;
}
const SigningKey& key_k() {
  static const SigningKey key = key_of("K");
  return key;
}
const SigningKey& key_node() {
  static const SigningKey key = key_of("node");
  return key;
}

/// Every byte of an answer.
std::string text_of(const HttpResponse& response) {
  std::string text = fmt::format("{}\n", response.status);
  for (const auto& [name, value] : response.headers.all) {
    text += fmt::format("{}: {}\n", name, value);
  }
  return text + "\n" + response.body;
}

const std::string& hash_of_m() {
  static const std::string hash = hash_password("password of M", PasswordCost::lowest);
  return hash;
}

class Twins {
 public:
  explicit Twins(std::uint64_t seed) : random_(seed) {
    for (std::size_t i = 0; i < 2; ++i) {
      stores_[i] = std::make_unique<Store>(
          ":memory:", NodeIdentity{"node", key_node(), SecretKey::from_seed({1, 2, 3})},
          [this] { return time_; });
      stores_[i]->add_member({.name = "M",
                              .key = key_m().public_key(),
                              .password_hash = hash_of_m(),
                              .caveats = {"border"}});
      stores_[i]->add_member(
          {.name = "K", .key = key_k().public_key(), .caveats = {"border", "source"}});
      services_[i] = std::make_unique<TaxiiService>(*stores_[i]);
    }
    objects_ = "/share/collections/" + stores_[0]->collection_id() + "/objects/";
  }

  std::string play() {
    constexpr int kSteps = 14;
    for (int step = 0; step < kSteps; ++step) {
      if (random(3) == 0) time_ += std::chrono::microseconds(random(2'000'000));
      const auto difference = this->step();
      if (!difference.empty()) return fmt::format("step {}: {}", step, difference);
    }
    return ask({request_of("M", "GET", objects_ + "?match[version]=all&limit=1000"),
                request_of("M", "GET", "/share/checkpoint/")});
  }

 private:
  static std::string m() { return identity_of(key_m().public_key()); }
  static std::string k() { return identity_of(key_k().public_key()); }
  int random(int below) { return static_cast<int>(random_() % static_cast<std::uint64_t>(below)); }
  bool chance() { return random(2) == 0; }

  Label shown() {
    Label label{.level = static_cast<Level>(random(5)),
                .release_to = {m()},
                .onward = static_cast<OnwardRelease>(random(2))};
    if (chance()) label.release_to.insert(k());
    if (chance()) label.caveats.insert("border");
    return label;
  }
  Label hidden() {
    switch (random(4)) {
      case 0:
        return Label::originator_only();
      case 1:
        return {.level = Level::green, .release_to = {k()}};
      case 2:
        return {.level = Level::green, .caveats = {"source"}, .release_to = {k(), m()}};
      default:
        return {.level = Level::clear, .caveats = {"border", "source"}, .release_to = {m()}};
    }
  }

  /// Few ids, so that they meet. Shown objects have other numbers than hidden ones.
  static constexpr int kIds = 6;
  int shown_number() { return random(kIds); }
  int hidden_number() { return 100 + random(kIds); }
  int any_number() { return chance() ? shown_number() : hidden_number(); }

  Json random_object(int number) {
    static const char* const types[] = {"incident", "note", "relationship"};
    const char* const type = types[static_cast<std::size_t>(number) % 3];
    Json json = draft(type, number, {{"description", fmt::format("text {}", random(1000))}});
    if (std::string_view(type) == "note") json["object_refs"] = {any_id(), any_id()};
    if (std::string_view(type) == "relationship") {
      json["relationship_type"] = "related-to";
      json["source_ref"] = any_id();
      json["target_ref"] = any_id();
    }
    return json;
  }
  std::string any_id() { return id_of_number(any_number()); }
  static std::string id_of_number(int number) {
    static const char* const types[] = {"incident", "note", "relationship"};
    return id_of(types[static_cast<std::size_t>(number) % 3], number);
  }
  /// Objects of members have ids of their own, but for those by which one tries another's.
  std::vector<Json> signed_objects(const SigningKey& key, int number, const Label& label) {
    Json object = random_object(number);
    const std::string time = to_millisecond_timestamp(time_);
    object["created_by_ref"] = identity_of(key.public_key());
    object["created"] = "2026-01-01T00:00:00.000Z";
    object["modified"] = time;
    object["object_marking_refs"] = marking_refs(label);
    return {label_marking(label), sign_object(object, key)};
  }

  void in_both(const std::function<void(Store&)>& action) {
    for (const auto& store : stores_) action(*store);
  }
  /// In the first world only; the second does not have what is hidden.
  void in_one(const std::function<void(Store&)>& action) {
    ++hidden_actions;
    action(*stores_[0]);
  }
  /// What M hears in both worlds; the last answer is kept.
  std::string ask(const std::vector<HttpRequest>& requests) {
    std::string heard[2];
    for (std::size_t i = 0; i < 2; ++i) {
      for (const HttpRequest& request : requests) {
        const auto refused = services_[i]->refuse(request);
        const HttpResponse response = services_[i]->respond(request);
        heard[i] += (refused ? text_of(*refused) : "") + text_of(response);
        answer_ = response;
      }
    }
    ++observations;
    return heard[0] == heard[1] ? ""
                                : fmt::format("{} {}\nwith:\n{}\nwithout:\n{}", requests[0].method,
                                              requests[0].target, heard[0], heard[1]);
  }

  static void publish(Store& store, Json object, const Label& label) {
    object["object_marking_refs"] = marking_refs(label);
    const std::vector<Json> objects = {label_marking(label), std::move(object)};
    try {
      store.publish(objects);
    } catch (const InvalidInput&) {
      return;  // The id is a member's.
    }
  }
  static void try_relabel(Store& store, const std::string& id, const Label& label) {
    if (store.has_object(store.node().id, id)) {
      try {
        store.relabel(id, label);
      } catch (const std::runtime_error&) {
        return;  // Not the node's own.
      }
    }
  }
  static void try_recall(Store& store, const std::string& id) {
    try {
      store.recall(id);
    } catch (const std::runtime_error&) {
      return;
    }
  }

  std::string step() {
    switch (random(4)) {
      case 0:
        play_hidden();
        return "";
      case 1:
        play_shown();
        return "";
      case 2:
        return member_writes();
      default:
        return member_reads();
    }
  }

  void play_hidden() {
    const int number = hidden_number();
    const Label label = hidden();
    const Json object = random_object(number);
    switch (random(5)) {
      case 0:
      case 1:
        return in_one([&](Store& store) { publish(store, object, label); });
      case 2: {
        const auto objects = signed_objects(key_k(), number, label);
        return in_one([&](Store& store) { store.put(k(), objects); });
      }
      case 3:
        return in_one([&](Store& store) { try_relabel(store, id_of_number(number), label); });
      default:
        return in_one([&](Store& store) {
          if (chance()) {
            try_recall(store, id_of_number(number));
          } else {
            store.erase(k(), id_of_number(number));
          }
        });
    }
  }

  void play_shown() {
    const int number = shown_number();
    const Label label = chance() ? shown() : hidden();
    const Json object = random_object(number);
    switch (random(5)) {
      case 0:
      case 1:
        return in_both([&](Store& store) { publish(store, object, label); });
      case 2: {
        const auto objects = signed_objects(key_k(), 50 + number, shown());
        return in_both([&](Store& store) { store.put(k(), objects); });
      }
      case 3:
        return in_both([&](Store& store) { try_relabel(store, id_of_number(number), label); });
      default: {
        const bool is_member = chance();
        return in_both([&](Store& store) {
          if (is_member) {
            change_rights(store);
          } else {
            try_recall(store, id_of_number(number));
          }
        });
      }
    }
  }
  static void change_rights(Store& store) {
    Member member = *store.find_member("M");
    if (!member.caveats.erase("border")) member.caveats.insert("border");
    store.change_member(member);
  }

  std::string member_writes() {
    const int number = any_number();
    if (chance()) {
      auto objects = signed_objects(key_m(), number, chance() ? shown() : hidden());
      if (random(4) == 0) objects.push_back(Json::array({1, 2}));
      if (random(4) == 0) objects[1]["modified"] = "2026-02-30T00:00:00.000Z";
      const std::string body = random(8) == 0 ? "{\"objects\":7}" : envelope_with(objects);
      const std::string difference = ask({request_of("M", "POST", objects_, body)});
      const auto status = parse_json(answer_.body);
      if (difference.empty() && status) status_ = status->value("id", status_);
      return difference;
    }
    std::string target = objects_ + id_of_number(number) + "/";
    if (chance()) target += "?match[version]=" + to_timestamp(time_);
    return ask({request_of("M", "DELETE", target)});
  }

  /// A path with what may follow it.
  std::string random_path() {
    const std::string one = objects_ + any_id() + "/";
    const std::string collection = objects_.substr(0, objects_.size() - 8);
    switch (random(12)) {
      case 0:
        return one;
      case 1:
        return one + "versions/";
      case 2:
        return collection + "manifest/";
      case 3:
        return collection;
      case 4:
        return "/share/status/" + status_ + "/";
      case 5:
        return "/share/checkpoint/";
      case 6:
        return chance() ? "/share/collections/" : "/share/collections/none/objects/";
      default:
        return objects_;
    }
  }
  std::string random_query() {
    static const char* const versions[] = {"all", "first", "last", "2026-01-01T00:00:00.000Z", "?"};
    std::string query = "?";
    const auto add = [&](const std::string& parameter) {
      query += (query.size() > 1 ? "&" : "") + parameter;
    };
    if (chance()) add(fmt::format("limit={}", random(4)));
    if (random(3) == 0) add("match[id]=" + any_id() + "," + any_id());
    if (random(3) == 0) add("match[type]=note,incident");
    if (random(3) == 0) add(std::string("match[version]=") + versions[random(5)]);
    if (random(3) == 0) {
      add("added_after=" + to_timestamp(time_ - std::chrono::microseconds(random(999'999))));
    }
    return query.size() > 1 ? query : "";
  }

  std::string member_reads() {
    // Half of the time it goes on where it was.
    const bool goes_on = !next_.empty() && chance();
    HttpRequest request =
        goes_on ? request_of("M", "GET", pages_ + "&next=" + next_)
                : request_of("M", "GET", random_path() + (chance() ? random_query() : ""));
    if (random(20) == 0) request.method = "PUT";
    if (random(20) == 0) request.headers.all[1].second = "text/html";
    if (random(20) == 0) request.headers.all[0].second = "Basic TTp3cm9uZw==";
    if (!goes_on) pages_ = request.target;
    std::string difference = ask({request});
    const auto page = parse_json(answer_.body);
    next_ = page && page->is_object() ? page->value("next", "") : "";
    return difference;
  }

  std::mt19937_64 random_;
  Time time_ = Time(make_date(2026, 1, 1));
  std::unique_ptr<Store> stores_[2];
  std::unique_ptr<TaxiiService> services_[2];
  std::string objects_{};
  std::string status_ = "00000000-0000-4000-8000-000000000000";
  std::string pages_{};
  std::string next_{};
  HttpResponse answer_{};
};

}  // namespace

std::string first_difference(std::uint64_t seed) {
  return Twins(seed).play();
}

std::uint64_t observations_made() {
  return observations;
}

std::uint64_t hidden_actions_played() {
  return hidden_actions;
}

}  // namespace panj::share
