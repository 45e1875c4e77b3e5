#include <algorithm>
#include <cstdint>
#include <map>
#include <memory>
#include <numeric>
#include <optional>

#include "server/sql/batch_numbers.hpp"
#include "server/sql/bulk.hpp"
#include "server/sql/scope_sql.hpp"
#include "server/sql/stores.hpp"

namespace qudao::sql {
namespace {

constexpr std::size_t kStep = 5000;  // rows between two reports
// Updated by one statement: the fewer statements the faster, but each is a step of progress and a chance to cancel.
constexpr std::size_t kUpdateChunk = 20000;

constexpr std::string_view kBatchKinds = "itiiiiitiiiit";

// Of the batches that the actor may see; a condition on b goes on with `and`.
void append_batches(SqlText& sql, PersonId actor, const Scope& view) {
    sql += "select b.id, b.kind, b.person_id, b.at, b.day, b.window_opened_on, b.undo_of, b.file_name, ";
    for (const std::string_view column : {"row_count", "moved", "unchanged", "kept"}) {
        append_batch_number(sql, column, actor, view);
        sql += ", ";
    }
    sql += "b.digest from batch b where (b.person_id = ";
    sql.value(actor.value) += " or exists (select 1 from batch_unit r join unit u on u.id = r.unit_id where r.batch_id = b.id and ";
    append_scope(sql, view, "u");
    sql += "))";
}

ports::Batch batch_of(const Row& row) {
    ports::Batch batch;
    batch.id = row.id<BatchId>(0);
    batch.kind = row.text(1) == "undo" ? ports::BatchKind::undo : ports::BatchKind::move;
    batch.person = row.id<PersonId>(2);
    batch.at = {row.number(3)};
    batch.day = row.date(4);
    batch.window_opened_on = row.date(5);
    batch.undo_of = row.id<BatchId>(6);
    batch.file_name = row.text(7);
    batch.rows = row.number(8);
    batch.moved = row.number(9);
    batch.unchanged = row.number(10);
    batch.kept = row.number(11);
    batch.digest = row.text(12);
    return batch;
}

Binds key_binds(PersonId person, std::string_view key) { return {named("person", person.value), named("idempotency_key", key)}; }

// The rows of `moves` by customer: staged, updated and logged in the order in which the tables are laid, and locked in
// one order by all.
std::vector<std::uint32_t> by_customer(const ports::Moves& moves) {
    std::vector<std::uint32_t> order(moves.size());
    std::iota(order.begin(), order.end(), 0u);
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return moves.customer[a] < moves.customer[b]; });
    return order;
}

Error stale(std::int64_t row_number) { return Error::of("moves.stale").with("row", row_number); }

// One application of moves to the tables.
class Application {
public:
    Application(Session& session, const ports::Moves& moves, ports::Progress& progress)
        : session_(session), moves_(moves), progress_(progress), order_(by_customer(moves)), total_(static_cast<std::int64_t>(moves.size())) {}
    virtual ~Application() = default;

    // Customers, where each is as it was planned.
    virtual Status update_customers() = 0;
    virtual Status log(Instant at) = 0;
    void write_units(BatchId batch);

protected:
    Status check_repeats() const;
    // Of "staging" and "writing"; work.cancelled.
    Status report(std::string_view phase, std::size_t count) {
        return progress_.report(phase, static_cast<std::int64_t>(count), total_) ? done() : Status(Error::of("work.cancelled"));
    }

    Session& session_;
    const ports::Moves& moves_;
    ports::Progress& progress_;
    std::vector<std::uint32_t> order_;
    std::int64_t total_;
};

Status Application::check_repeats() const {
    for (std::size_t i = 1; i < order_.size(); ++i)
        if (moves_.customer[order_[i]] == moves_.customer[order_[i - 1]]) return stale(moves_.row_number[std::max(order_[i], order_[i - 1])]);
    return done();
}

