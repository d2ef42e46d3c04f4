// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace panj::brief {

/// What to buy, how to patrol and when to exercise, as data. Part of BriefContent.

/// What a plan is sorry for in fresh futures: the harm that it leaves above the least that it or a
/// rival leaves there, as a share of that least.
struct PlanRegret {
  std::string rivals{};     ///< what else could be done
  std::size_t futures = 0;  ///< that come through the record; 0: nothing is known
  std::size_t better = 0;   ///< of them, those in which the plan leaves less than every rival
  double mean = 0.0;
  double error = 0.0;  ///< half width of the 95 % interval of the mean
  double largest = 0.0;
};

/// Units of one kind bought for one stretch in one year.
struct Purchase {
  std::string stretch{};
  int year = 0;
  std::string kind{};
  int units = 0;
  double cost = 0.0;  ///< M$, without upkeep
};

/// The investment schedule with how good it is known to be.
struct Investment {
  std::vector<int> years{};
  std::vector<Purchase> purchases{};
  double value = 0.0;        ///< expected loss under the plan
  double unprotected = 0.0;  ///< with nothing bought
  double gap = 0.0;          ///< proven: no plan is better by more, as a share of the value
  std::optional<PlanRegret> regret{};  ///< of as much money as the even programme's, against it
  double sampling_low = 0.0;           ///< 95 % interval of the value over fresh futures
  double sampling_high = 0.0;
  double against_mean =
      0.0;  ///< change of reported armed incidents against the even programme, per cent
  double against_low = 0.0;
  double against_high = 0.0;
  std::string next_million{};  ///< its best use, in a sentence
  std::string verdict{};       ///< whether the plan beats the programme at the same cost
};

/// How often each stretch should be patrolled.
struct PatrolCover {
  std::string stretch{};
  double cover = 0.0;  ///< chance that it is covered on a day
};

struct Patrol {
  double resources = 0.0;  ///< patrols a day
  double gap = 0.0;        ///< as of the investment
  PlanRegret regret{};
  std::string note{};  ///< what it is compared with
  std::vector<PatrolCover> cover{};
};

struct Exercise {
  std::string month{};
  std::string region{};
  std::vector<std::string> members{};
  double cost = 0.0;
};

struct ExerciseCalendar {
  std::vector<Exercise> exercises{};
  double weakest = 0.0;  ///< the lowest readiness of any stretch and month
  double gap = 0.0;      ///< as of the investment
  PlanRegret regret{};
  std::string note{};
};

struct Plan {
  std::optional<Investment> investment{};
  std::optional<Patrol> patrol{};
  std::optional<ExerciseCalendar> calendar{};
};

}  // namespace panj::brief
