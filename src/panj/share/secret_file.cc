// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <stdexcept>
#include <system_error>

#include "panj/share/keys.h"

namespace panj::share {
namespace {

[[noreturn]] void fail(const std::filesystem::path& path, std::string_view what) {
  throw std::runtime_error(
      fmt::format("{}: {}: {}", path.string(), what, std::generic_category().message(errno)));
}

/// Closes the file and removes it, unless it was moved into place.
class NewFile {
 public:
  explicit NewFile(std::filesystem::path path)
      : path_(std::move(path)),
        file_(::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)) {
    if (file_ < 0) fail(path_, "cannot be made");
  }
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;
  ~NewFile() {
    ::close(file_);
    ::unlink(path_.c_str());
  }
  void write(std::string_view content) const {
    if (::write(file_, content.data(), content.size()) != static_cast<ssize_t>(content.size()) ||
        ::fsync(file_) != 0) {
      fail(path_, "cannot be written");
    }
  }
  /// A hard link, unlike a rename, does not replace what is there.
  void link_as(const std::filesystem::path& target) const {
    if (::link(path_.c_str(), target.c_str()) != 0) fail(target, "cannot be made");
  }

 private:
  std::filesystem::path path_;
  int file_;
};

}  // namespace

void write_secret(const std::filesystem::path& path, std::string_view content) {
  const NewFile file(path.string() + fmt::format(".{}.tmp", ::getpid()));
  file.write(content);
  file.link_as(path);
}

}  // namespace panj::share
