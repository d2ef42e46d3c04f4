// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "panj/brief/content_shared.h"
#include "panj/core/date.h"
#include "panj/share/label.h"
#include "panj/share/store.h"

namespace panj::brief {

/// What partners shared, and the label of a brief that shows it.
struct SharedView {
  std::vector<SharedItem> items{};  ///< newest first
  std::uint64_t left_out = 0;       ///< older ones
  std::optional<ContentLabel>
      label{};  ///< the join of the labels of `items`; nothing without items
};

/// The incidents, forecasts, findings, notes, opinions and sightings of other members that the node
/// holds: what it had received by the end of the day of issue, as it then was, and was not recalled
/// since; the newest `most` of them. An opinion or sighting names what it is about, and its label
/// is joined with that of what it names. What the node itself made is left out: a brief has that at
/// first hand.
SharedView shared_by_partners(const share::Store& store, Date issued, std::size_t most = 100);

/// As data again. Nothing when its level is none of TLP 2.0.
std::optional<share::Label> label_of(const ContentLabel& label);

}  // namespace panj::brief
