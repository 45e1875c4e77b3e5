#include "client/api/feed_client.hpp"

#include <algorithm>

#include "shared/base/base64.hpp"

namespace qudao::client {
namespace {

constexpr std::int64_t kFirstLookMs = 250;
constexpr std::int64_t kLongestLookMs = 1000;

std::string encoded(std::string_view text) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_' || c == '.';
        if (plain) out.push_back(c);
        else out.append("%").append(1, kDigits[byte >> 4]).append(1, kDigits[byte & 15]);
    }
    return out;
}

// "a=1&b=2" of what is not empty.
std::string query_of(std::initializer_list<std::pair<std::string_view, std::string_view>> values) {
    std::string out;
    for (const auto& [name, value] : values)
        if (!value.empty()) out.append(out.empty() ? "" : "&").append(name).append("=").append(encoded(value));
    return out;
}

std::string number_text(std::int64_t number) { return number == 0 ? std::string() : std::to_string(number); }

}  // namespace

struct FeedClient::Sending {
    Ticket ticket;
    Upload upload;
    Reply<dto::FeedRunDto> reply;
    std::int64_t run = 0;
    std::string key;
    std::int64_t wait_ms = kFirstLookMs;
};

struct FeedClient::Gathering {
    Ticket ticket;
    std::int64_t run = 0;
    std::string text;
    Reply<std::string> reply;
};

template <class T>
void FeedClient::ask(const Ticket& ticket, RawCall call, Reply<T> reply) {
    api_.forward(ticket, std::move(call), [reply = std::move(reply)](Result<api::Response> response) {
        if (!response) return reply(std::move(response).error());
        if (response->status < 200 || response->status >= 300) return reply(error_of(*response));
        auto value = dto::from_json<T>(response->body);
        reply(value ? std::move(value) : Result<T>(Error::of(kBadReply).with("status", response->status)));
    });
}

void FeedClient::feeds(const Ticket& ticket, std::int64_t before, Reply<dto::FeedsDto> reply) {
    ask(ticket, {"feeds.show", {}, query_of({{"before", number_text(before)}}), {}}, std::move(reply));
}

void FeedClient::run(const Ticket& ticket, std::int64_t run, Reply<dto::FeedRunDto> reply) {
    ask(ticket, {"feeds.show_run", {{"run", std::to_string(run)}}, {}, {}}, std::move(reply));
}

void FeedClient::rejected(const Ticket& ticket, std::int64_t run, Reply<std::string> reply) {
    gather(std::make_shared<Gathering>(Gathering{ticket, run, {}, std::move(reply)}), 0);
}

void FeedClient::gather(std::shared_ptr<Gathering> gathering, std::int64_t after) {
    RawCall call{"feeds.rejected", {{"run", std::to_string(gathering->run)}}, query_of({{"after", number_text(after)}}), {}};
    ask<dto::RejectedLinesDto>(gathering->ticket, std::move(call), [this, gathering](Result<dto::RejectedLinesDto> lines) {
        if (!lines) return gathering->reply(std::move(lines).error());
        for (const dto::RejectedLineDto& line : lines->lines)
            gathering->text.append(std::to_string(line.line)).append("|").append(line.reason).append("|").append(line.field).append("|").append(line.text).append("\n");
        if (lines->next) return gather(gathering, *lines->next);
        gathering->reply(std::move(gathering->text));
    });
}

void FeedClient::import_file(const Ticket& ticket, Upload upload, Reply<dto::FeedRunDto> reply) {
    auto sending = std::make_shared<Sending>(Sending{ticket, std::move(upload), std::move(reply), 0, {}, kFirstLookMs});
    ask<dto::FeedRunDto>(ticket, {"feeds.upload", {}, {}, dto::to_json(sending->upload.request)}, [this, sending](Result<dto::FeedRunDto> run) {
        if (!run) return sending->reply(std::move(run).error());
        sending->run = run->id;
        send_part(sending, 0);
    });
}

void FeedClient::send_part(std::shared_ptr<Sending> sending, std::int64_t from) {
    if (!sending->ticket.wanted()) return;
    if (from >= sending->upload.request.bytes) return begin_import(sending);
    const std::int64_t length = std::min(dto::kPartBytes, sending->upload.request.bytes - from);
    sending->upload.read(from, length, [this, sending, from](Result<std::string> bytes) {
        if (!bytes) return sending->reply(std::move(bytes).error());
        const std::int64_t next = from + static_cast<std::int64_t>(bytes->size());
        RawCall call{"feeds.add_part", {{"run", std::to_string(sending->run)}, {"part", std::to_string(from / dto::kPartBytes + 1)}}, {},
                     dto::to_json(dto::PartRequest{to_base64(*bytes)})};
        ask<dto::NothingDto>(sending->ticket, std::move(call), [this, sending, next](Result<dto::NothingDto> sent) {
            if (!sent) return sending->reply(std::move(sent).error());
            if (sending->upload.on_sent) sending->upload.on_sent(next);
            send_part(sending, next);
        });
    });
}

