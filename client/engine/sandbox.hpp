// A whole server in memory: the same dispatcher as behind HTTP, over demonstration data. In the engine, and in tests.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "client/engine/protocol.hpp"
#include "shared/api/dispatcher.hpp"
#include "shared/memory/database.hpp"
#include "shared/memory/inline_jobs.hpp"
#include "shared/memory/plain_reference_cache.hpp"
#include "shared/memory/plain_secrets.hpp"

namespace qudao::engine {

class Sandbox {
public:
    using OnJob = std::function<void(const dto::JobDto&)>;
    using OnProgress = std::function<bool(const Progress&)>;

    // `clock` must live as long.
    Sandbox(ports::Clock& clock, std::uint64_t seed, OnJob on_job);
    // Fills it; once. demo.size, date.format.
    Result<SandboxReady> fill(const SandboxStart& start, const OnProgress& on_progress);
    const SandboxReady& ready() const { return ready_; }  // what fill() said
    api::Response handle(const api::Request& request) const { return dispatcher_.handle(request); }
    ports::Database& database() { return database_; }

private:
    memory::Database database_;
    ports::Clock& clock_;
    memory::PlainSecrets secrets_;
    memory::InlineJobs jobs_;
    memory::PlainReferenceCache references_;
    api::Dispatcher dispatcher_;
    SandboxReady ready_;
};

}  // namespace qudao::engine
