#include "tests/use_cases/page.hpp"

#include <chrono>

#include "client/engine/host.hpp"
#include "shared/demo/demo.hpp"
#include "shared/memory/fixed_clock.hpp"

namespace qudao::test {
namespace {

// Messages copied both ways through the mailbox; those to an engine that has ended go nowhere.
class DirectLink final : public engine::Link {
public:
    DirectLink(Mailbox& mailbox, Events events) : mailbox_(mailbox), far_(std::make_shared<Far>(mailbox, std::move(events))) { far_->open(); }
    ~DirectLink() override { far_->open_ = false; }
    void post(std::string_view bytes) override {
        mailbox_.post([far = far_, copy = std::string(bytes)]() mutable {
            if (far->open_) far->host_->receive(std::move(copy));
        });
    }
    void post(std::string_view, const platform::File&) override { REQUIRE(false); }  // a browser's File cannot come here

private:
    struct Far : std::enable_shared_from_this<Far> {
        Far(Mailbox& mailbox, Events given) : box(mailbox), events(std::move(given)) {}
        void open() {
            host_ = std::make_unique<engine::Host>(
                clock, [this](std::string_view message) { answer(std::string(message)); },
                [this](std::string_view message, std::string_view file, const engine::FileHead&) {
                    answer(std::string(message) + std::string(file));
                });
        }
        void answer(std::string bytes) {
            box.post([far = shared_from_this(), bytes = std::move(bytes)] {
                if (far->open_) far->events.on_message(bytes, platform::File());
            });
        }
        Mailbox& box;
        Events events;
        memory::FixedClock clock;
        std::unique_ptr<engine::Host> host_;
        bool open_ = true;
    };
    Mailbox& mailbox_;
    std::shared_ptr<Far> far_;
};

std::size_t column_of(const dto::ListPage& page, std::string_view column) {
    const auto at = std::find(page.columns.begin(), page.columns.end(), column);
    REQUIRE(at != page.columns.end());
    return static_cast<std::size_t>(at - page.columns.begin());
}

void sleep_ms(std::int64_t ms) {
    const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(ms);
    while (std::chrono::steady_clock::now() < until) {}
}

}  // namespace

engine::MakeLink direct_links(Mailbox& mailbox) {
    return [&mailbox](engine::Link::Events events) { return std::make_unique<DirectLink>(mailbox, std::move(events)); };
}

client::Delay Page::waits() {
    return [this](std::int64_t delay_ms, std::function<void()> action) {
        mailbox_.post([this, delay_ms, action = std::move(action)] {
            sleep_ms(std::min(delay_ms, server_.patience_ms()));
            action();
        });
    };
}

Page::Page(Server& server)
    : server_(server),
      transport_(server.connect(mailbox_)),
      api_(*transport_, completions_, waits()),
      feeds_(api_, waits()),
      workbench_(direct_links(mailbox_), api_, completions_, [this](engine::Event event) { events_.push_back(std::move(event)); }) {}

bool Page::step() {
    const auto complete = completions_.take();
    for (const auto& one : complete) one();
    return mailbox_.deliver_one() || !complete.empty() || !completions_.empty();
}

Result<dto::SessionDto> Page::log_in(const std::string& login) { return log_in(login, std::string(demo::kPassword)); }

Result<dto::SessionDto> Page::log_in(const std::string& login, const std::string& password) {
    return wait<dto::SessionDto>([&](const auto& ticket, auto reply) { api_.log_in(ticket, {login, password}, reply); });
}

Organisation Page::organisation() {
    auto read = wait<client::OrganisationReply>([&](const auto& ticket, auto reply) { api_.organisation(ticket, reply); });
    REQUIRE(read);
    auto built = Organisation::build(read->records.channels, read->records.units);
    REQUIRE(built);
    return std::move(*built);
}

Result<dto::ListPage> Page::list(query::Source source, const dto::ListRequest& request) {
    return wait<dto::ListPage>([&](const auto& ticket, auto reply) { api_.list(ticket, source, request, reply); });
}

std::vector<std::string> Page::codes_in(std::int64_t unit, std::int32_t limit) {
    dto::ListRequest request;
    request.filters = {{"place", "equal", {unit}, std::nullopt}};
    request.order = {{"code", false}};
    request.limit = limit;
    const auto page = list(query::Source::customer, request);
    REQUIRE(page);
    std::vector<std::string> codes;
    for (std::size_t row = 0; row < page->rows.size(); ++row) codes.push_back(value_text(*page, row, "code"));
    return codes;
}

Result<dto::StatesDto> Page::states(const std::vector<std::string>& codes) {
    dto::StatesRequest request;
    for (const std::string& code : codes) request.codes.push_back(code);
    return wait<dto::StatesDto>([&](const auto& ticket, auto reply) { api_.customer_states(ticket, request, reply); });
}

Result<dto::PlanDto> Page::preview(const dto::MoveRowsDto& rows, std::optional<std::int64_t> after) {
    return wait<dto::PlanDto>([&](const auto& ticket, auto reply) { api_.preview_moves(ticket, {rows, after}, reply); });
}

Result<dto::BatchDto> Page::commit(const std::string& key, const std::string& digest, const dto::MoveRowsDto& rows) {
    const std::string body = dto::to_json(dto::CommitRequest{key, digest, "移动.xlsx", rows});
    return wait<dto::BatchDto>([&](const auto& ticket, auto reply) { api_.commit(ticket, key, body, {}, reply); });
}

Result<dto::PlanDto> Page::preview_undo(std::int64_t batch, std::int64_t after) {
    return wait<dto::PlanDto>([&](const auto& ticket, auto reply) { api_.preview_undo(ticket, BatchId{batch}, after, reply); });
}

Result<dto::BatchDto> Page::undo(std::int64_t batch, const std::string& key, const std::string& digest) {
    return wait<dto::BatchDto>([&](const auto& ticket, auto reply) { api_.undo(ticket, BatchId{batch}, {key, digest}, {}, reply); });
}

api::Response Page::raw(api::Method method, const std::string& path, const std::string& body, const std::string& csrf_token) {
    api::Request request;
    request.method = method;
    const std::size_t question = path.find('?');
    request.path = path.substr(0, question);
    if (question != std::string::npos) request.query = path.substr(question + 1);
    request.body = body;
    request.csrf_token = csrf_token;
    auto response = wait<api::Response>([&](const auto&, auto reply) { transport_->send(request, reply); });
    REQUIRE(response);
    return std::move(*response);
}

dto::MoveRowsDto rows_of(const std::vector<Move>& moves) {
    MoveRowsBuilder builder;
    std::uint32_t row = 1;
    for (const Move& move : moves) builder.add(++row, move.customer, move.target, move.note);
    return dto::to_dto(std::move(builder).finish());
}

std::string csv_of(const std::vector<Move>& moves) {
    std::string csv = "客户编码,目标单位编码,备注\r\n";
    for (const Move& move : moves) csv += move.customer + "," + move.target + "," + move.note + "\r\n";
    return csv;
}

std::string new_key() {
    static int last = 0;  // of one test program
    const std::string number = std::to_string(++last);
    return "scenario-" + std::string(16 - number.size(), '0') + number;
}

std::int64_t count_of(const std::vector<dto::CountDto>& counts, std::string_view code) {
    for (const dto::CountDto& count : counts)
        if (count.code == code) return count.count;
    return 0;
}

std::string value_text(const dto::ListPage& page, std::size_t row, std::string_view column) {
    const auto* text = std::get_if<std::string>(&page.rows[row][column_of(page, column)]);
    return text == nullptr ? std::string() : *text;
}

std::int64_t value_number(const dto::ListPage& page, std::size_t row, std::string_view column) {
    const auto* number = std::get_if<std::int64_t>(&page.rows[row][column_of(page, column)]);
    REQUIRE(number != nullptr);
    return *number;
}

}  // namespace qudao::test
