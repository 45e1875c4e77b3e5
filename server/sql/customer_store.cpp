#include <algorithm>
#include <span>
#include <unordered_set>

#include "server/sql/bulk.hpp"
#include "server/sql/scope_sql.hpp"
#include "server/sql/stores.hpp"
#include "shared/base/pinyin.hpp"
#include "shared/base/text.hpp"

namespace qudao::sql {
namespace {

// Sorted, so that two commits take their locks in one order; each code once.
std::vector<std::string_view> sorted_codes(const StringColumn& codes) {
    std::vector<std::string_view> sorted;
    sorted.reserve(codes.size());
    for (std::size_t i = 0; i < codes.size(); ++i) sorted.push_back(codes[i]);
    std::sort(sorted.begin(), sorted.end());
    sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
    return sorted;
}

void push_state(CustomerColumns& found, const Row& row, UnitIndex place) {
    found.push_back(row.text(0), row.number(1), static_cast<std::int32_t>(row.number(2)), place, row.date(4), !row.null(5), row.number(5));
}

Customer customer_of(const Row& row) {
    Customer customer;
    customer.id = row.id<CustomerId>(0);
    customer.code = row.text(1);
    customer.name = row.text(2);
    customer.contract = row.text(3);
    customer.address = row.text(4);
    customer.place = row.id<UnitId>(5);
    customer.statistical = row.id<ChannelId>(6);
    customer.installed_on = row.date(7);
    if (!row.null(8)) customer.revenue_fen = row.number(8);
    customer.version = static_cast<std::int32_t>(row.number(9));
    customer.locked_until = row.date(10);
    customer.new_in = {static_cast<std::int32_t>(row.number(11))};
    return customer;
}

void insert_customer(BulkInsert& insert, const Customer& customer, std::string_view key, std::string_view initials) {
    if (customer.id) insert.add(customer.id.value);
    else insert.add_null();
    insert.add(customer.code).add(customer.name).add(key).add(initials).add(customer.contract).add(customer.address).add(customer.place.value);
    insert.add(customer.statistical.value).add(std::int64_t{customer.installed_on.days});
    if (customer.revenue_fen) insert.add(*customer.revenue_fen);
    else insert.add_null();
    insert.add(std::int64_t{customer.version}).add(customer.locked_until).add(std::int64_t{customer.new_in.yyyymm});
}

// The first of the customers, none of them stored, whose code another has. Neither database says it but in words.
std::optional<std::string> taken_code(Session& session, std::span<const Customer> customers) {
    std::unordered_set<std::string_view> seen;
    for (const Customer& customer : customers) {
        const bool stored = session.number("select id from customer where code = :code", Binds{named("code", customer.code)}).has_value();
        if (stored || !seen.insert(customer.code).second) return customer.code;
    }
    return std::nullopt;
}

}  // namespace

Result<CustomerColumns> CustomerStore::states(const StringColumn& codes, const Organisation& org, const Scope& scope,
                                              ports::Locking locking, ports::Progress& progress) {
    return guarded(session_, [&]() -> Result<CustomerColumns> {
        const bool lock = locking == ports::Locking::until_commit;
        const std::string_view phase = lock ? "locking" : "reading";
        const std::vector<std::string_view> sorted = sorted_codes(codes);
        const auto total = static_cast<std::int64_t>(sorted.size());
        CustomerColumns found;
        found.reserve(sorted.size());
        // SQLite's writer is alone: nothing to lock.
        BulkLookup lookup(session_, "select code, id, version, place_id, locked_until, revenue_fen from customer", "code", "tiiiii",
                          lock && session_.mariadb() ? " for update" : "");
        // The scope is applied here and not in the statement, because the place is looked up here anyway.
        const auto keep = [&](const Row& row) {
            const UnitIndex place = org.find(row.id<UnitId>(3));
            if (place != kNoUnit && scope.covers(place)) push_state(found, row, place);
        };
        for (std::size_t at = 0; at < sorted.size(); at += BulkLookup::kChunk) {
            if (!progress.report(phase, static_cast<std::int64_t>(at), total)) return Error::of("work.cancelled");
            lookup.find(std::span(sorted).subspan(at, std::min(BulkLookup::kChunk, sorted.size() - at)), keep);
        }
        if (!progress.report(phase, total, total)) return Error::of("work.cancelled");
        return found;
    });
}

Result<std::optional<Customer>> CustomerStore::find(std::string_view code, const Scope& scope) {
    return guarded(session_, [&]() -> Result<std::optional<Customer>> {
        SqlText sql;
        sql += "select c.id, c.code, c.name, c.contract, c.address, c.place_id, c.statistical_id, c.installed_on, c.revenue_fen, c.version, "
               "c.locked_until, c.new_in from customer c join unit u on u.id = c.place_id where c.code = ";
        sql.value(std::string(code)) += " and ";
        append_scope(sql, scope, "u");
        std::optional<Customer> found;
        session_.select(sql.text, "ittttiiiiiii", sql.binds, [&](const Row& row) { found = customer_of(row); });
        return found;
    });
}

Result<std::int64_t> CustomerStore::count() {
    return guarded(session_, [&]() -> Result<std::int64_t> { return session_.number("select count(*) from customer").value_or(0); });
}

Result<std::int64_t> CustomerStore::last_id() {
    return guarded(session_, [&]() -> Result<std::int64_t> { return session_.number("select max(id) from customer").value_or(0); });
}

Status CustomerStore::add(const std::vector<Customer>& customers) {
    return guarded(session_, [&]() -> Status {
        BulkInsert insert(session_,
                          "customer (id, code, name, name_key, initials, contract, address, place_id, statistical_id, installed_on, revenue_fen, "
                          "version, locked_until, new_in)",
                          14);
        // Contracts lead to their customers (row C1): new ones are at the end, unless they came with numbers of their own.
        std::int64_t above = session_.number("select max(id) from customer").value_or(0);
        for (const Customer& customer : customers)
            if (customer.id) above = std::min(above, customer.id.value - 1);
        try {
            for (const Customer& customer : customers) insert_customer(insert, customer, name_key(customer.name), name_initials(customer.name));
            insert.finish();
            session_.run(
                "insert into contract (contract, customer_id) select c.contract, min(c.id) from customer c left join contract k on k.contract = "
                "c.contract where c.id > " +
                std::to_string(above) + " and c.contract <> '' and k.contract is null group by c.contract");
        } catch (const Failure& failure) {
            if (failure.kind() != Failure::Kind::duplicate) throw;
            const auto code = taken_code(session_, std::span(customers).subspan(insert.written()));
            if (!code) throw;  // the number is taken, not the code
            return Error::of("customer.code_taken").with("code", *code);
        }
        return done();
    });
}

Status CustomerStore::set_lock(CustomerId customer, Date locked_until) {
    return guarded(session_, [&]() -> Status {
        const auto changed = session_.execute("update customer set locked_until = :until, version = version + 1 where id = :customer",
                                              {named("until", locked_until), named("customer", customer.value)});
        return changed == 0 ? Status(Error::of("customer.unknown")) : done();
    });
}

}  // namespace qudao::sql