void Application::write_units(BatchId batch) {
    std::vector<std::int64_t> units = moves_.from;
    units.insert(units.end(), moves_.to.begin(), moves_.to.end());
    std::sort(units.begin(), units.end());
    units.erase(std::unique(units.begin(), units.end()), units.end());
    BulkInsert insert(session_, "batch_unit (batch_id, unit_id)", 2);
    for (const std::int64_t unit : units) insert.add(batch.value).add(unit);
    insert.finish();
    std::map<std::pair<std::int64_t, std::int64_t>, std::int64_t> flows;
    for (std::size_t row = 0; row < moves_.size(); ++row) ++flows[{moves_.from[row], moves_.to[row]}];
    BulkInsert flow(session_, "batch_flow (batch_id, from_unit, to_unit, customers)", 4);
    for (const auto& [ends, customers] : flows) flow.add(batch.value).add(ends.first).add(ends.second).add(customers);
    flow.finish();
}

// SQLite has no round trips to save: a prepared statement a row is no slower than one over a staged table.
class LoopedApplication final : public Application {
public:
    using Application::Application;
    Status update_customers() override {
        QUDAO_CHECK(check_repeats());
        PreparedLoop update(session_,
                            "update customer set place_id = ?1, version = version + 1 where id = ?2 and version = ?3 and place_id = ?4");
        std::optional<std::int64_t> first_stale;
        for (std::size_t i = 0; i < order_.size(); ++i) {
            if (i % kStep == 0) QUDAO_CHECK(report("staging", i));
            const std::uint32_t row = order_[i];
            if (update.run({moves_.to[row], moves_.customer[row], moves_.version[row], moves_.from[row]}) != 1)
                first_stale = std::min(first_stale.value_or(INT64_MAX), std::int64_t{moves_.row_number[row]});
        }
        return first_stale ? Status(stale(*first_stale)) : report("staging", order_.size());
    }
    Status log(Instant at) override {
        BulkInsert insert(session_, "adjustment (valid_from, customer_id, row_no, from_unit, to_unit, version_after, note)", 7);
        for (std::size_t i = 0; i < order_.size(); ++i) {
            if (i % kStep == 0) QUDAO_CHECK(report("writing", i));
            const std::uint32_t row = order_[i];
            insert.add(at.epoch_ms).add(moves_.customer[row]).add(std::int64_t{moves_.row_number[row]}).add(moves_.from[row]);
            insert.add(moves_.to[row]).add(std::int64_t{moves_.version[row]} + 1).add(moves_.note[row]);
        }
        insert.finish();
        return report("writing", order_.size());
    }
};

// MariaDB: rows are staged in a table of the connection's own, many a statement, and joined from there.
class StagedApplication final : public Application {
public:
    using Application::Application;
    Status update_customers() override;
    Status log(Instant at) override;

private:
    Status stage();
    std::int64_t first_stale_row();
    // Making and dropping it ends no transaction.
    void drop_stage() { session_.run("drop temporary table if exists move_stage"); }
};

Status StagedApplication::stage() {
    QUDAO_CHECK(check_repeats());
    drop_stage();  // of a transaction that was rolled back
    session_.run(
        "create temporary table move_stage (customer_id bigint not null primary key, row_no integer not null, version integer not null, "
        "from_unit bigint not null, to_unit bigint not null, note varchar(255) not null) "
        "engine = InnoDB default character set utf8mb4 collate utf8mb4_nopad_bin");
    BulkInsert insert(session_, "move_stage (customer_id, row_no, version, from_unit, to_unit, note)", 6);
    for (std::size_t i = 0; i < order_.size(); ++i) {
        if (i % kStep == 0) QUDAO_CHECK(report("staging", i));
        const std::uint32_t row = order_[i];
        insert.add(moves_.customer[row]).add(std::int64_t{moves_.row_number[row]}).add(std::int64_t{moves_.version[row]});
        insert.add(moves_.from[row]).add(moves_.to[row]).add(moves_.note[row]);
    }
    insert.finish();
    return report("staging", order_.size());
}

Status StagedApplication::update_customers() {
    QUDAO_CHECK(stage());
    // straight_join: from the stage, in its order.
    for (std::size_t at = 0; at < order_.size(); at += kUpdateChunk) {
        QUDAO_CHECK(report("writing", at));
        const std::size_t end = std::min(order_.size(), at + kUpdateChunk);
        const std::int64_t changed = session_.run(
            "update move_stage s straight_join customer c on c.id = s.customer_id set c.place_id = s.to_unit, c.version = c.version + 1 "
            "where c.version = s.version and c.place_id = s.from_unit and s.customer_id between " +
            std::to_string(moves_.customer[order_[at]]) + " and " + std::to_string(moves_.customer[order_[end - 1]]));
        if (changed != static_cast<std::int64_t>(end - at)) return stale(first_stale_row());
    }
    return done();
}

