// SPDX-License-Identifier: Apache-2.0
#include "panj/core/netcdf_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <netcdf.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "panj/core/contract.h"

namespace panj {
namespace {

namespace fs = std::filesystem;

constexpr int kCompression = 1;  ///< deflate level: half the size for a tenth of the time

[[noreturn]] void cannot_write(const fs::path& path, std::string_view reason) {
  throw std::runtime_error(fmt::format("{}: cannot write: {}", path.string(), reason));
}

/// HDF5 1.10 crashes when the program ends with a file that it could not write to the end (disk
/// full): the program then ends before HDF5 puts itself in order, with the exit code that it has.
void end_without_hdf5() {
#if defined(__GLIBC__)
  static const int registered = ::on_exit(
      [](int status, void*) {
        std::fflush(nullptr);
        std::_Exit(status);
      },
      nullptr);
  static_cast<void>(registered);
#endif
}

void sync(const fs::path& file, const fs::path& target) {
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  const bool done = descriptor >= 0 && ::fsync(descriptor) == 0;
  const int error = errno;
  if (descriptor >= 0) ::close(descriptor);
  if (!done) cannot_write(target, std::generic_category().message(error));
}

nc_type type_of(NetcdfFile::Type type) {
  switch (type) {
    case NetcdfFile::Type::integer:
      return NC_INT64;
    case NetcdfFile::Type::text:
      return NC_STRING;
    case NetcdfFile::Type::real:
      break;
  }
  return NC_DOUBLE;
}

}  // namespace

NetcdfFile::NetcdfFile(const fs::path& target)
    : target_(end_of_link(target)),
      folder_(target_.has_parent_path() ? target_.parent_path() : fs::path(".")),
      unfinished_(folder_.path() / "unfinished.nc") {
  if (is_stream(target_)) cannot_write(target_, "a NetCDF file cannot be written into a device");
  check(nc_create(unfinished_.c_str(), NC_NETCDF4 | NC_CLOBBER, &file_));
  attribute(kGlobal, "Conventions", "CF-1.8");
}

NetcdfFile::~NetcdfFile() {
  if (file_ >= 0) nc_close(file_);
}

int NetcdfFile::dimension(const std::string& name, std::size_t size) {
  const auto known = dimensions_.find(name);
  if (known != dimensions_.end()) return known->second;
  int id = 0;
  check(nc_def_dim(file_, name.c_str(), size, &id));
  dimensions_[name] = id;
  return id;
}

int NetcdfFile::variable(const std::string& name, Type type, const std::vector<int>& dimensions) {
  int id = 0;
  check(nc_def_var(file_, name.c_str(), type_of(type), static_cast<int>(dimensions.size()),
                   dimensions.data(), &id));
  return id;
}

void NetcdfFile::compress(int variable, const std::vector<std::size_t>& block) {
  constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();
  check(nc_def_var_chunking(file_, variable, NC_CHUNKED, block.data()));
  check(nc_def_var_deflate(file_, variable, NC_SHUFFLE, 1, kCompression));
  check(nc_def_var_fill(file_, variable, NC_FILL, &kMissing));
}

void NetcdfFile::attribute(int variable, const char* name, const std::string& text) {
  check(nc_put_att_text(file_, variable == kGlobal ? NC_GLOBAL : variable, name, text.size(),
                        text.data()));
}

void NetcdfFile::put(int variable, std::span<const std::size_t> start,
                     std::span<const std::size_t> count, std::span<const double> values) {
  std::size_t cells = 1;
  for (const std::size_t along : count) cells *= along;
  PANJ_EXPECT(start.size() == count.size() && values.size() == cells);
  check(nc_put_vara_double(file_, variable, start.data(), count.data(), values.data()));
}

void NetcdfFile::put(int variable, std::span<const double> values) {
  check(nc_put_var_double(file_, variable, values.data()));
}

void NetcdfFile::put(int variable, std::span<const std::string> texts) {
  std::vector<const char*> pointers;
  pointers.reserve(texts.size());
  for (const std::string& text : texts) pointers.push_back(text.c_str());
  if (!pointers.empty()) check(nc_put_var_string(file_, variable, pointers.data()));
}

void NetcdfFile::finish() {
  check(nc_close(std::exchange(file_, -1)));
  sync(unfinished_, target_);
  std::error_code error;
  fs::rename(unfinished_, target_, error);
  if (error) cannot_write(target_, error.message());
}

void NetcdfFile::check(int status) const {
  if (status == NC_NOERR) return;
  end_without_hdf5();
  cannot_write(target_, nc_strerror(status));
}

}  // namespace panj
