// SPDX-License-Identifier: Apache-2.0
#include "panj/share/assessment_stix.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

#include "panj/share/detail/extension_fields.h"
#include "panj/share/detail/secret_id.h"
#include "panj/share/extensions.h"

namespace panj::share {
namespace {

using detail::ExtensionFields;
using detail::put;
using detail::secret_id;

Json object_of(const std::string& type, const std::string& key, const SecretKey& ids) {
  return {{"type", type}, {"spec_version", "2.1"}, {"id", secret_id(ids, type, key)}};
}

Json area_location(const std::string& area, const std::string& key, const SecretKey& ids) {
  Json location = object_of("location", key, ids);
  location["name"] = area;
  location["region"] = area;
  return location;
}

std::string published_on(Date day) {
  return to_millisecond_timestamp(Time(day));
}

Json finding_note(const SharedFinding& finding, const std::string& key, const Json& location,
                  const SecretKey& ids) {
  Json note = object_of("note", key, ids);
  note["content"] = finding.text;
  note["object_refs"] = {location["id"]};
  Json extension = {{"extension_type", "property-extension"},
                    {"probability", finding.probability},
                    {"low", finding.low},
                    {"high", finding.high}};
  put(extension, "confidence", finding.confidence);
  put(extension, "definition", finding.definition);
  note["extensions"][std::string(kFindingExtension)] = std::move(extension);
  return note;
}

/// Pairs with ascending first values, each as `is_right` wants it after the one before.
template <class IsRight>
std::vector<std::pair<double, double>> read_pairs(ExtensionFields& fields, const char* field,
                                                  std::string_view why, IsRight&& is_right) {
  std::vector<std::pair<double, double>> pairs;
  for (const Json& item : fields.list(field)) {
    const bool is_pair =
        item.is_array() && item.size() == 2 && item[0].is_number() && item[1].is_number();
    const std::pair<double, double> pair =
        is_pair ? std::pair(item[0].get<double>(), item[1].get<double>()) : std::pair(0.0, 0.0);
    const bool ascends = pairs.empty() || pairs.back().first < pair.first;
    if (!is_pair || !ascends || !is_right(pairs.empty() ? pair : pairs.back(), pair)) {
      fields.fail(field, why);
      break;
    }
    pairs.push_back(pair);
  }
  return pairs;
}

bool is_probability(double value) {
  return 0.0 <= value && value <= 1.0;
}

std::uint64_t read_seed(ExtensionFields& fields) {
  const std::string text = fields.text("seed");
  std::uint64_t seed = 0;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), seed);
  if (end.ec != std::errc{} || end.ptr != text.data() + text.size()) {
    if (!text.empty()) fields.fail("seed", "must be a whole number as text");
    return 0;
  }
  return seed;
}

}  // namespace

std::vector<Json> to_stix(const SharedForecast& forecast, const SecretKey& ids) {
  const std::string key =
      fmt::format("forecast\n{}\n{}\n{}\n{}\n{}", forecast.unit, forecast.target, forecast.model,
                  to_string(forecast.origin), forecast.lead);
  const Json location = area_location(forecast.unit, key, ids);
  Json report = object_of("report", key, ids);
  report["name"] = fmt::format("Forecast of {}, {}, {}", forecast.target, forecast.unit,
                               to_string(forecast.origin + forecast.lead));
  report["report_types"] = {"forecast"};
  report["published"] = published_on(forecast.origin.last_day());
  report["object_refs"] = {location["id"]};
  Json extension = {{"extension_type", "property-extension"},
                    {"unit", forecast.unit},
                    {"target", forecast.target},
                    {"model", forecast.model},
                    {"origin", to_string(forecast.origin)},
                    {"lead", forecast.lead}};
  if (!forecast.quantiles.empty()) extension["quantiles"] = forecast.quantiles;
  if (!forecast.chances.empty()) extension["chances"] = forecast.chances;
  if (forecast.mean) extension["mean"] = *forecast.mean;
  put(extension, "note", forecast.note);
  // As text: readers round numbers beyond 2^53.
  if (forecast.seed != 0) extension["seed"] = std::to_string(forecast.seed);
  report["extensions"][std::string(kForecastExtension)] = std::move(extension);
  return {location, report};
}

Result<SharedForecast> read_forecast(const Json& report) {
  std::optional<Problem> fault;
  ExtensionFields fields = ExtensionFields::of(report, kForecastExtension, fault);
  SharedForecast forecast{.unit = fields.required_text("unit"),
                          .target = fields.required_text("target"),
                          .model = fields.required_text("model"),
                          .origin = fields.month("origin"),
                          .lead = fields.integer("lead")};
  forecast.quantiles =
      read_pairs(fields, "quantiles", "must be ascending pairs of a level from 0 to 1 and a value",
                 [](const auto& before, const auto& pair) {
                   return is_probability(pair.first) && before.second <= pair.second;
                 });
  forecast.chances = read_pairs(
      fields, "chances", "must be pairs of a count, ascending, and its chance, not rising",
      [](const auto& before, const auto& pair) {
        return is_probability(pair.second) && pair.second <= before.second;
      });
  constexpr double kMost = std::numeric_limits<double>::max();
  forecast.mean = fields.optional_number("mean", -kMost, kMost);
  forecast.note = fields.text("note");
  forecast.seed = read_seed(fields);
  if (fault) return *fault;
  return forecast;
}

