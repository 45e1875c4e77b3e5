// Runs of feeds, their rejected lines and uploaded parts.
#include "server/sql/bulk.hpp"
#include "server/sql/feed_store.hpp"
#include "shared/base/base64.hpp"

namespace qudao::sql {
namespace {

constexpr std::string_view kRuns =
    "select id, kind, source, day, period, checksum, file_name, person_id, state, attempt, started_at, seen_at, finished_at, bytes, "
    "line_count, merged_to, error_code, error_detail, lines_read, fresh, changed, unchanged, rejected, customers, pooled, disagreements, "
    "raised, unknown_numbers from feed_run";
constexpr std::string_view kRunKinds = "ittiittitiiiiiitttiiiiiiiiii";

Date day_of(std::int64_t days) { return days == 0 ? kNoDate : Date{static_cast<std::int32_t>(days)}; }
std::int64_t days_of(Date day) { return day ? day.days : 0; }

ports::FeedRun run_of(const Row& row) {
    ports::FeedRun run;
    run.id = row.id<FeedRunId>(0);
    run.head.kind = feed::kind_of(row.text(1)).value_or(feed::Kind::subscribers);
    run.head.source = row.text(2);
    run.head.day = day_of(row.number(3));
    run.head.period = {static_cast<std::int32_t>(row.number(4))};
    run.checksum = row.text(5);
    run.file_name = row.text(6);
    run.person = row.id<PersonId>(7);
    run.state = ports::feed_state_of(row.text(8)).value_or(ports::FeedState::failed);
    run.attempt = static_cast<std::int32_t>(row.number(9));
    run.started_at = {row.number(10)};
    run.seen_at = {row.number(11)};
    run.finished_at = {row.number(12)};
    run.bytes = row.number(13);
    run.lines = row.number(14);
    run.merged_to = row.text(15);
    run.error_code = row.text(16);
    run.error_detail = row.text(17);
    run.counts = {row.number(18), row.number(19), row.number(20), row.number(21), row.number(22),
                  row.number(23), row.number(24), row.number(25), row.number(26), row.number(27)};
    return run;
}

Binds binds_of(const ports::FeedRun& run) {
    return {named("source", run.head.source),
            named("day", days_of(run.head.day)),
            named("period", std::int64_t{run.head.period.yyyymm}),
            named("checksum", run.checksum),
            named("state", code_of(run.state)),
            named("seen_at", run.seen_at.epoch_ms),
            named("finished_at", run.finished_at.epoch_ms),
            named("bytes", run.bytes),
            named("line_count", run.lines),
            named("merged_to", run.merged_to),
            named("error_code", run.error_code),
            named("error_detail", run.error_detail),
            named("lines_read", run.counts.read),
            named("fresh", run.counts.fresh),
            named("changed", run.counts.changed),
            named("unchanged", run.counts.unchanged),
            named("rejected", run.counts.rejected),
            named("customers", run.counts.customers),
            named("pooled", run.counts.pooled),
            named("disagreements", run.counts.disagreements),
            named("raised", run.counts.raised),
            named("unknown_numbers", run.counts.unknown),
            named("attempt", std::int64_t{run.attempt})};
}

}  // namespace

Status FeedStore::hold(feed::Kind kind) {
    if (!session_.mariadb()) return done();  // SQLite's writer is alone
    return guarded(session_, [&]() -> Status {
        session_.number("select 1 from feed_gate where kind = :kind for update", {named("kind", feed::code_of(kind))});
        return done();
    });
}

Result<FeedRunId> FeedStore::add(const ports::FeedRun& run) {
    return guarded(session_, [&]() -> Result<FeedRunId> {
        Binds binds = binds_of(run);
        binds.push_back(named("kind", feed::code_of(run.head.kind)));
        binds.push_back(named("file_name", run.file_name));
        binds.push_back(named("person", run.person.value));
        binds.push_back(named("started_at", run.started_at.epoch_ms));
        session_.execute(
            "insert into feed_run (kind, source, day, period, checksum, file_name, person_id, state, attempt, started_at, seen_at, "
            "finished_at, bytes, line_count, merged_to, error_code, error_detail, lines_read, fresh, changed, unchanged, rejected, customers, "
            "pooled, disagreements, raised, unknown_numbers) values (:kind, :source, :day, :period, :checksum, :file_name, :person, :state, :attempt, "
            ":started_at, :seen_at, :finished_at, :bytes, :line_count, :merged_to, :error_code, :error_detail, :lines_read, :fresh, "
            ":changed, :unchanged, :rejected, :customers, :pooled, :disagreements, :raised, :unknown_numbers)",
            binds);
        return FeedRunId{session_.last_id()};
    });
}

Status FeedStore::save(const ports::FeedRun& run) {
    return guarded(session_, [&]() -> Status {
        Binds binds = binds_of(run);
        binds.push_back(named("id", run.id.value));
        const auto changed = session_.execute(
            "update feed_run set source = :source, day = :day, period = :period, checksum = :checksum, state = :state, seen_at = :seen_at, "
            "finished_at = :finished_at, bytes = :bytes, line_count = :line_count, merged_to = :merged_to, error_code = :error_code, "
            "error_detail = :error_detail, lines_read = :lines_read, fresh = :fresh, changed = :changed, unchanged = :unchanged, "
            "rejected = :rejected, customers = :customers, pooled = :pooled, disagreements = :disagreements, raised = :raised, unknown_numbers = :unknown_numbers "
            "where attempt = :attempt and id = :id",
            binds);
        return changed == 1 ? done() : Status(Error::of("feed.taken_over").with("run", run.id.value));
    });
}

Status FeedStore::take_over(ports::FeedRun& run) {
    return guarded(session_, [&]() -> Status {
        const auto changed = session_.execute("update feed_run set attempt = attempt + 1, seen_at = :seen_at where id = :id and attempt = :attempt",
                                              {named("seen_at", run.seen_at.epoch_ms), named("id", run.id.value), named("attempt", std::int64_t{run.attempt})});
        if (changed != 1) return Error::of("feed.taken_over").with("run", run.id.value);
        ++run.attempt;
        return done();
    });
}

Result<std::vector<ports::FeedRun>> FeedStore::runs(std::string_view tail, const Binds& binds) {
    return guarded(session_, [&]() -> Result<std::vector<ports::FeedRun>> {
        std::vector<ports::FeedRun> found;
        session_.select(std::string(kRuns).append(tail), kRunKinds, binds, [&](const Row& row) { found.push_back(run_of(row)); });
        return found;
    });
}

namespace {

Result<std::optional<ports::FeedRun>> first_of(Result<std::vector<ports::FeedRun>> runs) {
    if (!runs) return std::move(runs).error();
    return runs->empty() ? std::optional<ports::FeedRun>() : std::optional(std::move(runs->front()));
}

}  // namespace

Result<std::optional<ports::FeedRun>> FeedStore::find(FeedRunId id) { return first_of(runs(" where id = :id", {named("id", id.value)})); }

Result<std::vector<ports::FeedRun>> FeedStore::under_way(feed::Kind kind) {
    return runs(" where kind = :kind and state in ('loading', 'merging') order by id", {named("kind", feed::code_of(kind))});
}

Result<std::vector<ports::FeedRun>> FeedStore::waiting() { return runs(" where state = 'received' order by id", {}); }

Result<std::optional<ports::FeedRun>> FeedStore::done_before(const feed::Head& head, std::string_view checksum) {
    return first_of(runs(
        " where kind = :kind and checksum = :checksum and source = :source and day = :day and period = :period and state = 'done' order by id desc limit 1",
        {named("kind", feed::code_of(head.kind)), named("checksum", checksum), named("source", head.source), named("day", days_of(head.day)),
         named("period", std::int64_t{head.period.yyyymm})}));
}

Result<std::optional<ports::FeedRun>> FeedStore::newest_done(feed::Kind kind, std::string_view source) {
    return first_of(runs(" where kind = :kind and source = :source and state = 'done' order by day desc, period desc, id desc limit 1",
                         {named("kind", feed::code_of(kind)), named("source", source)}));
}

Result<std::vector<ports::FeedRun>> FeedStore::list(std::optional<feed::Kind> kind, FeedRunId before, std::size_t limit) {
    std::string tail = " where id < :before";
    Binds binds = {named("before", before ? before.value : INT64_MAX)};
    if (kind) {
        tail += " and kind = :kind";
        binds.push_back(named("kind", feed::code_of(*kind)));
    }
    return runs(tail + " order by id desc limit " + std::to_string(limit), binds);
}

Status FeedStore::reject(FeedRunId run, const std::vector<feed::Rejected>& lines) {
    return guarded(session_, [&]() -> Status {
        BulkInsert insert(session_, "feed_rejected (run_id, line_no, reason, field, line_text)", 5);
        for (const feed::Rejected& line : lines) insert.add(run.value).add(line.line).add(line.reason).add(line.field).add(line.text);
        insert.finish();
        return done();
    });
}

Status FeedStore::drop_rejected(FeedRunId run) {
    return guarded(session_, [&]() -> Status {
        session_.execute("delete from feed_rejected where run_id = :run", {named("run", run.value)});
        return done();
    });
}

Result<std::vector<feed::Rejected>> FeedStore::rejected(FeedRunId run, std::int64_t after_line, std::size_t limit) {
    return guarded(session_, [&]() -> Result<std::vector<feed::Rejected>> {
        std::vector<feed::Rejected> found;
        session_.select("select line_no, reason, field, line_text from feed_rejected where run_id = :run and line_no > :after order by line_no limit " +
                            std::to_string(limit),
                        "ittt", {named("run", run.value), named("after", after_line)}, [&](const Row& row) {
                            found.push_back({row.number(0), std::string(row.text(1)), std::string(row.text(2)), std::string(row.text(3))});
                        });
        return found;
    });
}

Status FeedStore::add_part(FeedRunId run, std::int32_t number, std::string_view bytes) {
    return guarded(session_, [&]() -> Status {
        const std::string body = to_base64(bytes);
        BulkInsert insert(session_, "feed_part (run_id, part_no, body)", 3, BulkInsert::Taken::fails, upsert_tail(session_, "run_id, part_no", {"body"}));
        insert.add(run.value).add(std::int64_t{number}).add(body);
        insert.finish();
        return done();
    });
}

Result<std::optional<std::string>> FeedStore::part(FeedRunId run, std::int32_t number) {
    return guarded(session_, [&]() -> Result<std::optional<std::string>> {
        std::optional<std::string> body;
        session_.read("select body from feed_part where run_id = " + std::to_string(run.value) + " and part_no = " + std::to_string(number), "t",
                      [&](const Row& row) { body = std::string(row.text(0)); });
        if (!body) return body;
        QUDAO_TRY(bytes, from_base64(*body));
        return std::optional(std::move(bytes));
    });
}

Status FeedStore::drop_parts(FeedRunId run) {
    return guarded(session_, [&]() -> Status {
        session_.execute("delete from feed_part where run_id = :run", {named("run", run.value)});
        return done();
    });
}

}  // namespace qudao::sql
