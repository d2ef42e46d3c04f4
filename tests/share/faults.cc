// SPDX-License-Identifier: Apache-2.0
#include "share/faults.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <functional>
#include <random>
#include <set>
#include <thread>

#include "panj/core/file.h"
#include "panj/share/certificate.h"
#include "panj/share/https_client.h"
#include "panj/share/https_server.h"
#include "panj/share/identity_card.h"
#include "panj/share/marking.h"
#include "panj/share/pull.h"
#include "panj/share/taxii.h"
#include "share/caller.h"
#include "share/world.h"

namespace panj::share {
namespace {

constexpr int kBatch = 10;

/// A process that does `work` and nothing else.
class Child {
 public:
  explicit Child(const std::function<void()>& work) : pid_(::fork()) {
    if (pid_ != 0) return;
    try {
      work();
    } catch (...) {
      ::_exit(1);
    }
    ::_exit(0);
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child() { kill(); }
  void kill() {
    if (pid_ <= 0) return;
    ::kill(pid_, SIGKILL);
    wait();
  }
  /// Whether it ended by itself and well.
  bool wait() {
    int status = 0;
    EXPECT_EQ(::waitpid(pid_, &status, 0), pid_);
    pid_ = 0;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
  }

 private:
  pid_t pid_;
};

/// Runs `work` in a child process and kills it after `delay`.
void kill_during(const std::function<void()>& work, std::chrono::microseconds delay) {
  Child child(work);
  std::this_thread::sleep_for(delay);
  child.kill();
}

std::vector<Json> batch_of(int number, const Label& label) {
  std::vector<Json> objects = {label_marking(label)};
  for (int i = 0; i < kBatch; ++i) {
    Json object = draft("incident", number * kBatch + i);
    object["object_marking_refs"] = marking_refs(label);
    objects.push_back(std::move(object));
  }
  return objects;
}

/// Spoils some of the pages in transit.
class UnsteadyClient final : public HttpClient {
 public:
  UnsteadyClient(HttpClient& inner, std::uint32_t seed) : inner_(inner), random_(seed) {}
  HttpResponse send(const HttpRequest& request) override {
    HttpResponse response = inner_.send(request);
    if (request.target.find("/objects/?") == std::string::npos) return response;
    const auto page = parse_json(response.body);
    if (!page || !page->contains("objects")) return response;
    Json objects = (*page)["objects"];
    switch (random_() % 5) {
      case 0:
        response.body.resize(response.body.size() / 2);
        return response;
      case 1:
        objects.insert(objects.end(), last_.begin(), last_.end());
        break;
      case 2:
        std::shuffle(objects.begin(), objects.end(), random_);
        break;
      default:
        break;
    }
    last_ = (*page)["objects"];
    Json spoilt = *page;
    spoilt["objects"] = objects;
    response.body = spoilt.dump();
    return response;
  }

 private:
  HttpClient& inner_;
  std::mt19937 random_;
  Json last_ = Json::array();
};

/// What the two processes are given.
struct Exchange {
  explicit Exchange(std::uint32_t seed) : random(seed) {
    give_passwords(world);
    std::filesystem::create_directories(folder);
    const Certificate made = make_certificate("node", "localhost");
    write_file(folder / "certificate.pem", made.certificate);
    write_file(folder / "key.pem", made.key);
    open_receiver().add_member({.name = "node", .key = key_of("node").public_key()},
                               make_identity_card("node", key_of("node"), world.time()));
  }
  Exchange(const Exchange&) = delete;
  Exchange& operator=(const Exchange&) = delete;
  ~Exchange() { std::filesystem::remove_all(folder); }

