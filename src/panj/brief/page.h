// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "panj/brief/content.h"

namespace panj::brief {

/// The brief as one HTML file: all prose and tables are static, the bundled script draws the
/// figures. It loads nothing, and its policy admits only the bundled script and styles.
std::string to_html(const BriefContent& content);

}  // namespace panj::brief
