#include "client/engine/world_reader.hpp"

#include <algorithm>

namespace qudao::engine {
namespace {

constexpr int kMaxRestarts = 5;
constexpr std::size_t kRequestsAtOnce = 3;

Error bad_reply() { return Error::of(client::kBadReply).with("status", 200); }

}  // namespace

void OrganisationReader::start(Done done) {
    done_ = std::move(done);
    restarts_ = 0;
    next(0);
}

void OrganisationReader::next(std::int64_t after) {
    if (after == 0) records_ = {};
    AskHead head{"organisation.show", after == 0 ? std::string() : "after=" + std::to_string(after)};
    questions_.ask<dto::OrganisationDto>(std::move(head), {}, [this, after](Result<dto::OrganisationDto> part) { came(after, std::move(part)); });
}

void OrganisationReader::came(std::int64_t after, Result<dto::OrganisationDto> part) {
    const auto done = done_;  // which may end this
    if (!part) return done(std::move(part).error());
    const Basis basis = basis_of(part->basis);
    if (after != 0 && !(basis == basis_)) {
        if (++restarts_ > kMaxRestarts) return done(Error::of(kUnsettled));
        return next(0);
    }
    basis_ = basis;
    if (!dto::add_part(records_, *part)) return done(bad_reply());
    if (part->next_after) return next(*part->next_after);
    auto organisation = Organisation::build(std::move(records_.channels), std::move(records_.units));
    records_ = {};
    if (!organisation) return done(bad_reply());
    done(Read{basis_, std::move(*organisation)});
}

void WorldReader::start(const StringColumn& codes, std::vector<std::uint32_t> which, Done done) {
    codes_ = &codes;
    which_ = std::move(which);
    done_ = std::move(done);
    restarts_ = 0;
    begin();
}

void WorldReader::begin() {
    world_ = std::make_unique<World>();
    asked_ = answered_ = 0;
    questions_.ask<dto::SessionDto>({"session.show", {}}, {}, [this](Result<dto::SessionDto> session) {
        if (!session) return finish(std::move(session).error());
        const auto day = parse_date(session->day);
        if (!day) return finish(bad_reply());
        world_->day = *day;
        world_->basis = basis_of(session->basis);
        world_->window_policy = {static_cast<unsigned>(session->window.open_day), static_cast<unsigned>(session->window.close_day)};
        if (!check_window_policy(world_->window_policy)) return finish(bad_reply());
        world_->session = std::move(*session);
        read_organisation();
    });
}

void WorldReader::begin_again() {
    questions_.forget_all();
    organisation_.stop();
    if (++restarts_ > kMaxRestarts) return finish(Error::of(kUnsettled));
    begin();
}

void WorldReader::read_organisation() {
    organisation_.start([this](Result<OrganisationReader::Read> read) {
        if (!read) return finish(std::move(read).error());
        if (!(read->basis == world_->basis)) return begin_again();
        world_->organisation = std::move(read->organisation);
        world_->rights = rights_of(world_->session, world_->organisation);
        world_->customers.reserve(which_.size());
        if (on_progress_) on_progress_(0, static_cast<std::int64_t>(which_.size()));
        if (which_.empty()) return read_totals();
        ask_states();
    });
}

void WorldReader::ask_states() {
    while (asked_ < which_.size() && questions_.waiting() < kRequestsAtOnce) {
        const std::size_t count = std::min(dto::kCodesPerRequest, which_.size() - asked_);
        dto::StatesRequest request;
        for (std::size_t i = 0; i < count; ++i) request.codes.push_back((*codes_)[which_[asked_ + i]]);
        asked_ += count;
        questions_.ask<dto::StatesDto>({"customers.states", {}}, dto::to_json(request),
                                       [this, count](Result<dto::StatesDto> states) { states_came(count, std::move(states)); });
    }
}

void WorldReader::states_came(std::size_t asked, Result<dto::StatesDto> states) {
    if (!states) return finish(std::move(states).error());
    if (!(basis_of(states->basis) == world_->basis)) return begin_again();
    if (const Status added = dto::add_states(world_->customers, *states, world_->organisation); !added) return finish(bad_reply());
    answered_ += asked;
    if (on_progress_) on_progress_(static_cast<std::int64_t>(answered_), static_cast<std::int64_t>(which_.size()));
    if (answered_ == which_.size()) return read_totals();
    ask_states();
}

void WorldReader::read_totals() {
    questions_.ask<dto::UnitTotalsDto>({"unit_totals.show", {}}, {}, [this](Result<dto::UnitTotalsDto> totals) {
        if (!totals) return finish(std::move(totals).error());
        if (!(basis_of(totals->basis) == world_->basis)) return begin_again();
        world_->totals = dto::place_totals(*totals, world_->organisation);
        world_->as_of = std::move(totals->as_of);
        world_->revenue_period = totals->revenue_period;
        world_->index = std::make_unique<CodeIndex>(world_->customers.code);
        finish(std::move(world_));
    });
}

void WorldReader::finish(Result<std::unique_ptr<World>> result) {
    questions_.forget_all();
    organisation_.stop();
    world_.reset();
    which_ = {};
    const Done done = std::exchange(done_, nullptr);
    done(std::move(result));  // which may end this
}

}  // namespace qudao::engine