  Store open_receiver() const {
    return {(folder / "kz.db").string(), {"KZ", key_of("KZ"), SecretKey::from_seed({7})}, [this] {
              return world.time();
            }};
  }
  void serve(std::chrono::hours clock_error, int tell_port) const {
    Store store(world.where(), world.identity(), [=] { return now() + clock_error; });
    TaxiiService service(store);
    HttpsServer server({.listen = "127.0.0.1:0",
                        .certificate = folder / "certificate.pem",
                        .certificate_key = folder / "key.pem"},
                       service);
    const std::string address = server.address() + "\n";
    if (::write(tell_port, address.data(), address.size()) < 0) return;
    server.run();
  }
  void pull_from(const std::string& address, std::uint32_t spoiling) const {
    Store store = open_receiver();
    HttpsClient client(
        {.user = "KZ", .password = "password of KZ", .authorities = folder / "certificate.pem"});
    UnsteadyClient unsteady(client, spoiling);
    for (int attempts = 0; attempts < 1000; ++attempts) {
      try {
        pull(store, unsteady, {.url = "https://" + address, .user = "KZ", .page = 7});
        return;
      } catch (const ExchangeError&) {
        continue;  // A page that was cut short; a server that is gone ends it.
      }
    }
  }
  std::vector<std::string> received() const {
    std::vector<std::string> ids;
    const Store store = open_receiver();
    EXPECT_EQ(store.verify_audit(), std::nullopt);
    const PageRequest all{.query = {.types = {"incident"}, .versions = {"all"}}, .limit = 100'000};
    for (const PageEntry& entry : store.read(store.node().id, all).entries) ids.push_back(entry.id);
    return ids;
  }

  World world{"kill-exchange"};
  std::filesystem::path folder = std::filesystem::path(testing::TempDir()) /
                                 fmt::format("panj-kill-exchange-receiver-{}", ::getpid());
  std::mt19937 random;
};

/// Where the server that the child runs listens.
std::string address_from(int pipe) {
  std::string address;
  char c = '\0';
  while (::read(pipe, &c, 1) == 1 && c != '\n') address.push_back(c);
  return address;
}

/// One round; whether the client came to its end.
bool exchange_once(Exchange& exchange, bool kills) {
  std::array<int, 2> ends{};
  EXPECT_EQ(::pipe(ends.data()), 0);
  const std::chrono::hours clock_error(static_cast<int>(exchange.random() % 49) - 24);
  const std::uint32_t spoiling = static_cast<std::uint32_t>(exchange.random());
  Child server([&] { exchange.serve(clock_error, ends[1]); });
  const std::string address = address_from(ends[0]);
  Child client([&] { exchange.pull_from(address, spoiling); });
  bool is_done = false;
  if (kills) {
    std::this_thread::sleep_for(std::chrono::microseconds(exchange.random() % 200'000));
    (exchange.random() % 2 == 0 ? server : client).kill();
  } else {
    is_done = client.wait();
  }
  for (const int end : ends) ::close(end);
  return is_done;
}

}  // namespace

int publish_under_kills(int kills, std::uint32_t seed) {
  World world("kill-publish");
  const Label label = world.label({"KZ", "KG"});
  std::mt19937 random(seed);
  std::uniform_int_distribution<int> delay_us(0, 150'000);
  std::size_t stored = 0;
  for (int i = 0; i < kills; ++i) {
    world.close();
    kill_during(
        [&] {
          Store store(world.where(), world.identity());
          for (int batch = 0;; ++batch) store.publish(batch_of(i * 1000 + batch, label));
        },
        std::chrono::microseconds(delay_us(random)));
    world.reopen();
    const std::size_t now_stored = world.seen("node").size();
    EXPECT_EQ(now_stored % kBatch, 0U) << "kill " << i;
    EXPECT_GE(now_stored, stored) << "kill " << i;
    EXPECT_EQ(world.seen("KZ").size(), now_stored) << "kill " << i;
    EXPECT_EQ(world.seen("KG").size(), now_stored) << "kill " << i;
    const auto fault = world.store().verify_audit();
    EXPECT_FALSE(fault) << fault->what << " after kill " << i;
    stored = now_stored;
  }
  return static_cast<int>(stored) / kBatch;
}

int receive_under_kills(int kills, std::uint32_t seed) {
  World world("kill-receive");
  const Label label = world.label({"KZ"});
  const SigningKey key = key_of("TJ");
  std::mt19937 random(seed);
  std::uniform_int_distribution<int> delay_us(0, 150'000);
  const auto page = [&](int number) {
    std::vector<Json> objects = {label_marking(label)};
    for (int i = 0; i < kBatch; ++i) {
      objects.push_back(world.sent_by("TJ", draft("incident", number * kBatch + i), label)[1]);
    }
    return objects;
  };
  int received = 0;
  for (int i = 0; i < kills; ++i) {
    world.close();
    kill_during(
        [&] {
          Store store(world.where(), world.identity());
          const std::string cursor = store.cursor("tj");
          // Resumes after the last page that was taken in, as a client does.
          for (int next = cursor.empty() ? 0 : std::stoi(cursor) + 1;; ++next) {
            store.receive(page(next), {.source = "tj", .cursor = std::to_string(next)});
          }
        },
        std::chrono::microseconds(delay_us(random)));
    world.reopen();
    const std::string cursor = world.store().cursor("tj");
    received = cursor.empty() ? 0 : std::stoi(cursor) + 1;
    EXPECT_EQ(world.seen("node", {.versions = {"all"}}).size(),
              static_cast<std::size_t>(received) * kBatch)
        << "kill " << i;
    const auto fault = world.store().verify_audit();
    EXPECT_FALSE(fault) << fault->what << " after kill " << i;
  }
  return received;
}

int exchange_under_kills(int kills, std::uint32_t seed) {
  Exchange exchange(seed);
  const Label label = exchange.world.label({"KZ"});
  int published = 0;
  const auto publish = [&](int round) {
    exchange.world.store().publish(batch_of(round, label));
    published += kBatch;
    exchange.world.close();
  };
  for (int i = 0; i < kills; ++i) {
    publish(i);
    exchange_once(exchange, true);
    exchange.world.reopen();
    const std::vector<std::string> ids = exchange.received();
    EXPECT_EQ(std::set<std::string>(ids.begin(), ids.end()).size(), ids.size()) << "doubled";
  }
  publish(kills);
  EXPECT_TRUE(exchange_once(exchange, false));
  exchange.world.reopen();
  EXPECT_EQ(exchange.world.store().verify_audit(), std::nullopt);
  const std::vector<std::string> sent = exchange.world.seen("KZ");
  const std::vector<std::string> ids = exchange.received();
  EXPECT_EQ(sent.size(), static_cast<std::size_t>(published));
  EXPECT_EQ(std::set<std::string>(ids.begin(), ids.end()),
            std::set<std::string>(sent.begin(), sent.end()));
  EXPECT_EQ(ids.size(), sent.size());
  return static_cast<int>(ids.size());
}

}  // namespace panj::share
