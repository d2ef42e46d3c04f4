// SPDX-License-Identifier: Apache-2.0
#include "panj/core/log.h"

#include <spdlog/sinks/stdout_sinks.h>

#include <cstdlib>

namespace panj {

void start_logging() {
  auto logger =
      std::make_shared<spdlog::logger>("panj", std::make_shared<spdlog::sinks::stderr_sink_mt>());
  logger->set_pattern("%l: %v");
  const char* level = std::getenv("PANJ_LOG");
  logger->set_level(level != nullptr ? spdlog::level::from_str(level) : spdlog::level::info);
  spdlog::set_default_logger(std::move(logger));
}

}  // namespace panj
