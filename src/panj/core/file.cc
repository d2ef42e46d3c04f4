// SPDX-License-Identifier: Apache-2.0
#include "panj/core/file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <fstream>
#include <system_error>

#include "panj/core/problem.h"
#include "panj/core/sha256.h"

namespace panj {
namespace fs = std::filesystem;
namespace {

[[noreturn]] void fail(const fs::path& path, std::string_view action) {
  throw std::runtime_error(
      fmt::format("{}: {}: {}", path.string(), action, std::generic_category().message(errno)));
}

void write_all(int descriptor, std::string_view content, const fs::path& path) {
  while (!content.empty()) {
    const ssize_t written = ::write(descriptor, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail(path, "cannot write");
    content.remove_prefix(static_cast<std::size_t>(written));
  }
}

/// A device or a pipe takes what is written; nothing can be put in its place.
void write_stream(const fs::path& path, std::string_view content) {
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
  if (descriptor < 0) fail(path, "cannot write");
  try {
    write_all(descriptor, content, path);
  } catch (...) {
    ::close(descriptor);
    throw;
  }
  if (::close(descriptor) != 0) fail(path, "cannot write");
}

/// A file beside the target that disappears unless it is renamed.
class TemporaryFile {
 public:
  explicit TemporaryFile(const fs::path& target) : path_(target.string() + ".XXXXXX") {
    descriptor_ = ::mkstemp(path_.data());
    if (descriptor_ < 0) fail(target, "cannot write");
    ::fchmod(descriptor_, 0644);
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
    if (!path_.empty()) ::unlink(path_.c_str());
  }

  void replace(const fs::path& target, std::string_view content) {
    write_all(descriptor_, content, target);
    if (::fsync(descriptor_) != 0) fail(target, "cannot write");
    if (::rename(path_.c_str(), target.c_str()) != 0) fail(target, "cannot replace");
    path_.clear();
  }

 private:
  std::string path_;
  int descriptor_ = -1;
};

std::ifstream open(const fs::path& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (!fs::exists(status)) {
    throw InvalidInput(
        {.file = path.string(), .what = "no such file", .suggestion = "check the path"});
  }
  if (fs::is_directory(status)) {
    throw InvalidInput({.file = path.string(), .what = "is a folder", .why = "a file is needed"});
  }
  std::ifstream in(path, std::ios::binary);
  if (!in) {
    throw InvalidInput({.file = path.string(),
                        .what = "cannot be read",
                        .why = std::generic_category().message(errno)});
  }
  return in;
}

}  // namespace

std::string read_file(const fs::path& path, std::size_t limit_bytes) {
  std::ifstream in = open(path);
  std::string content;
  std::array<char, 1 << 16> block{};
  while (in.read(block.data(), block.size()) || in.gcount() > 0) {
    content.append(block.data(), static_cast<std::size_t>(in.gcount()));
    if (content.size() > limit_bytes) {
      throw InvalidInput({.file = path.string(),
                          .what = "is too large",
                          .why = fmt::format("at most {} bytes are read", limit_bytes)});
    }
  }
  return content;
}

fs::path end_of_link(const fs::path& path) {
  std::error_code error;
  if (!fs::is_symlink(path, error)) return path;
  const fs::path end = fs::canonical(path, error);
  return error ? path : end;
}

bool is_stream(const fs::path& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  return fs::is_character_file(status) || fs::is_fifo(status) || fs::is_socket(status);
}

void write_file(const fs::path& path, std::string_view content) {
  if (is_stream(path)) return write_stream(path, content);
  const fs::path target = end_of_link(path);
  if (target.has_parent_path()) fs::create_directories(target.parent_path());
  TemporaryFile(target).replace(target, content);
}

TemporaryFolder::TemporaryFolder(const fs::path& parent) {
  fs::create_directories(parent);
  std::string name = (parent / ".panj-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) fail(parent, "cannot write");
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;  // what is left over is a hidden folder without meaning
  fs::remove_all(path_, ignored);
}

std::string sha256(std::string_view bytes) {
  Sha256 digest;
  digest.add(bytes);
  return digest.hex();
}

std::string sha256_of_file(const fs::path& path) {
  std::ifstream in = open(path);
  Sha256 digest;
  std::array<char, 1 << 16> block{};
  while (in.read(block.data(), block.size()) || in.gcount() > 0) {
    digest.add({block.data(), static_cast<std::size_t>(in.gcount())});
  }
  return digest.hex();
}

}  // namespace panj
