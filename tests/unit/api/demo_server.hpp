// The dispatcher over a small demonstration in memory, and somebody logged in to it.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "shared/api/dispatcher.hpp"
#include "shared/demo/demo.hpp"
#include "shared/dto/codec.hpp"
#include "shared/memory/database.hpp"
#include "shared/memory/fixed_clock.hpp"
#include "shared/memory/inline_jobs.hpp"
#include "shared/memory/plain_reference_cache.hpp"
#include "shared/memory/plain_secrets.hpp"

namespace qudao::test {

class DemoServer {
public:
    explicit DemoServer(std::int64_t customers = demo::kFewestCustomers);
    const demo::Staff& staff() const { return staff_; }
    const api::Dispatcher& dispatcher() const { return dispatcher_; }
    memory::Database& database() { return database_; }
    memory::FixedClock& clock() { return clock_; }

private:
    memory::Database database_;
    memory::FixedClock clock_;
    memory::PlainSecrets secrets_{7};
    memory::InlineJobs jobs_;
    memory::PlainReferenceCache references_;
    api::Dispatcher dispatcher_;
    demo::Staff staff_;
};

class Client {
public:
    // An empty login: a stranger.
    Client(const DemoServer& server, std::string_view login, std::string_view password = demo::kPassword);
    api::Response call(api::Method method, std::string_view path, std::string_view body = {});
    // By the name of the use case; every path parameter is `parameter`.
    api::Response call(const api::UseCase& use_case, std::string_view body, std::string_view parameter);
    // GET with a key of another system and no session.
    api::Response call_with_key(std::string_view key, std::string_view path) const;
    api::Response log_in(std::string_view login, std::string_view password = demo::kPassword);
    void sit_at(std::string address) { address_ = std::move(address); }
    const dto::Json& session() const { return session_; }

private:
    const DemoServer* server_;
    std::string token_;
    std::string csrf_;
    std::string address_ = "10.0.0.1";
    dto::Json session_;
};

dto::Json json_of(const api::Response& response);
// The code of a problem, "" when it is none.
std::string problem_code(const api::Response& response);

}  // namespace qudao::test
