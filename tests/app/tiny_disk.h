// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/mount.h>

#include <filesystem>
#include <string>

namespace panj::app {

/// A disk of a test's own with room for `kilobytes`; needs the right to mount.
class TinyDisk {
 public:
  TinyDisk(const std::filesystem::path& where, unsigned kilobytes) : where_(where) {
    std::filesystem::create_directories(where);
    const std::string size = "size=" + std::to_string(kilobytes) + "k";
    mounted_ = ::mount("none", where.c_str(), "tmpfs", 0, size.c_str()) == 0;
  }
  TinyDisk(const TinyDisk&) = delete;
  TinyDisk& operator=(const TinyDisk&) = delete;
  ~TinyDisk() {
    if (mounted_) ::umount(where_.c_str());
  }
  bool is_mounted() const { return mounted_; }
  /// Gives it another size; it keeps what is on it.
  bool resize(unsigned kilobytes) const {
    const std::string size = "size=" + std::to_string(kilobytes) + "k";
    return ::mount("none", where_.c_str(), "tmpfs", MS_REMOUNT, size.c_str()) == 0;
  }
  bool make_read_only() const {
    return ::mount("none", where_.c_str(), "tmpfs", MS_REMOUNT | MS_RDONLY, "") == 0;
  }

 private:
  std::filesystem::path where_;
  bool mounted_ = false;
};

}  // namespace panj::app
