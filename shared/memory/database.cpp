#include "shared/memory/database.hpp"

#include "shared/memory/feed_store.hpp"
#include "shared/memory/stores.hpp"

namespace qudao::memory {
namespace {

class UnitOfWork final : public ports::UnitOfWork {
public:
    UnitOfWork(State& state, ports::Access access) : transaction_(state, access) {}
    ports::SettingsStore& settings() override { return settings_; }
    ports::OrganisationStore& organisation() override { return organisation_; }
    ports::PeopleStore& people() override { return people_; }
    ports::SessionStore& sessions() override { return sessions_; }
    ports::CustomerStore& customers() override { return customers_; }
    ports::MoveStore& moves() override { return moves_; }
    ports::QueryStore& queries() override { return queries_; }
    ports::JobStore& jobs() override { return jobs_; }
    ports::RoundStore& rounds() override { return rounds_; }
    ports::PartitionStore& partition() override { return partition_; }
    ports::FeedStore& feeds() override { return feeds_; }
    ports::AuditStore& audit() override { return audit_; }
    ports::KeyStore& keys() override { return keys_; }
    Status commit() override {
        transaction_.commit();
        return done();
    }

private:
    Transaction transaction_;
    SettingsStore settings_{transaction_};
    OrganisationStore organisation_{transaction_};
    PeopleStore people_{transaction_};
    SessionStore sessions_{transaction_};
    CustomerStore customers_{transaction_};
    MoveStore moves_{transaction_};
    QueryStore queries_{transaction_};
    JobStore jobs_{transaction_};
    RoundStore rounds_{transaction_};
    PartitionStore partition_{transaction_};
    FeedStore feeds_{transaction_};
    AuditStore audit_{transaction_};
    KeyStore keys_{transaction_};
};

}  // namespace

Database::Database() : state_(std::make_unique<State>()) { state_->settings.basis = {1, 1, 1}; }
Database::~Database() = default;

Result<std::unique_ptr<ports::UnitOfWork>> Database::begin(ports::Access access) {
    if (state_->being_written) return Error::of("database.busy");
    return std::unique_ptr<ports::UnitOfWork>(std::make_unique<UnitOfWork>(*state_, access));
}

}  // namespace qudao::memory
