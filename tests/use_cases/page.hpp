// A page without a browser: the client's own calls, run to their end one after the other. What answers is a Server, which
// each program of this suite provides: the engine in the same process, or the real `qudao` over HTTP.
#pragma once

#include <catch2/catch.hpp>

#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "client/api/api_client.hpp"
#include "client/api/feed_client.hpp"
#include "client/engine/workbench_client.hpp"

namespace qudao::test {

// What is to be done next, in the order it came: messages on their way and timers that are due.
class Mailbox {
public:
    void post(std::function<void()> deliver) { letters_.push_back(std::move(deliver)); }
    bool deliver_one() {
        if (letters_.empty()) return false;
        const auto deliver = std::move(letters_.front());
        letters_.pop_front();
        deliver();
        return true;
    }

private:
    std::deque<std::function<void()>> letters_;
};

class Server {
public:
    virtual ~Server() = default;
    // One more browser, with a session of its own.
    virtual std::unique_ptr<client::Transport> connect(Mailbox& mailbox) = 0;
    // How long a page may really wait before it asks again for what a server does meanwhile.
    virtual std::int64_t patience_ms() const = 0;
};
// New demonstration data of so many customers, each time.
std::unique_ptr<Server> new_server(std::int64_t customers = 2000);

// An engine in the same process, as a Link.
engine::MakeLink direct_links(Mailbox& mailbox);

class Page {
public:
    explicit Page(Server& server);
    client::ApiClient& api() { return api_; }
    client::Transport& transport() { return *transport_; }
    engine::WorkbenchClient& workbench() { return workbench_; }
    client::FeedClient& feeds() { return feeds_; }

    // `ask` is given a ticket and a reply; runs until that is called.
    template <class T>
    Result<T> wait(const std::function<void(const client::Ticket&, client::ApiClient::Reply<T>)>& ask) {
        client::Lane lane;
        std::optional<Result<T>> answer;
        ask(lane.renew(), [&](Result<T> result) { answer.emplace(std::move(result)); });
        while (!answer) REQUIRE(step());
        return std::move(*answer);
    }
    // The next event of the workbench that is an E; others before it are dropped but for failures, which fail the test.
    template <class E>
    E next() {
        while (true) {
            while (!events_.empty()) {
                engine::Event event = std::move(events_.front());
                events_.pop_front();
                if (E* wanted = std::get_if<E>(&event)) return std::move(*wanted);
                if (const auto* failed = std::get_if<engine::Failed>(&event)) {
                    INFO(failed->during << ": " << failed->error.code << ' ' << failed->error.detail);
                    REQUIRE(failed == nullptr);
                }
            }
            REQUIRE(step());
        }
    }
    void forget_events() { events_.clear(); }
    void run_dry() {
        while (step()) {}
    }
    std::deque<engine::Event>& events() { return events_; }

    // --- shorthand --------------------------------------------------------------------------------------------------------
    Result<dto::SessionDto> log_in(const std::string& login);  // with the demonstration's password
    Result<dto::SessionDto> log_in(const std::string& login, const std::string& password);
    Organisation organisation();
    Result<dto::ListPage> list(query::Source source, const dto::ListRequest& request);
    // Customers of a unit, by code.
    std::vector<std::string> codes_in(std::int64_t unit, std::int32_t limit = 100);
    Result<dto::StatesDto> states(const std::vector<std::string>& codes);
    Result<dto::PlanDto> preview(const dto::MoveRowsDto& rows, std::optional<std::int64_t> after = std::nullopt);
    Result<dto::BatchDto> commit(const std::string& key, const std::string& digest, const dto::MoveRowsDto& rows);
    Result<dto::PlanDto> preview_undo(std::int64_t batch, std::int64_t after = 0);
    Result<dto::BatchDto> undo(std::int64_t batch, const std::string& key, const std::string& digest);
    // A request as it is, with the token of no session unless one is given.
    api::Response raw(api::Method method, const std::string& path, const std::string& body = {}, const std::string& csrf_token = {});

private:
    bool step();
    client::Delay waits();  // no longer than the server needs

    Mailbox mailbox_;
    client::Completions completions_;
    Server& server_;
    std::unique_ptr<client::Transport> transport_;
    client::ApiClient api_;
    client::FeedClient feeds_;
    std::deque<engine::Event> events_;
    engine::WorkbenchClient workbench_;
};

struct Move {
    std::string customer;
    std::string target;
    std::string note;
};
// Rows from 2 on, as below a header.
dto::MoveRowsDto rows_of(const std::vector<Move>& moves);
// The template's header and the rows, as UTF-8 csv.
std::string csv_of(const std::vector<Move>& moves);
// "scenario-0000000000000007": another one each time.
std::string new_key();
std::int64_t count_of(const std::vector<dto::CountDto>& counts, std::string_view code);
std::string value_text(const dto::ListPage& page, std::size_t row, std::string_view column);
std::int64_t value_number(const dto::ListPage& page, std::size_t row, std::string_view column);

// The place where the demonstration always has customers, and others of the same team and channel.
inline constexpr std::string_view kHome = "450103GZ0201";  // 城东二片1社区

}  // namespace qudao::test
