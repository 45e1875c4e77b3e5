// What the page does about a bad network, and about a server that has another version of the page.
#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "client/app/app.hpp"
#include "client/platform/http.hpp"
#include "client/platform/timer.hpp"

namespace qudao::client {
namespace {

constexpr std::int64_t kProbeMs = 3000;
constexpr std::int64_t kVersionMs = 10 * 60'000;

// What a server that is there again may well answer: it was not reached, was being restarted, or had no time.
bool is_network(const Error& error) {
    constexpr std::array<std::string_view, 6> kAway = {kUnreachable, kTimedOut, "request.stopping", "request.busy", "database.busy", "database.unavailable"};
    return std::find(kAway.begin(), kAway.end(), error.code) != kAway.end();
}

}  // namespace

void App::line_changed(LineState line) {
    const bool was_bad = model_.line.line != Line::good;
    model_.line = line;
    if (line.line == Line::down) probe_later();
    if (line.line == Line::good && was_bad) came_back();
}

void App::probe_later() {
    if (std::exchange(probe_awaited_, true)) return;
    (void)platform::call_after(kProbeMs, [this] {
        probe_awaited_ = false;
        if (model_.line.line == Line::good) return;
        api_->probe(probe_lane_.renew());
        probe_later();
    });
}

void App::came_back() {
    check_version();
    if (model_.stage == Stage::inside) {
        if (model_.organisation_failed) fetch_organisation();
        perform(ask_again(model_, is_network));
        look_after_commit();
    } else if (model_.stage == Stage::login && last_login_.empty() && model_.login.error && is_network(*model_.login.error) && !model_.login.asking) {
        model_.login.error.reset();
        ask_session();
    }
}

// Whether a commit that the network cut off was taken: the key of it is known to the server then, and asking under it again gives
// its outcome. One that was not is left to the person.
void App::look_after_commit() {
    if (!model_.workbench.uncertain || commit_key_.empty()) return;
    api_->job(commit_lane_.renew(), commit_key_, [this](Result<dto::JobDto> job) {
        if (job) apply(workbench::Event(workbench::RetryPressed{}));
        else if (job.error().code == "job.unknown") apply(workbench::Event(workbench::CommitNotTaken{}));
    });
}

// The server holds one version of the page's files; version.txt names it, and the page knows its own.
void App::check_version() {
    if (model_.newer_page || platform::page_version().empty()) return;
    platform::HttpRequest request;
    request.url = "version.txt";
    platform::http_send(std::move(request), [this](platform::HttpResponse reply) {
        if (reply.status != 200 || reply.body.empty() || reply.body.size() > 64 || reply.body == platform::page_version()) return;
        completions().push([this] { model_.newer_page = true; });
    });
}

void App::check_version_later() {
    (void)platform::call_after(kVersionMs, [this] {
        check_version();
        check_version_later();
    });
}

}  // namespace qudao::client
