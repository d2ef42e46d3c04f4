// SPDX-License-Identifier: Apache-2.0
#include "panj/share/detail/label_book.h"

#include "panj/share/canonical.h"
#include "panj/share/marking.h"

namespace panj::share::detail {

std::optional<Label> LabelBook::find(Database& database, const std::string& id) {
  {
    const std::lock_guard lock(mutex_);
    const auto found = known_.find(id);
    if (found != known_.end()) return found->second;
  }
  Rows rows = database.query("SELECT marking FROM labels WHERE id = $1", id);
  if (!rows.next()) return std::nullopt;
  const Result<Json> marking = parse_json(rows.text(0));
  auto label = marking ? label_of_marking(*marking) : std::nullopt;
  // A row that was changed by hand is a good marking of another id: it must not widen this one.
  if (!label || (*marking)["id"] != id) return std::nullopt;
  const std::lock_guard lock(mutex_);
  known_.emplace(id, *label);
  return label;
}

std::string LabelBook::keep(Database& database, const Label& label) {
  {
    const std::lock_guard lock(mutex_);
    if (last_kept_ && last_kept_->first == label) return last_kept_->second;
  }
  const Json marking = label_marking(label);
  auto id = marking["id"].get<std::string>();
  if (!find(database, id)) {
    database.execute("INSERT INTO labels VALUES ($1, $2) ON CONFLICT (id) DO NOTHING", id,
                     canonical_json(marking));
  }
  const std::lock_guard lock(mutex_);
  last_kept_.emplace(label, id);
  return id;
}

void LabelBook::forget() {
  const std::lock_guard lock(mutex_);
  known_.clear();
  last_kept_.reset();
}

}  // namespace panj::share::detail
