#include "shared/memory/stores.hpp"

namespace qudao::memory {
namespace {

bool matches(const ports::AuditEntry& entry, const ports::AuditFilter& filter) {
    if (entry.kind.compare(0, filter.kind_prefix.size(), filter.kind_prefix) != 0) return false;
    if (filter.subject_id != 0 && entry.subject_id != filter.subject_id) return false;
    if (filter.person && !(entry.person == filter.person)) return false;
    if (filter.from.epoch_ms != 0 && entry.at < filter.from) return false;
    if (filter.until.epoch_ms != 0 && !(entry.at < filter.until)) return false;
    if (filter.before && !(entry.id < filter.before)) return false;
    return entry.subject.find(filter.text) != std::string::npos;
}

}  // namespace

// The id of an entry is its place in the trail, from 1.
Result<AuditId> AuditStore::append(const ports::AuditEntry& entry) {
    std::vector<ports::AuditEntry>& trail = transaction_.state.audit;
    transaction_.on_rollback([&trail] { trail.pop_back(); });
    trail.push_back(entry);
    trail.back().id = AuditId{static_cast<std::int64_t>(trail.size())};
    trail.back().undone_by = {};
    return trail.back().id;
}

Result<std::vector<ports::AuditEntry>> AuditStore::search(const ports::AuditFilter& filter) {
    const std::vector<ports::AuditEntry>& trail = transaction_.state.audit;
    std::vector<ports::AuditEntry> found;
    for (auto entry = trail.rbegin(); entry != trail.rend() && static_cast<std::int32_t>(found.size()) < filter.limit; ++entry)
        if (matches(*entry, filter)) found.push_back(*entry);
    return found;
}

Result<std::optional<ports::AuditEntry>> AuditStore::find(AuditId id) {
    const std::vector<ports::AuditEntry>& trail = transaction_.state.audit;
    if (id.value < 1 || id.value > static_cast<std::int64_t>(trail.size())) return std::optional<ports::AuditEntry>();
    return std::optional(trail[static_cast<std::size_t>(id.value - 1)]);
}

Status AuditStore::mark_undone(AuditId id, AuditId by) {
    QUDAO_TRY(found, find(id));
    if (!found) return Error::of("audit.unknown").with("entry", id.value);
    if (found->undone_by) return Error::of("audit.undone").with("entry", id.value);
    std::vector<ports::AuditEntry>& trail = transaction_.state.audit;
    const auto at = static_cast<std::size_t>(id.value - 1);
    transaction_.on_rollback([&trail, at] { trail[at].undone_by = {}; });
    trail[at].undone_by = by;
    return done();
}

}  // namespace qudao::memory
