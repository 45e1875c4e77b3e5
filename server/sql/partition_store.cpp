// Cabinets, number ranges and the policy of the partition.
#include "server/sql/bulk.hpp"
#include "server/sql/feed_store.hpp"
#include "server/sql/scope_sql.hpp"
#include "server/sql/sql_text.hpp"

namespace qudao::sql {
namespace {

constexpr std::string_view kServed =
    "select s.id, s.access_number, s.contract, case when s.cabinet <> '' then s.cabinet else coalesce(l.cabinet, '') end, s.billing_area, "
    "c.id, c.code, c.name, c.place_id, c.locked_until, k.id, k.unit_id from subscriber s join customer c on c.id = s.customer_id join unit u on "
    "u.id = c.place_id left join line l on l.access_number = s.access_number "
    "left join cabinet k on k.code = case when s.cabinet <> '' then s.cabinet else coalesce(l.cabinet, '') end";
constexpr std::string_view kServedKinds = "ittttittiiii";

ports::ServedSubscriber served_of(const Row& row) {
    ports::ServedSubscriber one;
    one.id = row.id<SubscriberId>(0);
    one.access_number = row.text(1);
    one.contract = row.text(2);
    one.cabinet = row.text(3);
    one.billing_area = row.text(4);
    one.customer = row.id<CustomerId>(5);
    one.customer_code = row.text(6);
    one.customer_name = row.text(7);
    one.place = row.id<UnitId>(8);
    one.locked_until = row.date(9);
    one.cabinet_id = row.id<CabinetId>(10);
    one.cabinet_unit = row.id<UnitId>(11);
    return one;
}

Cabinet cabinet_of(const Row& row) {
    return {row.id<CabinetId>(0), std::string(row.text(1)), std::string(row.text(2)), row.id<UnitId>(3), static_cast<std::int32_t>(row.number(4))};
}

Value unit_value(UnitId unit) { return unit ? Value(unit.value) : Value(); }

// %, _ and the escape itself, inside a pattern.
std::string pattern_of(std::string_view text) {
    std::string out = "%";
    for (const char c : text) {
        if (c == '%' || c == '_' || c == '!') out.push_back('!');
        out.push_back(c);
    }
    return out.append("%");
}

}  // namespace

Result<PartitionPolicy> PartitionStore::policy() {
    return guarded(session_, [&]() -> Result<PartitionPolicy> {
        PartitionPolicy policy;
        session_.select("select precedence, fallback_pool_id from partition_policy where id = 1", "ti", {}, [&](const Row& row) {
            policy = {precedence_of(row.text(0)).value_or(Precedence::cabinet_first), row.id<UnitId>(1)};
        });
        return policy;
    });
}

Status PartitionStore::save_policy(const PartitionPolicy& policy) {
    return guarded(session_, [&]() -> Status {
        session_.execute("update partition_policy set precedence = :precedence, fallback_pool_id = :pool where id = 1",
                         {named("precedence", code_of(policy.precedence)), {"pool", unit_value(policy.fallback_pool)}});
        return done();
    });
}

Result<std::vector<Cabinet>> PartitionStore::cabinets() {
    return guarded(session_, [&]() -> Result<std::vector<Cabinet>> {
        std::vector<Cabinet> found;
        session_.read("select id, code, name, unit_id, version from cabinet order by code", "ittii", [&](const Row& row) { found.push_back(cabinet_of(row)); });
        return found;
    });
}

Result<std::vector<NumberRange>> PartitionStore::ranges() {
    return guarded(session_, [&]() -> Result<std::vector<NumberRange>> {
        std::vector<NumberRange> found;
        session_.read("select id, first_number, last_number, unit_id, version from number_range order by id", "ittii", [&](const Row& row) {
            found.push_back({row.id<RangeId>(0), std::string(row.text(1)), std::string(row.text(2)), row.id<UnitId>(3), static_cast<std::int32_t>(row.number(4))});
        });
        return found;
    });
}

Result<std::vector<Cabinet>> PartitionStore::find_cabinets(std::string_view text, std::string_view after, std::size_t limit) {
    return guarded(session_, [&]() -> Result<std::vector<Cabinet>> {
        std::vector<Cabinet> found;
        SqlText sql;
        sql += "select id, code, name, unit_id, version from cabinet where code > ";
        sql.value(std::string(after));
        if (!text.empty()) {
            sql += " and (code like ";
            sql.value(pattern_of(text)) += " escape '!' or name like ";
            sql.value(pattern_of(text)) += " escape '!')";
        }
        sql += " order by code limit " + std::to_string(limit);
        session_.select(sql.text, "ittii", sql.binds, [&](const Row& row) { found.push_back(cabinet_of(row)); });
        return found;
    });
}

Result<std::optional<Cabinet>> PartitionStore::cabinet(std::string_view code) {
    return guarded(session_, [&]() -> Result<std::optional<Cabinet>> {
        std::optional<Cabinet> found;
        session_.select("select id, code, name, unit_id, version from cabinet where code = :code", "ittii", {named("code", code)},
                        [&](const Row& row) { found = cabinet_of(row); });
        return found;
    });
}

Status PartitionStore::save(const Cabinet& cabinet) {
    return guarded(session_, [&]() -> Status {
        Binds binds = {named("code", cabinet.code), named("name", cabinet.name), {"unit", unit_value(cabinet.unit)}};
        if (!cabinet.id) {
            try {
                session_.execute("insert into cabinet (code, name, unit_id, version) values (:code, :name, :unit, 1)", binds);
            } catch (const Failure& failure) {
                if (failure.kind() != Failure::Kind::duplicate) throw;
                return Error::of("cabinet.code_taken").with("code", cabinet.code);
            }
            return done();
        }
        binds.push_back(named("id", cabinet.id.value));
        binds.push_back(named("version", std::int64_t{cabinet.version}));
        const auto changed = session_.execute("update cabinet set code = :code, name = :name, unit_id = :unit, version = version + 1 where id = :id and version = :version", binds);
        return changed == 1 ? done() : Status(Error::of("cabinet.stale").with("code", cabinet.code));
    });
}

Status PartitionStore::save(const NumberRange& range) {
    return guarded(session_, [&]() -> Status {
        Binds binds = {named("first_number", range.first), named("last_number", range.last), named("unit", range.unit.value)};
        if (!range.id) {
            session_.execute("insert into number_range (first_number, last_number, unit_id, version) values (:first_number, :last_number, :unit, 1)", binds);
            return done();
        }
        binds.push_back(named("id", range.id.value));
        binds.push_back(named("version", std::int64_t{range.version}));
        const auto changed = session_.execute(
            "update number_range set first_number = :first_number, last_number = :last_number, unit_id = :unit, version = version + 1 where id = :id and version = :version", binds);
        return changed == 1 ? done() : Status(Error::of("range.stale"));
    });
}

Status PartitionStore::remove(RangeId range, std::int32_t version) {
    return guarded(session_, [&]() -> Status {
        const auto changed = session_.execute("delete from number_range where id = :id and version = :version",
                                              {named("id", range.value), named("version", std::int64_t{version})});
        return changed == 1 ? done() : Status(Error::of("range.stale"));
    });
}

Status PartitionStore::add(const std::vector<Cabinet>& cabinets) {
    return guarded(session_, [&]() -> Status {
        BulkInsert insert(session_, "cabinet (code, name, unit_id, version)", 4);
        for (const Cabinet& cabinet : cabinets) {
            insert.add(cabinet.code).add(cabinet.name);
            if (cabinet.unit) insert.add(cabinet.unit.value);
            else insert.add_null();
            insert.add(std::int64_t{cabinet.version});
        }
        insert.finish();
        return done();
    });
}

Result<std::vector<std::pair<std::string, std::string>>> PartitionStore::area_codes() {
    return guarded(session_, [&]() -> Result<std::vector<std::pair<std::string, std::string>>> {
        std::vector<std::pair<std::string, std::string>> found;
        session_.read("select code, area_code from billing_area order by code", "tt",
                      [&](const Row& row) { found.emplace_back(std::string(row.text(0)), std::string(row.text(1))); });
        return found;
    });
}

Status PartitionStore::add_area_codes(const std::vector<std::pair<std::string, std::string>>& codes) {
    return guarded(session_, [&]() -> Status {
        BulkInsert insert(session_, "billing_area (code, area_code)", 2, BulkInsert::Taken::fails, upsert_tail(session_, "code", {"area_code"}));
        for (const auto& [code, area_code] : codes) insert.add(code).add(area_code);
        insert.finish();
        return done();
    });
}

Result<std::vector<ports::ServedSubscriber>> PartitionStore::on_cabinet(std::string_view code, const Scope& view, std::string_view after, std::size_t limit) {
    return guarded(session_, [&]() -> Result<std::vector<ports::ServedSubscriber>> {
        std::vector<ports::ServedSubscriber> found;
        SqlText sql;
        sql += std::string(kServed) + " where s.access_number in (select access_number from subscriber where cabinet = ";
        sql.value(std::string(code)) += " union select n.access_number from line n join subscriber t on t.access_number = n.access_number where t.cabinet = '' and n.cabinet = ";
        sql.value(std::string(code)) += ") and s.access_number > ";
        sql.value(std::string(after)) += " and ";
        append_scope(sql, view, "u");
        sql += " order by s.access_number limit " + std::to_string(limit);
        session_.select(sql.text, kServedKinds, sql.binds, [&](const Row& row) { found.push_back(served_of(row)); });
        return found;
    });
}

Result<std::vector<ports::ServedSubscriber>> PartitionStore::in_range(std::string_view first, std::string_view last, const Scope& view, std::string_view after,
                                                                     std::size_t limit) {
    return guarded(session_, [&]() -> Result<std::vector<ports::ServedSubscriber>> {
        std::vector<ports::ServedSubscriber> found;
        SqlText sql;
        sql += std::string(kServed) + " where s.access_number >= ";
        sql.value(std::string(first)) += " and s.access_number <= ";
        sql.value(std::string(last)) += " and s.access_number > ";
        sql.value(std::string(after)) += " and length(s.access_number) = ";
        sql.value(static_cast<std::int64_t>(first.size())) += " and ";
        append_scope(sql, view, "u");
        sql += " order by s.access_number limit " + std::to_string(limit);
        session_.select(sql.text, kServedKinds, sql.binds, [&](const Row& row) { found.push_back(served_of(row)); });
        return found;
    });
}

Result<std::optional<ports::ServedSubscriber>> PartitionStore::subscriber(std::string_view access_number, const Scope& view) {
    return guarded(session_, [&]() -> Result<std::optional<ports::ServedSubscriber>> {
        std::optional<ports::ServedSubscriber> found;
        SqlText sql;
        sql += std::string(kServed) + " where s.access_number = ";
        sql.value(std::string(access_number)) += " and ";
        append_scope(sql, view, "u");
        session_.select(sql.text, kServedKinds, sql.binds, [&](const Row& row) { found = served_of(row); });
        return found;
    });
}

Result<std::optional<CustomerId>> PartitionStore::customer_of_contract(std::string_view contract, const Scope& view) {
    return guarded(session_, [&]() -> Result<std::optional<CustomerId>> {
        SqlText sql;
        sql += "select t.customer_id from contract t join customer c on c.id = t.customer_id join unit u on u.id = c.place_id where t.contract = ";
        sql.value(std::string(contract)) += " and ";
        append_scope(sql, view, "u");
        const auto found = session_.number(sql.text, sql.binds);
        return found ? std::optional(CustomerId{*found}) : std::optional<CustomerId>();
    });
}

}  // namespace qudao::sql
