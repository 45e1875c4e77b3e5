#include "shared/service/feed_service.hpp"

#include <algorithm>
#include <cstring>

#include "shared/service/context.hpp"
#include "shared/service/feed_merge.hpp"

namespace qudao::service {
namespace {

using ports::FeedRun;
using ports::FeedState;

constexpr std::int64_t kToleratedRejected = 100;
constexpr std::int64_t kToleratedShare = 10;   // one in so many
constexpr std::size_t kSweptRuns = 8;
constexpr int kRetries = 5;                    // of a step that met a deadlock

std::string detail_of(const Error& error) {
    std::string text;
    for (const ErrorParam& param : error.params) text.append(text.empty() ? "" : " ").append(param.name).append("=").append(param.value);
    return text.substr(0, 250);
}

class SurveyReport final : public feed::SurveyProgress {
public:
    explicit SurveyReport(ports::Progress& progress) : progress_(progress) {}
    bool at(std::int64_t bytes, std::int64_t total) override { return progress_.report("reading", bytes, total); }

private:
    ports::Progress& progress_;
};

// A worker at one run: every step in a transaction of its own, with the run as it is after it.
class Worker {
public:
    Worker(const FeedTools& tools, FeedRun run, ports::Progress& progress, const FeedLimits& limits)
        : tools_(tools), run_(std::move(run)), progress_(progress), limits_(limits) {}

    const FeedRun& run() const { return run_; }
    Status load(feed::Reader& reader);
    Status merge();
    // Ends it without having applied anything.
    Status give_up(FeedState state, const Error& why);

private:
    // Runs `body` and writes the run; again when the database was busy.
    template <class Body>
    Status step(Body body);
    Status stage(const feed::Rows& rows, std::vector<feed::Rejected> rejected);

