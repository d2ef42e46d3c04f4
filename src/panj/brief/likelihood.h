// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace panj::brief {

/// Which words stand for which probabilities. One scale per document.
enum class LikelihoodScale {
  icd203,  ///< US Intelligence Community Directive 203, its default
  ipcc,    ///< IPCC AR5 guidance note
};

/// "icd203" or "ipcc".
std::optional<LikelihoodScale> parse_likelihood_scale(std::string_view name);
std::string_view to_string(LikelihoodScale scale);

/// A word and the probability where its band begins; it ends where the next one begins.
struct LikelihoodBand {
  double from;
  std::string_view word;
};

/// From the least to the most likely. A band contains its lower edge.
std::span<const LikelihoodBand> bands(LikelihoodScale scale);

/// "unlikely" for 0.2 to below 0.45.
std::string_view likelihood_word(double probability, LikelihoodScale scale);

/// "unlikely to likely" when the interval spans several bands, else the one word.
std::string likelihood_range(double low, double high, LikelihoodScale scale);

/// The key for the footer: "almost no chance <5%, very unlikely 5–20%, …".
std::string likelihood_key(LikelihoodScale scale);

}  // namespace panj::brief
