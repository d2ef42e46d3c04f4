// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace panj {

/// The whole file as bytes. Throws InvalidInput when it is missing, unreadable, a folder, or larger
/// than `limit_bytes`.
std::string read_file(const std::filesystem::path& path,
                      std::size_t limit_bytes = std::size_t{256} << 20);

/// Replaces `path` in one step: temporary file beside it, fsync, rename. After a kill at any moment
/// there is the old file or the new one. Makes missing parent folders. Throws std::runtime_error
/// with the path and the system's reason (disk full, no permission). Where `path` is a link, what
/// it points to is replaced; a device or a pipe is written into.
void write_file(const std::filesystem::path& path, std::string_view content);

/// Whether there is a device, a pipe or a socket at `path`: it can be written into, not replaced.
bool is_stream(const std::filesystem::path& path);

/// What the link at `path` points to in the end; `path` itself when it is none, or a broken one.
std::filesystem::path end_of_link(const std::filesystem::path& path);

/// A folder inside `parent` (made when missing) that is removed with all it holds at the end of the
/// object's life: for what is built aside and moved into place when it is whole.
class TemporaryFolder {
 public:
  explicit TemporaryFolder(const std::filesystem::path& parent);
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder();

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// SHA-256 as 64 lower-case hex digits.
std::string sha256(std::string_view bytes);
std::string sha256_of_file(const std::filesystem::path& path);

}  // namespace panj
