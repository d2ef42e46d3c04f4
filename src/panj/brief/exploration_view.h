// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "panj/brief/content.h"
#include "panj/explore/exploration.h"

namespace panj::brief {

/// What holds over plausible futures, as part of a brief's content. The failure box is that of
/// `package` when there is one, else the first found. Costs are given on top of the first
/// package's.
Exploration exploration_of(const explore::Exploration& explored, const std::string& package);

}  // namespace panj::brief
