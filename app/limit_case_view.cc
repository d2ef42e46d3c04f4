// SPDX-License-Identifier: Apache-2.0
#include "limit_case_view.h"

#include <fmt/format.h>

namespace panj::app {

nlohmann::ordered_json limit_case_json(const spillover::LimitCase& limit) {
  nlohmann::ordered_json json = {{"case", limit.id},
                                 {"title", limit.title},
                                 {"setting", limit.setting},
                                 {"agrees", limit.agrees()}};
  for (const spillover::LimitCheck& check : limit.checks) {
    json["checks"].push_back({{"quantity", check.quantity},
                              {"expected", check.expected},
                              {"simulated", check.simulated},
                              {"mc_error", check.mc_error},
                              {"tolerance", check.tolerance},
                              {"agrees", check.agrees()}});
  }
  return json;
}

std::string limit_case_text(const spillover::LimitCase& limit) {
  std::string text =
      fmt::format("{} {}: {}\n\n{:<44} {:>14} {:>14} {:>10}\n", limit.id, limit.title,
                  limit.setting, "", "expected", "simulated", "± error");
  for (const spillover::LimitCheck& check : limit.checks) {
    text +=
        fmt::format("{:<44} {:>14.8g} {:>14.8g} {:>10.2g}  {}\n", check.quantity, check.expected,
                    check.simulated, check.mc_error, check.agrees() ? "agrees" : "DIFFERS");
  }
  return text;
}

}  // namespace panj::app
