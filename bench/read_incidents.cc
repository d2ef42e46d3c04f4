// SPDX-License-Identifier: Apache-2.0
// Reads an incident file to the end and prints the seconds it took: the bare reader, no store.
#include <fmt/format.h>

#include <chrono>
#include <exception>

#include "panj/event/incident_reader.h"

int main(int argc, char** argv) try {
  using panj::event::IncidentReader;
  if (argc != 2) {
    fmt::print(stderr, "Usage: read_incidents FILE\n");
    return 2;
  }
  const auto start = std::chrono::steady_clock::now();
  const auto reader = panj::event::open_incidents(argv[1]);
  std::uint64_t good = 0;
  for (auto row = reader->next(); row != IncidentReader::Row::end; row = reader->next()) {
    good += row == IncidentReader::Row::incident ? 1U : 0U;
  }
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
  fmt::print("{:.4f} s, {} incidents of {} rows\n", taken.count(), good, reader->row());
} catch (const std::exception& error) {
  fmt::print(stderr, "{}\n", error.what());
  return 1;
}
