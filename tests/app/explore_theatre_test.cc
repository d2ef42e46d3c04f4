// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>

#include "app/program.h"
#include "app/tiny_disk.h"
#include "paths.h"

namespace panj::app {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

/// A small exploration of the reference theatre into a folder of the test's own.
std::string explore(const std::string& folder, const std::string& options = "--futures 12") {
  fs::remove_all(scratch(folder));
  return "explore '" + kTheatre +
         "' --packages P0,P1 --replicates 4 --history ignore --quick --no-netcdf --out '" +
         scratch(folder).string() + "' --json " + options;
}

std::string digest_of(const ProgramRun& run) {
  EXPECT_EQ(run.exit_code, 0) << run.err;
  return run.exit_code == 0 ? json::parse(run.out)["digest"].get<std::string>() : run.err;
}

TEST(ExploreTheatre, HasOneDigestForAnyNumberOfThreadsAndRanks) {
  const std::string one = digest_of(panj(explore("one") + " --threads 1"));
  EXPECT_EQ(digest_of(panj(explore("two") + " --threads 2")), one);
  if (std::system("command -v mpirun >/dev/null") != 0) {  // NOLINT
    GTEST_SKIP() << "mpirun is not there";
  }
  for (const char* ranks : {"2", "4"}) {
    const std::string launcher =
        std::string("mpirun --allow-run-as-root --oversubscribe -n ") + ranks;
    EXPECT_EQ(digest_of(run_shell(launcher + " " + test::program_path() + " " + explore("ranks") +
                                  " --threads 1")),
              one)
        << ranks << " ranks";
  }
}

TEST(ExploreTheatre, GoesOnAfterAKillAndEndsWithTheSameDigest) {
  const std::string size = "--futures 96 --threads 1";
  const std::string whole = digest_of(panj(explore("whole", size)));
  const std::string command = test::program_path() + " " + explore("killed", size);
  const pid_t child = ::fork();
  if (child == 0) {
    const int nowhere = ::open("/dev/null", O_WRONLY);
    ::dup2(nowhere, STDOUT_FILENO);
    ::dup2(nowhere, STDERR_FILENO);
    ::execl("/bin/sh", "sh", "-c", ("exec " + command).c_str(), nullptr);
    ::_exit(127);
  }
  const auto chunks = [] {
    const fs::path folder = scratch("killed") / "chunks";
    if (!fs::exists(folder)) return std::ptrdiff_t{0};
    return std::distance(fs::directory_iterator(folder), fs::directory_iterator());
  };
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (chunks() < 4 && std::chrono::steady_clock::now() < deadline) std::this_thread::yield();
  ::kill(child, SIGKILL);
  int status = 0;
  ::waitpid(child, &status, 0);
  ASSERT_TRUE(WIFSIGNALED(status)) << "it ended before it was killed";

  const std::string again = command.substr(test::program_path().size());
  const ProgramRun run = panj(again);
  EXPECT_EQ(digest_of(run), whole);
  const json result = json::parse(run.out);
  EXPECT_GT(result["chunks"]["found"].get<int>(), 0);
  EXPECT_LT(result["chunks"]["ran"].get<int>(), result["chunks"]["all"].get<int>());
}

TEST(ExploreTheatre, ALostRankEndsAllAndLeavesARunThatGoesOn) {
  if (std::system("command -v mpirun >/dev/null") != 0) {  // NOLINT
    GTEST_SKIP() << "mpirun is not there";
  }
  const std::string size = "--futures 120 --replicates 16 --threads 1";
  const auto command = [&](const std::string& folder) {
    fs::remove_all(scratch(folder));
    return "explore '" + kTheatre + "' --packages P0,P1 --history ignore --no-netcdf --json " +
           size + " --out '" + scratch(folder).string() + "'";
  };
  const std::string whole = digest_of(panj(command("whole")));
  const std::string lost = command("lost");
  // The second of two ranks is killed once two chunks are there.
  write_file(scratch("rank.sh"), "chunks='" + (scratch("lost") / "chunks").string() + "'\n" + R"sh(
[ "$OMPI_COMM_WORLD_RANK" = 1 ] || exec "$@"
"$@" & child=$!
while kill -0 $child 2>/dev/null && [ "$(ls "$chunks" 2>/dev/null | wc -l)" -lt 3 ]; do :; done
kill -9 $child
wait $child
)sh");
  const ProgramRun run =
      run_shell("mpirun --allow-run-as-root --oversubscribe -n 2 sh '" +
                scratch("rank.sh").string() + "' " + test::program_path() + " " + lost);
  EXPECT_NE(run.exit_code, 0);
  EXPECT_THAT(run.err, HasSubstr("run the same command again to run the rest"));
  EXPECT_FALSE(fs::exists(scratch("lost") / "exploration.json"));
  const ProgramRun again = panj(lost);
  EXPECT_EQ(digest_of(again), whole);
  EXPECT_GT(json::parse(again.out)["chunks"]["found"].get<int>(), 0);
}

TEST(ExploreTheatre, SearchesForPackagesThatMayWaitForIncidents) {
  const std::string search = "explore search '" + kTheatre +
                             "' --futures 2 --replicates 4 --evaluations 40 --population 20 ";
  const ProgramRun run = panj(search + "--history ignore --rules --json");
  ASSERT_EQ(run.exit_code, 0) << run.err;
  const json found = json::parse(run.out);
  ASSERT_GT(found["policies"].size(), 1U);
  for (const json& policy : found["policies"]) {
    EXPECT_EQ(policy["release_above_incidents"].is_null(), policy["released_share"].is_null());
    if (policy["released_share"].is_null()) continue;
    EXPECT_THAT(policy["settings"].get<std::string>(), HasSubstr("once a year has more than"));
  }
  EXPECT_FALSE(found["record"].empty());
}

TEST(ExploreTheatre, SearchesOnlyFuturesThatReproduceTheRecord) {
  const auto search = [](const std::string& design, const std::string& options) {
    const fs::path path = scratch("design.csv");
    write_file(path, "threat.people.foreign_fighters,threat.people.attrition," + design);
    return panj("explore search '" + kTheatre + "' --design '" + path.string() +
                "' --replicates 4 --evaluations 20 --population 20 " + options);
  };
  const std::string groups =
      "threat.group.iskp.militants,threat.group.other.militants,threat.group.ttp.militants\n";
  const std::string stated = "600,0.08,2800,3500,4700\n";
  const std::string crowded = "1500,0.05,3640,4550,6110\n";
  const ProgramRun half = search(groups + stated + crowded, "");
  ASSERT_EQ(half.exit_code, 0) << half.err;
  EXPECT_THAT(half.out, HasSubstr("2 futures; 50% of them reproduce the record; 1 futures count"));
  const ProgramRun none = search(groups + crowded, "--json");
  EXPECT_EQ(none.exit_code, 3);
  EXPECT_THAT(none.err, HasSubstr("take --history ignore"));
  const ProgramRun all = search(groups + crowded, "--history ignore --json");
  ASSERT_EQ(all.exit_code, 0) << all.err;
  EXPECT_EQ(json::parse(all.out)["counted"], 1);
  EXPECT_EQ(json::parse(all.out)["passed_history"]["value"], 0.0);
}

/// Sobol indices of the reference theatre's cost under its belt.
std::string sobol_of_cost(const std::string& assumptions, const std::string& options = "") {
  return "explore sobol '" + kTheatre + "' --package P4 --outcome cost_musd_per_year --n 64 " +
         "--replicates 2 --assumptions " + assumptions + " " + options;
}

TEST(ExploreTheatre, GivesSobolIndicesOfNamedAssumptions) {
  const std::string command = sobol_of_cost("defence.belt_cost,threat.people.attrition");
  const ProgramRun run = panj(command + " --second-order --json");
  ASSERT_EQ(run.exit_code, 0) << run.err;
  const json found = json::parse(run.out);
  EXPECT_EQ(found["inputs"], json::array({"defence.belt_cost", "threat.people.attrition"}));
  EXPECT_EQ(found["package"], "P4");
  EXPECT_EQ(found["level"], 0.9);
  EXPECT_EQ(found["runs"], 64 * 6 * 2);
  EXPECT_NEAR(found["total"][0].get<double>(), 1, 0.25);
  EXPECT_NEAR(found["total"][1].get<double>(), 0, 1e-9);
  EXPECT_EQ(found["first_interval"].size(), 2U);
  EXPECT_EQ(found["second"].size(), 2U);
  const ProgramRun table = panj(command + " --resamples 0");
  ASSERT_EQ(table.exit_code, 0) << table.err;
  EXPECT_THAT(table.out, HasSubstr("the cost of a full belt (defence.belt_cost)"));
  EXPECT_THAT(table.out, HasSubstr("of the variance is chance"));
}

TEST(ExploreTheatre, SaysWhatIsWrongWithSobolIndices) {
  const ProgramRun unknown = panj(sobol_of_cost("defence.belt_kost"));
  EXPECT_EQ(unknown.exit_code, 3);
  EXPECT_THAT(unknown.err, HasSubstr("did you mean 'defence.belt_cost'?"));
  const std::string theatre = "explore sobol '" + kTheatre + "' ";
  EXPECT_EQ(panj(theatre + "--assumptions defence.belt_cost --package P99").exit_code, 3);
  EXPECT_EQ(panj(theatre + "--assumptions defence.belt_cost --outcome deaths").exit_code, 3);
  for (const std::string& wrong :
       {theatre, theatre + "--function ishigami", theatre + "--assumptions a --replicates 0",
        std::string("explore sobol"), std::string("explore sobol --function ishigami --package P1"),
        sobol_of_cost("defence.belt_cost", "--n 1")}) {
    EXPECT_EQ(panj(wrong).exit_code, 2) << wrong;
  }
}

TEST(ExploreTheatre, SpeaksOfUnknownsAndOutcomesInWords) {
  fs::remove_all(scratch("words"));
  const ProgramRun run =
      panj("explore '" + kTheatre + "' --packages P0,P1 --futures 120 --replicates 8 --no-netcdf " +
           "--history ignore --out '" + scratch("words").string() + "'");
  ASSERT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out, HasSubstr("with at least 50% of runs contained"));
  EXPECT_THAT(run.out, HasSubstr("What moves expected armed breaches a year"));
  EXPECT_THAT(run.out, HasSubstr("a year on top of P0 at the stated values."));
  EXPECT_THAT(run.out, HasSubstr("* Efficient: no other package"));
  for (const char* key :
       {"threat.", "defence.", "surroundings.", "alliance.", "breaches_per_year"}) {
    EXPECT_THAT(run.out, Not(HasSubstr(key)));
  }
}

