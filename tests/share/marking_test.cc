// SPDX-License-Identifier: Apache-2.0
#include "panj/share/marking.h"

#include <gtest/gtest.h>

#include <map>

namespace panj::share {
namespace {

const std::string kArmenia = "identity--00000000-0000-5000-8000-000000000001";
const std::string kBelarus = "identity--00000000-0000-5000-8000-000000000002";

/// The markings that a node has read.
class KnownMarkings {
 public:
  explicit KnownMarkings(const std::vector<Label>& labels) {
    for (const Label& label : labels) {
      const Json marking = label_marking(label);
      known_[marking["id"]] = *label_of_marking(marking);
    }
  }
  Label of(const std::vector<std::string>& refs) const {
    return label_of_markings(refs, [this](const std::string& id) -> std::optional<Label> {
      const auto found = known_.find(id);
      if (found == known_.end()) return std::nullopt;
      return found->second;
    });
  }

 private:
  std::map<std::string, Label> known_;
};

const Label kAmber{.level = Level::amber,
                   .caveats = {"border"},
                   .release_to = {kArmenia, kBelarus},
                   .onward = OnwardRelease::allowed};
const Label kGreen{.level = Level::green, .caveats = {"source"}, .release_to = {kBelarus}};

TEST(Marking, KeepsTheWholeLabel) {
  for (const Label& label : {kAmber, kGreen, Label::originator_only()}) {
    EXPECT_EQ(label_of_marking(label_marking(label)), label);
    EXPECT_EQ(marking_refs(label)[1], label_marking(label)["id"]);
    EXPECT_EQ(KnownMarkings({label}).of(marking_refs(label)), label);
  }
}

TEST(Marking, SeveralMarkingsJoin) {
  const KnownMarkings known({kAmber, kGreen});
  const std::string amber = marking_refs(kAmber)[1];
  const std::string green = marking_refs(kGreen)[1];
  EXPECT_EQ(known.of({amber, green}), join(kAmber, kGreen));
  EXPECT_EQ(known.of({green, tlp_marking_id(Level::red)}).level, Level::red);
}

TEST(Marking, AnUnknownOrMissingMarkingDenies) {
  const KnownMarkings known({kAmber});
  const std::string amber = marking_refs(kAmber)[1];
  EXPECT_EQ(known.of({}), Label::originator_only());
  EXPECT_EQ(known.of({amber, marking_refs(kGreen)[1]}), Label::originator_only());
  EXPECT_EQ(known.of({tlp_marking_id(Level::clear)}), Label::originator_only())
      << "a level alone names no recipient";
}

TEST(Marking, IsRefusedWhenAnythingInItWasChanged) {
  const Json good = label_marking(kAmber);
  const std::string extension(kLabelExtension);
  Json wider = good;
  wider["extensions"][extension].erase("caveats");
  Json renamed = good;
  renamed["name"] = "TLP:CLEAR";
  Json unknown_level = good;
  unknown_level["extensions"][extension]["level"] = "purple";
  Json with_more = good;
  with_more["extensions"][extension]["except"] = "nobody";
  Json wrong_type = good;
  wrong_type["extensions"][extension]["release_to"] = kArmenia;
  for (const Json& bad : {wider, renamed, unknown_level, with_more, wrong_type, Json::object()}) {
    EXPECT_EQ(label_of_marking(bad), std::nullopt) << bad;
  }
  EXPECT_EQ(label_of_marking(tlp_marking(Level::green)), std::nullopt);
}

}  // namespace
}  // namespace panj::share
