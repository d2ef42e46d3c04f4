// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "command.h"
#include "panj/share/label.h"
#include "panj/share/node.h"

namespace panj::app {

// Each adds one part of `panj share`.
void add_share_init(CLI::App& share, CommonOptions& common);
void add_share_member(CLI::App& share, CommonOptions& common);
void add_share_publish(CLI::App& share, CommonOptions& common);
void add_share_recall(CLI::App& share, CommonOptions& common);
void add_share_bundle(CLI::App& share, CommonOptions& common, ExitCode& exit_code);
void add_share_serve(CLI::App& share, CommonOptions& common);
void add_share_pull(CLI::App& share, CommonOptions& common, ExitCode& exit_code);
void add_share_log(CLI::App& share, CommonOptions& common);
void add_share_audit(CLI::App& share, CommonOptions& common, ExitCode& exit_code);

/// The options by which a label is given.
struct LabelOptions {
  std::string level = "amber";
  std::vector<std::string> release_to{};  ///< members' names
  std::vector<std::string> caveats{};
  bool originator_control = false;
};
void add_label_options(CLI::App& command, LabelOptions& options);
/// Throws InvalidInput with the nearest name for each member that is not there.
share::Label label_of(const LabelOptions& options, const share::Store& store);

/// The label for people to read, with members' names.
std::string text_of(const share::Label& label, const share::Store& store);
/// What the node calls the member with this id; the id when it knows none.
std::string member_name(const share::Store& store, const std::string& id);

/// The member with this name. Throws InvalidInput with the nearest one.
share::Member named_member(const share::Store& store, const std::string& name);

/// How a checkpoint came here.
enum class Arrival { pulled, carried };
/// Keeps it, and warns when it shows that the partner's node no longer has what it had. An older
/// one that was carried here is only late. Whether it went on from what was kept.
bool keep_checkpoint(share::Node& node, const share::Checkpoint& checkpoint, Arrival arrival);

/// Prints the JSON, or the text.
void print_result(bool as_json, const nlohmann::ordered_json& json, const std::string& text);

}  // namespace panj::app
