// The use cases of feeds, cabinets, number ranges and customers' pages as typed calls, over ApiClient::forward; see there
// for tickets, completions and what is tried again.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "client/api/api_client.hpp"
#include "shared/dto/customer_page_dto.hpp"
#include "shared/dto/feed_dto.hpp"
#include "shared/dto/partition_dto.hpp"

namespace qudao::client {

class FeedClient {
public:
    template <class T>
    using Reply = ApiClient::Reply<T>;
    FeedClient(ApiClient& api, Delay delay) : api_(api), delay_(std::move(delay)) {}
    FeedClient(const FeedClient&) = delete;
    FeedClient& operator=(const FeedClient&) = delete;

    void feeds(const Ticket& ticket, std::int64_t before, Reply<dto::FeedsDto> reply);
    void run(const Ticket& ticket, std::int64_t run, Reply<dto::FeedRunDto> reply);
    // All rejected lines of a run, however many, as a text: "line|reason|field|text".
    void rejected(const Ticket& ticket, std::int64_t run, Reply<std::string> reply);

    // Bytes from `from` on, at most so many; answered later.
    using ReadBytes = std::function<void(std::int64_t from, std::int64_t length, std::function<void(Result<std::string>)> read)>;
    struct Upload {
        dto::UploadRequest request;
        ReadBytes read;
        std::function<void(std::int64_t sent)> on_sent;
        ApiClient::OnProgress on_progress;
    };
    // Sends the parts, has them imported and waits for the end: the run, or why there is none. A dropped ticket stops the
    // sending, not an import that has begun.
    void import_file(const Ticket& ticket, Upload upload, Reply<dto::FeedRunDto> reply);

    void cabinets(const Ticket& ticket, std::string_view text, std::string_view after, Reply<dto::CabinetsDto> reply);
    void save_cabinet(const Ticket& ticket, const std::string& code, const dto::CabinetRequest& request, Reply<dto::CabinetDto> reply);
    void on_cabinet(const Ticket& ticket, const std::string& code, std::string_view after, Reply<dto::ServedSubscribersDto> reply);
    void ranges(const Ticket& ticket, std::string_view text, std::string_view after, Reply<dto::NumberRangesDto> reply);
    void save_range(const Ticket& ticket, const dto::NumberRangeDto& range, Reply<dto::NumberRangeDto> reply);
    void remove_range(const Ticket& ticket, std::int64_t range, std::int32_t version, Reply<dto::NothingDto> reply);
    void in_range(const Ticket& ticket, std::string_view first, std::string_view last, std::string_view after, Reply<dto::ServedSubscribersDto> reply);
    void facts(const Ticket& ticket, std::string_view access_number, std::string_view contract, std::string_view cabinet, Reply<dto::PartitionFactsDto> reply);
    void proposals(const Ticket& ticket, std::int64_t after, Reply<dto::ProposalsDto> reply);
    void close_proposal(const Ticket& ticket, std::int64_t proposal, Reply<dto::NothingDto> reply);
    void customer(const Ticket& ticket, const std::string& code, Reply<dto::CustomerPageDto> reply);

private:
    struct Sending;
    struct Gathering;
    template <class T>
    void ask(const Ticket& ticket, RawCall call, Reply<T> reply);
    void send_part(std::shared_ptr<Sending> sending, std::int64_t from);
    void begin_import(std::shared_ptr<Sending> sending);
    void look(std::shared_ptr<Sending> sending);
    void gather(std::shared_ptr<Gathering> gathering, std::int64_t after);

    ApiClient& api_;
    Delay delay_;
};

}  // namespace qudao::client