    const FeedTools& tools_;
    FeedRun run_;
    ports::Progress& progress_;
    const FeedLimits& limits_;
    std::unique_ptr<Placing> placing_;
};

template <class Body>
Status Worker::step(Body body) {
    const FeedRun before = run_;
    for (int attempt = 0;; ++attempt) {
        run_ = before;
        Status result = [&]() -> Status {
            QUDAO_TRY(work, tools_.database.begin(ports::Access::write));
            QUDAO_CHECK(body(*work));
            run_.seen_at = tools_.clock.now();
            QUDAO_CHECK(work->feeds().save(run_));
            return work->commit();
        }();
        if (result || result.error().code != "database.busy" || attempt >= kRetries) {
            if (!result) run_ = before;
            return result;
        }
    }
}

Status Worker::stage(const feed::Rows& rows, std::vector<feed::Rejected> rejected) {
    return step([&](ports::UnitOfWork& work) -> Status {
        std::vector<feed::Rejected> all = rejected;
        if (!rows.empty()) {
            QUDAO_TRY(repeated, work.feeds().stage(run_.id, rows));
            std::sort(repeated.begin(), repeated.end());
            for (std::size_t row = 0; row < rows.size(); ++row)
                if (std::binary_search(repeated.begin(), repeated.end(), rows.line[row]))
                    all.push_back({rows.line[row], "repeated", std::string(feed::format_of(rows.kind).columns[0].name), std::string(rows.text(0, row))});
        }
        QUDAO_CHECK(work.feeds().reject(run_.id, all));
        run_.counts.read += static_cast<std::int64_t>(rows.size() + rejected.size());
        run_.counts.rejected += static_cast<std::int64_t>(all.size());
        return done();
    });
}

Status Worker::load(feed::Reader& reader) {
    feed::Rows rows(run_.head.kind);
    std::vector<feed::Rejected> rejected;
    while (true) {
        if (!progress_.report("loading", run_.counts.read, run_.lines)) return Error::of("work.cancelled");
        QUDAO_TRY(more, reader.read(limits_.lines_per_step, rows, rejected));
        if (!more) break;
        QUDAO_CHECK(stage(rows, rejected));
    }
    const ports::FeedCounts& counts = run_.counts;
    if (counts.rejected > std::max(kToleratedRejected, counts.read / kToleratedShare))
        return Error::of("feed.too_many_rejected").with("rejected", counts.rejected).with("read", counts.read);
    return step([&](ports::UnitOfWork&) -> Status {
        run_.state = FeedState::merging;
        return done();
    });
}

Status Worker::merge() {
    bool all = false;
    while (!all) {
        const ports::FeedCounts& counts = run_.counts;
        // Cancelling is over: what is staged is merged, now or by the next worker.
        progress_.report("merging", counts.fresh + counts.changed + counts.unchanged, run_.lines - counts.rejected);
        QUDAO_CHECK(step([&](ports::UnitOfWork& work) -> Status {
            // Held for sharing: nobody changes units under a step.
            QUDAO_TRY(settings, work.settings().load_for_share());
            if (!placing_ || !(placing_->basis == settings.basis)) {
                QUDAO_TRY(fresh, load_placing(work, settings, business_date(settings, tools_.clock.now())));
                placing_ = std::move(fresh);
            }
            QUDAO_TRY(merged, FeedMerge(run_, limits_).step(work, *placing_));
            all = merged;
            if (!all) return done();
            run_.state = FeedState::done;
            run_.finished_at = tools_.clock.now();
            return work.feeds().drop_parts(run_.id);
        }));
    }
    progress_.report("merging", run_.lines, run_.lines);
    return done();
}

Status Worker::give_up(FeedState state, const Error& why) {
    return step([&](ports::UnitOfWork& work) -> Status {
        run_.state = state;
        run_.error_code = why.code;
        run_.error_detail = detail_of(why);
        run_.finished_at = tools_.clock.now();
        return work.feeds().drop_parts(run_.id);
    });
}

// Of which a file replaces the one before as a whole.
bool is_whole(feed::Kind kind) { return kind != feed::Kind::subscribers && kind != feed::Kind::lines; }

// Staged rows that nobody needs any more: of runs that ended, but for those that hold.
Status sweep(const FeedTools& tools, feed::Kind kind) {
    const bool whole = is_whole(kind);
    QUDAO_TRY(reading, tools.database.begin(ports::Access::read));
    QUDAO_TRY(runs, reading->feeds().list(kind, FeedRunId{}, kSweptRuns));
    std::vector<FeedRunId> over;
    for (const FeedRun& run : runs) {
        if (is_under_way(run.state) || run.state == FeedState::received) continue;
        QUDAO_TRY(current, reading->feeds().current(run.head));
        if (!whole || !(current == run.id)) over.push_back(run.id);
    }
    reading.reset();
    for (const FeedRunId run : over) {
        for (bool more = true; more;) {
            QUDAO_TRY(work, tools.database.begin(ports::Access::write));
            QUDAO_TRY(left, work->feeds().unstage(run, kind));
            QUDAO_CHECK(work->commit());
            more = left;
        }
    }
    return done();
}

FeedRun new_run(const FeedTools& tools, const FeedOrder& order) {
    FeedRun run;
    run.head.kind = order.kind;
    run.file_name = order.file_name.substr(0, 200);
    run.person = order.person;
    run.started_at = run.seen_at = tools.clock.now();
    return run;
}

// Stores the run, or brings the upload's up to date.
Status store(ports::UnitOfWork& work, const FeedOrder& order, FeedRun& run) {
    if (!order.upload) {
        QUDAO_TRY(id, work.feeds().add(run));
        run.id = id;
        return done();
    }
    QUDAO_TRY(uploaded, work.feeds().find(order.upload));
    if (!uploaded || uploaded->state != FeedState::received) return Error::of("feed.unknown_upload");
    run.id = uploaded->id;
    run.attempt = uploaded->attempt;
    run.started_at = uploaded->started_at;
    return work.feeds().save(run);
}

Status write_refused(const FeedTools& tools, const FeedOrder& order, FeedRun run, const Error& why) {
    QUDAO_TRY(work, tools.database.begin(ports::Access::write));
    run.state = FeedState::refused;
    run.error_code = why.code;
    run.error_detail = detail_of(why);
    run.finished_at = tools.clock.now();
    QUDAO_CHECK(store(*work, order, run));
    QUDAO_CHECK(work->feeds().drop_parts(run.id));
    return work->commit();
}

// What stands in the way of a new run: one that somebody works at, or one to be finished first.
struct Unfinished {
    std::optional<FeedRun> to_merge;
};
Result<Unfinished> settle_unfinished(const FeedTools& tools, ports::UnitOfWork& work, feed::Kind kind, bool now, const FeedLimits& limits) {
    QUDAO_TRY(runs, work.feeds().under_way(kind));
    Unfinished out;
    const Instant at = tools.clock.now();
    for (FeedRun& run : runs) {
        if (!now && at.epoch_ms < run.seen_at.epoch_ms + limits.lease_ms) return Error::of("feed.busy").with("run", run.id.value);
        run.seen_at = at;
        QUDAO_CHECK(work.feeds().take_over(run));
        if (run.state == FeedState::merging) {
            out.to_merge = std::move(run);
            break;
        }
        run.state = FeedState::failed;
        run.error_code = "feed.interrupted";
        run.finished_at = at;
        QUDAO_CHECK(work.feeds().save(run));
    }
    return out;
}

// A feed of a day to come would shut out every right one until that day. Whoever writes it shortly before midnight may
// date it tomorrow; a period is here at the earliest in its own month.
Status check_not_ahead(const FeedTools& tools, ports::UnitOfWork& work, const feed::Head& head) {
    QUDAO_TRY(settings, work.settings().load());
    const Date today = business_date(settings, tools.clock.now());
    const bool by_period = feed::format_of(head.kind).by_period;
    if (by_period ? !(period_of(today) < head.period) : head.day <= add_days(today, 1)) return done();
    return Error::of("feed.future").with("found", by_period ? std::to_string(head.period.yyyymm) : format_date(head.day)).with("today", format_date(today));
}

// Whether what the run brought is what holds: after another file of the same day or period it is not, and the same file
// again puts things back.
Result<bool> still_holds(ports::UnitOfWork& work, const FeedRun& run) {
    if (is_whole(run.head.kind)) {
        QUDAO_TRY(current, work.feeds().current(run.head));
        return current == run.id;
    }
    QUDAO_TRY(newest, work.feeds().newest_done(run.head.kind, run.head.source));
    return newest && newest->id == run.id;
}

struct Begun {
    FeedRun run;
    bool repeated = false;
    std::optional<FeedRun> to_merge;
};
Result<Begun> begin_run(const FeedTools& tools, const FeedOrder& order, const FeedRun& wanted, const FeedLimits& limits) {
    QUDAO_TRY(work, tools.database.begin(ports::Access::write));
    ports::FeedStore& feeds = work->feeds();
    QUDAO_CHECK(feeds.hold(order.kind));
    Begun begun{wanted, false, std::nullopt};
    QUDAO_TRY(unfinished, settle_unfinished(tools, *work, order.kind, false, limits));
    begun.to_merge = std::move(unfinished.to_merge);
    if (begun.to_merge) {
        QUDAO_CHECK(work->commit());
        return begun;
    }
    QUDAO_CHECK(check_not_ahead(tools, *work, wanted.head));
    QUDAO_TRY(earlier, feeds.done_before(wanted.head, wanted.checksum));
    bool holds = false;
    if (earlier) {
        QUDAO_TRY(still, still_holds(*work, *earlier));
        holds = still;
    }
    if (holds) {
        begun.run = std::move(*earlier);
        begun.repeated = true;
        return begun;
    }
    if (!feed::format_of(order.kind).by_period) {
        QUDAO_TRY(newest, feeds.newest_done(order.kind, wanted.head.source));
        if (newest && wanted.head.day < newest->head.day) return Error::of("feed.older").with("newest", format_date(newest->head.day));
    }
    QUDAO_CHECK(store(*work, order, begun.run));
    QUDAO_CHECK(work->commit());
    return begun;
}

Result<FeedRun> finish_merging(const FeedTools& tools, FeedRun run, ports::Progress& progress, const FeedLimits& limits) {
    Worker worker(tools, std::move(run), progress, limits);
    QUDAO_CHECK(worker.merge());
    return worker.run();
}

// An upload that repeats a file done before ends as what it is.
Status close_upload(const FeedTools& tools, const FeedOrder& order, const FeedRun& run, const FeedRun& earlier) {
    if (!order.upload) return done();
    return write_refused(tools, order, run, Error::of("feed.repeated").with("run", earlier.id.value));
}

}  // namespace

Result<FeedOutcome> import_feed(const FeedTools& tools, feed::Source& source, const FeedOrder& order, ports::Progress& progress, const FeedLimits& limits) {
    FeedRun run = new_run(tools, order);
    run.bytes = source.size_bytes();
    SurveyReport report(progress);
    auto surveyed = feed::survey(source, order.kind, report);
    if (!surveyed) {
        Error why = std::move(surveyed).error();
        if (why.code.starts_with("feed.")) QUDAO_CHECK(write_refused(tools, order, run, why));
        return why;
    }
    run.head = surveyed->head;
    run.checksum = surveyed->checksum;
    run.lines = surveyed->lines;
    while (true) {
        auto begun = begin_run(tools, order, run, limits);
        if (!begun) {
            if (begun.error().code == "feed.older" || begun.error().code == "feed.future") QUDAO_CHECK(write_refused(tools, order, run, begun.error()));
            return std::move(begun).error();
        }
        if (begun->to_merge) {
            QUDAO_CHECK(finish_merging(tools, std::move(*begun->to_merge), progress, limits));
            continue;
        }
        if (begun->repeated) {
            QUDAO_CHECK(close_upload(tools, order, run, begun->run));
            // Its worker may have been killed between its end and this.
            QUDAO_CHECK(sweep(tools, order.kind));
            return FeedOutcome{std::move(begun->run), true};
        }
        run = std::move(begun->run);
        break;
    }
    QUDAO_CHECK(sweep(tools, order.kind));
    QUDAO_TRY(reader, feed::Reader::open(source, order.kind));
    Worker worker(tools, std::move(run), progress, limits);
    if (Status loaded = worker.load(*reader); !loaded) {
        const bool refused = loaded.error().code == "feed.too_many_rejected";
        // Stopped or taken over: another worker goes on.
        if (loaded.error().code != "feed.taken_over" && loaded.error().code != "work.cancelled") QUDAO_CHECK(worker.give_up(refused ? FeedState::refused : FeedState::failed, loaded.error()));
        QUDAO_CHECK(sweep(tools, order.kind));
        Error why = std::move(loaded).error();
        if (refused) return std::move(why).with("run", worker.run().id.value);  // its lines are kept
        return why;
    }
    QUDAO_CHECK(worker.merge());
    QUDAO_CHECK(sweep(tools, order.kind));
    return FeedOutcome{worker.run(), false};
}

namespace {

// A run that was loading begins again from its parts.
Result<FeedRun> back_to_received(const FeedTools& tools, FeedRun run) {
    for (bool more = true; more;) {
        QUDAO_TRY(work, tools.database.begin(ports::Access::write));
        QUDAO_TRY(left, work->feeds().unstage(run.id, run.head.kind));
        QUDAO_CHECK(work->commit());
        more = left;
    }
    QUDAO_TRY(work, tools.database.begin(ports::Access::write));
    QUDAO_CHECK(work->feeds().drop_rejected(run.id));
    run.counts = {};
    run.state = FeedState::received;
    QUDAO_CHECK(work->feeds().save(run));
    QUDAO_CHECK(work->commit());
    return run;
}

Result<FeedRun> take_over(const FeedTools& tools, FeedRunId id) {
    QUDAO_TRY(work, tools.database.begin(ports::Access::write));
    QUDAO_TRY(run, work->feeds().find(id));
    if (!run) return Error::of("feed.unknown_upload");
    if (is_under_way(run->state)) {
        run->seen_at = tools.clock.now();
        QUDAO_CHECK(work->feeds().take_over(*run));
        QUDAO_CHECK(work->commit());
    }
    return std::move(*run);
}

}  // namespace

Result<FeedOutcome> import_upload(const FeedTools& tools, FeedRunId upload, ports::Progress& progress, const FeedLimits& limits) {
    QUDAO_TRY(run, take_over(tools, upload));
    if (run.state == FeedState::merging) {
        QUDAO_TRY(finished, finish_merging(tools, std::move(run), progress, limits));
        QUDAO_CHECK(sweep(tools, finished.head.kind));
        return FeedOutcome{std::move(finished), false};
    }
    if (run.state == FeedState::loading) {
        QUDAO_TRY(again, back_to_received(tools, std::move(run)));
        run = std::move(again);
    }
    if (run.state == FeedState::done) return FeedOutcome{std::move(run), false};
    if (run.state != FeedState::received) return Error::of(run.error_code);
    PartSource source(tools.database, run.id, run.bytes);
    return import_feed(tools, source, {run.head.kind, run.file_name, run.person, run.id}, progress, limits);
}

Result<std::int64_t> resume_feeds(const FeedTools& tools, ports::Progress& progress, bool now, const FeedLimits& limits) {
    std::int64_t seen_to = 0;
    for (std::size_t i = 0; i < feed::kKinds; ++i) {
        const auto kind = static_cast<feed::Kind>(i);
        QUDAO_TRY(work, tools.database.begin(ports::Access::write));
        QUDAO_CHECK(work->feeds().hold(kind));
        QUDAO_TRY(runs, work->feeds().under_way(kind));
        if (runs.empty()) {
            work.reset();
            if (now) QUDAO_CHECK(sweep(tools, kind));
            continue;
        }
        auto unfinished = settle_unfinished(tools, *work, kind, now, limits);
        if (!unfinished) {
            if (unfinished.error().code == "feed.busy") continue;
            return std::move(unfinished).error();
        }
        QUDAO_CHECK(work->commit());
        work.reset();
        seen_to += static_cast<std::int64_t>(runs.size());
        if (unfinished->to_merge) QUDAO_CHECK(finish_merging(tools, std::move(*unfinished->to_merge), progress, limits));
        QUDAO_CHECK(sweep(tools, kind));
    }
    return seen_to;
}

Status drop_abandoned_uploads(ports::UnitOfWork& work, PersonId person, Instant now) {
    QUDAO_TRY(waiting, work.feeds().waiting());
    std::size_t own = 0;
    for (auto run = waiting.rbegin(); run != waiting.rend(); ++run) {
        const bool old = now.epoch_ms - run->started_at.epoch_ms > kUploadMs;
        const bool too_many = run->person == person && ++own >= kMostWaitingUploads;
        if (!old && !too_many) continue;
        run->state = FeedState::refused;
        run->error_code = "feed.abandoned";
        run->finished_at = now;
        QUDAO_CHECK(work.feeds().save(*run));
        QUDAO_CHECK(work.feeds().drop_parts(run->id));
    }
    return done();
}

Result<std::size_t> PartSource::read(char* into, std::size_t size) {
    std::size_t copied = 0;
    while (copied < size) {
        if (at_ == part_.size()) {
            QUDAO_TRY(work, database_.begin(ports::Access::read));
            QUDAO_TRY(part, work->feeds().part(run_, next_));
            if (!part) break;
            part_ = std::move(*part);
            at_ = 0;
            ++next_;
            continue;
        }
        const std::size_t count = std::min(size - copied, part_.size() - at_);
        std::memcpy(into + copied, part_.data() + at_, count);
        at_ += count;
        copied += count;
    }
    return copied;
}

Status PartSource::rewind() {
    next_ = 0;
    part_.clear();
    at_ = 0;
    return done();
}

}  // namespace qudao::service
