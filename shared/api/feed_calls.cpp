#include "shared/api/feed_calls.hpp"

#include <algorithm>
#include <charconv>

#include "shared/base/base64.hpp"
#include "shared/dto/feed_dto.hpp"
#include "shared/dto/move_dto.hpp"
#include "shared/dto/partition_dto.hpp"
#include "shared/feed/due.hpp"
#include "shared/service/feed_service.hpp"

namespace qudao::api {
namespace {

constexpr const char* kImportJob = "feed.import";
constexpr std::size_t kRunsPerPage = 50;
constexpr std::size_t kLinesPerPage = 500;  // of at most 600 characters each: below a megabyte
constexpr std::int64_t kMostParts = (std::int64_t{8} << 30) / dto::kPartBytes + 1;

Result<std::vector<dto::FeedRunDto>> with_names(ports::UnitOfWork& work, const std::vector<ports::FeedRun>& runs) {
    std::vector<PersonId> ids;
    for (const ports::FeedRun& run : runs)
        if (run.person && std::find(ids.begin(), ids.end(), run.person) == ids.end()) ids.push_back(run.person);
    QUDAO_TRY(persons, work.people().persons(ids));
    std::vector<dto::FeedRunDto> out;
    for (const ports::FeedRun& run : runs) {
        const auto person = std::find_if(persons.begin(), persons.end(), [&](const Person& one) { return one.id == run.person; });
        out.push_back(dto::to_dto(run, person == persons.end() ? std::string() : person->name));
    }
    return out;
}

Result<dto::FeedDto> feed_of(ports::UnitOfWork& work, const feed::Format& format, std::string_view source, Date today) {
    dto::FeedDto dto;
    dto.kind = feed::code_of(format.kind);
    dto.source = source;
    dto.rhythm_days = format.rhythm_days;
    dto.by_period = format.by_period;
    QUDAO_TRY(last, work.feeds().newest_done(format.kind, source));
    if (!last) {
        dto.due_on = format_date(today);  // it never came: it is wanted now
        return dto;
    }
    dto.due_on = format_date(feed::due_after(last->head));
    dto.days_late = feed::days_late(last->head, today);
    QUDAO_TRY(named, with_names(work, {*last}));
    dto.last = std::move(named.front());
    return dto;
}

// Writes in a transaction and replies with what `write(work)` results in.
template <class Write>
Response write_and_reply(Call& call, Write write) {
    const auto result = [&]() -> decltype(write(std::declval<ports::UnitOfWork&>())) {
        QUDAO_TRY(work, call.services.database.begin(ports::Access::write));
        QUDAO_TRY(value, write(*work));
        QUDAO_CHECK(work->commit());
        return std::move(value);
    }();
    return result ? reply(*result, call.use_case.success_status) : problem(result.error());
}

// An upload that waits for its parts, of whoever asks.
Result<ports::FeedRun> upload_of(ports::UnitOfWork& work, FeedRunId id, PersonId person) {
    QUDAO_TRY(run, work.feeds().find(id));
    if (!run || run->state != ports::FeedState::received || !(run->person == person)) return Error::of("feed.unknown_upload").with("run", id.value);
    return std::move(*run);
}

std::string job_key(FeedRunId run) { return "feed-import-" + std::to_string(run.value); }

}  // namespace

void define_feed_jobs(const service::Services& services) {
    services.jobs.define(kImportJob, [services](const ports::JobTask& task) -> Result<std::string> {
        std::int64_t run = 0;
        const std::string& text = task.job.order.parameters;
        std::from_chars(text.data(), text.data() + text.size(), run);
        // Safe to be done twice: a run that has ended is answered as it ended.
        QUDAO_TRY(outcome, service::import_upload({services.database, services.clock}, FeedRunId{run}, task.progress));
        return dto::to_json(dto::to_dto(outcome.run, {}));
    });
}

Response feeds_show(Call& call) {
    const auto before = call.query_number("before");
    if (!before) return problem(before.error());
    return read_as_actor(call, [&](const service::Actor& actor, ports::UnitOfWork& work) -> Result<dto::FeedsDto> {
        dto::FeedsDto dto;
        for (std::size_t i = 0; i < feed::kKinds; ++i) {
            const feed::Format& format = feed::format_of(static_cast<feed::Kind>(i));
            for (const std::string_view source : format.sources) {
                QUDAO_TRY(one, feed_of(work, format, source, actor.day));
                dto.feeds.push_back(std::move(one));
            }
        }
        QUDAO_TRY(runs, work.feeds().list(std::nullopt, FeedRunId{*before}, kRunsPerPage));
        QUDAO_TRY(named, with_names(work, runs));
        dto.runs = std::move(named);
        if (runs.size() == kRunsPerPage) dto.next = runs.back().id.value;
        return dto;
    });
}

Response feeds_upload(Call& call) {
    auto body = dto::from_json<dto::UploadRequest>(call.request.body);
    if (!body) return problem(body.error());
    return write_and_reply(call, [&](ports::UnitOfWork& work) -> Result<dto::FeedRunDto> {
        QUDAO_CHECK(service::drop_abandoned_uploads(work, call.person(), call.services.clock.now()));
        ports::FeedRun run;
        run.head.kind = feed::kind_of(body->kind).value_or(feed::Kind::subscribers);
        run.file_name = body->file_name;
        run.bytes = body->bytes;
        run.person = call.person();
        run.state = ports::FeedState::received;
        run.started_at = run.seen_at = call.services.clock.now();
        QUDAO_TRY(id, work.feeds().add(run));
        run.id = id;
        return dto::to_dto(run, {});
    });
}

Response feeds_add_part(Call& call) {
    const auto run = call.path_id("run");
    if (!run) return problem(run.error());
    const auto part = call.path_id("part");  // counted from 1
    if (!part) return problem(part.error());
    auto body = dto::from_json<dto::PartRequest>(call.request.body);
    if (!body) return problem(body.error());
    const auto bytes = from_base64(body->body);
    if (!bytes) return problem(Error::of("request.invalid").at("body", "format"));
    return write_and_reply(call, [&](ports::UnitOfWork& work) -> Result<dto::NothingDto> {
        QUDAO_TRY(upload, upload_of(work, FeedRunId{*run}, call.person()));
        // Each part is of one size but the last: what is held of an upload is never more than it was said to be.
        const std::int64_t due = *part <= kMostParts ? std::min(dto::kPartBytes, upload.bytes - (*part - 1) * dto::kPartBytes) : 0;
        if (due <= 0 || static_cast<std::int64_t>(bytes->size()) != due) return Error::of("feed.part").with("part", *part).with("bytes", std::max(due, std::int64_t{0}));
        QUDAO_CHECK(work.feeds().add_part(upload.id, static_cast<std::int32_t>(*part - 1), *bytes));
        return dto::NothingDto{};
    });
}

Response feeds_import(Call& call) {
    const auto id = call.path_id("run");
    if (!id) return problem(id.error());
    auto body = dto::from_json<dto::NothingDto>(call.request.body);
    if (!body) return problem(body.error());
    const FeedRunId run{*id};
    {
        auto work = call.services.database.begin(ports::Access::read);
        if (!work) return problem(work.error());
        const auto found = (*work)->feeds().find(run);
        if (!found) return problem(found.error());
        if (!*found || !((*found)->person == call.person())) return problem(Error::of("feed.unknown_upload").with("run", *id));
    }
    const std::string key = job_key(run);
    const auto submitted = call.services.jobs.submit({{call.person(), key}, kImportJob, std::to_string(*id)});
    if (!submitted) return problem(submitted.error());
    dto::JobDto job;
    job.key = key;
    job.state = "running";
    Response response = reply(job, call.use_case.success_status);
    response.location = "/api/v1/jobs/" + key;
    return response;
}

Response feeds_show_run(Call& call) {
    const auto id = call.path_id("run");
    if (!id) return problem(id.error());
    return read_as_actor(call, [&](const service::Actor&, ports::UnitOfWork& work) -> Result<dto::FeedRunDto> {
        QUDAO_TRY(run, work.feeds().find(FeedRunId{*id}));
        if (!run) return Error::of("feed.unknown_run").with("run", *id);
        QUDAO_TRY(named, with_names(work, {*run}));
        return std::move(named.front());
    });
}

Response feeds_rejected(Call& call) {
    const auto id = call.path_id("run");
    if (!id) return problem(id.error());
    const auto after = call.query_number("after");
    if (!after) return problem(after.error());
    return read_as_actor(call, [&](const service::Actor&, ports::UnitOfWork& work) -> Result<dto::RejectedLinesDto> {
        QUDAO_TRY(lines, work.feeds().rejected(FeedRunId{*id}, *after, kLinesPerPage));
        dto::RejectedLinesDto dto;
        for (const feed::Rejected& line : lines) dto.lines.push_back({line.line, line.reason, line.field, line.text});
        if (lines.size() == kLinesPerPage) dto.next = lines.back().line;
        return dto;
    });
}

}  // namespace qudao::api
