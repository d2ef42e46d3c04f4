// SPDX-License-Identifier: Apache-2.0
#include "panj/core/manifest.h"

#include "panj/core/file.h"

namespace panj {

std::string version() {
  return PANJ_VERSION;
}

Manifest::Manifest(std::string command, std::vector<std::string> arguments,
                   std::optional<std::uint64_t> seed)
    : command_(std::move(command)), arguments_(std::move(arguments)), seed_(seed) {}

std::string Manifest::add_input(const std::filesystem::path& path) {
  std::string digest = sha256_of_file(path);
  inputs_.push_back({path.generic_string(), std::filesystem::file_size(path), digest});
  return digest;
}

void Manifest::add_setting(std::string name, std::string value) {
  settings_.emplace_back(std::move(name), std::move(value));
}

void Manifest::add_output(const std::filesystem::path& path) {
  outputs_.push_back(path.generic_string());
}

Manifest::Timing Manifest::time(std::string part) {
  return {*this, std::move(part)};
}

Manifest::Timing::~Timing() {
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start_;
  manifest_.seconds_.emplace_back(std::move(part_), taken.count());
}

nlohmann::ordered_json Manifest::identity() const {
  nlohmann::ordered_json json;
  json["schema"] = "panj.manifest/1";
  json["version"] = version();
  json["command"] = command_;
  json["arguments"] = arguments_;
  if (seed_) json["seed"] = *seed_;
  json["settings"] = nlohmann::ordered_json::object();
  for (const auto& [name, value] : settings_) json["settings"][name] = value;
  json["inputs"] = nlohmann::ordered_json::array();
  for (const Input& input : inputs_) {
    json["inputs"].push_back(
        {{"path", input.path}, {"bytes", input.bytes}, {"sha256", input.sha256}});
  }
  return json;
}

std::string Manifest::run_id() const {
  nlohmann::ordered_json identity_of_content = identity();
  identity_of_content.erase("arguments");
  for (auto& input : identity_of_content["inputs"]) {
    input["path"] = std::filesystem::path(input["path"].get<std::string>()).filename().string();
  }
  return sha256(identity_of_content.dump()).substr(0, 12);
}

nlohmann::ordered_json Manifest::to_json() const {
  nlohmann::ordered_json json = identity();
  json["run"] = run_id();
  json["outputs"] = outputs_;
  json["seconds"] = nlohmann::ordered_json::object();
  for (const auto& [part, seconds] : seconds_) json["seconds"][part] = seconds;
  return json;
}

void Manifest::write(const std::filesystem::path& path) const {
  write_file(path, to_json().dump(2) + "\n");
}

}  // namespace panj
