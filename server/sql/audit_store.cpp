#include "server/sql/sql_text.hpp"
#include "server/sql/stores.hpp"

namespace qudao::sql {
namespace {

constexpr std::string_view kEntry = "select id, at, person_id, kind, subject_id, subject, before_state, after_state, undone_by from audit";
constexpr std::string_view kKinds = "iiitittti";

ports::AuditEntry entry_of(const Row& row) {
    ports::AuditEntry entry;
    entry.id = row.id<AuditId>(0);
    entry.at = {row.number(1)};
    entry.person = row.id<PersonId>(2);
    entry.kind = row.text(3);
    entry.subject_id = row.number(4);
    entry.subject = row.text(5);
    entry.before = row.text(6);
    entry.after = row.text(7);
    entry.undone_by = row.id<AuditId>(8);
    return entry;
}

// The first text above every one that begins so: bytes compare as they are on both databases.
std::string after_prefix(std::string prefix) {
    prefix.back() = static_cast<char>(prefix.back() + 1);
    return prefix;
}

}  // namespace

Result<AuditId> AuditStore::append(const ports::AuditEntry& entry) {
    return guarded(session_, [&]() -> Result<AuditId> {
        session_.execute(
            "insert into audit (at, person_id, kind, subject_id, subject, before_state, after_state) "
            "values (:at, :person, :kind, :subject_id, :subject, :before_state, :after_state)",
            {named("at", entry.at.epoch_ms), {"person", entry.person ? Value(entry.person.value) : Value()}, named("kind", entry.kind),
             named("subject_id", entry.subject_id), named("subject", entry.subject), named("before_state", entry.before),
             named("after_state", entry.after)});
        return AuditId{session_.last_id()};
    });
}

Result<std::vector<ports::AuditEntry>> AuditStore::search(const ports::AuditFilter& filter) {
    return guarded(session_, [&]() -> Result<std::vector<ports::AuditEntry>> {
        SqlText sql;
        sql += kEntry;
        sql += " where 1 = 1";
        if (!filter.kind_prefix.empty()) {
            sql += " and kind >= ";
            sql.value(filter.kind_prefix);
            sql += " and kind < ";
            sql.value(after_prefix(filter.kind_prefix));
        }
        const auto also = [&](std::string_view condition, std::int64_t value) {
            if (value == 0) return;
            sql += condition;
            sql.value(value);
        };
        also(" and subject_id = ", filter.subject_id);
        also(" and person_id = ", filter.person.value);
        also(" and at >= ", filter.from.epoch_ms);
        also(" and at < ", filter.until.epoch_ms);
        also(" and id < ", filter.before.value);
        if (!filter.text.empty()) {
            sql += " and instr(subject, ";  // case counts, on both databases
            sql.value(filter.text);
            sql += ") > 0";
        }
        sql += " order by id desc limit ";
        sql += std::to_string(filter.limit);
        std::vector<ports::AuditEntry> entries;
        session_.select(sql.text, kKinds, sql.binds, [&](const Row& row) { entries.push_back(entry_of(row)); });
        return entries;
    });
}

Result<std::optional<ports::AuditEntry>> AuditStore::find(AuditId id) {
    return guarded(session_, [&]() -> Result<std::optional<ports::AuditEntry>> {
        std::optional<ports::AuditEntry> found;
        session_.select(std::string(kEntry) + " where id = :id", kKinds, {named("id", id.value)},
                        [&](const Row& row) { found = entry_of(row); });
        return found;
    });
}

Status AuditStore::mark_undone(AuditId id, AuditId by) {
    return guarded(session_, [&]() -> Status {
        const auto changed = session_.execute("update audit set undone_by = :undone_by where id = :id and undone_by is null",
                                              {named("undone_by", by.value), named("id", id.value)});
        if (changed != 0) return done();
        const bool known = session_.number("select id from audit where id = :id", {named("id", id.value)}).has_value();
        return Error::of(known ? "audit.undone" : "audit.unknown").with("entry", id.value);
    });
}

}  // namespace qudao::sql
