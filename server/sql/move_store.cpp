#include <algorithm>
#include <array>
#include <numeric>

#include "server/sql/bulk.hpp"
#include "server/sql/scope_sql.hpp"
#include "server/sql/stores.hpp"

namespace qudao::sql {
namespace {

constexpr std::size_t kStageChunk = 5000;
// Updated by one statement: the fewer statements the faster, but each is a step of progress and a chance to cancel.
constexpr std::size_t kUpdateChunk = 20000;

constexpr std::string_view kBatches =
    "select b.id, b.kind, b.person_id, b.at, b.day, b.window_opened_on, b.undo_of, b.file_name, b.row_count, b.moved, b.unchanged, "
    "b.kept, b.digest from batch b";
constexpr std::string_view kBatchKinds = "itiiiiitiiiit";

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

// One application of moves to the tables, step by step.
class Application {
public:
    Application(Session& session, const ports::Moves& moves, ports::Progress& progress)
        : session_(session), moves_(moves), progress_(progress), order_(by_customer(moves)), total_(static_cast<std::int64_t>(moves.size())) {}

    Status stage();
    Status update_customers();
    void log(Instant at);
    void write_units(BatchId batch);
    void drop_stage() { session_.run(session_.mariadb() ? "drop temporary table if exists move_stage" : "drop table if exists temp.move_stage"); }

private:
    bool report(std::string_view phase, std::size_t count) { return progress_.report(phase, static_cast<std::int64_t>(count), total_); }
    void create_stage();
    std::int64_t first_stale_row();

    Session& session_;
    const ports::Moves& moves_;
    ports::Progress& progress_;
    std::vector<std::uint32_t> order_;
    std::int64_t total_;
};

void Application::create_stage() {
    // A table of this connection alone; making and dropping it ends no transaction. The key is the customer's.
    drop_stage();
    session_.run(
        std::string("create temporary table move_stage (customer_id " + std::string(session_.mariadb() ? "bigint" : "integer") + " not null primary key, row_no integer not null, "
                    "version integer not null, from_unit bigint not null, to_unit bigint not null, note varchar(255) not null)") +
        (session_.mariadb() ? " engine = InnoDB default character set utf8mb4 collate utf8mb4_nopad_bin" : ""));
}

Status Application::stage() {
    for (std::size_t i = 1; i < order_.size(); ++i)
        if (moves_.customer[order_[i]] == moves_.customer[order_[i - 1]]) return stale(moves_.row_number[std::max(order_[i], order_[i - 1])]);
    create_stage();
    BulkInsert insert(session_, "move_stage (customer_id, row_no, version, from_unit, to_unit, note)", 6);
    for (std::size_t i = 0; i < order_.size(); ++i) {
        if (i % kStageChunk == 0 && !report("staging", i)) return Error::of("work.cancelled");
        const std::uint32_t row = order_[i];
        insert.add(moves_.customer[row]).add(std::int64_t{moves_.row_number[row]}).add(std::int64_t{moves_.version[row]});
        insert.add(moves_.from[row]).add(moves_.to[row]).add(moves_.note[row]);
    }
    insert.finish();
    return report("staging", order_.size()) ? done() : Status(Error::of("work.cancelled"));
}

Status Application::update_customers() {
    // Guarded: only where the customer is as it was planned. straight_join: from the stage, in its order.
    const std::string statement =
        session_.mariadb()
            ? "update move_stage s straight_join customer c on c.id = s.customer_id set c.place_id = s.to_unit, c.version = c.version + 1 "
              "where c.version = s.version and c.place_id = s.from_unit and s.customer_id between "
            : "update customer set place_id = s.to_unit, version = customer.version + 1 from move_stage s where customer.id = s.customer_id "
              "and customer.version = s.version and customer.place_id = s.from_unit and s.customer_id between ";
    for (std::size_t at = 0; at < order_.size(); at += kUpdateChunk) {
        if (!report("writing", at)) return Error::of("work.cancelled");
        const std::size_t end = std::min(order_.size(), at + kUpdateChunk);
        const std::string first = std::to_string(moves_.customer[order_[at]]);
        const std::string last = std::to_string(moves_.customer[order_[end - 1]]);
        const std::int64_t changed = session_.run(statement + first + " and " + last);
        if (changed != static_cast<std::int64_t>(end - at)) return stale(first_stale_row());
    }
    return report("writing", order_.size()) ? done() : Status(Error::of("work.cancelled"));
}

// Of the chunks updated so far the ones that did match have the next version now.
std::int64_t Application::first_stale_row() {
    std::int64_t row_number = 0;
    session_.read(
        "select min(s.row_no) from move_stage s left join customer c on c.id = s.customer_id and "
        "((c.version = s.version + 1 and c.place_id = s.to_unit) or (c.version = s.version and c.place_id = s.from_unit)) where c.id is null",
        "i", [&](const Row& row) { row_number = row.number(0); });
    return row_number;
}

void Application::log(Instant at) {
    session_.run(
        "insert into adjustment (valid_from, customer_id, row_no, from_unit, to_unit, version_after, note) select " +
        std::to_string(at.epoch_ms) + ", customer_id, row_no, from_unit, to_unit, version + 1, note from move_stage order by customer_id");
}

void Application::write_units(BatchId batch) {
    std::vector<std::int64_t> units = moves_.from;
    units.insert(units.end(), moves_.to.begin(), moves_.to.end());
    std::sort(units.begin(), units.end());
    units.erase(std::unique(units.begin(), units.end()), units.end());
    BulkInsert insert(session_, "batch_unit (batch_id, unit_id)", 2);
    for (const std::int64_t unit : units) insert.add(batch.value).add(unit);
    insert.finish();
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
        Application application(session_, moves, progress);
        QUDAO_CHECK(application.stage());
        QUDAO_CHECK(application.update_customers());
        batch.at = take_instant(session_, batch.at);
        batch.id = insert_batch(session_, batch);
        application.log(batch.at);
        application.write_units(batch.id);
        BulkInsert insert(session_, "handover (batch_id, unit_id, customers)", 3);
        for (const ports::Handover& handover : handovers) insert.add(batch.id.value).add(handover.unit.value).add(handover.customers);
        insert.finish();
        application.drop_stage();
        return batch;
    });
}

