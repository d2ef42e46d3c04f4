// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace panj::brief {

/// What to buy, how to patrol and when to exercise, as data. Part of BriefContent.

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
  double value = 0.0;         ///< expected loss under the plan
  double unprotected = 0.0;   ///< with nothing bought
  double gap = 0.0;           ///< (value − bound)/value
  double sampling_low = 0.0;  ///< 95 % interval of the value over fresh futures
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
  double resources = 0.0;  ///< teams a day
  std::string note{};      ///< value and what it is compared with
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
  std::string note{};
};

struct Plan {
  std::optional<Investment> investment{};
  std::optional<Patrol> patrol{};
  std::optional<ExerciseCalendar> calendar{};
};

}  // namespace panj::brief
