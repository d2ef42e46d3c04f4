// SPDX-License-Identifier: Apache-2.0
#include "panj/share/node.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "panj/core/file.h"
#include "panj/core/problem.h"
#include "panj/share/bundle.h"
#include "panj/share/identity_card.h"
#include "panj/share/password.h"

namespace panj::share {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class NodeTest : public testing::Test {
 protected:
  NodeTest() { fs::remove_all(folder_); }
  ~NodeTest() override { fs::remove_all(folder_); }
  static unsigned mode(const fs::path& path) {
    struct stat info {};
    EXPECT_EQ(::stat(path.c_str(), &info), 0) << path;
    return info.st_mode & 0777U;
  }
  /// Of this run: others may go on at the same time.
  fs::path folder_ = fs::path(testing::TempDir()) / fmt::format("panj-node-{}", ::getpid());
};

TEST_F(NodeTest, IsMadeWithKeysThatOnlyTheOwnerCanRead) {
  Node::init(folder_ / "tj", {.name = "TJ"});
  for (const char* file : {"keys/signing.key", "keys/secret.key", "tls/key.pem"}) {
    EXPECT_EQ(mode(folder_ / "tj" / file), 0600U) << file;
  }
  EXPECT_EQ(mode(folder_ / "tj"), 0700U) << "others on the machine do not read the store";
  const Node node(folder_ / "tj");
  EXPECT_THAT(read_file(node.certificate()), HasSubstr("BEGIN CERTIFICATE"));
  const auto card = read_identity_card(*parse_json(read_file(folder_ / "tj" / "card.json")));
  ASSERT_TRUE(card);
  EXPECT_EQ(card->name, "TJ");
  EXPECT_EQ(card->key, node.key().public_key());
}

TEST_F(NodeTest, IsNeverMadeOverAnother) {
  Node::init(folder_ / "tj", {.name = "TJ"});
  EXPECT_THROW(Node::init(folder_ / "tj", {.name = "TJ"}), InvalidInput);
}

TEST_F(NodeTest, DoesNotBeginAnewWhenItsStoreIsGone) {
  Node::init(folder_ / "tj", {.name = "TJ"});
  fs::rename(folder_ / "tj" / "store.db", folder_ / "moved.db");
  EXPECT_THROW(Node(folder_ / "tj"), InvalidInput);
  EXPECT_FALSE(fs::exists(folder_ / "tj" / "store.db"));
}

TEST_F(NodeTest, DoesNotBeginAnewWhenItsStoreWasEmptied) {
  Node::init(folder_ / "tj", {.name = "TJ"});
  for (const char* file : {"store.db-wal", "store.db-shm"}) fs::remove(folder_ / "tj" / file);
  fs::resize_file(folder_ / "tj" / "store.db", 0);
  for (int twice = 0; twice < 2; ++twice) {
    try {
      const Node node(folder_ / "tj");
      FAIL() << "the second opening must not find what the first one made";
    } catch (const InvalidInput& error) {
      EXPECT_THAT(error.what(), HasSubstr("its history is lost"));
    }
  }
}

TEST_F(NodeTest, NamesAllThatIsWrongWithItsSettings) {
  write_file(folder_ / "node.toml", "lisen = 'localhost:1'\nstore = 5\n");
  try {
    read_node_config(folder_ / "node.toml");
    FAIL();
  } catch (const InvalidInput& error) {
    EXPECT_EQ(error.problems().size(), 3U);
    EXPECT_THAT(error.what(), HasSubstr("did you mean 'listen'?"));
  }
}

TEST_F(NodeTest, ExchangesCardsAndBundlesWithAnother) {
  Node::init(folder_ / "tj", {.name = "TJ"});
  Node::init(folder_ / "kz", {.name = "KZ"});
  Node tj(folder_ / "tj");
  Node kz(folder_ / "kz");
  const auto card = [&](const char* node) {
    return *parse_json(read_file(folder_ / node / "card.json"));
  };
  tj.store().add_member({.name = "KZ", .key = kz.key().public_key()}, card("kz"));
  kz.store().add_member({.name = "TJ", .key = tj.key().public_key()}, card("tj"));
  const auto bundle = read_bundle(make_bundle(tj.store(), kz.store().node().id));
  ASSERT_TRUE(bundle);
  const Received received = import_bundle(kz.store(), *bundle);
  EXPECT_TRUE(received.refused.empty()) << received.refused.front().message;
  EXPECT_EQ(kz.store().verify_audit(), std::nullopt);
}

TEST_F(NodeTest, KeepsTheFurthestCheckpointAndSaysWhenALogShrank) {
  Node::init(folder_ / "kz", {.name = "KZ"});
  const Node kz(folder_ / "kz");
  const SigningKey tj = SigningKey::generate();
  const auto checkpoint = [&](std::int64_t sequence, const char* chain) {
    return sign_checkpoint({.node = identity_of(tj.public_key()),
                            .member = identity_of(kz.key().public_key()),
                            .sequence = sequence,
                            .chain = chain},
                           tj);
  };
  const auto kept = [&] {
    return *read_checkpoint(*parse_json(read_file(kz.checkpoint_file(checkpoint(1, "")))));
  };
  EXPECT_EQ(kz.keep_checkpoint(checkpoint(5, "e")), Succession::goes_on);
  EXPECT_EQ(kz.keep_checkpoint(checkpoint(5, "e")), Succession::goes_on);
  EXPECT_EQ(kz.keep_checkpoint(checkpoint(9, "i")), Succession::goes_on);
  EXPECT_EQ(kz.keep_checkpoint(checkpoint(8, "h")), Succession::falls_back);
  EXPECT_EQ(kz.keep_checkpoint(checkpoint(9, "j")), Succession::contradicts);
  EXPECT_EQ(kept(), checkpoint(9, "i")) << "what was once signed is not thrown away";
  write_file(kz.checkpoint_file(checkpoint(1, "")), "{}");
  EXPECT_THROW(kz.keep_checkpoint(checkpoint(10, "k")), InvalidInput);
}

TEST_F(NodeTest, LetsInThoseWhoKnowThePassword) {
  Node::init(folder_ / "tj", {.name = "TJ"});
  Node node(folder_ / "tj");
  const auto hash = [](const char* password) {
    return hash_password(password, PasswordCost::lowest);
  };
  Member member = node.store().add_member({.name = "KZ", .password_hash = hash("correct horse")});
  Authenticator authenticator(node.store(), PasswordCost::lowest);
  for (int twice = 0; twice < 2; ++twice) {
    ASSERT_TRUE(authenticator.login("KZ", "correct horse"));
    EXPECT_FALSE(authenticator.login("KZ", "correct house"));
  }
  EXPECT_FALSE(authenticator.login("KG", "correct horse"));
  EXPECT_FALSE(authenticator.login("TJ", "")) << "the node itself has no password";
  member.password_hash = hash("another");
  node.store().change_member(member);
  EXPECT_FALSE(authenticator.login("KZ", "correct horse")) << "what was remembered ended";
  EXPECT_TRUE(authenticator.login("KZ", "another"));
}

TEST(Password, CostsWhatGuessingShouldUnlessATestAsksForLess) {
  EXPECT_THAT(hash_password("correct horse"), HasSubstr("$argon2id$v=19$m=65536,t=2,p=1$"));
  EXPECT_THAT(hash_password("correct horse", PasswordCost::lowest), HasSubstr("$m=8,t=1,p=1$"));
}

}  // namespace
}  // namespace panj::share