TEST(ExploreTheatre, BestPackageIsWithinTheBudgetBeyondTheFirst) {
  const auto best = [](const std::string& options) {
    const ProgramRun run = panj(explore("budget", "--futures 12 " + options));
    EXPECT_EQ(run.exit_code, 0) << run.err;
    return json::parse(run.out)["best_affordable"].get<std::string>();
  };
  EXPECT_EQ(best("--budget 0"), "P0");
  EXPECT_EQ(best("--budget 1e9"), "P1");
}

TEST(ExploreTheatre, JudgesEfficiencyOnTheOutcomesThatAreAsked) {
  const auto efficient = [](const std::string& options) {
    const ProgramRun run = panj(explore("pareto", "--futures 12 " + options));
    EXPECT_EQ(run.exit_code, 0) << run.err;
    std::vector<bool> marked;
    const json told = json::parse(run.out);
    for (const json& package : told["packages"]) {
      marked.push_back(package["efficient"].get<bool>());
    }
    return marked;
  };
  EXPECT_EQ(efficient("--pareto cost_musd_per_year"), (std::vector<bool>{true, false}));
  EXPECT_EQ(efficient("--pareto contained"), (std::vector<bool>{true, true}));
  const ProgramRun unknown = panj(explore("pareto", "--futures 12 --pareto fatalitis_per_year"));
  EXPECT_EQ(unknown.exit_code, 3);
  EXPECT_THAT(unknown.err, HasSubstr("did you mean 'fatalities_per_year'?"));
}

