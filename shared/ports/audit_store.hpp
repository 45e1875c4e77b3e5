// The trail of administrative changes: append-only, with what was and what became of it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/date.hpp"
#include "shared/base/id.hpp"
#include "shared/base/result.hpp"

namespace qudao {
using AuditId = Id<struct AuditTag>;
}

namespace qudao::ports {

struct AuditEntry {
    AuditId id;               // the store's
    Instant at;
    PersonId person;          // who did it
    std::string kind;         // "unit.move": what it was done to, and what
    std::int64_t subject_id = 0;
    std::string subject;      // what it is called, so that it can be read when the thing is gone
    std::string before;       // JSON objects of what changed; empty: there was, or is, nothing
    std::string after;
    AuditId undone_by;        // 0: stands
};

struct AuditFilter {
    std::string kind_prefix{};  // "unit." or "unit.move"
    std::int64_t subject_id = 0;
    PersonId person{};
    Instant from{};             // 0: from the first
    Instant until{};            // 0: to the last; excluded
    std::string text{};         // in the subject
    AuditId before{};           // 0: from the newest; else older than this one
    std::int32_t limit = 100;
};

class AuditStore {
public:
    virtual ~AuditStore() = default;
    virtual Result<AuditId> append(const AuditEntry& entry) = 0;
    virtual Result<std::vector<AuditEntry>> search(const AuditFilter& filter) = 0;  // newest first
    virtual Result<std::optional<AuditEntry>> find(AuditId id) = 0;
    virtual Status mark_undone(AuditId id, AuditId by) = 0;  // audit.unknown, audit.undone
};

}  // namespace qudao::ports