// Of the chunks updated so far the ones that did match have the next version now.
std::int64_t StagedApplication::first_stale_row() {
    return session_
        .number(
            "select min(s.row_no) from move_stage s left join customer c on c.id = s.customer_id and ((c.version = s.version + 1 and "
            "c.place_id = s.to_unit) or (c.version = s.version and c.place_id = s.from_unit)) where c.id is null")
        .value_or(0);
}

Status StagedApplication::log(Instant at) {
    session_.run(
        "insert into adjustment (valid_from, customer_id, row_no, from_unit, to_unit, version_after, note) select " +
        std::to_string(at.epoch_ms) + ", customer_id, row_no, from_unit, to_unit, version + 1, note from move_stage order by customer_id");
    drop_stage();
    return report("writing", order_.size());
}

std::unique_ptr<Application> application_of(Session& session, const ports::Moves& moves, ports::Progress& progress) {
    if (session.mariadb()) return std::make_unique<StagedApplication>(session, moves, progress);
    return std::make_unique<LoopedApplication>(session, moves, progress);
}

// Later than every batch before. Commits wait for one another from here to their end.
Instant take_instant(Session& session, Instant wanted) {
    const std::int64_t last =
        session.number(session.mariadb() ? "select last_at from batch_clock where id = 1 for update" : "select last_at from batch_clock")
            .value_or(0);
    const Instant at = {std::max(wanted.epoch_ms, last + 1)};
    session.execute("update batch_clock set last_at = :at where id = 1", {named("at", at.epoch_ms)});
    return at;
}

BatchId insert_batch(Session& session, const ports::Batch& batch) {
    session.execute(
        "insert into batch (at, kind, person_id, day, window_opened_on, undo_of, file_name, row_count, moved, unchanged, kept, digest) "
        "values (:at, :kind, :person, :day, :opened_on, :undo_of, :file_name, :row_count, :moved, :unchanged, :kept, :digest)",
        {named("at", batch.at.epoch_ms), named("kind", batch.kind == ports::BatchKind::undo ? "undo" : "move"),
         named("person", batch.person.value), named("day", batch.day), named("opened_on", batch.window_opened_on),
         {"undo_of", batch.undo_of ? Value(batch.undo_of.value) : Value()}, named("file_name", batch.file_name),
         named("row_count", batch.rows), named("moved", batch.moved), named("unchanged", batch.unchanged), named("kept", batch.kept),
         named("digest", batch.digest)});
    return {session.last_id()};
}

}  // namespace

Result<std::optional<ports::Outcome>> MoveStore::claim(const ports::Outcome& outcome) {
    return guarded(session_, [&]() -> Result<std::optional<ports::Outcome>> {
        Binds binds = key_binds(outcome.person, outcome.key);
        binds.push_back(named("request_digest", outcome.request_digest));
        try {
            // First of all: a transaction that holds the key is waited for here.
            session_.execute(
                "insert into outcome (person_id, idempotency_key, request_digest, body) values (:person, :idempotency_key, "
                ":request_digest, null)",
                binds);
            return std::optional<ports::Outcome>();
        } catch (const Failure& failure) {
            if (failure.kind() != Failure::Kind::duplicate) throw;
        }
        return this->outcome(outcome.person, outcome.key);
    });
}

Status MoveStore::settle(const ports::Outcome& outcome) {
    return guarded(session_, [&]() -> Status {
        Binds binds = key_binds(outcome.person, outcome.key);
        binds.push_back(named("request_digest", outcome.request_digest));
        binds.push_back(named("body", outcome.body));
        const auto changed = session_.execute(
            "update outcome set request_digest = :request_digest, body = :body where person_id = :person and idempotency_key = "
            ":idempotency_key and body is null",
            binds);
        return changed == 1 ? done() : Status(Error::of("outcome.not_claimed"));
    });
}

Result<std::optional<ports::Outcome>> MoveStore::outcome(PersonId person, std::string_view key) {
    return guarded(session_, [&]() -> Result<std::optional<ports::Outcome>> {
        std::optional<ports::Outcome> found;
        session_.select(
            "select request_digest, body from outcome where person_id = :person and idempotency_key = :idempotency_key and body is not null",
            "tt", key_binds(person, key), [&](const Row& row) {
                found = ports::Outcome{person, std::string(key), std::string(row.text(0)), std::string(row.text(1))};
            });
        return found;
    });
}

