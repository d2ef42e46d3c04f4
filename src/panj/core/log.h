// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <spdlog/spdlog.h>

namespace panj {

/// Sends spdlog to stderr, one plain line each ("warning: …"), so that stdout carries results only.
/// The level is taken from PANJ_LOG (trace, debug, info, warn, error); default info.
void start_logging();

}  // namespace panj
