// SPDX-License-Identifier: Apache-2.0
#include "panj/brief/likelihood.h"

#include <fmt/format.h>

#include <array>

#include "panj/core/contract.h"

namespace panj::brief {
namespace {

constexpr std::array<LikelihoodBand, 7> kIcd203 = {{{0.00, "almost no chance"},
                                                    {0.05, "very unlikely"},
                                                    {0.20, "unlikely"},
                                                    {0.45, "roughly even chance"},
                                                    {0.55, "likely"},
                                                    {0.80, "very likely"},
                                                    {0.95, "almost certain"}}};

constexpr std::array<LikelihoodBand, 6> kIpcc = {{{0.00, "very unlikely"},
                                                  {0.10, "unlikely"},
                                                  {0.33, "about as likely as not"},
                                                  {0.66, "likely"},
                                                  {0.90, "very likely"},
                                                  {0.99, "virtually certain"}}};

}  // namespace

std::optional<LikelihoodScale> parse_likelihood_scale(std::string_view name) {
  for (const auto scale : {LikelihoodScale::icd203, LikelihoodScale::ipcc})
    if (to_string(scale) == name) return scale;
  return std::nullopt;
}

std::string_view to_string(LikelihoodScale scale) {
  return scale == LikelihoodScale::icd203 ? "icd203" : "ipcc";
}

std::span<const LikelihoodBand> bands(LikelihoodScale scale) {
  if (scale == LikelihoodScale::icd203) return kIcd203;
  return kIpcc;
}

std::string_view likelihood_word(double probability, LikelihoodScale scale) {
  PANJ_EXPECT(probability >= 0.0 && probability <= 1.0);
  std::string_view word;
  for (const auto& band : bands(scale))
    if (probability >= band.from) word = band.word;
  return word;
}

std::string likelihood_range(double low, double high, LikelihoodScale scale) {
  const auto first = likelihood_word(low, scale);
  const auto last = likelihood_word(high, scale);
  return first == last ? std::string(first) : fmt::format("{} to {}", first, last);
}

std::string likelihood_key(LikelihoodScale scale) {
  const auto all = bands(scale);
  std::string key;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const double from = all[i].from * 100;
    if (i == 0)
      key += fmt::format("{} below {:.0f}%", all[i].word, all[1].from * 100);
    else if (i + 1 == all.size())
      key += fmt::format(", {} {:.0f}% or more", all[i].word, from);
    else
      key += fmt::format(", {} {:.0f}–{:.0f}%", all[i].word, from, all[i + 1].from * 100);
  }
  return key;
}

}  // namespace panj::brief
