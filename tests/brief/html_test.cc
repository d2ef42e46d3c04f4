// SPDX-License-Identifier: Apache-2.0
#include "panj/brief/html.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "panj/core/contract.h"

namespace panj::brief {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Escape, LeavesNoMarkup) {
  EXPECT_EQ(escape("</script><b a=\"x\" c='y'>&"),
            "&lt;/script&gt;&lt;b a=&quot;x&quot; c=&#39;y&#39;&gt;&amp;");
}

TEST(Escape, KeepsLettersOfEveryScript) {
  EXPECT_EQ(escape("Хатлон – ختلان"), "Хатлон – ختلان");
}

TEST(Escape, ReplacesWhatIsNotUtf8) {
  EXPECT_EQ(escape("Kul\xF6"
                   "b"),
            "Kul\xEF\xBF\xBD"
            "b");
  EXPECT_EQ(escape("\xC0\xAF"), "\xEF\xBF\xBD\xEF\xBF\xBD");          // overlong
  EXPECT_EQ(escape("\xED\xA0\x80").find('\xED'), std::string::npos);  // surrogate
  EXPECT_EQ(escape("\xE2\x80"), "\xEF\xBF\xBD\xEF\xBF\xBD");          // cut short
}

TEST(Escape, TakesAwayControlAndDirection) {
  EXPECT_EQ(escape(std::string_view("a\0b\n", 4)), "a b ");
  EXPECT_EQ(escape("a\u202Eb"), "a\uFFFDb");
  EXPECT_EQ(escape("a\u2067b"), "a\uFFFDb");
}

TEST(EscapeJson, CannotEndItsBlockAndMeansTheSame) {
  const nlohmann::json json = {{"name", "</script><!-- \u2028 \"quoted\""}};
  const std::string safe = escape_json(json.dump());
  EXPECT_THAT(safe, Not(HasSubstr("<")));
  EXPECT_EQ(nlohmann::json::parse(safe), json);
}

TEST(Table, HeadsRowsAndColumns) {
  Table table("Deaths <by> year", {{"Year"}, {"Deaths", Align::number}});
  table.add({"2024", "1"});
  EXPECT_THAT(table.html(), HasSubstr("<caption>Deaths &lt;by&gt; year</caption>"));
  EXPECT_THAT(table.html(), HasSubstr("<th scope=\"row\">2024</th><td class=\"n\">1</td>"));
  EXPECT_THROW(table.add({"2025"}), ContractError);
}

}  // namespace
}  // namespace panj::brief
