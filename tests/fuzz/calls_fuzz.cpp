// Any call from a person who is logged in: "METHOD path?query", a line end, the body. The dispatcher is the one behind
// HTTP; only what is under it is in memory. Whatever is asked, the answer is no failure of ours and is JSON or empty.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "client/engine/sandbox.hpp"
#include "client/engine/workbench_types.hpp"
#include "shared/demo/fill.hpp"
#include "shared/ports/clock.hpp"

namespace {

using namespace qudao;

class StillClock final : public ports::Clock {
public:
    Instant now() const override { return Instant{1'794'967'200'000}; }
};

struct World {
    StillClock clock;
    engine::Sandbox sandbox{clock, 1, nullptr};
    struct Session {
        std::string token;
        std::string csrf;
    };
    Session worker;         // who moves customers
    Session administrator;  // who holds the rights of administration

    World() {
        engine::SandboxStart start;
        start.customers = 12;
        start.seed = 1;
        if (!sandbox.fill(start, nullptr)) std::abort();
        worker = log_in("qudao_admin");
        administrator = log_in("sysadmin");
    }

    Session log_in(const std::string& login) {
        const std::string body = R"({"login":")" + login + R"(","password":")" + std::string(demo::kPassword) + "\"}";
        api::Request request;
        request.method = api::Method::post;
        request.path = "/api/v1/session";
        request.body = body;
        const auto response = sandbox.handle(request);
        if (response.status >= 300) {
            std::fprintf(stderr, "log-in: %d %s\n", response.status, response.body.c_str());
            std::abort();
        }
        return {response.session_token, nlohmann::json::parse(response.body).value("csrf_token", "")};
    }
};

bool administers(std::string_view path) {
    for (const std::string_view under : {"people", "roles", "menu", "units", "audit", "keys"})
        if (path.starts_with("/api/v1/" + std::string(under))) return true;
    return false;
}

bool method_of(std::string_view name, api::Method& method) {
    for (const auto each : {api::Method::get, api::Method::post, api::Method::put, api::Method::del})
        if (api::name_of(each) == name) {
            method = each;
            return true;
        }
    return false;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    // Calls change the world; a fresh one every so often keeps a finding repeatable from a short tail of inputs.
    static std::unique_ptr<World> world;
    static int calls = 0;
    if (!world || ++calls % 5000 == 0) world = std::make_unique<World>();

    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto line_end = text.find('\n');
    const std::string_view line = text.substr(0, line_end);
    const auto space = line.find(' ');
    if (space == std::string_view::npos) return -1;
    api::Request request;
    if (!method_of(line.substr(0, space), request.method)) return -1;
    const std::string_view target = line.substr(space + 1);
    const auto mark = target.find('?');
    request.path = target.substr(0, mark);
    // Logging out, everywhere too, or changing the password would only end what is looked at here.
    if (request.path.starts_with("/api/v1/session") && request.method != api::Method::get) return -1;
    if (mark != std::string_view::npos) request.query = target.substr(mark + 1);
    if (line_end != std::string_view::npos) request.body = text.substr(line_end + 1);
    const World::Session& session = administers(request.path) ? world->administrator : world->worker;
    request.session_token = session.token;
    request.csrf_token = session.csrf;
    const auto response = world->sandbox.handle(request);
    if (response.status == 500 || response.status < 200) {
        std::fprintf(stderr, "%d %s %s\n", response.status, response.body.c_str(), response.log_detail.c_str());
        std::abort();
    }
    if (response.content_type.find("json") != std::string::npos && !response.body.empty() && !nlohmann::json::accept(response.body))
        std::abort();
    return 0;
}
