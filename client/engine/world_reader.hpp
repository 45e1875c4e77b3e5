// Reads a World through the asker: session, organisation in parts, the states of the customers named, 5,000 codes a
// request and three requests at a time, then the totals. Every reply is stamped with its basis; when one differs from the
// session's, everything is read anew, at most five times. In the engine only.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "client/engine/asker.hpp"
#include "client/engine/world.hpp"
#include "shared/dto/move_dto.hpp"
#include "shared/dto/organisation_dto.hpp"

namespace qudao::engine {

inline constexpr std::string_view kUnsettled = "engine.unsettled";  // units, rights or policy changed at every reading

// The organisation alone.
class OrganisationReader {
public:
    struct Read {
        Basis basis;
        Organisation organisation;
    };
    using Done = std::function<void(Result<Read>)>;
    explicit OrganisationReader(Asker& asker) : questions_(asker) {}
    void start(Done done);
    void stop() { questions_.forget_all(); }

private:
    void next(std::int64_t after);
    void came(std::int64_t after, Result<dto::OrganisationDto> part);

    Questions questions_;
    Done done_;
    Basis basis_;
    ports::OrganisationRecords records_;
    int restarts_ = 0;
};

class WorldReader {
public:
    using Done = std::function<void(Result<std::unique_ptr<World>>)>;
    using OnProgress = std::function<void(std::int64_t customers, std::int64_t of)>;

    WorldReader(Asker& asker, OnProgress on_progress) : questions_(asker), organisation_(asker), on_progress_(std::move(on_progress)) {}
    // `codes` must stay until `done` has been called; distinct ones, none missing.
    void start(const StringColumn& codes, std::vector<std::uint32_t> which, Done done);
    bool running() const { return static_cast<bool>(done_); }

private:
    void begin();
    void begin_again();
    void read_organisation();
    void ask_states();
    void states_came(std::size_t asked, Result<dto::StatesDto> states);
    void read_totals();
    void finish(Result<std::unique_ptr<World>> result);

    Questions questions_;
    OrganisationReader organisation_;
    OnProgress on_progress_;
    Done done_;
    const StringColumn* codes_ = nullptr;
    std::vector<std::uint32_t> which_;  // rows of codes_
    std::unique_ptr<World> world_;
    std::size_t asked_ = 0;
    std::size_t answered_ = 0;
    int restarts_ = 0;
};

}  // namespace qudao::engine
