// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "panj/brief/content_calibration.h"
#include "panj/brief/content_exploration.h"
#include "panj/brief/content_outlook.h"
#include "panj/brief/content_plan.h"
#include "panj/brief/content_shared.h"

namespace panj::brief {

/// Everything a brief says, as data. `brief.json` is this and nothing else (schema panj.brief/1);
/// `brief.html` is made from it alone, so a brief can be drawn again from its JSON.
///
/// Dates are "YYYY-MM-DD", months "YYYY-MM", chainages km from the western end of `meta.line_id`,
/// probabilities 0–1, positions longitude and latitude in degrees. An absent optional means
/// "no data" and is drawn as such, never as zero.

using Position = std::array<double, 2>;

struct Meta {
  std::string schema = "panj.brief/1";
  std::string title{};
  std::string area{};
  std::string near_side{};  ///< whose border is at stake
  std::string far_side{};   ///< where the spillover comes from
  std::string line_id{};
  double length_km = 0.0;
  std::string stated_length{};  ///< what others say of the length, in a sentence; may be empty
  std::string deaths_end{};     ///< month
  std::string incidents_end{};  ///< date
  std::string issued{};         ///< date
  std::string outlook{};        ///< "May 2024 to April 2025"
  std::string map_sources{};
  std::string words = "icd203";
  std::string version{};
  std::string run{};
  std::string command{};
  std::uint64_t seed = 0;
  std::uint64_t samples = 0;
  bool mock = false;
};

/// One statement of the bottom line. Its likelihood word follows from `probability`.
struct Statement {
  std::string text{};
  double probability = 0.0;
  double low = 0.0;  ///< 90 % interval
  double high = 1.0;
  std::string confidence{};  ///< a sentence of its own
  std::string definition{};  ///< what would make it true, so that it can be checked
};

struct Stretch {
  std::string id{};
  std::string name{};
  double from = 0.0;
  double to = 0.0;
  std::uint64_t incidents = 0;  ///< reported, of any kind
  std::uint64_t armed = 0;
  /// Chance of at least one reported armed incident in the outlook's window, as simulated.
  std::optional<double> risk{};
  std::optional<double> risk_with_package{};
  std::string readout{};  ///< the stretch in one sentence
  std::vector<Position> geometry{};
};

struct Incident {
  std::string id{};
  std::string date{};  ///< as precise as reported: "2024-11-18", "2024-11" or "2024"
  std::string place{};
  std::string label{};         ///< what happened, in one line
  std::optional<double> km{};  ///< absent when not on this line
  std::string bank = "near";   ///< or "far"
  bool armed = true;
  std::optional<std::uint64_t> deaths{};
  int credibility = 6;  ///< Admiralty code, 1 to 6
  std::optional<Position> at{};
  std::optional<std::string> stretch{};
};

struct Crossing {
  std::string name{};
  double km = 0.0;
  Position at{};
  std::optional<bool> open{};
};

struct Reach {
  std::string name{};
  double from = 0.0;
  double to = 0.0;
};

struct Banks {
  std::vector<Reach> near{};  ///< landscapes along the near side, west to east
  std::vector<Reach> far{};   ///< zones on the far side
};

struct Country {
  std::string name{};
  std::string first{};  ///< month of the first value
  std::vector<std::optional<double>> deaths{};
};

struct Observation {
  std::string month{};
  std::optional<double> deaths{};
};

struct PastInterval {
  std::string month{};
  double q05 = 0.0;  ///< of the forecast made one month before
  double q95 = 0.0;
};

struct Quantiles {
  std::string month{};
  double q05 = 0.0;
  double q25 = 0.0;
  double q50 = 0.0;
  double q75 = 0.0;
  double q95 = 0.0;
};

struct Forecast {
  std::string unit{};
  std::string model{};
  std::vector<Observation> observed{};
  std::vector<PastInterval> past{};
  std::vector<Quantiles> fan{};
};

struct ModelScore {
  double crps = 0.0;
  double coverage90 = 0.0;
};

struct Window {
  int year = 0;
  std::map<std::string, ModelScore> scores{};  ///< by model
};

struct Skill {
  std::string issued_model{};
  std::string protocol{};  ///< what a window is, in a sentence
  std::vector<std::string> models{};
  std::vector<Window> windows{};
  std::optional<Calibration> calibration{};
  std::vector<LeadSkill> by_lead{};  ///< leads that were not scored are absent
};

struct Assumption {
  std::string name{};
  std::string value{};  ///< a range, unless the basis states a point
  std::string basis{};  ///< article, public-reporting or assumption
  std::string source{};
};

struct Source {
  std::string name{};
  std::string licence{};
  std::string vintage{};
  std::string sha256{};
};

struct Outline {
  std::string name{};
  std::vector<std::vector<Position>> rings{};
};

struct Place {
  std::string name{};
  Position at{};
  bool capital = false;
};

struct Basemap {
  std::vector<Outline> countries{};
  std::vector<std::vector<Position>> borders{};
  std::vector<Place> places{};
};

struct BriefContent {
  Meta meta{};
  std::vector<Statement> bottom_line{};
  std::vector<Stretch> stretches{};
  std::vector<Incident> incidents{};
  std::vector<Crossing> crossings{};
  Banks banks{};
  std::vector<Country> records{};
  std::vector<Forecast> forecasts{};
  Skill skill{};
  std::vector<Move> moves{};
  std::optional<SpilloverOutlook> spillover{};
  std::optional<Exploration> exploration{};
  Plan plan{};
  std::optional<ContentLabel> label{};  ///< nothing when it shows nothing of partners
  std::vector<SharedItem> shared{};
  std::uint64_t shared_left_out = 0;        ///< older ones that are not shown
  std::string containment{};                ///< the theatre's definition of a contained future
  std::vector<std::string> not_answered{};  ///< one paragraph each
  std::vector<Assumption> assumptions{};
  std::vector<Source> sources{};
  Basemap basemap{};
};

}  // namespace panj::brief
