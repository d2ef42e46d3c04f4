// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "panj/brief/content.h"

namespace panj::brief {

/// Longitudes and latitudes of a map's corners.
struct Frame {
  double west = 0.0;
  double south = 0.0;
  double east = 0.0;
  double north = 0.0;
};

/// The frame of all stretches, widened on each side by `pad` of its larger extent.
Frame frame_of(const std::vector<Stretch>& stretches, double pad = 0.35);

/// Countries (Natural Earth, public domain; bundled) within a frame, cut at its edges, with the
/// land borders between them, except the one between `near_side` and `far_side`: that one is drawn
/// from the theatre's own line.
Basemap crop_basemap(const Frame& frame, const std::string& near_side, const std::string& far_side);

}  // namespace panj::brief
