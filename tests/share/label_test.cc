// SPDX-License-Identifier: Apache-2.0
#include "panj/share/label.h"

#include <gtest/gtest.h>

#include <random>
#include <vector>

namespace panj::share {
namespace {

const std::vector<std::string> kCaveats = {"border", "finance", "source"};
const std::vector<std::string> kMembers = {"armenia", "belarus", "kazakhstan", "tajikistan"};

class RandomLabels {
 public:
  explicit RandomLabels(unsigned seed) : random_(seed) {}

  std::set<std::string> some_of(const std::vector<std::string>& names) {
    std::set<std::string> chosen;
    for (const std::string& name : names) {
      if (random_() % 2 == 0) chosen.insert(name);
    }
    return chosen;
  }
  Level level() { return static_cast<Level>(random_() % 5); }
  Label label() {
    return {.level = level(),
            .caveats = some_of(kCaveats),
            .release_to = some_of(kMembers),
            .onward = static_cast<OnwardRelease>(random_() % 2)};
  }
  Recipient recipient() {
    return {.id = kMembers[random_() % kMembers.size()],
            .clearance = level(),
            .caveats = some_of(kCaveats)};
  }

 private:
  std::mt19937 random_;
};

constexpr int kTrials = 20'000;

TEST(Label, JoinIsCommutativeAssociativeAndIdempotent) {
  RandomLabels random(1);
  for (int i = 0; i < kTrials; ++i) {
    const Label a = random.label();
    const Label b = random.label();
    const Label c = random.label();
    ASSERT_EQ(join(a, b), join(b, a));
    ASSERT_EQ(join(join(a, b), c), join(a, join(b, c)));
    ASSERT_EQ(join(a, a), a);
  }
}

TEST(Label, JoinIsTheLeastUpperBoundAndMonotone) {
  RandomLabels random(2);
  int comparable = 0;
  for (int i = 0; i < kTrials; ++i) {
    const Label a = random.label();
    const Label b = random.label();
    const Label c = random.label();
    ASSERT_TRUE(a.is_at_most(join(a, b)));
    if (a.is_at_most(c) && b.is_at_most(c)) {
      ASSERT_TRUE(join(a, b).is_at_most(c));
    }
    const Label above = join(a, b);
    ASSERT_TRUE(join(a, c).is_at_most(join(above, c)));
    if (a.is_at_most(b)) ++comparable;
  }
  EXPECT_GT(comparable, 100);
}

TEST(Label, RelabellingUpNeverWidens) {
  RandomLabels random(3);
  int permitted = 0;
  for (int i = 0; i < kTrials; ++i) {
    const Label label = random.label();
    const Label higher = join(label, random.label());
    const Recipient recipient = random.recipient();
    if (higher.permits(recipient)) {
      ++permitted;
      ASSERT_TRUE(label.permits(recipient));
    }
  }
  EXPECT_GT(permitted, 100);
}

TEST(Label, AJoinPermitsThoseWhomBothPermit) {
  RandomLabels random(4);
  for (int i = 0; i < kTrials; ++i) {
    const Label a = random.label();
    const Label b = random.label();
    const Recipient recipient = random.recipient();
    ASSERT_EQ(join(a, b).permits(recipient), a.permits(recipient) && b.permits(recipient));
  }
}

TEST(Label, AnEmptyReleaseListMeansNobody) {
  RandomLabels random(5);
  for (int i = 0; i < kTrials; ++i) {
    Label label = random.label();
    label.release_to.clear();
    ASSERT_FALSE(label.permits(random.recipient()));
  }
  EXPECT_FALSE(Label::originator_only().permits({.id = "tajikistan"}));
}

TEST(Label, HoldingOneOfSeveralCaveatsDoesNotSuffice) {
  const Label label{.level = Level::green,
                    .caveats = {"border", "source"},
                    .release_to = {"armenia", "tajikistan"}};
  EXPECT_FALSE(label.permits({.id = "armenia", .caveats = {"border"}}));
  EXPECT_TRUE(label.permits({.id = "armenia", .caveats = {"border", "finance", "source"}}));
  EXPECT_FALSE(label.permits({.id = "belarus", .caveats = {"border", "source"}}));
}

TEST(Label, ALevelAboveTheClearanceDenies) {
  const Label label{.level = Level::amber_strict, .release_to = {"armenia"}};
  EXPECT_FALSE(label.permits({.id = "armenia", .clearance = Level::amber}));
  EXPECT_TRUE(label.permits({.id = "armenia", .clearance = Level::amber_strict}));
}

TEST(Label, TheJoinOfInputsIsThatOfAllAndOfNoneIsNothing) {
  const Label a{.level = Level::clear, .release_to = {"armenia", "belarus"}};
  const Label b{.level = Level::amber, .caveats = {"border"}, .release_to = {"belarus"}};
  EXPECT_EQ(join(std::vector<Label>{a, b}), join(a, b));
  EXPECT_EQ(join(std::vector<Label>{}), std::nullopt);
}

TEST(Label, IsWrittenForPeople) {
  const Label label{
      .level = Level::amber_strict, .caveats = {"border"}, .release_to = {"kazakhstan"}};
  EXPECT_EQ(to_string(label), "TLP:AMBER+STRICT//border//REL kazakhstan//ORCON");
  EXPECT_EQ(to_string(Label{.level = Level::red}), "TLP:RED//NO RELEASE//ORCON");
}

TEST(Label, IsWrittenWithTheNamesThatAReaderKnows) {
  const Label label{.level = Level::amber,
                    .caveats = {"border"},
                    .release_to = {"identity--1", "identity--2"},
                    .onward = OnwardRelease::allowed};
  EXPECT_EQ(to_string(label), "TLP:AMBER//border//REL identity--1, identity--2");
  EXPECT_EQ(to_string(label, [](const std::string& id) { return id.ends_with('1') ? "TJ" : "KZ"; }),
            "TLP:AMBER//border//REL KZ, TJ");
}

}  // namespace
}  // namespace panj::share