Result<ports::Batch> MoveStore::apply(ports::Batch batch, const ports::Moves& moves, const std::vector<ports::Handover>& handovers,
                                      ports::Progress& progress) {
    return guarded(session_, [&]() -> Result<ports::Batch> {
        const auto application = application_of(session_, moves, progress);
        QUDAO_CHECK(application->update_customers());
        batch.at = take_instant(session_, batch.at);
        batch.id = insert_batch(session_, batch);
        QUDAO_CHECK(application->log(batch.at));
        application->write_units(batch.id);
        BulkInsert insert(session_, "handover (batch_id, unit_id, customers)", 3);
        for (const ports::Handover& handover : handovers) insert.add(batch.id.value).add(handover.unit.value).add(handover.customers);
        insert.finish();
        return batch;
    });
}

Result<std::optional<ports::Batch>> MoveStore::batch(BatchId id, PersonId actor, const Scope& view) {
    return guarded(session_, [&]() -> Result<std::optional<ports::Batch>> {
        SqlText sql;
        append_batches(sql, actor, view);
        sql += " and b.id = ";
        sql.value(id.value);
        std::optional<ports::Batch> found;
        session_.select(sql.text, kBatchKinds, sql.binds, [&](const Row& row) { found = batch_of(row); });
        return found;
    });
}

Result<ports::BatchRows> MoveStore::rows(BatchId id, const Scope& view) {
    return guarded(session_, [&]() -> Result<ports::BatchRows> {
        ports::BatchRows rows;
        SqlText sql;
        sql += "select a.row_no, a.customer_id, a.version_after, a.from_unit, a.to_unit, a.note, c.code from adjustment a "
               "join customer c on c.id = a.customer_id join unit uf on uf.id = a.from_unit join unit ut on ut.id = a.to_unit "
               "where a.valid_from = (select at from batch where id = ";
        sql.value(id.value) += ") and (";
        append_scope(sql, view, "uf");
        sql += " or ";
        append_scope(sql, view, "ut");
        sql += ") order by a.row_no, a.customer_id";
        session_.select(sql.text, "iiiiitt", sql.binds, [&](const Row& row) {
            rows.moves.row_number.push_back(static_cast<std::uint32_t>(row.number(0)));
            rows.moves.customer.push_back(row.number(1));
            rows.moves.version.push_back(static_cast<std::int32_t>(row.number(2)));
            rows.moves.from.push_back(row.number(3));
            rows.moves.to.push_back(row.number(4));
            rows.moves.note.push_back(row.text(5));
            rows.customer_code.push_back(row.text(6));
        });
        return rows;
    });
}

Result<std::vector<ports::Batch>> MoveStore::undos_of(BatchId id, PersonId actor, const Scope& view) {
    return guarded(session_, [&]() -> Result<std::vector<ports::Batch>> {
        SqlText sql;
        append_batches(sql, actor, view);
        sql += " and b.undo_of = ";
        sql.value(id.value) += " order by b.id";
        std::vector<ports::Batch> undos;
        session_.select(sql.text, kBatchKinds, sql.binds, [&](const Row& row) { undos.push_back(batch_of(row)); });
        return undos;
    });
}

Result<std::optional<UnitId>> MoveStore::place_at(CustomerId customer, Instant at) {
    return guarded(session_, [&]() -> Result<std::optional<UnitId>> {
        std::optional<UnitId> place;
        session_.select("select place_id, installed_on from customer where id = :customer", "ii", {named("customer", customer.value)},
                        [&](const Row& row) {
                            const Date installed_on = row.date(1);
                            if (!installed_on || !(at < start_of_day(installed_on))) place = row.id<UnitId>(0);
                        });
        if (!place) return place;
        // Where the first adjustment after the instant took it from; without one it has been where it is.
        const auto from = session_.number(
            "select from_unit from adjustment where customer_id = :customer and valid_from > :at order by valid_from limit 1",
            {named("customer", customer.value), named("at", at.epoch_ms)});
        if (from) place = UnitId{*from};
        return place;
    });
}

}  // namespace qudao::sql
