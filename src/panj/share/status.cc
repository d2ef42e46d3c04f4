// SPDX-License-Identifier: Apache-2.0
#include "panj/share/status.h"

namespace panj::share {
namespace {

Json list(const std::vector<ObjectStatus>& objects) {
  Json items = Json::array();
  for (const ObjectStatus& object : objects) {
    Json item = Json::object();
    item["id"] = object.id;
    item["version"] = object.version;
    if (!object.message.empty()) item["message"] = object.message;
    items.push_back(std::move(item));
  }
  return items;
}

}  // namespace

Json Status::to_json() const {
  Json json = {{"id", id},
               {"status", "complete"},
               {"request_timestamp", to_timestamp(request)},
               {"total_count", successes.size() + failures.size()},
               {"success_count", successes.size()},
               {"failure_count", failures.size()},
               {"pending_count", 0}};
  if (!successes.empty()) json["successes"] = list(successes);
  if (!failures.empty()) json["failures"] = list(failures);
  return json;
}

}  // namespace panj::share