TEST(ExploreTheatre, HoldsTheBudgetAgainstCostsAtTheStatedValues) {
  const auto told = [](const std::string& options) {
    const ProgramRun run = panj(explore("stated", "--futures 12 " + options));
    EXPECT_EQ(run.exit_code, 0) << run.err;
    return json::parse(run.out);
  };
  const json any = told("");
  const auto cost_of = [&](std::size_t package) {
    return any["packages"][package]["cost_stated_musd_per_year"].get<double>();
  };
  const double extra = cost_of(1) - cost_of(0);
  EXPECT_GT(extra, 0);
  EXPECT_EQ(told("--budget " + std::to_string(extra + 0.01))["best_affordable"], "P1");
  EXPECT_EQ(told("--budget " + std::to_string(extra - 0.01))["best_affordable"], "P0");
  // Futures are other futures with another seed, what is stated hardly changes.
  const json other = told("--seed 2 --force");
  EXPECT_NEAR(other["packages"][1]["cost_stated_musd_per_year"].get<double>(), cost_of(1),
              0.05 * cost_of(1));
}

TEST(ExploreTheatre, SaysWhatIsWrong) {
  const auto problem = [](const std::string& options) {
    const ProgramRun run = panj(explore("bad", options));
    EXPECT_EQ(run.exit_code, 3) << options << run.err;
    return run.err;
  };
  EXPECT_THAT(problem("--require 'fatalitys_per_year <= 5'"),
              HasSubstr("did you mean 'fatalities_per_year'?"));
  EXPECT_THAT(problem("--require 'contained >= 1.5'"), HasSubstr("a share must lie in [0, 1]"));
  EXPECT_THAT(problem("--constraint 'defence.guard <= 5000'"),
              HasSubstr("did you mean 'defence.guards'?"));
  EXPECT_THAT(problem("--correlation 'defence.guards ~ defence.belt_stop = 2'"),
              HasSubstr("less than 1"));
  EXPECT_THAT(problem("--constraint 'defence.guards <= 10'"),
              HasSubstr("more than one point in a thousand"));
  EXPECT_THAT(problem("--outcomes fatalitys"), HasSubstr("did you mean 'fatalities'?"));
  const std::string three =
      "--correlation 'defence.guards ~ defence.belt_stop = 0.9' "
      "--correlation 'defence.guards ~ threat.people.attrition = 0.9' "
      "--correlation 'defence.belt_stop ~ threat.people.attrition = -0.9'";
  EXPECT_THAT(problem(three), HasSubstr("must be positive definite"));
  for (const char* wrong : {"--budget nan", "--budget -1", "--futures 0", "--history maybe"}) {
    EXPECT_EQ(panj(explore("bad", wrong)).exit_code, 2) << wrong;
  }
  EXPECT_FALSE(fs::exists(scratch("bad")));
  const ProgramRun twice =
      panj("explore '" + kTheatre + "' --packages P0,P0 --out '" + scratch("bad").string() + "'");
  EXPECT_EQ(twice.exit_code, 3);
  EXPECT_THAT(twice.err, HasSubstr("'P0' is given twice"));
  const ProgramRun itself =
      panj("explore break-even '" + kTheatre +
           "' --package P0 --assumption surroundings.economy.relief_diversion");
  EXPECT_EQ(itself.exit_code, 3);
  EXPECT_THAT(itself.err, HasSubstr("compared with itself"));
}

