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

std::string text_of(const Page& page) {
  std::string text = fmt::format("more {} next {}\n", page.has_more, page.next);
  for (const PageEntry& entry : page.entries) {
    text += fmt::format("{} {} {} {}\n", entry.id, to_timestamp(entry.date_added),
                        to_timestamp(entry.version), entry.body);
  }
  return text;
}

class Twins {
 public:
  explicit Twins(std::uint64_t seed) : random_(seed) {
    for (auto& store : stores_) {
      store = std::make_unique<Store>(
          ":memory:", NodeIdentity{"node", key_node(), SecretKey::from_seed({1, 2, 3})},
          [this] { return time_; });
      store->add_member({.name = "M", .key = key_m().public_key(), .caveats = {"border"}});
      store->add_member(
          {.name = "K", .key = key_k().public_key(), .caveats = {"border", "source"}});
    }
  }

  std::string play() {
    constexpr int kSteps = 14;
    for (int step = 0; step < kSteps; ++step) {
      if (random(3) == 0) time_ += std::chrono::microseconds(random(2'000'000));
      const auto difference = this->step();
      if (!difference.empty()) return fmt::format("step {}: {}", step, difference);
    }
    return observe([this](Store& store) {
      return text_of(store.read(m(), {.query = {.versions = {"all"}}, .limit = 1000})) +
             store.checkpoint(m()).to_json().dump();
    });
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
  std::string observe(const std::function<std::string(Store&)>& look) {
    const auto seen = [&](Store& store) -> std::string {
      try {
        return look(store);
      } catch (const BadRequest& error) {
        return std::string("400 ") + error.what();
      }
    };
    const std::string first = seen(*stores_[0]);
    const std::string second = seen(*stores_[1]);
    ++observations;
    return first == second ? "" : fmt::format("with:\n{}\nwithout:\n{}", first, second);
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
      return observe([&](Store& store) {
        const Status status = store.put(m(), objects);
        return status.to_json().dump() + store.status(m(), status.id)->to_json().dump();
      });
    }
    const std::vector<std::string> versions =
        chance() ? std::vector<std::string>{} : std::vector<std::string>{to_timestamp(time_)};
    return observe([&](Store& store) {
      return fmt::format("{}", static_cast<int>(store.erase(m(), id_of_number(number), versions)));
    });
  }

  std::string member_reads() {
    PageRequest request{.limit = static_cast<std::size_t>(random(4)),
                        .content = static_cast<Content>(random(2))};
    if (chance()) request.query.ids = {any_id(), any_id()};
    if (random(3) == 0) request.query.types = {"note", "incident"};
    if (random(3) == 0)
      request.query.added_after = time_ - std::chrono::microseconds(random(999'999));
    static const char* const versions[] = {"all", "first", "last", "2026-01-01T00:00:00.000Z", "?"};
    if (chance()) request.query.versions = {versions[random(5)]};
    if (random(3) == 0) request.next = next_;
    std::string next;
    std::string difference = observe([&](Store& store) {
      const Page page = store.read(m(), request);
      next = page.next;
      return text_of(page) + fmt::format("{}", store.has_object(m(), any_id_fixed_));
    });
    if (!next.empty()) next_ = next;
    any_id_fixed_ = any_id();
    return difference;
  }

  std::mt19937_64 random_;
  Time time_ = Time(make_date(2026, 1, 1));
  std::unique_ptr<Store> stores_[2];
  std::string next_ = "AAAA";
  std::string any_id_fixed_ = id_of("incident", 0);
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
