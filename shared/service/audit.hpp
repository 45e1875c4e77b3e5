// How a change gets into the audit trail: in the transaction that makes it, by whoever makes it.
//
//   QUDAO_TRY(entry, record(*work, actor, {"cabinet.community", id, code, {{"community", was}}, {{"community", is}}}));
//
// `before` and `after` hold what changed and no more; neither holds secrets. Kinds are "<what>.<done>"; the client has
// words for each (client/i18n, group audit_kind).
#pragma once

#include <string>

#include "shared/dto/codec.hpp"
#include "shared/ports/audit_store.hpp"
#include "shared/service/context.hpp"

namespace qudao::service {

struct AuditedChange {
    std::string kind;
    std::int64_t subject_id = 0;
    std::string subject;  // cut to what fits
    dto::Json before = dto::Json::object();
    dto::Json after = dto::Json::object();
};
Result<AuditId> record(ports::UnitOfWork& work, const Actor& actor, const AuditedChange& change);
// The same without an Actor: by a job or a command, in that person's name.
Result<AuditId> record(ports::UnitOfWork& work, PersonId person, Instant at, const AuditedChange& change);

// Of both, only the members that differ.
void keep_differences(dto::Json& before, dto::Json& after);

struct AuditLine {
    ports::AuditEntry entry;
    std::string person_name;
};
struct AuditPage {
    std::vector<AuditLine> lines;
    AuditId next;  // 0: that was the last
};
Result<AuditPage> audit_page(const Actor& actor, ports::UnitOfWork& work, ports::AuditFilter filter);

}  // namespace qudao::service
