// SPDX-License-Identifier: Apache-2.0
#include "panj/share/detail/next_token.h"

#include "panj/share/canonical.h"
#include "panj/share/detail/bytes.h"

namespace panj::share::detail {
namespace {

constexpr std::size_t kPosition = 8;

std::string bound_text(const Member& member, const PageRequest& request,
                       std::string_view position) {
  const Query& query = request.query;
  const Json bound = {{"member", member.id},
                      {"epoch", member.epoch},
                      {"content", request.content == Content::objects ? "objects" : "manifest"},
                      {"added_after", query.added_after ? to_timestamp(*query.added_after) : ""},
                      {"ids", query.ids},
                      {"types", query.types},
                      {"versions", query.versions},
                      {"spec_versions", query.spec_versions}};
  return "panj-next-1\n" + canonical_json(bound) + "\n" + std::string(position);
}

std::string to_bytes(std::int64_t sequence) {
  std::string bytes(kPosition, '\0');
  auto rest = static_cast<std::uint64_t>(sequence);
  for (std::size_t i = kPosition; i-- > 0; rest >>= 8) bytes[i] = static_cast<char>(rest & 0xFF);
  return bytes;
}

std::int64_t from_bytes(std::string_view bytes) {
  std::uint64_t value = 0;
  for (const char c : bytes) value = value << 8 | static_cast<unsigned char>(c);
  return static_cast<std::int64_t>(value);
}

}  // namespace

std::string make_next_token(const SecretKey& key, const Member& member, const PageRequest& request,
                            std::int64_t sequence) {
  const std::string position = to_bytes(sequence);
  const auto code = key.code(bound_text(member, request, position));
  return to_base64url(position + std::string(text_of(code)));
}

std::optional<std::int64_t> read_next_token(const SecretKey& key, const Member& member,
                                            const PageRequest& request) {
  constexpr std::size_t kLongest = 128;
  if (request.next.size() > kLongest) return std::nullopt;
  const auto bytes = from_base64url(request.next);
  if (!bytes || bytes->size() < kPosition) return std::nullopt;
  const std::string position = bytes->substr(0, kPosition);
  if (!key.is_code(bound_text(member, request, position), bytes->substr(kPosition))) {
    return std::nullopt;
  }
  return from_bytes(position);
}

}  // namespace panj::share::detail
