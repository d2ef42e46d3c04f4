// SPDX-License-Identifier: Apache-2.0
#include "panj/share/detail/page_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "panj/core/contract.h"
#include "panj/share/detail/next_token.h"
#include "panj/share/detail/version_row.h"

namespace panj::share::detail {
namespace {

constexpr std::size_t kMostValues = 100;

/// The conditions of a query as SQL with its parameters, all texts and numbers bound.
class PageQuery {
 public:
  PageQuery(const MemberRow& member, std::int64_t after, const PageRequest& request) {
    add("l.member = {}", member.number);
    // With the plus the few versions of these objects are sorted; without it the log is read along.
    const std::string sequence = request.query.ids.empty() ? "l.sequence" : "+l.sequence";
    add((sequence + " > {}").c_str(), after);
    condition("l.withdrawn = 0");
    any_of("l.object IN (SELECT number FROM objects WHERE id IN ({}))", request.query.ids);
    any_of("v.type IN ({})", request.query.types);
    versions(request.query.versions);
    sql_ = fmt::format(
        "SELECT l.sequence, l.date_added, l.modified, o.id, o.creator, o.kind, v.revoked, v.label, "
        "o.current_label, {} FROM log l JOIN versions v ON v.number = l.version "
        "JOIN objects o ON o.number = l.object WHERE {} ORDER BY {} LIMIT ${}",
        request.content == Content::objects ? "v.body" : "''", where_, sequence, ++parameters_);
    numbers_.emplace_back(parameters_, static_cast<std::int64_t>(request.limit) + 1);
  }

  Rows run(Database& database) const {
    std::shared_ptr<Statement> statement = database.statement(sql_);
    for (const auto& [parameter, number] : numbers_) statement->bind(parameter, number);
    for (const auto& [parameter, text] : texts_) statement->bind(parameter, text);
    return Rows(std::move(statement));
  }

 private:
  void condition(const std::string& sql) { where_ += (where_.empty() ? "" : " AND ") + sql; }
  void add(const char* pattern, std::int64_t value) {
    numbers_.emplace_back(++parameters_, value);
    condition(fmt::format(fmt::runtime(pattern), fmt::format("${}", parameters_)));
  }
  void any_of(const char* pattern, const std::vector<std::string>& values) {
    if (values.empty()) return;
    std::string list;
    for (const std::string& value : values) {
      texts_.emplace_back(++parameters_, value);
      list += fmt::format("{}${}", list.empty() ? "" : ", ", parameters_);
    }
    condition(fmt::format(fmt::runtime(pattern), list));
  }
  void versions(const std::vector<std::string>& versions) {
    const auto asks = [&](const char* word) {
      return std::ranges::find(versions, word) != versions.end();
    };
    if (asks("all")) return;
    std::string any;
    const auto either = [&](const std::string& sql) { any += (any.empty() ? "" : " OR ") + sql; };
    if (versions.empty() || asks("last")) either("l.is_last = 1");
    if (asks("first")) either("l.is_first = 1");
    for (const std::string& version : versions) {
      const auto time = parse_timestamp(version);
      if (!time) continue;
      numbers_.emplace_back(++parameters_, micros(*time));
      either(fmt::format("l.modified = ${}", parameters_));
    }
    condition("(" + any + ")");
  }

