// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "panj/core/date.h"
#include "panj/share/json.h"
#include "panj/share/keys.h"
#include "panj/share/timestamp.h"

namespace panj::share {

/// What a model says of one unit and month, as partners exchange it.
struct SharedForecast {
  std::string unit{};
  std::string target{};  ///< what is counted: "deaths_best"
  std::string model{};
  Month origin{};
  int lead = 1;                                        ///< months after the origin
  std::vector<std::pair<double, double>> quantiles{};  ///< level and value, ascending
  std::vector<std::pair<double, double>> chances{};    ///< of at least so many: count and chance
  std::optional<double> mean{};
  std::string note{};      ///< what the model says of its fit
  std::uint64_t seed = 0;  ///< of the draws

  bool operator==(const SharedForecast&) const = default;
};

/// One statement of a brief.
struct SharedFinding {
  std::string text{};
  double probability = 0.0;
  double low = 0.0;  ///< 90 % interval
  double high = 1.0;
  std::string confidence{};  ///< a sentence
  std::string definition{};  ///< what would make it true

  bool operator==(const SharedFinding&) const = default;
};

/// A brief's statements together.
struct SharedBrief {
  std::string title{};
  std::string area{};
  Date issued{};
  std::vector<SharedFinding> findings{};

  bool operator==(const SharedBrief&) const = default;
};

/// A `location` for the unit and a `report` with Panj's extension about it.
std::vector<Json> to_stix(const SharedForecast& forecast, const SecretKey& ids);
Result<SharedForecast> read_forecast(const Json& report);

/// A `location` for the area, a `note` with Panj's extension for each finding, and a `report` of
/// them. Give it the join of the labels of what the brief was made from.
std::vector<Json> to_stix(const SharedBrief& brief, const SecretKey& ids);
Result<SharedFinding> read_finding(const Json& note);
/// `objects` holds the report and its notes, in any order, among others.
Result<SharedBrief> read_brief(const Json& report, const std::vector<Json>& objects);

/// What others may add to an object that is not theirs.
enum class Agreement : std::uint8_t { strongly_disagree, disagree, neutral, agree, strongly_agree };
Json make_opinion(const std::string& about, Agreement agreement, const std::string& explanation,
                  const SecretKey& ids);
Json make_sighting(const std::string& of, Time first_seen, Time last_seen, int count,
                   const SecretKey& ids);
Json make_note(const std::vector<std::string>& about, const std::string& content,
               const SecretKey& ids);
Json make_relationship(const std::string& source, const std::string& type,
                       const std::string& target, const SecretKey& ids);
Json make_grouping(const std::string& name, const std::vector<std::string>& of,
                   const SecretKey& ids);

}  // namespace panj::share