TEST(ExploreTheatre, KeepsTheRunsWhenNobodyMeetsTheThresholds) {
  const std::string command = explore("nobody", "--futures 8");
  const ProgramRun nobody = panj(command + " --require 'fatalities_per_year <= 0'");
  EXPECT_EQ(nobody.exit_code, 3);
  EXPECT_THAT(nobody.err, HasSubstr("no package meets"));
  EXPECT_THAT(nobody.err, HasSubstr("The runs are kept in"));
  EXPECT_FALSE(fs::exists(scratch("nobody") / "exploration.json"));
  const ProgramRun again = panj(command);
  ASSERT_EQ(again.exit_code, 0) << again.err;
  EXPECT_EQ(json::parse(again.out)["chunks"]["ran"], 0);
}

/// The theatre's exploration with a design file of `csv`.
ProgramRun with_design(const std::string& csv, const std::string& options = "") {
  const fs::path folder = scratch("design");
  fs::remove_all(folder);
  write_file(folder / "design.csv", csv);
  return panj("explore '" + kTheatre + "' --packages P0 --replicates 2 --history ignore " +
              "--no-netcdf --json --design '" + (folder / "design.csv").string() + "' --out '" +
              (folder / "out").string() + "' " + options);
}

TEST(ExploreTheatre, RunsAGivenDesignAndNamesWhatIsWrongWithOne) {
  const ProgramRun good = with_design("defence.guards\n5000\n7000\n");
  ASSERT_EQ(good.exit_code, 0) << good.err;
  EXPECT_EQ(json::parse(good.out)["futures"], 2);
  const auto problem = [](const std::string& csv) {
    const ProgramRun run = with_design(csv);
    EXPECT_EQ(run.exit_code, 3) << csv;
    return run.err;
  };
  EXPECT_THAT(problem("defence.guards\n"), HasSubstr("has no rows"));
  EXPECT_THAT(problem("defence.guard\n5000\n"), HasSubstr("did you mean 'defence.guards'?"));
  EXPECT_THAT(problem("defence.guards,defence.guards\n5000,5000\n"), HasSubstr("is given twice"));
  EXPECT_THAT(problem("defence.guards\nnan\n"), HasSubstr(":2: defence.guards: is 'nan'"));
  EXPECT_THAT(problem("defence.guards\n1e9\n"), HasSubstr("must lie in [2000, 12000]"));
  for (const char* beside : {"--futures 3", "--sobol-design", "--constraint 'defence.guards <= 3'",
                             "--correlation 'defence.guards ~ defence.belt_stop = 0.5'"}) {
    EXPECT_EQ(with_design("defence.guards\n5000\n", beside).exit_code, 2) << beside;
  }
}

