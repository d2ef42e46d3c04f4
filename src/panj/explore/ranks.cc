// SPDX-License-Identifier: Apache-2.0
#include "panj/explore/ranks.h"

#include <dlfcn.h>
#include <fmt/format.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>

#include "panj/explore/detail/mpi_module.h"

namespace panj::explore {
namespace {

constexpr const char* kModule = "libpanj_mpi.so";

std::string folder_of_program() {
  std::error_code error;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
  return program.parent_path().string();
}

/// The module is never closed: MPI does not survive it.
void* open_module() {
  const std::string path = folder_of_program() + "/" + kModule;
  void* module = dlopen(path.c_str(), RTLD_NOW | RTLD_GLOBAL);
  if (module == nullptr) module = dlopen(kModule, RTLD_NOW | RTLD_GLOBAL);
  if (module != nullptr) return module;
  const char* reason = dlerror();  // NOLINT(concurrency-mt-unsafe): before any thread starts
  throw std::runtime_error(fmt::format(
      "mpirun has started this process, but MPI cannot be loaded ({}); install Open MPI "
      "and the module {} beside the program, or run without mpirun",
      reason == nullptr ? "no reason given" : reason, kModule));
}

template <class Function>
Function* function_of(void* module, const char* name) {
  void* address = dlsym(module, name);
  if (address == nullptr) {
    throw std::runtime_error(
        fmt::format("{} has no '{}': it is of another version", kModule, name));
  }
  return reinterpret_cast<Function*>(address);  // NOLINT(*-reinterpret-cast): POSIX says so
}

/// The launcher ends all ranks with SIGTERM when one is lost.
void say_how_to_go_on(int /*signal*/) {
  static constexpr std::string_view kMessage =
      "panj: stopped by the launcher, as when a rank is lost; what is finished is kept: run the "
      "same command again to run the rest\n";
  const auto ignored = ::write(STDERR_FILENO, kMessage.data(), kMessage.size());
  static_cast<void>(ignored);
  ::_exit(1);
}

}  // namespace

struct Ranks::Module {
  decltype(panj_mpi_start)* start;
  decltype(panj_mpi_wait_for_all)* wait_for_all;
  decltype(panj_mpi_abort)* abort;
  decltype(panj_mpi_stop)* stop;

  static const Module& loaded() {
    static const Module module = [] {
      void* handle = open_module();
      return Module{function_of<decltype(panj_mpi_start)>(handle, "panj_mpi_start"),
                    function_of<decltype(panj_mpi_wait_for_all)>(handle, "panj_mpi_wait_for_all"),
                    function_of<decltype(panj_mpi_abort)>(handle, "panj_mpi_abort"),
                    function_of<decltype(panj_mpi_stop)>(handle, "panj_mpi_stop")};
    }();
    return module;
  }
};

bool is_launched_by_mpi() {
  for (const char* name : {"OMPI_COMM_WORLD_SIZE", "PMIX_RANK", "PMI_RANK"}) {
    if (std::getenv(name) != nullptr) return true;  // NOLINT(concurrency-mt-unsafe): only reads
  }
  return false;
}

Ranks::Ranks() {
  if (!is_launched_by_mpi()) return;
  module_ = &Module::loaded();
  module_->start(&rank_, &size_);
  if (size_ > 1 && rank_ == 0) std::signal(SIGTERM, say_how_to_go_on);
}

Ranks::~Ranks() {
  if (module_ != nullptr) module_->stop();
}

void Ranks::wait_for_all() const {
  if (module_ != nullptr) module_->wait_for_all();
}

void Ranks::abort(int exit_code) const {
  if (module_ != nullptr && size_ > 1) module_->abort(exit_code);
}

}  // namespace panj::explore
