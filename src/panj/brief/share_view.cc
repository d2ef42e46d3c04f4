// SPDX-License-Identifier: Apache-2.0
#include "panj/brief/share_view.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "panj/brief/wording.h"
#include "panj/share/assessment_stix.h"
#include "panj/share/incident_stix.h"
#include "panj/share/tombstone.h"

namespace panj::brief {
namespace {

using share::Json;

std::string text_of(const Json& object, const char* field) {
  const auto found = object.find(field);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::string said_of(const event::Incident& incident) {
  std::string text(name(incident.type));
  std::ranges::replace(text, '_', ' ');
  text = capitalised(text);
  for (const std::string* part : {&incident.place.name, &incident.place.admin1}) {
    if (part->empty()) continue;
    text += ", " + *part;
    break;
  }
  if (!incident.place.country.empty()) text += ", " + incident.place.country;
  if (incident.deaths.best > 0) text += fmt::format(", {} killed", count(incident.deaths.best));
  if (!incident.note.empty()) text += ": " + incident.note;
  return text;
}

std::string said_of(const share::SharedForecast& forecast) {
  const auto at = [&](double level) -> std::optional<std::string> {
    for (const auto& [quantile, value] : forecast.quantiles) {
      if (quantile == level) return amount(value);
    }
    return std::nullopt;
  };
  std::string text = fmt::format("Forecast of {}, {}, {}", forecast.target, forecast.unit,
                                 long_date(panj::to_string(forecast.origin + forecast.lead)));
  const auto median = at(0.5);
  const auto low = at(0.05);
  const auto high = at(0.95);
  if (median) text += ": median " + *median;
  if (low && high) text += fmt::format("{} 90% from {} to {}", median ? "," : ":", *low, *high);
  return fmt::format("{} ({}, from {})", text, forecast.model,
                     long_date(panj::to_string(forecast.origin)));
}

std::string said_of(const share::SharedFinding& finding) {
  return fmt::format("{}: {} (90% interval {})", finding.text, percent(finding.probability),
                     percent_range(finding.low, finding.high));
}

/// Goes over what the node holds, twice: what a line says of another object may have come later.
class Collector {
 public:
  Collector(const share::Store& store, Date issued)
      : store_(store), end_(share::Time(issued) + std::chrono::days(1)) {
    for (const share::Member& member : store.members()) names_[member.id] = member.name;
  }

  struct Found {
    SharedItem item{};
    share::Label label{};
    std::string id{};
  };

  std::vector<Found> all() {
    visit([&](const share::PageEntry& entry, const Json& object) { note(entry, object); });
    std::vector<Found> found;
    visit([&](const share::PageEntry& entry, const Json& object) {
      if (auto item = read(entry, object)) found.push_back(*std::move(item));
    });
    return found;
  }

  std::string name_of(const std::string& id) const {
    const auto found = names_.find(id);
    return found == names_.end() ? id : found->second;
  }

 private:
  using Id = std::pair<std::string, std::string>;  ///< of the object, and of who made it

  /// An object as it had come by the end of the day of issue.
  struct Held {
    share::Time version = share::Time::min();
    std::string title{};
    share::Label label{};
    share::Time newest = share::Time::min();  ///< of all versions, also of those after that day
    bool is_recalled = false;
  };

  template <class Take>
  void visit(Take&& take) const {
    constexpr std::size_t kAtOnce = 500;
    share::PageRequest request{
        .query = {.types = {"incident", "report", "note", "opinion", "sighting"},
                  .versions = {"all"}},
        .limit = kAtOnce};
    for (;;) {
      const share::Page page = store_.read(store_.node().id, request);
      for (const share::PageEntry& entry : page.entries) {
        if (const auto object = share::parse_json(entry.body)) take(entry, *object);
      }
      if (!page.has_more) return;
      request.next = page.next;
    }
  }

  static share::Label label_of(const share::PageEntry& entry) {
    return entry.label.value_or(share::Label::originator_only());
  }

  void note(const share::PageEntry& entry, const Json& object) {
    Held& held = held_[{entry.id, entry.creator}];
    if (entry.version >= held.newest) {
      held.newest = entry.version;
      held.is_recalled = object.value("revoked", false);
    }
    if (entry.date_added >= end_ || entry.version < held.version) return;
    held.version = entry.version;
    held.title = text_of(object, "name");
    held.label = label_of(entry);
  }

  std::optional<Found> read(const share::PageEntry& entry, const Json& object) const {
    const Held& held = held_.at({entry.id, entry.creator});
    const bool is_shown = !held.is_recalled && entry.version == held.version &&
                          entry.creator != store_.node().id && entry.date_added < end_;
    if (!is_shown) return std::nullopt;
    Found found{.label = label_of(entry), .id = entry.id};
    found.item.date = text_of(object, "created").substr(0, std::size("YYYY-MM-DD") - 1);
    found.item.text = said(object, found);
    if (found.item.text.empty()) return std::nullopt;
    found.item.originator = name_of(entry.creator);
    found.item.label = to_string(found.label, [&](const std::string& id) { return name_of(id); });
    return found;
  }

  /// Empty for what is no statement of its own: a receipt, or the cover of a brief's findings. Sets
  /// the date of an incident, and joins the labels of what is named.
  std::string said(const Json& object, Found& into) const {
    const std::string type = text_of(object, "type");
    if (type == "incident") {
      const auto incident = share::read_incident(object);
      if (!incident) return text_of(object, "name");
      into.item.date = panj::to_string(incident->incident.first);
      return said_of(incident->incident);
    }
    if (type == "opinion") {
      return fmt::format("Opinion on {}: {}. {}", what_about(object, "object_refs", into.label),
                         text_of(object, "opinion"), text_of(object, "explanation"));
    }
    if (type == "sighting") {
      return "Seen too: " + what_about(object, "sighting_of_ref", into.label);
    }
    if (type == "note") {
      if (share::receipt_for(object)) return "";
      const auto finding = share::read_finding(object);
      return finding ? said_of(*finding) : text_of(object, "content");
    }
    const auto forecast = share::read_forecast(object);
    if (forecast) return said_of(*forecast);
    return share::read_brief(object, {}) ? "" : text_of(object, "name");
  }

  /// The names of what the object refers to. Whoever reads them must be permitted to: `label`
  /// becomes the join with theirs.
  std::string what_about(const Json& object, const char* field, share::Label& label) const {
    std::string text;
    const Json refs = object.value(field, Json::array());
    for (const Json& ref : refs.is_array() ? refs : Json::array({refs})) {
      const std::string id = ref.is_string() ? ref.get<std::string>() : "";
      for (auto held = held_.lower_bound({id, ""}); held != held_.end() && held->first.first == id;
           ++held) {
        if (held->second.title.empty() || held->second.is_recalled) continue;
        text += (text.empty() ? "" : "; ") + held->second.title;
        label = share::join(label, held->second.label);
      }
    }
    return text.empty() ? "an object" : text;
  }

  const share::Store& store_;
  share::Time end_;
  std::map<std::string, std::string> names_;
  std::map<Id, Held> held_;
};

ContentLabel content_label(const share::Label& label, const Collector& collector) {
  return {.text = to_string(label, [&](const std::string& id) { return collector.name_of(id); }),
          .level = std::string(name(label.level)),
          .caveats = {label.caveats.begin(), label.caveats.end()},
          .release_to = {label.release_to.begin(), label.release_to.end()},
          .originator_control = label.onward == share::OnwardRelease::originator_only};
}

}  // namespace

SharedView shared_by_partners(const share::Store& store, Date issued, std::size_t most) {
  Collector collector(store, issued);
  std::vector<Collector::Found> found = collector.all();
  std::ranges::stable_sort(found, [](const auto& a, const auto& b) {
    return std::tie(b.item.date, a.id) < std::tie(a.item.date, b.id);
  });
  SharedView view;
  if (found.size() > most) {
    view.left_out = found.size() - most;
    found.resize(most);
  }
  std::vector<share::Label> labels;
  for (Collector::Found& one : found) {
    labels.push_back(one.label);
    view.items.push_back(std::move(one.item));
  }
  if (const auto joined = share::join(labels)) view.label = content_label(*joined, collector);
  return view;
}

std::optional<share::Label> label_of(const ContentLabel& label) {
  const auto level = share::parse_level(label.level);
  if (!level) return std::nullopt;
  return share::Label{.level = *level,
                      .caveats = {label.caveats.begin(), label.caveats.end()},
                      .release_to = {label.release_to.begin(), label.release_to.end()},
                      .onward = label.originator_control ? share::OnwardRelease::originator_only
                                                         : share::OnwardRelease::allowed};
}

}  // namespace panj::brief