  std::string sql_;
  std::string where_;
  int parameters_ = 0;
  std::vector<std::pair<int, std::int64_t>> numbers_;
  std::vector<std::pair<int, std::string>> texts_;
};

void check_versions(const std::vector<std::string>& versions) {
  for (const std::string& version : versions) {
    if (version == "first" || version == "last" || version == "all") continue;
    if (!parse_timestamp(version)) {
      throw BadRequest("match[version] must be first, last, all or a timestamp");
    }
  }
}

void check(const PageRequest& request) {
  if (request.limit == 0) throw BadRequest("limit must be at least 1");
  for (const auto* values : {&request.query.ids, &request.query.types, &request.query.versions,
                             &request.query.spec_versions}) {
    if (values->size() > kMostValues) {
      throw BadRequest(fmt::format("a match filter may have at most {} values", kMostValues));
    }
    for (const std::string& value : *values) {
      if (value.find('\0') != std::string::npos)
        throw BadRequest("a match filter holds a NUL byte");
    }
  }
  check_versions(request.query.versions);
}

}  // namespace

Page PageReader::read(const MemberRow& member, const PageRequest& request) {
  check(request);
  const std::int64_t after = start(member, request);
  Page page;
  const auto& specs = request.query.spec_versions;
  if (!specs.empty() && std::ranges::find(specs, "2.1") == specs.end()) return page;
  Rows rows = PageQuery(member, after, request).run(database_);
  std::vector<std::int64_t> creators;
  std::size_t bytes = 0;
  std::size_t rows_read = 0;
  std::int64_t last = after;
  while (rows.next()) {
    ++rows_read;
    std::string body = rows.text(9);
    bytes += body.size();
    const bool is_full = page.entries.size() == request.limit ||
                         (bytes > request.max_bytes && !page.entries.empty());
    if (is_full) {
      page.has_more = true;
      page.next = make_next_token(key_, member.member, request, last);
      break;
    }
    last = rows.integer(0);
    if (!may_see(member, rows)) continue;
    page.entries.push_back({.id = rows.text(3),
                            .date_added = time_of(rows.integer(1)),
                            .version = time_of(rows.integer(2)),
                            .body = std::move(body)});
    if (!member.is_node()) continue;
    creators.push_back(rows.integer(4));
    page.entries.back().label = label_of(rows);
  }
  // Some of the rows were not to be seen: what follows them may be.
  if (!page.has_more && rows_read > request.limit) {
    page.has_more = true;
    page.next = make_next_token(key_, member.member, request, last);
  }
  name_creators(page, creators);
  return page;
}

/// Of the version and of the object as it is now.
std::optional<Label> PageReader::label_of(const Rows& row) {
  const auto own = labels_.find(database_, row.text(7));
  const auto current = labels_.find(database_, row.text(8));
  if (!own || !current) return std::nullopt;
  return join(*own, *current);
}

void PageReader::name_creators(Page& page, const std::vector<std::int64_t>& creators) {
  if (creators.empty()) return;
  std::map<std::int64_t, std::string> ids;
  for (const MemberRow& row : read_members(database_)) ids[row.number] = row.member.id;
  for (std::size_t i = 0; i < creators.size(); ++i) page.entries[i].creator = ids[creators[i]];
}

/// The later of where the last page ended and of what was added up to `added_after`.
std::int64_t PageReader::start(const MemberRow& member, const PageRequest& request) {
  std::int64_t after = 0;
  if (!request.next.empty()) {
    const auto sequence = read_next_token(key_, member.member, request);
    if (!sequence) throw BadRequest("next is not one that was given for this query");
    after = *sequence;
  }
  if (!request.query.added_after) return after;
  return std::max(after, last_added_up_to(member, micros(*request.query.added_after)));
}

/// date_added rises with the sequence: halves the log until the place is found.
std::int64_t PageReader::last_added_up_to(const MemberRow& member, std::int64_t moment) {
  std::int64_t low = 0;
  std::int64_t high = member.last_sequence + 1;
  while (high - low > 1) {
    const std::int64_t middle = low + (high - low) / 2;
    const std::int64_t added = database_.number(
        "SELECT date_added FROM log WHERE member = $1 AND sequence = $2", member.number, middle);
    (added <= moment ? low : high) = middle;
  }
  return low;
}

/// The label once more: what was written when the log was must still hold.
bool PageReader::may_see(const MemberRow& member, const Rows& row) {
  const bool is_own = member.is_node() || row.integer(4) == member.number;
  const bool needs_no_label = static_cast<Kind>(row.integer(5)) == Kind::with_what_needs_it ||
                              static_cast<Revocation>(row.integer(6)) == Revocation::by_node;
  if (is_own || needs_no_label) return true;
  const Recipient recipient = member.member.recipient();
  for (const int column : {7, 8}) {
    const auto label = labels_.find(database_, row.text(column));
    if (!label || !label->permits(recipient)) return false;
  }
  return true;
}

}  // namespace panj::share::detail
