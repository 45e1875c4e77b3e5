// Feeds of which each file replaces the one before as a whole: charges of a period, arrears, orders in progress. The rows
// lie under their run; which run holds is one row of feed_current, so that the change is one step however large the file.
#include "server/sql/bulk.hpp"
#include "server/sql/feed_store.hpp"

namespace qudao::sql {
namespace {

Binds current_binds(const feed::Head& head) {
    return {named("kind", feed::code_of(head.kind)), named("source", head.source), named("period", std::int64_t{head.period.yyyymm})};
}

// "n.amount = o.amount and …" over the columns that are no key.
std::string same_values(const feed::Format& format) {
    std::string text;
    for (std::size_t column = format.keys; column < format.columns.size(); ++column) {
        const std::string name(format.columns[column].name);
        text.append(text.empty() ? "" : " and ").append("n." + name + " = o." + name);
    }
    return text.empty() ? "1 = 1" : text;
}

std::string same_keys(const feed::Format& format) {
    std::string text;
    for (std::size_t column = 0; column < format.keys; ++column) {
        const std::string name(format.columns[column].name);
        text.append(" and o." + name + " = n." + name);
    }
    return text;
}

ports::Arrear arrear_of(const Row& row) {
    ports::Arrear arrear;
    arrear.access_number = row.text(0);
    arrear.amount_fen = row.number(1);
    arrear.since = {static_cast<std::int32_t>(row.number(2))};
    arrear.source = row.text(3);
    if (!row.null(4)) arrear.other_amount_fen = row.number(4);
    return arrear;
}

}  // namespace

Result<std::optional<FeedRunId>> FeedStore::current(const feed::Head& head) {
    return guarded(session_, [&]() -> Result<std::optional<FeedRunId>> {
        const auto run = session_.number("select run_id from feed_current where kind = :kind and source = :source and period = :period", current_binds(head));
        return run ? std::optional(FeedRunId{*run}) : std::optional<FeedRunId>();
    });
}

Result<ports::FeedCounts> FeedStore::compare(feed::Kind kind, FeedRunId run, std::optional<FeedRunId> earlier) {
    return guarded(session_, [&]() -> Result<ports::FeedCounts> {
        const feed::Format& format = feed::format_of(kind);
        const std::string table(staged_table(kind));
        const std::string text = "select count(*), count(o.run_id), coalesce(sum(case when o.run_id is not null and " + same_values(format) +
                                 " then 1 else 0 end), 0) from " + table + " n left join " + table + " o on o.run_id = " +
                                 std::to_string(earlier ? earlier->value : 0) + same_keys(format) + " where n.run_id = " + std::to_string(run.value);
        ports::FeedCounts counts;
        session_.read(text, "iii", [&](const Row& row) {
            counts.fresh = row.number(0) - row.number(1);
            counts.changed = row.number(1) - row.number(2);
            counts.unchanged = row.number(2);
        });
        return counts;
    });
}

Result<std::int64_t> FeedStore::unknown_numbers(feed::Kind kind, FeedRunId run) {
    return guarded(session_, [&]() -> Result<std::int64_t> {
        const std::string table(staged_table(kind));
        return session_.number("select count(*) from " + table +
                                   " n left join subscriber s on s.access_number = n.access_number where n.run_id = :run and s.id is null",
                               {named("run", run.value)})
            .value_or(0);
    });
}

Status FeedStore::make_current(const feed::Head& head, FeedRunId run) {
    return guarded(session_, [&]() -> Status {
        BulkInsert insert(session_, "feed_current (kind, source, period, run_id)", 4, BulkInsert::Taken::fails,
                          upsert_tail(session_, "kind, source, period", {"run_id"}));
        insert.add(feed::code_of(head.kind)).add(head.source).add(std::int64_t{head.period.yyyymm}).add(run.value);
        insert.finish();
        return done();
    });
}

Result<std::int64_t> FeedStore::merge_arrears(std::optional<FeedRunId> billing, std::optional<FeedRunId> accounts) {
    return guarded(session_, [&]() -> Result<std::int64_t> {
        const std::string from_billing = std::to_string(billing ? billing->value : 0);
        const std::string from_accounts = std::to_string(accounts ? accounts->value : 0);
        session_.run("delete from arrear");
        session_.run(
            "insert into arrear (access_number, amount, since, source, other_amount) select a.access_number, a.amount, a.since, 'accounts', "
            "case when b.amount <> a.amount then b.amount end from arrear_stated a left join arrear_stated b on b.run_id = " +
            from_billing + " and b.access_number = a.access_number where a.run_id = " + from_accounts);
        session_.run(
            "insert into arrear (access_number, amount, since, source, other_amount) select b.access_number, b.amount, b.since, 'billing', "
            "null from arrear_stated b left join arrear_stated a on a.run_id = " +
            from_accounts + " and a.access_number = b.access_number where b.run_id = " + from_billing + " and a.run_id is null");
        return session_.number("select count(*) from arrear where other_amount is not null").value_or(0);
    });
}

Result<std::vector<ports::Arrear>> FeedStore::arrear_conflicts(std::string_view after, std::size_t limit) {
    return guarded(session_, [&]() -> Result<std::vector<ports::Arrear>> {
        std::vector<ports::Arrear> found;
        session_.select("select access_number, amount, since, source, other_amount from arrear where other_amount is not null and access_number > :after "
                        "order by access_number limit " + std::to_string(limit),
                        "tiiti", {named("after", after)}, [&](const Row& row) { found.push_back(arrear_of(row)); });
        return found;
    });
}

Result<std::int64_t> FeedStore::sum_revenue(FeedRunId charges, CustomerId after, std::size_t limit) {
    return guarded(session_, [&]() -> Result<std::int64_t> {
        // The last customer of this step; none: the rest is done.
        const auto last = session_.number("select max(id) from (select id from customer where id > :after order by id limit " + std::to_string(limit) + ") c",
                                          {named("after", after.value)});
        if (!last) return std::int64_t{0};
        // No charge is no data, which is not 0.
        session_.run("update customer set revenue_fen = (select " + std::string(session_.mariadb() ? "cast(sum(h.amount) as signed)" : "sum(h.amount)") +
                     " from subscriber s join charge h on h.run_id = " + std::to_string(charges.value) +
                     " and h.access_number = s.access_number where s.customer_id = customer.id) where id > " + std::to_string(after.value) +
                     " and id <= " + std::to_string(*last));
        return *last;
    });
}

Result<std::vector<ports::OrderInProgress>> FeedStore::orders_of(CustomerId customer, std::size_t limit) {
    return guarded(session_, [&]() -> Result<std::vector<ports::OrderInProgress>> {
        std::vector<ports::OrderInProgress> found;
        session_.select(
            "select o.order_no, o.access_number, o.service, o.stage, o.accepted_on from feed_current f join subscriber s on s.customer_id = "
            ":customer join work_order o on o.run_id = f.run_id and o.access_number = s.access_number where f.kind = 'orders' "
            "order by o.order_no limit " + std::to_string(limit),
            "tttti", {named("customer", customer.value)}, [&](const Row& row) {
                found.push_back({std::string(row.text(0)), std::string(row.text(1)), std::string(row.text(2)), std::string(row.text(3)), row.date(4)});
            });
        return found;
    });
}

Result<std::vector<ports::Arrear>> FeedStore::arrears_of(CustomerId customer, std::size_t limit) {
    return guarded(session_, [&]() -> Result<std::vector<ports::Arrear>> {
        std::vector<ports::Arrear> found;
        session_.select("select a.access_number, a.amount, a.since, a.source, a.other_amount from subscriber s join arrear a on a.access_number = "
                        "s.access_number where s.customer_id = :customer order by a.access_number limit " + std::to_string(limit),
                        "tiiti", {named("customer", customer.value)}, [&](const Row& row) { found.push_back(arrear_of(row)); });
        return found;
    });
}

}  // namespace qudao::sql