Result<std::optional<ports::Batch>> MoveStore::batch(BatchId id, PersonId actor, const Scope& view) {
    return guarded(session_, [&]() -> Result<std::optional<ports::Batch>> {
        SqlText sql;
        sql += kBatches;
        sql += " where b.id = ";
        sql.value(id.value) += " and (b.person_id = ";
        sql.value(actor.value) += " or exists (select 1 from batch_unit r join unit u on u.id = r.unit_id where r.batch_id = b.id and ";
        append_scope(sql, view, "u");
        sql += "))";
        std::optional<ports::Batch> found;
        session_.select(sql.text, kBatchKinds, sql.binds, [&](const Row& row) { found = batch_of(row); });
        return found;
    });
}

Result<ports::BatchRows> MoveStore::rows(BatchId id) {
    return guarded(session_, [&]() -> Result<ports::BatchRows> {
        ports::BatchRows rows;
        session_.read(
            "select a.row_no, a.customer_id, a.version_after, a.from_unit, a.to_unit, a.note, c.code from adjustment a "
            "join customer c on c.id = a.customer_id where a.valid_from = (select at from batch where id = " +
                std::to_string(id.value) + ") order by a.row_no, a.customer_id",
            "iiiiitt", [&](const Row& row) {
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

Result<std::vector<ports::Batch>> MoveStore::undos_of(BatchId id) {
    return guarded(session_, [&]() -> Result<std::vector<ports::Batch>> {
        std::vector<ports::Batch> undos;
        session_.select(std::string(kBatches) + " where b.undo_of = :id order by b.id", kBatchKinds, {named("id", id.value)},
                        [&](const Row& row) { undos.push_back(batch_of(row)); });
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
