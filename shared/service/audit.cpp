#include "shared/service/audit.hpp"

#include <algorithm>
#include <map>

#include "shared/base/text.hpp"

namespace qudao::service {
namespace {

constexpr std::size_t kLongestSubject = 200;  // bytes are no fewer than the characters the column takes
constexpr std::int32_t kLargestPage = 200;

std::string cut(std::string_view text) {
    std::string out = scrub_utf8(text);
    if (out.size() <= kLongestSubject) return out;
    std::size_t end = kLongestSubject;
    while (end > 0 && (static_cast<unsigned char>(out[end]) & 0xC0U) == 0x80U) --end;
    out.resize(end);
    return out;
}

std::string text_of(const dto::Json& json) { return json.empty() ? std::string() : json.dump(-1, ' ', false, dto::Json::error_handler_t::replace); }

}  // namespace

Result<AuditId> record(ports::UnitOfWork& work, PersonId person, Instant at, const AuditedChange& change) {
    ports::AuditEntry entry;
    entry.at = at;
    entry.person = person;
    entry.kind = change.kind;
    entry.subject_id = change.subject_id;
    entry.subject = cut(change.subject);
    entry.before = text_of(change.before);
    entry.after = text_of(change.after);
    return work.audit().append(entry);
}

Result<AuditId> record(ports::UnitOfWork& work, const Actor& actor, const AuditedChange& change) {
    return record(work, actor.person.id, actor.now, change);
}

void keep_differences(dto::Json& before, dto::Json& after) {
    for (auto member = before.begin(); member != before.end();) {
        const auto same = after.find(member.key());
        if (same != after.end() && *same == *member) {
            after.erase(same);
            member = before.erase(member);
        } else {
            ++member;
        }
    }
}

Result<AuditPage> audit_page(const Actor&, ports::UnitOfWork& work, ports::AuditFilter filter) {
    const std::int32_t limit = std::clamp(filter.limit, 1, kLargestPage);
    filter.limit = limit + 1;
    QUDAO_TRY(entries, work.audit().search(filter));
    AuditPage page;
    if (entries.size() > static_cast<std::size_t>(limit)) {
        entries.pop_back();
        page.next = entries.back().id;
    }
    std::vector<PersonId> ids;
    for (const ports::AuditEntry& entry : entries) ids.push_back(entry.person);
    QUDAO_TRY(persons, work.people().persons(ids));
    std::map<std::int64_t, std::string> names;
    for (const Person& person : persons) names[person.id.value] = person.name;
    for (ports::AuditEntry& entry : entries) {
        const std::int64_t person = entry.person.value;
        page.lines.push_back({std::move(entry), names[person]});
    }
    return page;
}

}  // namespace qudao::service
