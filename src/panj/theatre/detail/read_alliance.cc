// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "panj/theatre/detail/parts.h"

namespace panj::theatre::detail {
namespace {

const std::vector<std::string> kListings{"unknown", "listed", "removed"};

Member read_member(TableReader& in) {
  Member member;
  member.id = in.text("id");
  member.name = in.text("name");
  if (in.has("listing")) {
    const std::string listing = in.choice("listing", kListings);
    member.listing =
        static_cast<Listing>(std::ranges::find(kListings, listing) - kListings.begin());
  }
  member.listing_note = in.optional_text("listing_note");
  member.stance = in.optional_assumption("stance", {.bounds = kShare, .labelled_by_dates = true});
  member.weight = in.optional_assumption("weight", {.bounds = kShare});
  member.intelligence = in.optional_assumption("intelligence", {.bounds = kShare});
  return member;
}

Cohesion read_cohesion(TableReader& in) {
  return {.initial = in.assumption("initial", {.bounds = kShare}),
          .speed = in.assumption("speed", {.unit = "1/yr", .bounds = kNonNegative}),
          .noise = in.assumption("noise", {.unit = "yr^-1/2", .bounds = kNonNegative}),
          .divergence_effect = in.assumption("divergence_effect", {.bounds = kNonNegative}),
          .rally = in.assumption("rally", {.unit = "1/death", .bounds = kNonNegative}),
          .rally_fading = in.assumption("rally_fading", {.unit = "yr", .bounds = kNonNegative})};
}

}  // namespace

Alliance read_alliance(TableReader& root) {
  Alliance alliance;
  root.within("alliance", [&](TableReader& in) {
    alliance.name = in.text("name");
    alliance.abbreviation = in.text("abbreviation");
    const std::size_t problems_before = in.log().problems.size();
    in.each("member", [&](TableReader& table) { alliance.members.push_back(read_member(table)); });
    const std::vector<std::string> members = ids(alliance.members);
    if (members.empty()) in.problem("member", "is missing", "an alliance has at least one member");
    in.check_ids("member");
    std::vector<std::optional<Assumption>> weights;
    for (const Member& member : alliance.members) weights.push_back(member.weight);
    if (in.log().problems.size() == problems_before) check_parts(in, "member.weight", weights);
    constexpr std::string_view kOfWhat = "a member of the alliance";
    alliance.leader = in.optional_reference("leader", members, kOfWhat);
    alliance.exposed = in.reference("exposed", members, kOfWhat);
    alliance.sharing =
        in.optional_assumption("sharing", {.bounds = kShare, .rows = members, .columns = members});
    in.optional_within("cohesion",
                       [&](TableReader& table) { alliance.cohesion = read_cohesion(table); });
  });
  return alliance;
}

}  // namespace panj::theatre::detail