TEST(ExploreTheatre, RefusesAnEmptyRangeAndAProbabilityAboveOne) {
  const fs::path folder = scratch("theatre");
  fs::remove_all(folder);
  fs::create_directories(folder);
  fs::copy(kTheatre, folder, fs::copy_options::recursive);
  const std::string whole = read_file(folder / "theatre.toml");
  const auto with = [&](const std::string& from, const std::string& to) {
    std::string text = whole;
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    write_file(folder / "theatre.toml", text.replace(at, from.size(), to));
    const ProgramRun run = panj("explore '" + folder.string() + "' --futures 4 --out '" +
                                scratch("out").string() + "'");
    EXPECT_EQ(run.exit_code, 3) << to;
    EXPECT_FALSE(fs::exists(scratch("out")));
    return run.err;
  };
  const std::string guards = "value = 6000, low = 2000, high = 12000";
  EXPECT_THAT(with(guards, "value = 6000, low = 12000, high = 2000"), HasSubstr("defence.guards"));
  const std::string stop = "belt_stop = { value = 0.25, low = 0.1, high = 0.7";
  EXPECT_THAT(with(stop, "belt_stop = { value = 0.25, low = 0.1, high = 1.7"),
              HasSubstr("defence.belt_stop"));
}

TEST(ExploreTheatre, RunsADamagedChunkAgain) {
  const std::string command = explore("cut", "--futures 24");
  const std::string whole = digest_of(panj(command));
  const fs::path chunk = scratch("cut") / "chunks" / "chunk-000001.bin";
  fs::resize_file(chunk, fs::file_size(chunk) / 2);
  const ProgramRun again = panj(command);
  EXPECT_EQ(digest_of(again), whole);
  EXPECT_EQ(json::parse(again.out)["chunks"]["ran"], 1);
}

