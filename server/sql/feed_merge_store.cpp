// What subscribers and lines are merged into: subscribers, traces, cabinets of lines with their history, proposals.
#include <algorithm>
#include <set>

#include "server/sql/bulk.hpp"
#include "server/sql/feed_store.hpp"
#include "server/sql/scope_sql.hpp"

namespace qudao::sql {
namespace {

constexpr std::string_view kTraceColumns =
    "subscriber_id, customer_id, run_id, decided_on, access_number, contract, cabinet, billing_area, precedence, rule, cabinet_finding, "
    "range_finding, area_finding, cabinet_place, range_place, pool, range_first, range_last, made_by, place, disagreement";

ports::PartitionTrace trace_of(const Row& row) {
    ports::PartitionTrace trace;
    trace.subscriber = row.id<SubscriberId>(0);
    trace.customer = row.id<CustomerId>(1);
    trace.run = row.id<FeedRunId>(2);
    trace.decided_on = row.date(3);
    trace.access_number = row.text(4);
    trace.contract = row.text(5);
    trace.cabinet = row.text(6);
    trace.billing_area = row.text(7);
    trace.precedence = precedence_of(row.text(8)).value_or(Precedence::cabinet_first);
    trace.rule = partition_rule_of(row.text(9)).value_or(PartitionRule::fallback_pool);
    trace.cabinet_finding = finding_of(row.text(10)).value_or(Finding::unknown);
    trace.range_finding = finding_of(row.text(11)).value_or(Finding::unknown);
    trace.area_finding = finding_of(row.text(12)).value_or(Finding::unknown);
    trace.cabinet_place = row.id<UnitId>(13);
    trace.range_place = row.id<UnitId>(14);
    trace.pool = row.id<UnitId>(15);
    trace.range_first = row.text(16);
    trace.range_last = row.text(17);
    trace.made_by = row.text(18);
    trace.place = row.id<UnitId>(19);
    trace.disagreement = row.number(20) != 0;
    return trace;
}

ports::Subscriber subscriber_of(const Row& row) {
    ports::Subscriber subscriber;
    subscriber.id = row.id<SubscriberId>(0);
    subscriber.access_number = row.text(1);
    subscriber.customer = row.id<CustomerId>(2);
    subscriber.name = row.text(3);
    subscriber.address = row.text(4);
    subscriber.status = row.text(5);
    subscriber.contract = row.text(6);
    subscriber.billing_area = row.text(7);
    subscriber.installed_on = row.date(8);
    subscriber.cabinet = row.text(9);
    subscriber.as_of = row.date(10);
    return subscriber;
}

}  // namespace

Status FeedStore::save_subscribers(const std::vector<ports::Subscriber>& subscribers) {
    return guarded(session_, [&]() -> Status {
        BulkInsert insert(session_, "subscriber (id, access_number, customer_id, name, address, status, contract, billing_area, installed_on, cabinet, as_of)",
                          11, BulkInsert::Taken::fails,
                          upsert_tail(session_, "id", {"customer_id", "name", "address", "status", "contract", "billing_area", "installed_on", "cabinet", "as_of"}));
        for (const ports::Subscriber& one : subscribers) {
            insert.add(one.id.value).add(one.access_number).add(one.customer.value).add(one.name).add(one.address).add(one.status);
            insert.add(one.contract).add(one.billing_area).add(one.installed_on).add(one.cabinet).add(one.as_of);
        }
        insert.finish();
        return done();
    });
}

Result<std::int64_t> FeedStore::last_subscriber() {
    return guarded(session_, [&]() -> Result<std::int64_t> { return session_.number("select max(id) from subscriber").value_or(0); });
}

Status FeedStore::add_traces(const std::vector<ports::PartitionTrace>& traces) {
    return guarded(session_, [&]() -> Status {
        BulkInsert insert(session_, "partition_trace (" + std::string(kTraceColumns) + ")", 21);
        for (const ports::PartitionTrace& trace : traces) {
            insert.add(trace.subscriber.value).add(trace.customer.value).add(trace.run.value).add(trace.decided_on).add(trace.access_number);
            insert.add(trace.contract).add(trace.cabinet).add(trace.billing_area).add(code_of(trace.precedence)).add(code_of(trace.rule));
            insert.add(code_of(trace.cabinet_finding)).add(code_of(trace.range_finding)).add(code_of(trace.area_finding));
            insert.add(trace.cabinet_place.value).add(trace.range_place.value).add(trace.pool.value).add(trace.range_first).add(trace.range_last);
            insert.add(trace.made_by).add(trace.place.value).add(std::int64_t{trace.disagreement ? 1 : 0});
        }
        insert.finish();
        return done();
    });
}

Result<std::vector<ports::Subscriber>> FeedStore::subscribers_of(CustomerId customer, std::size_t limit) {
    return guarded(session_, [&]() -> Result<std::vector<ports::Subscriber>> {
        std::vector<ports::Subscriber> found;
        session_.select(
            "select id, access_number, customer_id, name, address, status, contract, billing_area, installed_on, cabinet, as_of from subscriber "
            "where customer_id = :customer order by access_number limit " +
                std::to_string(limit),
            "itittttt" "iti", {named("customer", customer.value)}, [&](const Row& row) { found.push_back(subscriber_of(row)); });
        return found;
    });
}

Result<std::vector<ports::TraceCount>> FeedStore::trace_counts(Date since) {
    return guarded(session_, [&]() -> Result<std::vector<ports::TraceCount>> {
        std::vector<ports::TraceCount> found;
        session_.select(
            "select cabinet_finding, range_finding, area_finding, cabinet_place, range_place, pool, count(*) from partition_trace where decided_on >= :since "
            "and rule not in ('contract_known', 'contract_shared') group by cabinet_finding, range_finding, area_finding, cabinet_place, range_place, pool",
            "tttiiii", {named("since", since)}, [&](const Row& row) {
                const auto finding = [&](std::size_t column) { return finding_of(row.text(column)).value_or(Finding::unknown); };
                found.push_back({finding(0), finding(1), finding(2), row.id<UnitId>(3), row.id<UnitId>(4), row.id<UnitId>(5), row.number(6)});
            });
        return found;
    });
}

Result<std::vector<ports::PartitionTrace>> FeedStore::traces_of(CustomerId customer, std::size_t limit) {
    return guarded(session_, [&]() -> Result<std::vector<ports::PartitionTrace>> {
        std::vector<ports::PartitionTrace> found;
        session_.select("select " + std::string(kTraceColumns) + " from partition_trace where customer_id = :customer order by id limit " + std::to_string(limit),
                        "iiiitttttttttiiitttii", {named("customer", customer.value)}, [&](const Row& row) { found.push_back(trace_of(row)); });
        return found;
    });
}

Status FeedStore::save_lines(const std::vector<ports::StagedLine>& lines, Date day) {
    return guarded(session_, [&]() -> Status {
        BulkInsert now(session_, "line (access_number, cabinet, since)", 3, BulkInsert::Taken::fails, upsert_tail(session_, "access_number", {"cabinet", "since"}));
        for (const ports::StagedLine& line : lines) now.add(line.access_number).add(line.cabinet).add(day);
        now.finish();
        // A second file of the same day corrects the first.
        BulkInsert history(session_, "line_history (access_number, valid_from, cabinet)", 3, BulkInsert::Taken::fails,
                           upsert_tail(session_, "access_number, valid_from", {"cabinet"}));
        for (const ports::StagedLine& line : lines) history.add(line.access_number).add(day).add(line.cabinet);
        history.finish();
        return done();
    });
}

Result<std::int64_t> FeedStore::add_proposals(const std::vector<ports::CabinetProposal>& proposals) {
    return guarded(session_, [&]() -> Result<std::int64_t> {
        constexpr std::size_t kCustomersPerLookup = 500;
        std::set<std::pair<std::string, std::int64_t>> said;
        for (std::size_t at = 0; at < proposals.size(); at += kCustomersPerLookup) {
            std::string text = "select access_number, to_unit from cabinet_proposal where closed_on is null and customer_id in (";
            for (std::size_t i = at; i < std::min(proposals.size(), at + kCustomersPerLookup); ++i)
                text.append(i == at ? "" : ",").append(std::to_string(proposals[i].customer.value));
            session_.read(text.append(")"), "ti", [&](const Row& row) { said.emplace(row.text(0), row.number(1)); });
        }
        std::int64_t added = 0;
        BulkInsert insert(session_, "cabinet_proposal (access_number, customer_id, run_id, raised_on, old_cabinet, new_cabinet, from_unit, to_unit)", 8);
        for (const ports::CabinetProposal& one : proposals) {
            if (!said.emplace(one.access_number, one.to.value).second) continue;
            ++added;
            insert.add(one.access_number).add(one.customer.value).add(one.run.value).add(one.raised_on).add(one.old_cabinet).add(one.new_cabinet);
            insert.add(one.from.value).add(one.to.value);
        }
        insert.finish();
        return added;
    });
}

Result<std::vector<ports::OpenProposal>> FeedStore::open_proposals(const Scope& view, ProposalId after, std::size_t limit) {
    return guarded(session_, [&]() -> Result<std::vector<ports::OpenProposal>> {
        std::vector<ports::OpenProposal> found;
        SqlText sql;
        sql += "select p.id, p.access_number, p.customer_id, p.run_id, p.raised_on, p.old_cabinet, p.new_cabinet, c.place_id, p.to_unit, c.code, "
               "c.name from cabinet_proposal p join customer c on c.id = p.customer_id join unit u on u.id = c.place_id where p.closed_on is null "
               "and c.place_id <> p.to_unit and p.id > ";
        sql.value(after.value) += " and ";
        append_scope(sql, view, "u");
        sql += " order by p.id limit " + std::to_string(limit);
        session_.select(sql.text, "itiiittiitt", sql.binds, [&](const Row& row) {
            found.push_back({{row.id<ProposalId>(0), std::string(row.text(1)), row.id<CustomerId>(2), row.id<FeedRunId>(3), row.date(4),
                              std::string(row.text(5)), std::string(row.text(6)), row.id<UnitId>(7), row.id<UnitId>(8), kNoDate, PersonId{}},
                             std::string(row.text(9)),
                             std::string(row.text(10))});
        });
        return found;
    });
}

Status FeedStore::close_proposal(ProposalId id, Date day, PersonId by) {
    return guarded(session_, [&]() -> Status {
        const auto changed = session_.execute("update cabinet_proposal set closed_on = :day, closed_by = :person where id = :id and closed_on is null",
                                              {named("day", day), named("person", by.value), named("id", id.value)});
        return changed == 1 ? done() : Status(Error::of("feed.unknown_proposal").with("proposal", id.value));
    });
}

Result<std::string> FeedStore::cabinet_of(std::string_view access_number) {
    return guarded(session_, [&]() -> Result<std::string> {
        std::string cabinet;
        session_.select("select cabinet from line where access_number = :number", "t", {named("number", access_number)},
                        [&](const Row& row) { cabinet = std::string(row.text(0)); });
        return cabinet;
    });
}

}  // namespace qudao::sql
