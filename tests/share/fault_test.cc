// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <random>

#include "panj/share/detail/database.h"
#include "share/faults.h"
#include "share/world.h"

namespace panj::share {
namespace {

/// More in `./run soak`.
constexpr int kKills = 20;

TEST(Fault, AKilledPublicationIsThereWholeOrNotAtAll) {
  EXPECT_GT(publish_under_kills(kKills, 1), 0) << "every kill came before the first batch";
}

TEST(Fault, AKilledPullLosesAndDoublesNothing) {
  EXPECT_GT(receive_under_kills(kKills, 1), 0) << "every kill came before the first page";
}

TEST(Fault, AKilledServerOrClientLosesAndDoublesNothing) {
  EXPECT_GT(exchange_under_kills(kKills, 1), 0);
}

/// Any byte of what the audit covers: entries, versions, members, and the logs' chain.
TEST(Fault, AFlippedByteIsFound) {
  World world("flip");
  for (int i = 0; i < 5; ++i) world.publish(draft("incident", i), world.label({"KZ", "KG"}));
  ASSERT_EQ(world.store().verify_audit(), std::nullopt);
  struct Column {
    const char* table;
    const char* key;
    const char* column;
  };
  const Column columns[] = {
      {"audit", "sequence", "detail"},       {"audit", "sequence", "hash"},
      {"audit", "sequence", "actor"},        {"audit", "sequence", "action"},
      {"versions", "number", "body"},        {"versions", "number", "hash"},
      {"log", "version", "chain"},           {"members", "number", "chain"},
      {"versions", "number", "label"},       {"versions", "number", "type"},
      {"members", "number", "caveats"},      {"members", "number", "public_key"},
      {"members", "number", "name"},         {"objects", "number", "id"},
      {"objects", "number", "current_label"}};
  const auto database = detail::open_database(world.where());
  std::mt19937 random(1);
  for (int i = 0; i < 150; ++i) {
    const Column& at = columns[static_cast<std::size_t>(i) % std::size(columns)];
    const std::int64_t rows =
        database->number(fmt::format("SELECT max({}) FROM {}", at.key, at.table));
    const auto row = static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(rows)) + 1;
    const std::string select =
        fmt::format("SELECT {} FROM {} WHERE {} = $1", at.column, at.table, at.key);
    const std::string original = [&] {
      auto found = database->query(select, row);
      return found.next() ? found.text(0) : std::string();
    }();
    if (original.empty()) continue;
    std::string flipped = original;
    char& byte = flipped[random() % flipped.size()];
    byte = static_cast<char>(byte ^ (1 << random() % 5));
    const std::string update = fmt::format("UPDATE {} SET {} = $1 WHERE {} = $2 AND {} = $3",
                                           at.table, at.column, at.key, at.column);
    database->execute(update, flipped, row, original);
    EXPECT_TRUE(world.store().verify_audit()) << at.table << "." << at.column << " " << row;
    database->execute(update, original, row, flipped);
  }
  EXPECT_EQ(world.store().verify_audit(), std::nullopt);
}

}  // namespace
}  // namespace panj::share
