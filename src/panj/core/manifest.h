// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace panj {

/// The program's version, "0.1.0".
std::string version();

/// Where a result comes from: version, arguments, seed, SHA-256 of every input, and how long each
/// part took. Written beside every output folder as `manifest.json`.
///
///     Manifest manifest("brief", arguments, seed);
///     manifest.add_input("theatre.toml");
///     { auto timing = manifest.time("forecast"); … }
///     manifest.write("out/manifest.json");
class Manifest {
 public:
  Manifest(std::string command, std::vector<std::string> arguments,
           std::optional<std::uint64_t> seed);

  /// Notes the file's name, size and SHA-256 digest, and gives the digest. Throws InvalidInput when
  /// the file cannot be read.
  std::string add_input(const std::filesystem::path& path);
  void add_setting(std::string name, std::string value);
  void add_output(const std::filesystem::path& path);

  /// Notes the time from now to the end of the returned object's life.
  class Timing;
  [[nodiscard]] Timing time(std::string part);

  /// What identifies the result, as 12 hex digits: command, version, seed and the inputs' digests,
  /// not where the files lie nor how long it took. What else changes a result (an option) is added
  /// by `add_setting`.
  std::string run_id() const;

  nlohmann::ordered_json to_json() const;
  void write(const std::filesystem::path& path) const;

 private:
  struct Input {
    std::string path;
    std::uintmax_t bytes;
    std::string sha256;
  };
  nlohmann::ordered_json identity() const;

  std::string command_;
  std::vector<std::string> arguments_;
  std::optional<std::uint64_t> seed_;
  std::vector<Input> inputs_;
  std::vector<std::pair<std::string, std::string>> settings_;
  std::vector<std::string> outputs_;
  std::vector<std::pair<std::string, double>> seconds_;
};

class Manifest::Timing {
 public:
  Timing(Manifest& manifest, std::string part) : manifest_(manifest), part_(std::move(part)) {}
  Timing(const Timing&) = delete;
  Timing& operator=(const Timing&) = delete;
  ~Timing();

 private:
  Manifest& manifest_;
  std::string part_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace panj
