#include <array>
#include <csignal>
#include <iostream>
#include <mutex>

#include <unistd.h>

#include "server/app/command.hpp"
#include "server/app/commands.hpp"
#include "server/app/system_clock.hpp"
#include "server/auth/sodium_secrets.hpp"
#include "server/http/server.hpp"
#include "server/jobs/thread_jobs.hpp"
#include "shared/api/dispatcher.hpp"
#include "shared/demo/demo.hpp"
#include "shared/service/round_service.hpp"

namespace qudao::app {
namespace {

constexpr std::size_t kJobThreads = 3;
constexpr std::int64_t kStopMs = 20'000;  // how long requests and commits under way are waited for

class GuardedReferenceCache final : public ports::ReferenceCache {
public:
    std::shared_ptr<const ports::Reference> get() const override {
        const std::lock_guard lock(mutex_);
        return reference_;
    }
    void put(std::shared_ptr<const ports::Reference> reference) override {
        const std::lock_guard lock(mutex_);
        reference_ = std::move(reference);
    }

private:
    mutable std::mutex mutex_;
    std::shared_ptr<const ports::Reference> reference_;
};

// The signals that end the program, held back from every thread made after this and taken by wait(). A second one while
// stopping quits at once.
class StopSignals {
public:
    StopSignals() {
        std::signal(SIGPIPE, SIG_IGN);  // a peer that is gone must not end the process
        sigemptyset(&set_);
        sigaddset(&set_, SIGINT);
        sigaddset(&set_, SIGTERM);
        pthread_sigmask(SIG_BLOCK, &set_, nullptr);
    }
    void wait() {
        int signal = 0;
        sigwait(&set_, &signal);
        std::signal(SIGINT, SIG_DFL);
        std::signal(SIGTERM, SIG_DFL);
        pthread_sigmask(SIG_UNBLOCK, &set_, nullptr);
    }

private:
    sigset_t set_;
};

// What the person at the terminal needs next.
Status greet(ports::Database& database, const std::string& url, const std::string& address) {
    QUDAO_TRY(work, database.begin(ports::Access::read));
    QUDAO_TRY(settings, work->settings().load());
    std::cout << "Qudao: " << address << "  (" << url << ")\n";
    QUDAO_TRY(persons, work->people().all());
    if (persons.empty()) std::cout << "No accounts yet: qudao user add LOGIN --name NAME --role CODE --unit CODE --db URL\n";
    if (settings.demonstration) {
        std::cout << "Demonstration, business date " << format_date(settings.demo_date) << ". Accounts, password " << demo::kPassword << ":\n";
        QUDAO_TRY(records, work->organisation().load());
        QUDAO_TRY(count, work->customers().count());
        for (const demo::Account& account : demo::staff({1, std::max(count, demo::kFewestCustomers)}, records).accounts)
            std::cout << "  " << account.login << "  " << account.name << "  " << account.role << "  " << account.unit << '\n';
    }
    std::cout << "Ctrl-C stops it." << std::endl;
    return done();
}

// Rounds whose close fell into an outage are closed before the door opens: else people could still move what was to be
// locked, and a preview made at once would be stale when the close comes. What fails is left to the job of each minute.
void close_what_was_missed(const service::Services& services) {
    const auto closed = service::close_due(services);
    if (!closed) {
        (void)fail("serve", closed.error());
        std::cerr << "  The rounds that are due are not closed yet; it is tried again every hour.\n";
        return;
    }
    for (const ports::Round& round : *closed)
        std::cout << "Closed the round of " << round.period.yyyymm << ": " << round.locked << " customers locked.\n";
}

// A name for people to read in the table of jobs; what tells leases apart is in the database.
std::string owner_name(auth::SodiumSecrets& secrets) {
    std::array<char, 65> host{};
    if (gethostname(host.data(), host.size() - 1) != 0) host[0] = '\0';
    return std::string(host.data()) + '-' + secrets.random_token().substr(0, 8);
}

jobs::Sharing sharing_of(const ServeOptions& options, sql::Database& database, const ports::Clock& clock, auth::SodiumSecrets& secrets) {
    jobs::Sharing sharing;
    sharing.database = &database;
    sharing.clock = &clock;
    sharing.owner = owner_name(secrets);
    sharing.lease_ms = options.job_lease_s * 1000;
    // One writer: a work that writes holds it, and nobody else could say anything meanwhile.
    sharing.works_recorded = database.address().starts_with("mysql:");
    if (!sharing.works_recorded) sharing.renew_ms = sharing.lease_ms / 3;
    return sharing;
}

Status run(const ServeOptions& options) {
    StopSignals signals;
    sql::Options sessions;
    sessions.sessions = options.threads + kJobThreads + 2;  // and the keeper's of jobs, and one to spare
    QUDAO_TRY(database, open_migrated(options.db, sessions));
    SystemClock clock;
    auth::SodiumSecrets secrets;
    GuardedReferenceCache references;
    jobs::ThreadJobs jobs({.threads = kJobThreads}, sharing_of(options, *database, clock, secrets));
    const service::Services services{*database, clock, secrets, jobs, references};
    const api::Dispatcher dispatcher(services);

    close_what_was_missed(services);
    http::ServerOptions server_options;
    server_options.address = options.bind;
    server_options.port = options.port;
    server_options.web_directory = options.web;
    server_options.front.threads = options.threads;
    server_options.front.behind_proxy = options.behind_proxy;
    QUDAO_TRY(server, http::Server::start(server_options, {[&](const api::Request& request) { return dispatcher.handle(request); }, api::route_facts}));
    QUDAO_CHECK(greet(*database, database->address(), "http://" + options.bind + ":" + std::to_string(server->port())));
    service::keep_closing(services);
    jobs.serve();  // every kind is defined
    signals.wait();
    std::cout << "Stopping: waiting for what is under way." << std::endl;
    server->refuse_new();
    jobs.stop(kStopMs);
    server->wait_until_quiet(kStopMs);
    std::cout << "Stopped." << std::endl;
    return done();
}

}  // namespace

int serve(const ServeOptions& options) {
    const Status ended = run(options);
    return ended ? kDone : fail("serve", ended.error());
}

}  // namespace qudao::app
