// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace panj::share {

/// Kills a process that publishes batches, `kills` times at random moments, and checks each time
/// that every batch is there whole or not at all, in every log, and that the audit verifies. How
/// many batches were stored.
int publish_under_kills(int kills, std::uint32_t seed);

/// The same for a process that receives pages with their cursor: what the cursor says was received
/// is there, once.
int receive_under_kills(int kills, std::uint32_t seed);

/// A server and a client in processes of their own, one of them killed each time at a random
/// moment, while pages come twice, shuffled or cut short and the server's clock is up to a day off.
/// In the end everything is there, once, and both audits verify. How many objects were exchanged.
int exchange_under_kills(int kills, std::uint32_t seed);

}  // namespace panj::share
