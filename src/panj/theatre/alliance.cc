// SPDX-License-Identifier: Apache-2.0
#include "panj/theatre/alliance.h"

#include <algorithm>

#include "panj/core/contract.h"

namespace panj::theatre {

double Member::stance_on(Date date) const {
  PANJ_EXPECT(stance.has_value());
  const Assumption& path = *stance;
  for (std::size_t i = 0; i < path.labels.size(); ++i) {
    const Date to = *parse_date(path.labels[i]);
    if (date > to) continue;
    if (i == 0) return path.values[0];
    const Date from = *parse_date(path.labels[i - 1]);
    const double part =
        static_cast<double>((date - from).count()) / static_cast<double>((to - from).count());
    return path.values[i - 1] + part * (path.values[i] - path.values[i - 1]);
  }
  return path.values.back();
}

const Member* Alliance::find(std::string_view id) const {
  const auto found = std::ranges::find(members, id, &Member::id);
  return found == members.end() ? nullptr : &*found;
}

}  // namespace panj::theatre
