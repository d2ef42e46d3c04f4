// SPDX-License-Identifier: Apache-2.0
// The spillover model on one thread: prints how long a theatre's packages take, in processor time.
//
//     spillover THEATRE STRETCHES REPLICATES [PACKAGE…]
//
// Printed as JSON: replicate-years, seconds, and the greatest memory in use, MB.
#include <fmt/format.h>
#include <sys/resource.h>

#include <cstdlib>
#if defined(__GLIBC__)
#include <malloc.h>
#endif
#include <span>
#include <string>
#include <vector>

#include "panj/spillover/simulate.h"
#include "panj/theatre/theatre.h"

namespace {

using namespace panj;

rusage usage() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  return used;
}

double user_seconds() {
  const timeval time = usage().ru_utime;
  return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
}

}  // namespace

int main(int argc, char** argv) {
  const std::span all(argv, static_cast<std::size_t>(argc));
  if (all.size() < 4) return EXIT_FAILURE;
#if defined(__GLIBC__)
  mallopt(M_TRIM_THRESHOLD, 64 << 20);  // as the program does
  mallopt(M_MMAP_THRESHOLD, 64 << 20);
#endif
  const auto theatre = theatre::read_theatre(all[1]);
  const auto stretches = static_cast<std::size_t>(std::atoi(all[2]));
  const auto replicates = static_cast<std::uint32_t>(std::atoi(all[3]));
  const std::vector<std::string> packages(all.begin() + 4, all.end());
  const auto parameters = spillover::parameters_of(theatre);
  const auto geometry = spillover::geometry_of(theatre, parameters, stretches);
  const auto scenarios = spillover::scenarios_of(theatre, parameters, packages);
  const spillover::SimulationOptions options{.replicates = replicates,
                                             .seed = 7,
                                             .threads = 1,
                                             .settings = spillover::settings_of(theatre),
                                             .progress = Progress::Output::silent};
  const double before = user_seconds();
  const auto result = spillover::simulate_packages(parameters, geometry, scenarios, options);
  const double seconds = user_seconds() - before;
  const double years = static_cast<double>(result.replicates * scenarios.size()) *
                       static_cast<double>(options.settings.years());
  fmt::print(R"({{"replicate_years": {}, "seconds": {}, "megabytes": {}, "digest": "{}"}})"
             "\n",
             years, seconds, static_cast<double>(usage().ru_maxrss) / 1024, result.digest);
}
