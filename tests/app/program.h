// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "gtest/gtest.h"
#include "panj/core/file.h"
#include "paths.h"

namespace panj::app {

inline const std::string kTheatre = test::source_path("theatres/tajik-afghan");

/// How a run of the real program ended.
struct ProgramRun {
  int exit_code = -1;
  std::string out;
  std::string err;
};

/// A file in the test's own folder, which no other build of Panj uses.
inline std::filesystem::path scratch(const std::string& name) {
  const auto* test = testing::UnitTest::GetInstance()->current_test_info();
  return std::filesystem::path(testing::TempDir()) /
         ("panj_" + std::to_string(std::hash<std::string>{}(test::program_path())) + "_" +
          test->test_suite_name() + "_" + test->name()) /
         name;
}

/// Runs a line of the shell.
inline ProgramRun run_shell(const std::string& line) {
  const auto out = scratch("stdout");
  const auto err = scratch("stderr");
  std::filesystem::create_directories(out.parent_path());
  const std::string command = line + " >'" + out.string() + "' 2>'" + err.string() + "'";
  const int status = std::system(command.c_str());  // NOLINT(cert-env33-c,concurrency-mt-unsafe)
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, read_file(out), read_file(err)};
}

/// Runs `panj` with arguments as a shell would read them.
inline ProgramRun panj(const std::string& arguments) {
  return run_shell(test::program_path() + " " + arguments);
}

}  // namespace panj::app