std::vector<Json> to_stix(const SharedBrief& brief, const SecretKey& ids) {
  const std::string key =
      fmt::format("brief\n{}\n{}\n{}", brief.title, brief.area, panj::to_string(brief.issued));
  std::vector<Json> objects = {area_location(brief.area, key, ids)};
  Json report = object_of("report", key, ids);
  report["name"] = brief.title;
  report["report_types"] = {"assessment"};
  report["published"] = published_on(brief.issued);
  for (std::size_t i = 0; i < brief.findings.size(); ++i) {
    objects.push_back(
        finding_note(brief.findings[i], fmt::format("{}\n{}", key, i), objects.front(), ids));
    report["object_refs"].push_back(objects.back()["id"]);
  }
  if (brief.findings.empty()) report["object_refs"] = {objects.front()["id"]};
  Json extension = {{"extension_type", "property-extension"},
                    {"issued", panj::to_string(brief.issued)}};
  put(extension, "area", brief.area);
  report["extensions"][std::string(kFindingExtension)] = std::move(extension);
  objects.push_back(std::move(report));
  return objects;
}

Result<SharedFinding> read_finding(const Json& note) {
  std::optional<Problem> fault;
  ExtensionFields fields = ExtensionFields::of(note, kFindingExtension, fault);
  SharedFinding finding{.probability = fields.number("probability", 0.0, 1.0),
                        .low = fields.number("low", 0.0, 1.0),
                        .high = fields.number("high", 0.0, 1.0),
                        .confidence = fields.text("confidence"),
                        .definition = fields.text("definition")};
  if (fault) return *fault;
  const Json content = note.value("content", Json());
  if (!content.is_string()) return Problem{.field = "content", .what = "is no text"};
  finding.text = content.get<std::string>();
  return finding;
}

Result<SharedBrief> read_brief(const Json& report, const std::vector<Json>& objects) {
  std::optional<Problem> fault;
  ExtensionFields fields = ExtensionFields::of(report, kFindingExtension, fault);
  SharedBrief brief{.area = fields.text("area"), .issued = fields.day("issued")};
  if (fault) return *fault;
  const Json title = report.value("name", Json());
  if (title.is_string()) brief.title = title.get<std::string>();
  for (const Json& ref : report.value("object_refs", Json::array())) {
    const auto note = std::ranges::find_if(objects, [&](const Json& object) {
      return object.is_object() && object.value("id", Json()) == ref &&
             object.value("type", Json()) == "note";
    });
    if (note == objects.end()) continue;
    auto finding = read_finding(*note);
    if (!finding) return finding.error();
    brief.findings.push_back(*std::move(finding));
  }
  return brief;
}

Json make_opinion(const std::string& about, Agreement agreement, const std::string& explanation,
                  const SecretKey& ids) {
  constexpr std::array<const char*, 5> kWords = {"strongly-disagree", "disagree", "neutral",
                                                 "agree", "strongly-agree"};
  Json opinion = object_of("opinion", about, ids);
  opinion["opinion"] = kWords.at(static_cast<std::size_t>(agreement));
  opinion["object_refs"] = {about};
  put(opinion, "explanation", explanation);
  return opinion;
}

Json make_sighting(const std::string& of, Time first_seen, Time last_seen, int count,
                   const SecretKey& ids) {
  Json sighting = object_of("sighting", of + "\n" + to_timestamp(first_seen), ids);
  sighting["sighting_of_ref"] = of;
  sighting["first_seen"] = to_millisecond_timestamp(first_seen);
  sighting["last_seen"] = to_millisecond_timestamp(last_seen);
  sighting["count"] = count;
  return sighting;
}

Json make_note(const std::vector<std::string>& about, const std::string& content,
               const SecretKey& ids) {
  Json note = object_of("note", Json(about).dump() + "\n" + content, ids);
  note["content"] = content;
  note["object_refs"] = about;
  return note;
}

Json make_relationship(const std::string& source, const std::string& type,
                       const std::string& target, const SecretKey& ids) {
  Json relationship = object_of("relationship", source + "\n" + type + "\n" + target, ids);
  relationship["relationship_type"] = type;
  relationship["source_ref"] = source;
  relationship["target_ref"] = target;
  return relationship;
}

Json make_grouping(const std::string& name, const std::vector<std::string>& of,
                   const SecretKey& ids) {
  Json grouping = object_of("grouping", name, ids);
  grouping["name"] = name;
  grouping["context"] = "unspecified";
  grouping["object_refs"] = of;
  return grouping;
}

}  // namespace panj::share
