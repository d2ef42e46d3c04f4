// SPDX-License-Identifier: Apache-2.0
#include "panj/theatre/detail/parts.h"

namespace panj::theatre::detail {
namespace {

const std::vector<std::string> kKinds = names(kEquipmentKinds);
const std::vector<std::string> kTypes = names(kAttemptTypes);
const std::vector<std::string> kMeans{"guard", "post", "sensor", "mobile", "air"};

Shape price(std::string unit) {
  return {.unit = std::move(unit), .bounds = kNonNegative};
}

}  // namespace

std::optional<Defence> read_defence(TableReader& root, const Alliance& alliance) {
  const Shape number{.bounds = kNonNegative};
  const Shape share{.bounds = kShare};
  const Shape width{.unit = "km", .bounds = kNonNegative, .rows = kMeans, .columns = kTypes};
  std::optional<Defence> read;
  root.optional_within("defence", [&](TableReader& in) {
    Defence& d = read.emplace();
    d.guards = in.assumption("guards", {.unit = "persons", .bounds = kNonNegative});
    d.equipment =
        in.assumption("equipment", {.unit = "units", .bounds = kNonNegative, .rows = kKinds});
    d.equipment_loss =
        in.assumption("equipment_loss", {.unit = "1/yr", .bounds = kNonNegative, .rows = kKinds});
    d.detection_width = in.assumption("detection_width", width);
    d.response_width = in.assumption("response_width", width);
    d.detection_scale = in.assumption("detection_scale", number);
    d.response_scale = in.assumption("response_scale", number);
    d.intelligence_gain =
        in.assumption("intelligence_gain", {.bounds = kNonNegative, .rows = kTypes});
    d.intelligence_response = in.assumption("intelligence_response", number);
    d.readiness_initial = in.assumption("readiness_initial", share);
    d.readiness_floor = in.assumption("readiness_floor", share);
    d.readiness_decay = in.assumption("readiness_decay", {.unit = "1/yr", .bounds = kNonNegative});
    d.exercise_gain = in.assumption("exercise_gain", share);
    d.pooled_share = in.assumption("pooled_share", share);
    d.patrol_effect = in.assumption("patrol_effect", {.bounds = kShare, .rows = kPolicies});
    d.belt_stop = in.assumption("belt_stop", share);
    d.unit_price =
        in.assumption("unit_price", {.unit = "M$", .bounds = kNonNegative, .rows = kKinds});
    d.guard_cost = in.assumption("guard_cost", price("M$/yr"));
    d.exercise_cost = in.assumption("exercise_cost", price("M$"));
    d.belt_cost = in.assumption("belt_cost", price("M$/km/yr"));
    d.sharing_cost = in.assumption("sharing_cost", price("M$/yr"));
    d.upkeep_share = in.assumption("upkeep_share", {.unit = "1/yr", .bounds = kShare});
    in.each("base", [&](TableReader& base) {
      d.bases.push_back(
          {.name = base.text("name"),
           .member = base.reference("member", ids(alliance.members), "a member of the alliance"),
           .basis = base.basis(),
           .source = base.text("source")});
    });
  });
  return read;
}

}  // namespace panj::theatre::detail
