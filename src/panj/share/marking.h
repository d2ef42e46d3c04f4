// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "panj/share/json.h"
#include "panj/share/label.h"

namespace panj::share {

/// The STIX extension that holds a label in a marking-definition.
inline constexpr std::string_view kLabelExtension =
    "extension-definition--6f2f3c0e-5a0b-4d0e-9c1f-2b1d7a7d5e01";

/// The id of the OASIS marking-definition of a TLP 2.0 level.
const std::string& tlp_marking_id(Level level);
/// That marking-definition.
Json tlp_marking(Level level);

/// The marking-definition of a label. Its id is made from the label alone: equal labels have one
/// marking on every node, and nobody can give another meaning to its id.
Json label_marking(const Label& label);
/// Both of an object's `object_marking_refs`: the TLP level, for everyone's tools, and the label.
std::vector<std::string> marking_refs(const Label& label);

/// Reads a marking-definition made by label_marking(). Nothing when it is another one, has a value
/// that is not known, or an id that is not made from its label.
std::optional<Label> label_of_marking(const Json& marking);

/// The label of an object that refers to these markings: the join of them. `find` gives the label
/// of a marking that label_of_marking() has read. One marking that is neither known to `find` nor a
/// TLP level, or no release list at all, makes it originator_only(). (TLP 1.0's markings count as
/// the levels of 2.0; white is clear.)
Label label_of_markings(std::span<const std::string> refs,
                        const std::function<std::optional<Label>(const std::string&)>& find);

}  // namespace panj::share