TEST(ExploreTheatre, AFullDiskLeavesARunThatGoesOn) {
  const std::string size = "--futures 48";
  const std::string whole = digest_of(panj(explore("roomy", size)));
  const std::string command = explore("full", size);
  const TinyDisk disk(scratch("full"), 24);
  if (!disk.is_mounted()) GTEST_SKIP() << "mounting a small disk needs root";
  const ProgramRun run = panj(command);
  EXPECT_EQ(run.exit_code, 1);
  EXPECT_THAT(run.err, HasSubstr("No space left on device"));
  ASSERT_TRUE(disk.resize(4096));
  const ProgramRun again = panj(command);
  EXPECT_EQ(digest_of(again), whole);
  EXPECT_GT(json::parse(again.out)["chunks"]["found"].get<int>(), 0);
}

/// Kilobytes that the files of a folder take.
unsigned room_taken(const fs::path& folder) {
  std::uintmax_t pages = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) pages += (entry.file_size() + 4095) / 4096;
  }
  return static_cast<unsigned>(4 * pages);
}

TEST(ExploreTheatre, EndsWellWhenTheDiskIsFullOnlyForNetcdf) {
  const fs::path where = scratch("netcdf");
  const TinyDisk disk(where, 4096);
  if (!disk.is_mounted()) GTEST_SKIP() << "mounting a small disk needs root";
  std::string design = "defence.guards\n";
  for (int i = 0; i < 48; ++i) design += std::to_string(5000 + i) + "\n";
  write_file(scratch("design.csv"), design);
  const std::string command =
      "explore '" + kTheatre + "' --packages P0,P1 --replicates 4 --history ignore --quick " +
      "--design '" + scratch("design.csv").string() + "' --out '" + (where / "run").string() + "'";
  ASSERT_EQ(panj(command + " --no-netcdf").exit_code, 0);
  // Enough for the other files, written anew, and less than half of what experiment.nc takes.
  ASSERT_TRUE(disk.resize(room_taken(where) + 24));
  const ProgramRun run = panj(command);
  EXPECT_EQ(run.exit_code, 1) << run.err;
  EXPECT_THAT(run.err, HasSubstr("experiment.nc: cannot write"));
  ASSERT_TRUE(disk.resize(4096));
  EXPECT_EQ(panj(command).exit_code, 0);
  EXPECT_NE(read_file(where / "run" / "experiment.nc").find("future_weight"), std::string::npos);
}

TEST(ExploreTheatre, LeavesAnotherRunsResultsAloneUnlessForced) {
  const std::string first = explore("out", "--futures 8");
  ASSERT_EQ(panj(first).exit_code, 0);
  const std::string before = read_file(scratch("out") / "exploration.json");
  const ProgramRun other = panj(first + " --seed 2");
  EXPECT_EQ(other.exit_code, 3);
  EXPECT_THAT(other.err, HasSubstr("--force"));
  EXPECT_EQ(read_file(scratch("out") / "exploration.json"), before);
  for (const char* other_run : {"--futures 9", "--futures 8 --outcomes fatalities"}) {
    const std::string again = "explore '" + kTheatre +
                              "' --packages P0,P1 --replicates 4 --history ignore --quick "
                              "--no-netcdf --out '" +
                              scratch("out").string() + "' " + other_run;
    EXPECT_EQ(panj(again).exit_code, 3) << other_run;
  }
  EXPECT_EQ(panj(first + " --seed 2 --force").exit_code, 0);
  fs::remove_all(scratch("out") / "chunks");
  const ProgramRun gone = panj(first);
  EXPECT_EQ(gone.exit_code, 3);
  EXPECT_THAT(gone.err, HasSubstr("its chunks are gone"));
  EXPECT_EQ(panj(first + " --force").exit_code, 0);
}

}  // namespace
}  // namespace panj::app
