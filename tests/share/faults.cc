// SPDX-License-Identifier: Apache-2.0
#include "share/faults.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <functional>
#include <random>
#include <thread>

#include "panj/share/marking.h"
#include "share/world.h"

namespace panj::share {
namespace {

constexpr int kBatch = 10;

/// Runs `work` in a child process and kills it after `delay`.
void kill_during(const std::function<void()>& work, std::chrono::microseconds delay) {
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    try {
      work();
    } catch (...) {
      ::_exit(1);
    }
    ::_exit(0);
  }
  std::this_thread::sleep_for(delay);
  ::kill(child, SIGKILL);
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
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

}  // namespace panj::share
