// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "panj/core/file.h"
#include "paths.h"
#include "small_theatre.h"

namespace panj::theatre {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(TheatreFaults, TheSmallTheatreHasNone) {
  EXPECT_THAT(SmallTheatre().problems(), IsEmpty());
}

struct Fault {
  const char* name;
  const char* was;
  const char* becomes;
  const char* key;
  const char* says;
};

/// Each is one slip of the pen; all can be made in one file.
const std::vector<Fault> kTwentyFaults{
    {"missing key", "question = \"Will it spill over?\"\n", "", "theatre.question", "is missing"},
    {"wrong type", "home = [\"Northland\"]", "home = 5", "theatre.home", "list of texts"},
    {"years backwards", "[2022, 2025]", "[2025, 2022]", "theatre.reference_years", "first year"},
    {"unknown key", "abbreviation = \"A2\"", "abbreviation = \"A2\"\nleeder = \"NL\"",
     "alliance.leeder", "did you mean 'leader'?"},
    {"unknown leader", "leader = \"NL\"\nexposed", "leader = \"NX\"\nexposed", "alliance.leader",
     "'NX' is not a member of the alliance"},
    {"value outside range", "{ value = 0.6, low = 0.4", "{ value = 0.3, low = 0.4",
     "alliance.member[1].weight.value", "must lie in its range [0.4, 0.8]"},
    {"not in the alliance", "EL = { NL = 0.2, EL = 1.0 }",
     "EL = { NL = 0.2, EL = 1.0 }\nWL = { NL = 0.2, EL = 1.0 }", "alliance.sharing.value.WL",
     "unknown key"},
    {"above one", "NL = 1.0, EL = 0.5", "NL = 1.0, EL = 1.5", "alliance.sharing.value.NL.EL",
     "is 1.5 (must lie in [0, 1])"},
    {"wrong word", "home_bank = \"left\"", "home_bank = \"lefft\"", "border.home_bank",
     "did you mean 'left'?"},
    {"missing file", "line.geojson", "lines.geojson", "border.line[1].file",
     "no file 'lines.geojson'"},
    {"negative length", "km = 180", "km = -180", "border.stated_length[1].km", "is -180"},
    {"wrong basis", "basis = \"article\"\nsource = \"test\"\n[[border.stretch]]",
     "basis = \"artikle\"\nsource = \"test\"\n[[border.stretch]]", "border.stated_length[1].basis",
     "did you mean 'article'?"},
    {"overlap", "from_km = 100\n", "from_km = 90\n", "border.stretch",
     "overlap of 10.0 km with stretch"},
    {"duplicate id", "id = \"east\"", "id = \"west\"", "border.stretch", "'west' occurs twice"},
    {"no such day", "2026-01-01", "2026-02-30", "measures.start", "must be a date"},
    {"range the wrong way", "low = 0.1, high = 3, unit = \"yr\"",
     "low = 3, high = 0.1, unit = \"yr\"", "measures.slippage.low", "low 3 is above high 0.1"},
    {"no basis", "unit = \"1/yr\", basis = \"article\", source = \"test\"",
     "unit = \"1/yr\", source = \"test\"", "measures.exercises.basis", "is missing"},
    {"no range", "{ value = 0.3, low = 0, high = 1, basis", "{ value = 0.3, basis",
     "measures.urging.value", "has no range"},
    {"years out of order", "first_year = 2026", "first_year = 2036",
     "measures.programme[1].first_year", "2036 is after 2030"},
    {"no such programme", "programme = \"posts\"", "programme = \"post\"", "package[2].programme",
     "did you mean 'posts'?"},
};

TEST(TheatreFaults, EachIsReportedWhenAlone) {
  for (const Fault& fault : kTwentyFaults) {
    SmallTheatre world;
    world.replace(fault.was, fault.becomes);
    EXPECT_THAT(world.problems(),
                Contains(AllOf(HasSubstr(std::string(fault.key) + ": "), HasSubstr(fault.says))))
        << fault.name;
  }
}

TEST(TheatreFaults, TwentyAtOnceAreAllReported) {
  ASSERT_EQ(kTwentyFaults.size(), 20U);
  SmallTheatre world;
  for (const Fault& fault : kTwentyFaults) world.replace(fault.was, fault.becomes);
  const auto problems = world.problems();
  EXPECT_GE(problems.size(), 20U);
  for (const Fault& fault : kTwentyFaults) {
    EXPECT_THAT(problems,
                Contains(AllOf(HasSubstr(std::string(fault.key) + ": "), HasSubstr(fault.says))))
        << fault.name;
  }
}

TEST(TheatreFaults, AnOptionalKeyIsSuggestedWhereItIsMisspelled) {
  const auto problems_with = [](const std::string& was, const std::string& slip) {
    return SmallTheatre().replace(was, was + slip).problems();
  };
  EXPECT_THAT(problems_with("programme = \"posts\"\n", "patrl = \"optimised\"\n"),
              ElementsAre(AllOf(HasSubstr("package[2].patrl: unknown key"),
                                HasSubstr("did you mean 'patrol'?"))));
  EXPECT_THAT(problems_with("name = \"Eastland\"\n", "listng = \"listed\"\n"),
              ElementsAre(HasSubstr("did you mean 'listing'?")));
  EXPECT_THAT(problems_with("high = 0.8, ", "scal = \"log\", "),
              ElementsAre(HasSubstr("did you mean 'scale'?")));
  EXPECT_THAT(problems_with("home_bank = \"left\"\n", "elevatoin = \"heights.tif\"\n"),
              ElementsAre(HasSubstr("did you mean 'elevation'?")));
}

TEST(TheatreFaults, SyntaxErrorIsOneProblemWithItsLine) {
  SmallTheatre world;
  world.replace("name = \"Eastland\"", "name = \"Eastland");
  const auto problems = world.problems();
  EXPECT_THAT(problems, ElementsAre(HasSubstr("not valid TOML")));
  EXPECT_THAT(problems.front(),
              testing::StartsWith(std::to_string(world.line_of("\"Eastland")) + ":"));
}

TEST(TheatreFaults, NumbersMustBeFinite) {
  for (const char* number : {"nan", "inf", "-inf"}) {
    SmallTheatre world;
    world.replace("km = 180", std::string("km = ") + number);
    EXPECT_THAT(world.problems(), ElementsAre(HasSubstr("must be a finite number"))) << number;
  }
}

TEST(TheatreFaults, StretchesCoverTheLine) {
  SmallTheatre gap;
  gap.replace("from_km = 100\n", "from_km = 120\n");
  EXPECT_THAT(gap.problems(), ElementsAre(HasSubstr("gap of 20.0 km before stretch 'east'")));

  SmallTheatre beyond;
  beyond.replace("from_km = 100\nto_km = ", "from_km = 100\nto_km = 9");
  EXPECT_THAT(beyond.problems(), ElementsAre(HasSubstr("is beyond the end")));

  SmallTheatre late;
  late.replace("from_km = 100\nto_km = 17", "from_km = 100\nto_km = 12");
  EXPECT_THAT(late.problems(), ElementsAre(HasSubstr("stretches end at")));

  SmallTheatre twice;
  twice.replace("home_bank = \"left\"", "home_bank = \"left\"\nstretch_count = 4");
  EXPECT_THAT(twice.problems(), ElementsAre(HasSubstr("stretches are given twice")));
}

TEST(TheatreFaults, AnIdThatWouldLeaveItsFolderIsRefused) {
  SmallTheatre world;
  world.replace("id = \"small\"", "id = \"../small\"");
  EXPECT_THAT(world.problems(), ElementsAre(HasSubstr("theatre.id: is '../small'")));
}

TEST(TheatreFaults, LandscapesFollowEachOther) {
  SmallTheatre world;
  for (const char* from : {"0", "40"}) {
    world.append(std::string("[[border.terrain]]\nname = \"from ") + from +
                 "\"\ndescription = \"hills\"\nfrom_km = " + from + "\nto_km = 60\n");
  }
  EXPECT_THAT(world.problems(), ElementsAre(HasSubstr("'from 40' overlaps 'from 0'")));
}

TEST(TheatreFaults, ProgrammesDeliverWhenMeasuresActAlready) {
  SmallTheatre world;
  world.replace("first_year = 2026", "first_year = 2025");
  EXPECT_THAT(
      world.problems(),
      ElementsAre(HasSubstr("package[2].programme: delivers from 1 January 2025 on (must not "
                            "be before the measures start, 2026-01-01)")));
}

TEST(TheatreFaults, ACrossingLiesAtTheBorder) {
  const auto crossing = [](const std::string& lat, const std::string& kind) {
    SmallTheatre world;
    world.append("[[border.crossing]]\nname = \"Old bridge\"\nlon = 69\nlat = " + lat +
                 "\nkind = \"" + kind + "\"\nbasis = \"assumption\"\nsource = \"test\"\n");
    return world.problems();
  };
  EXPECT_THAT(crossing("37.05", "bridge"), IsEmpty());
  EXPECT_THAT(crossing("38", "bridge"),
              ElementsAre(AllOf(HasSubstr("border.crossing[1].lon: 'Old bridge' lies 111.0 km from "
                                          "line 'straight' (a crossing must lie within 10 km"))));
  EXPECT_THAT(crossing("95", "bridge"), ElementsAre(HasSubstr("is 95 (must lie in [-90, 90])")));
  EXPECT_THAT(crossing("37", "brigde"),
              ElementsAre(AllOf(HasSubstr("border.crossing[1].kind: is the text 'brigde'"),
                                HasSubstr("did you mean 'bridge'?"))));
}

TEST(TheatreFaults, StancesFollowEachOtherInTime) {
  const auto stance = [](const std::string& path) {
    SmallTheatre world;
    world.replace("name = \"Eastland\"\n",
                  "name = \"Eastland\"\nstance = { value = { " + path +
                      " }, offset = [-0.1, 0.1], basis = \"assumption\" }\n");
    return world.problems();
  };
  EXPECT_THAT(stance("\"2021-08-15\" = 0.2, \"2024-06-01\" = 0.6"), IsEmpty());
  EXPECT_THAT(stance("\"2024-06-01\" = 0.6, \"2021-08-15\" = 0.2"),
              ElementsAre(HasSubstr("alliance.member[2].stance.value: '2024-06-01' stands before "
                                    "an earlier date (dates must rise)")));
  EXPECT_THAT(stance("\"0202-08-15\" = 0.2"),
              Contains(HasSubstr("'0202-08-15' is out of reach (the year must be")));
}

TEST(TheatreFaults, ACountryLiesOnOneSide) {
  SmallTheatre world;
  world.replace("next_door = [\"Southland\"]", "next_door = [\"Southland\", \"Northland\"]");
  EXPECT_THAT(world.problems(), ElementsAre(HasSubstr("'Northland' is home as well")));
}

TEST(TheatreFaults, FactorsDoNotTurnSigns) {
  SmallTheatre world;
  world.replace("factor = [0.5, 1.5]", "factor = [-0.5, 1.5]");
  EXPECT_THAT(world.problems(),
              ElementsAre(HasSubstr("alliance.sharing.factor: is a list (must be [low, high] "
                                    "around 1, from 0 up)")));
}

/// The reference theatre with one slip of the pen.
std::vector<std::string> problems_of_reference(const std::string& was, const std::string& becomes) {
  const std::filesystem::path file = test::source_path("theatres/tajik-afghan/theatre.toml");
  std::string text = read_file(file);
  const auto at = text.find(was);
  EXPECT_NE(at, std::string::npos) << was;
  if (at != std::string::npos) text.replace(at, was.size(), becomes);
  std::vector<std::string> all;
  try {
    (void)parse_theatre(text, file);
  } catch (const InvalidInput& error) {
    for (const Problem& problem : error.problems()) all.push_back(to_string(problem));
  }
  return all;
}

TEST(TheatreFaults, AnIdThatOccursTwiceIsToldWhereItDoesSoAgain) {
  SmallTheatre world;
  world.replace("id = \"EL\"", "id = \"NL\"  # again");
  EXPECT_THAT(world.problems(),
              Contains(AllOf(testing::StartsWith(std::to_string(world.line_of("# again")) + ":"),
                             HasSubstr("alliance.member: 'NL' occurs twice"))));
}

TEST(TheatreFaults, PartsThatTablesStateAddUpToOne) {
  EXPECT_THAT(problems_of_reference("weight = { value = 0.35,", "weight = { value = 0.55,"),
              ElementsAre(HasSubstr("alliance.member.weight: the shares add up to 1.2 (must add up "
                                    "to 1)")));
  EXPECT_THAT(problems_of_reference("foreign_fighter_share = { value = 0.40,",
                                    "foreign_fighter_share = { value = 0.20,"),
              ElementsAre(HasSubstr("threat.group.foreign_fighter_share: the shares add up to "
                                    "0.8")));
  EXPECT_THAT(problems_of_reference("weight = { value = 0.35,", "weight = { value = 1.35,"),
              testing::Not(Contains(HasSubstr("add up"))));
}

TEST(TheatreFaults, SharesOfOneWholeAddUpToOne) {
  EXPECT_THAT(
      problems_of_reference("badakhshan = 0.10, interior = 0.65 }, factor_each",
                            "badakhshan = 0.50, interior = 0.65 }, factor_each"),
      ElementsAre(HasSubstr("threat.group[1].zone_share: the shares add up to 1.4 (must add "
                            "up to 1)")));
  EXPECT_THAT(problems_of_reference("badakhshan = 0.12, interior = 0.65",
                                    "badakhshan = 0.02, interior = 0.65"),
              ElementsAre(HasSubstr("threat.people.arrival_zone_share: the shares add up to 0.9")));
  EXPECT_THAT(
      problems_of_reference("takhar = 0.40, badakhshan = 0.25 }",
                            "takhar = 0.40, badakhshan = 0.35 }"),
      ElementsAre(HasSubstr("surroundings.trafficking.zone_share: the shares add up to 1.1")));
}

TEST(TheatreFaults, CountedYearsAreCovered) {
  EXPECT_THAT(
      problems_of_reference("reference_years = [2022, 2025]", "reference_years = [2022, 2026]"),
      ElementsAre(HasSubstr("incidents: are complete to 2025-12-31 (theatre.reference_years "
                            "is counted in them to the end of 2026)")));
  EXPECT_THAT(problems_of_reference("complete_to = \"2025-12-31\"", "complete_to = \"2025-12-30\""),
              testing::SizeIs(2));
}

TEST(TheatreFaults, AbsurdNumbersAreSlipsOfThePen) {
  EXPECT_THAT(problems_of_reference("militants = { value = 400,", "militants = { value = 1e300,"),
              ElementsAre(HasSubstr("militants.value: is 1e+300 (must lie in [0, 100000000])")));
  EXPECT_THAT(problems_of_reference("reserves = { value = 9.4", "reserves = { value = 9.4e9"),
              ElementsAre(HasSubstr("reserves.value: is 9400000000 (must lie in [0, 1000000])")));
  EXPECT_THAT(problems_of_reference("since = \"2021-08\"", "since = \"August 2021\""),
              ElementsAre(HasSubstr("surroundings.host.since: is 'August 2021' (must be a day")));
}

TEST(TheatreFaults, WrongUnitIsNamed) {
  SmallTheatre world;
  world.replace("unit = \"1/yr\"", "unit = \"1/month\"");
  EXPECT_THAT(world.problems(), ElementsAre(HasSubstr("is '1/month' (must be \"1/yr\")")));
}

TEST(TheatreFaults, TablesOfTheWrongKind) {
  SmallTheatre world;
  world.replace("[[package]]\nid = \"P0\"\nname = \"Status quo\"\nbasis = \"assumption\"\n", "");
  world.replace("[[package]]\nid = \"P1\"", "[package]\nid = \"P1\"");
  EXPECT_THAT(world.problems(), ElementsAre(HasSubstr("write [[package]]")));
}

}  // namespace
}  // namespace panj::theatre
