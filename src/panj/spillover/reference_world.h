// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "panj/spillover/parameters.h"

namespace panj::spillover {

/// The default parameters of the model's specification on a border of 1,344 km with zones at exact
/// fractions of it: the world for which the published answers of the limit cases hold. Theatres
/// have their own numbers; no simulation of one uses these.
Parameters reference_world();

}  // namespace panj::spillover