void FeedClient::begin_import(std::shared_ptr<Sending> sending) {
    RawCall call{"feeds.import", {{"run", std::to_string(sending->run)}}, {}, dto::to_json(dto::NothingDto{})};
    ask<dto::JobDto>(sending->ticket, std::move(call), [this, sending](Result<dto::JobDto> job) {
        if (!job) return sending->reply(std::move(job).error());
        sending->key = job->key;
        look(sending);
    });
}

void FeedClient::look(std::shared_ptr<Sending> sending) {
    if (!sending->ticket.wanted()) return;
    api_.job(sending->ticket, sending->key, [this, sending](Result<dto::JobDto> job) {
        if (!job) return sending->reply(std::move(job).error());
        if (job->state == "running") {
            if (sending->upload.on_progress) sending->upload.on_progress(*job);
            delay_(sending->wait_ms, [this, sending] { look(sending); });
            sending->wait_ms = std::min(sending->wait_ms * 2, kLongestLookMs);
            return;
        }
        if (job->state == "done") return run(sending->ticket, sending->run, sending->reply);
        api::Response problem;
        problem.status = 500;
        problem.body = job->problem ? job->problem->dump() : std::string();
        sending->reply(error_of(problem));
    });
}

void FeedClient::cabinets(const Ticket& ticket, std::string_view text, std::string_view after, Reply<dto::CabinetsDto> reply) {
    ask(ticket, {"cabinets.list", {}, query_of({{"text", text}, {"after", after}}), {}}, std::move(reply));
}

void FeedClient::save_cabinet(const Ticket& ticket, const std::string& code, const dto::CabinetRequest& request, Reply<dto::CabinetDto> reply) {
    ask(ticket, {"cabinets.save", {{"cabinet", code}}, {}, dto::to_json(request)}, std::move(reply));
}

void FeedClient::on_cabinet(const Ticket& ticket, const std::string& code, std::string_view after, Reply<dto::ServedSubscribersDto> reply) {
    ask(ticket, {"cabinets.subscribers", {{"cabinet", code}}, query_of({{"after", after}}), {}}, std::move(reply));
}

void FeedClient::ranges(const Ticket& ticket, std::string_view text, std::string_view after, Reply<dto::NumberRangesDto> reply) {
    ask(ticket, {"number_ranges.list", {}, query_of({{"text", text}, {"after", after}}), {}}, std::move(reply));
}

void FeedClient::save_range(const Ticket& ticket, const dto::NumberRangeDto& range, Reply<dto::NumberRangeDto> reply) {
    ask(ticket, {"number_ranges.save", {}, {}, dto::to_json(range)}, std::move(reply));
}

void FeedClient::remove_range(const Ticket& ticket, std::int64_t range, std::int32_t version, Reply<dto::NothingDto> reply) {
    ask(ticket, {"number_ranges.remove", {{"range", std::to_string(range)}}, query_of({{"version", number_text(version)}}), {}}, std::move(reply));
}

void FeedClient::in_range(const Ticket& ticket, std::string_view first, std::string_view last, std::string_view after, Reply<dto::ServedSubscribersDto> reply) {
    ask(ticket, {"number_ranges.subscribers", {}, query_of({{"first", first}, {"last", last}, {"after", after}}), {}}, std::move(reply));
}

void FeedClient::facts(const Ticket& ticket, std::string_view access_number, std::string_view contract, std::string_view cabinet,
                       Reply<dto::PartitionFactsDto> reply) {
    ask(ticket, {"partition.facts", {}, query_of({{"access_number", access_number}, {"contract", contract}, {"cabinet", cabinet}}), {}}, std::move(reply));
}

void FeedClient::proposals(const Ticket& ticket, std::int64_t after, Reply<dto::ProposalsDto> reply) {
    ask(ticket, {"proposals.list", {}, query_of({{"after", number_text(after)}}), {}}, std::move(reply));
}

void FeedClient::close_proposal(const Ticket& ticket, std::int64_t proposal, Reply<dto::NothingDto> reply) {
    ask(ticket, {"proposals.close", {{"proposal", std::to_string(proposal)}}, {}, dto::to_json(dto::NothingDto{})}, std::move(reply));
}

void FeedClient::customer(const Ticket& ticket, const std::string& code, Reply<dto::CustomerPageDto> reply) {
    ask(ticket, {"customers.show", {{"customer", code}}, {}, {}}, std::move(reply));
}

}  // namespace qudao::client
