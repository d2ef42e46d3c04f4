// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "panj/brief/content.h"

namespace panj::brief::detail {

std::string head_section(const BriefContent& content);
std::string bottom_line_section(const BriefContent& content);
std::string not_answered_section(const BriefContent& content);
std::string border_section(const BriefContent& content);
std::string record_section(const BriefContent& content);
std::string forecast_section(const BriefContent& content);
/// Parts of the section on the forecast; empty without their data.
std::string calibration_figure(const BriefContent& content);
std::string moves_table(const BriefContent& content);
std::string outlook_section(const BriefContent& content);
std::string exploration_section(const BriefContent& content);
std::string plan_section(const BriefContent& content);
std::string partners_section(const BriefContent& content);
std::string basis_section(const BriefContent& content);
std::string footer(const BriefContent& content);

}  // namespace panj::brief::detail
